namespace NKeras.Engine.Primitives;

/// <summary>How the elements of a reduction combine.</summary>
internal enum ReductionKind
{
    /// <summary>Their sum; 0 for none.</summary>
    Sum,

    /// <summary>Their product; 1 for none.</summary>
    Product,

    /// <summary>The greatest; negative infinity (or the type's least value) for none.</summary>
    Max,

    /// <summary>The least; infinity (or the type's greatest value) for none.</summary>
    Min,

    /// <summary>Whether one is true; false for none.</summary>
    Any,

    /// <summary>Whether all are true; true for none.</summary>
    All,
}
