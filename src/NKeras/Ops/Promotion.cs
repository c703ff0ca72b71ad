using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras.Core;

/// <summary>Brings the operands of a function to one type, by Keras's rules.</summary>
internal static class Promotion
{
    /// <summary>What Keras's lattice calls a floating-point literal.</summary>
    private const string FloatLiteral = "float";

    /// <summary>Both operands in their common type.</summary>
    public static (Tensor A, Tensor B) Unify(Tensor a, Tensor b)
    {
        DType type = ResultType(a, b);
        return (As(a, type), As(b, type));
    }

    /// <summary>Both operands in their common type, to which literals count as tensors of int32 or <see cref="Config.Floatx"/>.</summary>
    public static (Tensor A, Tensor B) UnifyStrong(Tensor a, Tensor b) => Unify(Strong(a), Strong(b));

    /// <summary>Both operands in their common type, or the floating-point one that results with a literal if that is an integer's.</summary>
    public static (Tensor A, Tensor B) UnifyWithFloat(Tensor a, Tensor b)
    {
        DType type = ResultType(NameOf(NameOf(a), NameOf(b)), FloatLiteral);
        return (As(a, type), As(b, type));
    }

    /// <summary>All operands in their common type.</summary>
    public static Tensor[] UnifyAll(IReadOnlyList<Tensor> tensors)
    {
        string name = tensors.Select(NameOf).Aggregate(NameOf);
        DType type = ResultType(name, name);
        return [.. tensors.Select(t => As(t, type))];
    }

    /// <summary>The common type; literals yield to what they meet, and 64 bits are brought down to 32 unless they are wanted (<see cref="WideScope"/>).</summary>
    public static DType ResultType(Tensor a, Tensor b) => ResultType(NameOf(a), NameOf(b));

    /// <summary>A tensor in a type; a literal is converted from the number written.</summary>
    public static Tensor As(Tensor x, DType type) => type.IsComplex ? ComplexTensor.As(x, type)
        : x is ConcreteTensor { LiteralValue: { } value } ? PrimitiveOps.Scalar(type, value)
        : PrimitiveOps.Convert(ComplexRules.Real(x), type);

    /// <summary>A tensor in the type that results where it meets a floating-point literal: what functions give that have fractions.</summary>
    /// <remarks>Integers become <see cref="Config.Floatx"/>, and float64 becomes float32 unless it is wanted.</remarks>
    public static Tensor WithFloat(Tensor x) => As(x, FloatTypeOf(x));

    /// <summary>The type of what functions give that have fractions.</summary>
    public static DType FloatTypeOf(Tensor x) => ResultType(NameOf(x), FloatLiteral);

    /// <summary>A tensor in the type that statistics are computed in: at least float32, and as wide as it is.</summary>
    public static Tensor ToSpacious(Tensor x)
    {
        Tensor floating = ToFloating(x);
        return floating.DType.Size < DType.Float32.Size ? PrimitiveOps.Convert(floating, DType.Float32) : floating;
    }

    /// <summary>A tensor in the type that Keras brings it to when it is converted to a tensor: 64 bits become 32 unless they are wanted.</summary>
    public static Tensor Narrow(Tensor x) => As(x, ResultType(NameOf(x), NameOf(x)));

    /// <summary>A literal as a tensor of its own type, which no longer yields to what it meets; other tensors as they are.</summary>
    public static Tensor Strong(Tensor x) =>
        x is ConcreteTensor { LiteralValue: { } value } ? PrimitiveOps.Scalar(x.DType.IsFloating ? Config.Floatx() : x.DType, value) : x;

    /// <summary>Integers and booleans as floating point, other tensors as they are.</summary>
    public static Tensor ToFloating(Tensor x) => x.DType.IsFloating ? x : PrimitiveOps.Convert(x, Config.Floatx());

    /// <summary>A tensor in the type that NumPy gives functions with fractions: of integers one that holds them; float64 becomes float32 unless it is wanted.</summary>
    public static Tensor WithFraction(Tensor x) => x.DType == DType.Float64 ? WithFloat(x) : WideFraction(x);

    /// <summary>The same, but float64 stays as it is: for functions that Keras leaves to NumPy altogether.</summary>
    public static Tensor WideFraction(Tensor x) => x.DType.IsFloating ? x : PrimitiveOps.Convert(x, x.DType.Size switch
    {
        1 => DType.Float16,
        2 => DType.Float32,
        _ => DType.Float64,
    });

    private static DType ResultType(string a, string b) => DType.Parse(WideScope.IsOpen
        ? DTypePromotion.WideResultType(a, b, Config.Floatx().Name)
        : DTypePromotion.ResultType(a, b));

    // Among more than two operands the common type is narrowed last, as in Keras.
    private static string NameOf(string a, string b) => a == b ? a : DTypePromotion.LeastUpperBound(a, b);

    private static string NameOf(Tensor x) => x is ConcreteTensor concrete ? concrete.PromotionName : x.DType.Name;
}
