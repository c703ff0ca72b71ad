using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>Each element becomes the sum (or product) of those up to it along an axis, itself included.</summary>
/// <param name="Product">Whether elements are multiplied, not added.</param>
/// <param name="Axis">The axis, counted from zero.</param>
/// <param name="Reverse">Whether it runs from the end of the axis to its beginning.</param>
internal sealed record Cumulative(bool Product, int Axis, bool Reverse) : Primitive
{
    public override string Name => Product ? "CumulativeProduct" : "CumulativeSum";

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs) => Axis >= 0 && Axis < inputs[0].Shape.Rank
        ? [inputs[0]]
        : throw new ArgumentException($"{Name}: shape {inputs[0].Shape} has no axis {Axis}.");

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor x = context.Inputs[0], dy = context.Cotangent;
        Cumulative back = new(false, Axis, !Reverse);
        if (!Product) return [back.Apply(dy)];

        // Where no zero has come yet a factor divides the products it is in. The first zero's own share are the products that
        // leave it out, and behind it all products are zero whatever else changes.
        Tensor zero = ScalarLike(x, 0), one = ScalarLike(x, 1);
        Tensor isZero = Binary(ElementwiseFunction.Equal, x, zero);
        Tensor zeros = new Cumulative(false, Axis, Reverse).Apply(Convert(isZero, x.DType));
        Tensor isFirst = Binary(ElementwiseFunction.LogicalAnd, isZero, Binary(ElementwiseFunction.Equal, zeros, one));
        Tensor divided = Divide(back.Apply(dy * context.Outputs[0]), Where(isZero, one, x));
        Tensor left = back.Apply(dy * Apply(Where(isFirst, one, x)));
        return [Where(isFirst, left, Where(Binary(ElementwiseFunction.Equal, zeros, zero), divided, zero))];
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        ElementView x = inputs[0], y = outputs[0];
        int inner = IndexMath.Strides(x.Shape)[Axis], length = x.Shape.Dims[Axis];
        for (int line = 0; length > 0 && line < x.Size / length; line++)
        {
            int start = (line / inner * inner * length) + (line % inner);
            double number = Product ? 1 : 0;
            long integer = Product ? 1 : 0;
            for (int k = 0; k < length; k++)
            {
                // Totals run in double (or long), each rounded once.
                int at = start + ((Reverse ? length - 1 - k : k) * inner);
                if (x.IsFloating) y.SetDouble(at, number = Product ? number * x.Double(at) : number + x.Double(at));
                else y.SetLong(at, integer = Product ? integer * x.Long(at) : integer + x.Long(at));
            }
        }
    }
}
