using System.Runtime.InteropServices;
using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Converts the elements to another type: to an integer by cutting off the fraction, to bool by "is not zero".</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="dtype">The type; <see cref="Config.Floatx"/> for null.</param>
    public static Tensor Cast(Tensor x, DType? dtype) => OpDispatch.Call("Cast", [x], t => Promotion.As(t[0], dtype ?? Config.Floatx()), ("dtype", dtype ?? Config.Floatx()));

    /// <summary>Converts the elements to another type, and those out of its range to the nearest number in it, infinities too.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="dtype">The type; <see cref="Config.Floatx"/> for null.</param>
    public static Tensor SaturateCast(Tensor x, DType? dtype)
    {
        DType type = dtype ?? Config.Floatx();
        return OpDispatch.Call("SaturateCast", [x], t =>
        {
            DType from = t[0].DType;
            if (from == DType.Bool) return PrimitiveOps.Convert(t[0], type);
            Tensor bounded = new Elementwise(ElementwiseFunction.Clip).Apply(t[0], Bound(from, type, upper: false), Bound(from, type, upper: true));
            return PrimitiveOps.Convert(bounded, type);
        }, ("dtype", type));
    }

    /// <summary>The same bits as elements of another type. Of smaller elements the last axis has more, of larger ones fewer.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="dtype">The type; that of <paramref name="x"/> if omitted.</param>
    /// <exception cref="ArgumentException">The size of the elements differs, and there is no last axis or it is no multiple of the new size.</exception>
    public static Tensor View(Tensor x, DType? dtype = null) => OpDispatch.Call("View", [x], t => dtype == null || dtype == t[0].DType ? t[0] : new BitCast(dtype).Apply(t[0]), ("dtype", dtype));

    /// <summary>The tensor itself: tensors cannot be changed.</summary>
    public static Tensor Copy(Tensor x) => OpDispatch.Call("Copy", [x], t => t[0]);

    // Keras: a NumPy array. Its counterpart in .NET is a rectangular array, such as float[,].
    /// <summary>The elements as a new rectangular array of the tensor's shape; those of a bfloat16 tensor as float, and a scalar as a vector of one.</summary>
    /// <exception cref="InvalidOperationException">The tensor holds no data: it is symbolic, or a function is being traced.</exception>
    public static Array ConvertToNumpy(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor dense = CompositeRules.Dense(x);
        if (dense.DType.ClrType is not { } type) return ConvertToNumpy(Cast(dense, DType.Float32));
        System.Array result = System.Array.CreateInstance(type, dense.Rank == 0 ? [1] : dense.Shape.Dims.ToArray());
        if (result.Length > 0) dense.Data.CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(result), checked(result.Length * dense.DType.Size)));
        return result;
    }

    /// <summary>The type of the elements.</summary>
    // Keras: dtype. Dtype rather than DType, which is the type's own name.
    public static DType Dtype(Tensor x) => x?.DType ?? throw new ArgumentNullException(nameof(x));

    /// <summary>The number of axes.</summary>
    public static int Ndim(Tensor x) => x?.Rank ?? throw new ArgumentNullException(nameof(x));

    /// <summary>The number of elements, as an int32 scalar.</summary>
    public static Tensor Size(Tensor x) => OpDispatch.Call("Size", [x], t =>
        // While shapes are being inferred any number will do.
        PrimitiveOps.Scalar(DType.Int32, t[0].Shape.IsKnown ? t[0].Shape.Size : 0));

    /// <summary>Whether something is a tensor that holds data or is being traced. A symbolic tensor is none, as in Keras.</summary>
    public static bool IsTensor(object? x) => x is Tensor and not KerasTensor;

    /// <summary>The nearer of two types' bounds, as a number of the type that is converted from and in the range of the other.</summary>
    private static Tensor Bound(DType from, DType to, bool upper)
    {
        double own = upper ? NumberRange.Most(from) : NumberRange.Least(from), other = upper ? NumberRange.Most(to) : NumberRange.Least(to);
        if (upper ? own <= other : own >= other) return PrimitiveOps.Scalar(from, own);
        // Integers of 64 bits are exact only in their own type; in another one the bound may be rounded away from zero.
        Tensor bound = PrimitiveOps.Convert(PrimitiveOps.Scalar(to, other), from);
        double size = Math.Abs(ElementView.Of(bound).Number(0));
        bool isOutside = from.IsFloating && (to.IsFloating ? size > NumberRange.Most(to) : upper && size >= NumberRange.Most(to) + 1);
        return isOutside ? Nextafter(bound, PrimitiveOps.Scalar(from, 0)) : bound;
    }
}
