using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras.Core;

/// <summary>Brings the operands of a function to one type, by Keras's rules.</summary>
internal static class Promotion
{
    /// <summary>Both operands in their common type.</summary>
    public static (Tensor A, Tensor B) Unify(Tensor a, Tensor b)
    {
        DType type = ResultType(a, b);
        return (As(a, type), As(b, type));
    }

    /// <summary>The common type; tensors of one type keep it (64-bit types too), and literals yield to what they meet.</summary>
    public static DType ResultType(Tensor a, Tensor b) => a.DType == b.DType && !IsLiteral(a) && !IsLiteral(b)
        ? a.DType
        : Preserving64(a, b) ?? DType.Parse(DTypePromotion.ResultType(NameOf(a), NameOf(b)));

    /// <summary>A tensor in a type; a literal is converted from the number written.</summary>
    public static Tensor As(Tensor x, DType type) =>
        x is ConcreteTensor { LiteralValue: { } value } ? PrimitiveOps.Scalar(type, value) : PrimitiveOps.Convert(x, type);

    /// <summary>Integers and booleans as floating point, other tensors as they are.</summary>
    public static Tensor ToFloating(Tensor x) => x.DType.IsFloating ? x : PrimitiveOps.Convert(x, DType.Float32);

    // Keras: brings float64 and int64 down to 32 bits when a literal meets them; a float64 model would then not be one.
    private static DType? Preserving64(Tensor a, Tensor b)
    {
        (Tensor strong, Tensor weak) = IsLiteral(a) ? (b, a) : (a, b);
        return IsLiteral(weak) && !IsLiteral(strong) && strong.DType.Size == 8 && (strong.DType.IsFloating || !weak.DType.IsFloating) ? strong.DType : null;
    }

    private static bool IsLiteral(Tensor x) => x is ConcreteTensor { LiteralValue: not null };

    private static string NameOf(Tensor x) => x is ConcreteTensor concrete ? concrete.PromotionName : x.DType.Name;
}
