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
    public static Tensor As(Tensor x, DType type) =>
        x is ConcreteTensor { LiteralValue: { } value } ? PrimitiveOps.Scalar(type, value) : PrimitiveOps.Convert(x, type);

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

    /// <summary>A tensor with 64 bits brought down to 32, unless they are wanted: what Keras does where it converts its argument to a tensor.</summary>
    public static Tensor Narrowed(Tensor x) => As(x, ResultType(x, x));

    /// <summary>Integers and booleans as floating point, other tensors as they are.</summary>
    public static Tensor ToFloating(Tensor x) => x.DType.IsFloating ? x : PrimitiveOps.Convert(x, Config.Floatx());

    private static DType ResultType(string a, string b) => DType.Parse(WideScope.IsOpen
        ? DTypePromotion.WideResultType(a, b, Config.Floatx().Name)
        : DTypePromotion.ResultType(a, b));

    // Among more than two operands the common type is narrowed last, as in Keras.
    private static string NameOf(string a, string b) => a == b ? a : DTypePromotion.LeastUpperBound(a, b);

    private static string NameOf(Tensor x) => x is ConcreteTensor concrete ? concrete.PromotionName : x.DType.Name;
}
