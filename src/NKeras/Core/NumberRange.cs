namespace NKeras.Core;

/// <summary>The least and the greatest finite number of a type. Those of 64-bit integers are rounded to doubles.</summary>
internal static class NumberRange
{
    public static double Least(DType type) => type.IsFloating ? -Most(type) : type.Kind == DTypeKind.Signed ? -Math.ScaleB(1, (8 * type.Size) - 1) : 0;

    public static double Most(DType type) =>
        type == DType.Bool ? 1
        : type == DType.Float64 ? double.MaxValue
        : type == DType.Float32 ? float.MaxValue
        : type == DType.Float16 ? (double)Half.MaxValue
        : type == DType.BFloat16 ? 3.3895313892515355e38
        : Math.ScaleB(1, (8 * type.Size) - (type.Kind == DTypeKind.Signed ? 1 : 0)) - 1;
}
