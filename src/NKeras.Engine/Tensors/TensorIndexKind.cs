namespace NKeras;

/// <summary>What a <see cref="TensorIndex"/> is.</summary>
internal enum TensorIndexKind
{
    /// <summary>One position of an axis, which disappears.</summary>
    Position,

    /// <summary>A part of an axis.</summary>
    Slice,

    /// <summary>All axes that are left.</summary>
    Ellipsis,

    /// <summary>A new axis.</summary>
    NewAxis,

    /// <summary>Positions, or a mask, in a tensor.</summary>
    Tensor,
}
