namespace NKeras.Engine.Primitives;

/// <summary>What a singular value decomposition gives.</summary>
internal enum SvdKind
{
    /// <summary>The singular values alone.</summary>
    Values,

    /// <summary>As many vectors as there are values.</summary>
    Reduced,

    /// <summary>Complete bases of vectors on both sides.</summary>
    Full,
}
