namespace NKeras.Engine.Cpu;

/// <summary>What a reduction makes of many elements. A mean is a sum the caller scales.</summary>
internal enum ReductionKind
{
    /// <summary>The sum; 0 for no elements.</summary>
    Sum,

    /// <summary>The product; 1 for no elements.</summary>
    Product,

    /// <summary>The largest; NaN if there is one; minus infinity for no elements.</summary>
    Max,

    /// <summary>The smallest; NaN if there is one; infinity for no elements.</summary>
    Min,

    /// <summary>Whether a boolean is true; false for no elements.</summary>
    Any,

    /// <summary>Whether all booleans are true; true for no elements.</summary>
    All,
}

/// <summary>What is known of a <see cref="ReductionKind"/>.</summary>
internal static class ReductionKindExtensions
{
    /// <summary>Whether booleans are reduced, not floats.</summary>
    public static bool IsLogical(this ReductionKind kind) => kind is ReductionKind.Any or ReductionKind.All;

    /// <summary>The type of the elements and of the result.</summary>
    public static ElementwiseType ElementType(this ReductionKind kind) =>
        kind.IsLogical() ? ElementwiseType.Bool : ElementwiseType.Float32;
}
