namespace NKeras.Engine.Primitives;

/// <summary>Short forms for writing rules and composed operations with primitives. No type promotion: operands have one type.</summary>
internal static class PrimitiveOps
{
    extension(Tensor)
    {
        public static Tensor operator +(Tensor a, Tensor b) => Binary(ElementwiseFunction.Add, a, b);

        public static Tensor operator -(Tensor a, Tensor b) => Binary(ElementwiseFunction.Subtract, a, b);

        public static Tensor operator *(Tensor a, Tensor b) => Binary(ElementwiseFunction.Multiply, a, b);

        public static Tensor operator +(Tensor a, double b) => a + ScalarLike(a, b);

        public static Tensor operator -(Tensor a, double b) => a - ScalarLike(a, b);

        public static Tensor operator -(double a, Tensor b) => ScalarLike(b, a) - b;

        public static Tensor operator *(double a, Tensor b) => ScalarLike(b, a) * b;
    }

    public static Tensor Unary(ElementwiseFunction function, Tensor x) => new Elementwise(function).Apply(x);

    public static Tensor Binary(ElementwiseFunction function, Tensor a, Tensor b) => new Elementwise(function).Apply(a, b);

    public static Tensor Divide(Tensor a, Tensor b) => Binary(ElementwiseFunction.Divide, a, b);

    public static Tensor Where(Tensor condition, Tensor a, Tensor b) => new Elementwise(ElementwiseFunction.Select).Apply(condition, a, b);

    /// <summary>A scalar constant of a tensor's type.</summary>
    public static Tensor ScalarLike(Tensor like, double value) => Scalar(like.DType, value);

    public static Tensor Scalar(DType type, double value) => Filled(new TensorSpec(Shape.Scalar, type), value);

    /// <summary>A constant tensor whose elements are all one number.</summary>
    public static Tensor Filled(TensorSpec spec, double value)
    {
        if (!spec.Shape.IsKnown) return BroadcastTo(Scalar(spec.DType, value), spec.Shape); // While shapes are being inferred.
        ConcreteTensor result = ConcreteTensor.Allocate(spec);
        ElementView view = ElementView.Of(result);
        if (value == 0 && !double.IsNegative(value)) view.Clear();
        else
        {
            for (int i = 0; i < view.Size; i++) view.SetNumber(i, value);
        }

        return result;
    }

    public static Tensor Reshape(Tensor x, Shape shape) => x.Shape == shape ? x : new Reshape(new IntList(shape.Dims)).Apply(x);

    public static Tensor BroadcastTo(Tensor x, Shape shape) => x.Shape == shape ? x : new BroadcastTo(new IntList(shape.Dims)).Apply(x);

    public static Tensor Transpose(Tensor x, params ReadOnlySpan<int> permutation) => new Transpose(new IntList(permutation)).Apply(x);

    public static Tensor Convert(Tensor x, DType type) => x.DType == type ? x : new Convert(type).Apply(x);

    public static Tensor Sum(Tensor x, params ReadOnlySpan<int> axes) => axes.Length == 0 ? x : new Reduce(ReductionKind.Sum, new IntList(axes)).Apply(x);

    public static Tensor MatMul(Tensor a, Tensor b, bool transposeA = false, bool transposeB = false) =>
        new MatMul(transposeA, transposeB).Apply(a, b);
}
