using NKeras.Core;

namespace NKeras;

/// <summary>Keras's activation functions (<c>keras.activations</c>). Each member can be called, and passed where a layer takes an <see cref="ActivationFunction"/>.</summary>
// Keras: these are functions. Here they are properties holding delegates, because no conversion starts from a method.
public static partial class Activations
{
    /// <summary>The argument itself.</summary>
    public static TensorFunction Linear { get; } = x => x;

    /// <summary>max(x, 0), with an optional slope below, limit above, and threshold.</summary>
    public static ReluFunction Relu { get; } = ReluOf;

    /// <summary>min(max(x, 0), 6).</summary>
    public static TensorFunction Relu6 { get; } = Ops.Relu6;

    /// <summary>x where it is positive, a small multiple of it elsewhere.</summary>
    public static LeakyReluFunction LeakyRelu { get; } = Ops.LeakyRelu;

    /// <summary>x where it is positive, alpha · (exp(x) - 1) elsewhere (Clevert et al., 2015).</summary>
    public static EluFunction Elu { get; } = Ops.Elu;

    /// <summary>max(x, 0) + alpha · (exp(min(x, 0) / alpha) - 1) (Barron, 2017).</summary>
    public static EluFunction Celu { get; } = Ops.Celu;

    /// <summary>The self-normalising ELU (Klambauer et al., 2017).</summary>
    public static TensorFunction Selu { get; } = Ops.Selu;

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static TensorFunction Sigmoid { get; } = Keeping(Ops.Sigmoid);

    /// <summary>The logarithm of the sigmoid.</summary>
    public static TensorFunction LogSigmoid { get; } = Ops.LogSigmoid;

    /// <summary>The sigmoid as three straight lines: relu6(x + 3) / 6.</summary>
    public static TensorFunction HardSigmoid { get; } = Ops.HardSigmoid;

    /// <summary>0 up to -1, 1 from 1 on, a straight line between.</summary>
    public static TensorFunction SparseSigmoid { get; } = Ops.SparseSigmoid;

    /// <summary>The hyperbolic tangent.</summary>
    public static TensorFunction Tanh { get; } = Keeping(Ops.Tanh);

    /// <summary>x, but not below -1 and not above 1.</summary>
    public static TensorFunction HardTanh { get; } = Ops.HardTanh;

    /// <summary>x - tanh(x).</summary>
    public static TensorFunction TanhShrink { get; } = Ops.TanhShrink;

    /// <summary>Exponentials scaled to add up to one along an axis.</summary>
    public static AxisFunction Softmax { get; } = Ops.Softmax;

    /// <summary>The logarithm of the softmax.</summary>
    public static AxisFunction LogSoftmax { get; } = Ops.LogSoftmax;

    /// <summary>ln(1 + exp(x)).</summary>
    public static TensorFunction Softplus { get; } = Keeping(Ops.Softplus);

    /// <summary>x / (1 + |x|).</summary>
    public static TensorFunction Softsign { get; } = Ops.Softsign;

    /// <summary>x · sigmoid(x) (Ramachandran et al., 2017).</summary>
    public static TensorFunction Silu { get; } = Ops.Silu;

    /// <summary>Another name of <see cref="Silu"/>.</summary>
    public static TensorFunction Swish => Silu;

    /// <summary>x · hard_sigmoid(x) (Howard et al., 2019).</summary>
    public static TensorFunction HardSilu { get; } = Ops.HardSilu;

    /// <summary>Another name of <see cref="HardSilu"/>.</summary>
    public static TensorFunction HardSwish => HardSilu;

    /// <summary>x · Φ(x), with Φ the normal distribution (Hendrycks and Gimpel, 2016).</summary>
    public static GeluFunction Gelu { get; } = Ops.Gelu;

    /// <summary>The exponential.</summary>
    public static TensorFunction Exponential { get; } = Keeping(Ops.Exp);

    /// <summary>x · tanh(softplus(x)) (Misra, 2019).</summary>
    public static TensorFunction Mish { get; } = MishOf;

    /// <summary>Zero near zero, x elsewhere.</summary>
    public static ShrinkFunction HardShrink { get; } = Ops.HardShrink;

    /// <summary>Zero near zero, x moved towards zero elsewhere.</summary>
    public static ShrinkFunction SoftShrink { get; } = Ops.SoftShrink;

    /// <summary>0 up to -1, x from 1 on, a parabola between.</summary>
    public static TensorFunction SparsePlus { get; } = Ops.SparsePlus;

    /// <summary>(x + √(x² + b)) / 2.</summary>
    public static SquareplusFunction Squareplus { get; } = Ops.Squareplus;

    /// <summary>x above a threshold, a fixed value elsewhere.</summary>
    public static ThresholdFunction Threshold { get; } = Ops.Threshold;

    /// <summary>A function that gives float64 for float64, as activations do, where the one of <see cref="Ops"/> brings it down.</summary>
    private static TensorFunction Keeping(TensorFunction function) => x =>
    {
        using WideScope scope = WideScope.Of(x);
        return function(x);
    };

    // Keras: mish and hard_silu fail on symbolic tensors; here they are steps of the classes that Keras has for them.
    private static Tensor MishOf(Tensor x) => OpDispatch.Call("Mish", [x], t => Ops.Multiply(t[0], Ops.Tanh(Ops.Softplus(t[0]))));

    private static Tensor ReluOf(Tensor x, double negativeSlope, double? maxValue, double threshold) => OpDispatch.Call("ReLU", [x], t =>
    {
        if (threshold == 0 && maxValue == null) return negativeSlope == 0 ? Ops.Relu(t[0]) : Ops.LeakyRelu(t[0], negativeSlope);
        Tensor positive = threshold != 0 ? Ops.Where(Ops.Greater(t[0], Promotion.As(threshold, t[0].DType)), t[0], 0)
            : maxValue == 6 ? Ops.Relu6(t[0])
            : Ops.Relu(t[0]);
        if (maxValue is { } limit && (threshold != 0 || limit != 6)) positive = Ops.Clip(positive, 0, limit);
        if (negativeSlope == 0) return positive;
        Tensor below = Ops.Relu(threshold == 0 ? Ops.Negative(t[0]) : Ops.Subtract(threshold, t[0]));
        return Ops.Subtract(positive, Ops.Multiply(negativeSlope, below));
    }, ("negative_slope", negativeSlope), ("max_value", maxValue), ("threshold", threshold));
}
