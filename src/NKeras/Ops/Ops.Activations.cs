using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>max(x, 0).</summary>
    public static Tensor Relu(Tensor x) => Unary(ElementwiseFunction.Relu, x);

    /// <summary>min(max(x, 0), 6).</summary>
    public static Tensor Relu6(Tensor x) => OpDispatch.Call("Relu6", [x], t => Between(t[0], 0, 6));

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static Tensor Sigmoid(Tensor x) => Unary(ElementwiseFunction.Sigmoid, x, floating: true);

    /// <summary>The hyperbolic tangent.</summary>
    public static Tensor Tanh(Tensor x) => Unary(ElementwiseFunction.Tanh, x, floating: true);

    /// <summary>ln(1 + exp(x)).</summary>
    public static Tensor Softplus(Tensor x) => Unary(ElementwiseFunction.Softplus, x, floating: true);

    /// <summary>x · sigmoid(x).</summary>
    public static Tensor Silu(Tensor x) => OpDispatch.Call("Silu", [x], t => Multiply(t[0], Sigmoid(t[0])));

    /// <summary>Another name of <see cref="Silu"/>.</summary>
    public static Tensor Swish(Tensor x) => Silu(x);

    /// <summary>x where it is positive, a small multiple of it elsewhere.</summary>
    public static Tensor LeakyRelu(Tensor x, double negativeSlope = 0.2) => OpDispatch.Call("LeakyRelu", [x], t =>
        Where(Greater(t[0], 0), t[0], Multiply(negativeSlope, t[0])), ("negative_slope", negativeSlope));

    /// <summary>x where it is positive, alpha · (exp(x) - 1) elsewhere.</summary>
    public static Tensor Elu(Tensor x, double alpha = 1.0) => OpDispatch.Call("Elu", [x], t =>
    {
        Tensor v = Promotion.ToFloating(t[0]);
        Tensor negative = PrimitiveOps.Unary(ElementwiseFunction.Expm1, NotPositive(v));
        return Where(Greater(v, 0f), v, Multiply(alpha, negative));
    }, ("alpha", alpha));

    /// <summary>max(x, 0) + alpha · (exp(min(x, 0) / alpha) - 1).</summary>
    public static Tensor Celu(Tensor x, double alpha = 1.0) => OpDispatch.Call("Celu", [x], t =>
    {
        Tensor v = Promotion.ToFloating(t[0]);
        Tensor negative = PrimitiveOps.Unary(ElementwiseFunction.Expm1, Divide(NotPositive(v), alpha));
        return Add(Relu(v), Multiply(alpha, negative));
    }, ("alpha", alpha));

    /// <summary>1.0507 · elu(x, 1.6733): activations keep mean 0 and variance 1 from layer to layer (Klambauer et al., 2017).</summary>
    public static Tensor Selu(Tensor x) => OpDispatch.Call("Selu", [x], t =>
        Multiply(1.0507009873554804934193349852946, Elu(Promotion.ToFloating(t[0]), 1.6732632423543772848170429916717)));

    /// <summary>x / (1 + |x|).</summary>
    public static Tensor Softsign(Tensor x) => OpDispatch.Call("Softsign", [x], t =>
    {
        Tensor v = Promotion.ToFloating(t[0]);
        return Divide(v, Add(Abs(v), 1.0));
    });

    /// <summary>The logarithm of the sigmoid, without overflow: -softplus(-x).</summary>
    public static Tensor LogSigmoid(Tensor x) => OpDispatch.Call("LogSigmoid", [x], t => Negative(Softplus(Negative(t[0]))));

    /// <summary>x · Φ(x), with Φ the normal distribution; by tanh if <paramref name="approximate"/>.</summary>
    public static Tensor Gelu(Tensor x, bool approximate = true) => OpDispatch.Call("Gelu", [x], t =>
    {
        Tensor v = Promotion.ToFloating(t[0]);
        if (!approximate) return Multiply(Multiply(0.5, v), Add(PrimitiveOps.Unary(ElementwiseFunction.Erf, Multiply(v, 1 / Math.Sqrt(2))), 1.0));
        Tensor inner = Multiply(Math.Sqrt(2 / Math.PI), Add(v, Multiply(0.044715, Multiply(v, Square(v)))));
        return Multiply(Multiply(0.5, v), Add(Tanh(inner), 1.0));
    }, ("approximate", approximate));

    /// <summary>Exponentials scaled to add up to one along an axis.</summary>
    public static Tensor Softmax(Tensor x, int axis = -1) => OpDispatch.Call("Softmax", [x], t => AlongAxis(new Softmax(false), t[0], axis), ("axis", axis));

    /// <summary>The logarithm of the softmax.</summary>
    public static Tensor LogSoftmax(Tensor x, int axis = -1) => OpDispatch.Call("LogSoftmax", [x], t => AlongAxis(new Softmax(true), t[0], axis), ("axis", axis));

    /// <summary>Exponentials scaled to add up to one over several axes together; over all for null.</summary>
    public static Tensor Softmax(Tensor x, Ints? axis) => OpDispatch.Call("Softmax", [x], t => AlongAxes(new Softmax(false), t[0], axis), ("axis", axis));

    /// <summary>The logarithm of the softmax over several axes together; over all for null.</summary>
    public static Tensor LogSoftmax(Tensor x, Ints? axis) => OpDispatch.Call("LogSoftmax", [x], t => AlongAxes(new Softmax(true), t[0], axis), ("axis", axis));

    /// <summary>x where it is not positive, else 0. Unlike that of a minimum, its whole gradient goes to x where x is 0.</summary>
    private static Tensor NotPositive(Tensor x) => Where(Greater(x, 0f), 0f, x);

    /// <summary>x brought into a range. Unlike that of <see cref="Clip"/>, its gradient is 0 at the ends of the range too.</summary>
    private static Tensor Between(Tensor x, double least, double most)
    {
        Tensor low = Promotion.As(least, x.DType), high = Promotion.As(most, x.DType);
        return Where(LessEqual(x, low), low, Where(GreaterEqual(x, high), high, x));
    }

    private static Tensor AlongAxes(Softmax softmax, Tensor x, Ints? axis)
    {
        CompositeRules.Refuse("Softmax", [x]);
        x = Promotion.ToFloating(x);
        int[] over = Axes(x, axis), kept = [.. Enumerable.Range(0, x.Rank).Except(over)], order = [.. kept, .. over];
        Tensor moved = PrimitiveOps.Transpose(x, order);
        Tensor rows = PrimitiveOps.Reshape(moved, new Shape([.. kept.Select(a => x.Shape.Dims[a]), over.Aggregate(1, (n, a) => n == Shape.Unknown || x.Shape.Dims[a] == Shape.Unknown ? Shape.Unknown : n * x.Shape.Dims[a])]));
        return PrimitiveOps.Transpose(PrimitiveOps.Reshape(softmax.Apply(rows), moved.Shape), [.. Enumerable.Range(0, x.Rank).Select(a => System.Array.IndexOf(order, a))]);
    }

    private static Tensor AlongAxis(Softmax softmax, Tensor x, int axis)
    {
        if (x is RaggedTensor rows && rows.Shape.Axis(axis) > 1) return rows.WithValues(AlongAxis(softmax, rows.Values, rows.Shape.Axis(axis) - 1));
        CompositeRules.Refuse("Softmax", [x]);
        x = Promotion.ToFloating(x);
        int at = x.Shape.Axis(axis), last = x.Rank - 1;
        if (at == last) return softmax.Apply(x);
        int[] swap = [.. Enumerable.Range(0, x.Rank)];
        (swap[at], swap[last]) = (last, at);
        return PrimitiveOps.Transpose(softmax.Apply(PrimitiveOps.Transpose(x, swap)), swap);
    }
}
