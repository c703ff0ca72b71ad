using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>What is known of a <see cref="ReductionKind"/>.</summary>
internal static class ReductionKindExtensions
{
    /// <summary>Whether booleans are reduced, not floats.</summary>
    public static bool IsLogical(this ReductionKind kind) => kind is ReductionKind.Any or ReductionKind.All;

    /// <summary>The type of the elements and of the result.</summary>
    public static ElementwiseType ElementType(this ReductionKind kind) =>
        kind.IsLogical() ? ElementwiseType.Bool : ElementwiseType.Float32;
}
