using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>max(x, 0).</summary>
    public static Tensor Relu(Tensor x) => Stepwise("Relu", x, v => PrimitiveOps.Unary(ElementwiseFunction.Relu, v));

    /// <summary>min(max(x, 0), 6).</summary>
    public static Tensor Relu6(Tensor x) => Stepwise("Relu6", x, v => Between(v, 0, 6));

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static Tensor Sigmoid(Tensor x) => Smooth("Sigmoid", x, v => PrimitiveOps.Unary(ElementwiseFunction.Sigmoid, v));

    /// <summary>The hyperbolic tangent.</summary>
    public static Tensor Tanh(Tensor x) => Unary(ElementwiseFunction.Tanh, x, floating: true);

    /// <summary>ln(1 + exp(x)).</summary>
    public static Tensor Softplus(Tensor x) => Smooth("Softplus", x, v => PrimitiveOps.Unary(ElementwiseFunction.Softplus, v));

    /// <summary>x · sigmoid(x).</summary>
    public static Tensor Silu(Tensor x) => Smooth("Silu", x, v => Multiply(v, Sigmoid(v)));

    /// <summary>Another name of <see cref="Silu"/>.</summary>
    public static Tensor Swish(Tensor x) => Silu(x);

    /// <summary>x where it is positive, a small multiple of it elsewhere.</summary>
    public static Tensor LeakyRelu(Tensor x, double negativeSlope = 0.2) =>
        Smooth("LeakyRelu", x, v => Where(Greater(v, 0f), v, Multiply(negativeSlope, v)), ("negative_slope", negativeSlope));

    /// <summary>x where it is positive, alpha · (exp(x) - 1) elsewhere.</summary>
    public static Tensor Elu(Tensor x, double alpha = 1.0) => Smooth("Elu", x, v =>
    {
        Tensor negative = PrimitiveOps.Unary(ElementwiseFunction.Expm1, NotPositive(v));
        return Where(Greater(v, 0f), v, Multiply(alpha, negative));
    }, ("alpha", alpha));

    /// <summary>max(x, 0) + alpha · (exp(min(x, 0) / alpha) - 1).</summary>
    public static Tensor Celu(Tensor x, double alpha = 1.0) => Smooth("Celu", x, v =>
    {
        Tensor negative = PrimitiveOps.Unary(ElementwiseFunction.Expm1, Divide(NotPositive(v), alpha));
        return Add(Relu(v), Multiply(alpha, negative));
    }, ("alpha", alpha));

    /// <summary>1.0507 · elu(x, 1.6733): activations keep mean 0 and variance 1 from layer to layer (Klambauer et al., 2017).</summary>
    public static Tensor Selu(Tensor x) => Smooth("Selu", x, v =>
        Multiply(1.0507009873554804934193349852946, Elu(v, 1.6732632423543772848170429916717)));

    /// <summary>x / (1 + |x|).</summary>
    public static Tensor Softsign(Tensor x) => Smooth("Softsign", x, v => Divide(v, Add(Abs(v), 1.0)));

    /// <summary>The logarithm of the sigmoid, without overflow: -softplus(-x).</summary>
    public static Tensor LogSigmoid(Tensor x) => Smooth("LogSigmoid", x, v => Negative(Softplus(Negative(v))));

    /// <summary>x · Φ(x), with Φ the normal distribution; by tanh if <paramref name="approximate"/>.</summary>
    public static Tensor Gelu(Tensor x, bool approximate = true) => Smooth("Gelu", x, v =>
    {
        // By erfc and the sigmoid rather than 1 + erf and 1 + tanh, which lose all their digits far below zero.
        if (!approximate) return Multiply(Multiply(0.5, v), PrimitiveOps.Unary(ElementwiseFunction.Erfc, Multiply(v, -1 / Math.Sqrt(2))));
        Tensor inner = Multiply(2 * Math.Sqrt(2 / Math.PI), Add(v, Multiply(0.044715, Multiply(v, Square(v)))));
        return Multiply(v, Sigmoid(inner));
    }, ("approximate", approximate));

    /// <summary>The first half along an axis times the sigmoid of the second (Dauphin et al., 2017).</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis that is halved; negative ones count from the end.</param>
    /// <exception cref="ArgumentException">The axis has an odd number of elements, or there is no such axis.</exception>
    public static Tensor Glu(Tensor x, int axis = -1) => Smooth("Glu", x, v =>
    {
        int at = v.Shape.Axis(axis), length = v.Shape.Dims[at];
        if (length != Shape.Unknown && length % 2 != 0) throw new ArgumentException($"Glu halves axis {axis}, which has {length} elements (shape {v.Shape}).", nameof(axis));
        return Multiply(Half(0), Sigmoid(Half(1)));

        Tensor Half(int which)
        {
            int[] starts = new int[v.Rank], stops = [.. v.Shape.Dims], steps = [.. Enumerable.Repeat(1, v.Rank)];
            // While shapes are being inferred the length may be unknown; so is the half's then.
            if (length != Shape.Unknown) (starts[at], stops[at]) = (which * length / 2, (which + 1) * length / 2);
            return new Slice(new IntList(starts), new IntList(stops), new IntList(steps)).Apply(v);
        }
    }, ("axis", axis));

    /// <summary>A function with fractions: whole numbers become floating point.</summary>
    private static Tensor Smooth(string name, Tensor x, Func<Tensor, Tensor> function, params ReadOnlySpan<(string Name, object? Value)> settings) =>
        OpDispatch.Call(name, [x], t => function(Promotion.WithFraction(t[0])), settings);

    /// <summary>A function whose results are the argument's elements or constants: whole numbers stay so.</summary>
    private static Tensor Stepwise(string name, Tensor x, Func<Tensor, Tensor> function, params ReadOnlySpan<(string Name, object? Value)> settings) =>
        OpDispatch.Call(name, [x], t => function(t[0].DType.IsFloating ? Promotion.WithFloat(t[0]) : t[0]), settings);

    /// <summary>x where it is not positive, else 0. Unlike that of a minimum, its whole gradient goes to x where x is 0.</summary>
    private static Tensor NotPositive(Tensor x) => Where(Greater(x, 0f), 0f, x);

    /// <summary>x brought into a range. Unlike that of <see cref="Clip"/>, its gradient is 0 at the ends of the range too.</summary>
    private static Tensor Between(Tensor x, double least, double most)
    {
        // No element is below zero there, and -1 would wrap to the greatest number.
        if (x.DType.Kind is DTypeKind.Unsigned or DTypeKind.Bool) least = Math.Max(least, 0);
        Tensor low = Promotion.As(least, x.DType), high = Promotion.As(most, x.DType);
        return Where(LessEqual(x, low), low, Where(GreaterEqual(x, high), high, x));
    }
}
