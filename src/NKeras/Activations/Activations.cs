using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Saving;

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
    public static TensorFunction Relu6 { get; } = Keeping(Ops.Relu6);

    /// <summary>x where it is positive, a small multiple of it elsewhere.</summary>
    public static LeakyReluFunction LeakyRelu { get; } = (x, negativeSlope) => Keeping(v => Ops.LeakyRelu(v, negativeSlope))(x);

    /// <summary>x where it is positive, alpha · (exp(x) - 1) elsewhere (Clevert et al., 2015).</summary>
    public static EluFunction Elu { get; } = (x, alpha) => Keeping(v => Ops.Elu(v, alpha))(x);

    /// <summary>max(x, 0) + alpha · (exp(min(x, 0) / alpha) - 1) (Barron, 2017).</summary>
    public static EluFunction Celu { get; } = (x, alpha) => Keeping(v => Ops.Celu(v, alpha))(x);

    /// <summary>The self-normalising ELU (Klambauer et al., 2017).</summary>
    public static TensorFunction Selu { get; } = Keeping(Ops.Selu);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static TensorFunction Sigmoid { get; } = Keeping(Ops.Sigmoid);

    /// <summary>The logarithm of the sigmoid.</summary>
    public static TensorFunction LogSigmoid { get; } = Keeping(Ops.LogSigmoid);

    /// <summary>The sigmoid as three straight lines: relu6(x + 3) / 6.</summary>
    public static TensorFunction HardSigmoid { get; } = Keeping(Ops.HardSigmoid);

    /// <summary>What Keras 1 and 2 called the hard sigmoid: 0.2 x + 0.5, between 0 and 1.</summary>
    internal static TensorFunction HardSigmoidOfKeras2 { get; } = Keeping(x => Ops.Clip(Ops.Add(Ops.Multiply(x, 0.2), 0.5), 0.0, 1.0));

    /// <summary>0 up to -1, 1 from 1 on, a straight line between.</summary>
    public static TensorFunction SparseSigmoid { get; } = Keeping(Ops.SparseSigmoid);

    /// <summary>The hyperbolic tangent.</summary>
    public static TensorFunction Tanh { get; } = Keeping(Ops.Tanh);

    /// <summary>x, but not below -1 and not above 1.</summary>
    public static TensorFunction HardTanh { get; } = Keeping(Ops.HardTanh);

    /// <summary>x - tanh(x).</summary>
    public static TensorFunction TanhShrink { get; } = Keeping(Ops.TanhShrink);

    /// <summary>Exponentials scaled to add up to one along an axis.</summary>
    public static AxesFunction Softmax { get; } = (x, axis) => Keeping(v => axis is null or { Count: 1 } ? Ops.Softmax(v, axis?[0] ?? -1) : Ops.Softmax(v, axis))(x);

    /// <summary>The logarithm of the softmax.</summary>
    public static AxesFunction LogSoftmax { get; } = (x, axis) => Keeping(v => axis is null or { Count: 1 } ? Ops.LogSoftmax(v, axis?[0] ?? -1) : Ops.LogSoftmax(v, axis))(x);

    /// <summary>The projection onto what adds up to one along an axis and is not negative (Martins and Astudillo, 2016).</summary>
    public static AxisFunction Sparsemax { get; } = (x, axis) => Keeping(v => Ops.Sparsemax(v, axis))(x);

    /// <summary>The first half along an axis times the sigmoid of the second (Dauphin et al., 2017).</summary>
    public static AxisFunction Glu { get; } = (x, axis) => Keeping(v => Ops.Glu(v, axis))(x);

    /// <summary>ln(1 + exp(x)).</summary>
    public static TensorFunction Softplus { get; } = Keeping(Ops.Softplus);

    /// <summary>x / (1 + |x|).</summary>
    public static TensorFunction Softsign { get; } = Keeping(Ops.Softsign);

    /// <summary>x · sigmoid(x) (Ramachandran et al., 2017).</summary>
    public static TensorFunction Silu { get; } = Keeping(Ops.Silu);

    /// <summary>Another name of <see cref="Silu"/>.</summary>
    public static TensorFunction Swish => Silu;

    /// <summary>x · hard_sigmoid(x) (Howard et al., 2019).</summary>
    public static TensorFunction HardSilu { get; } = Keeping(Ops.HardSilu);

    /// <summary>Another name of <see cref="HardSilu"/>.</summary>
    public static TensorFunction HardSwish => HardSilu;

    /// <summary>x · Φ(x), with Φ the normal distribution (Hendrycks and Gimpel, 2016).</summary>
    public static GeluFunction Gelu { get; } = (x, approximate) => Keeping(v => Ops.Gelu(v, approximate))(x);

    /// <summary>The exponential.</summary>
    public static TensorFunction Exponential { get; } = Keeping(Ops.Exp);

    /// <summary>x · tanh(softplus(x)) (Misra, 2019).</summary>
    public static TensorFunction Mish { get; } = MishOf;

    /// <summary>Zero near zero, x elsewhere.</summary>
    public static ShrinkFunction HardShrink { get; } = (x, threshold) => Keeping(v => Ops.HardShrink(v, threshold))(x);

    /// <summary>Zero near zero, x moved towards zero elsewhere.</summary>
    public static ShrinkFunction SoftShrink { get; } = (x, threshold) => Keeping(v => Ops.SoftShrink(v, threshold))(x);

    /// <summary>0 up to -1, x from 1 on, a parabola between.</summary>
    public static TensorFunction SparsePlus { get; } = Keeping(Ops.SparsePlus);

    /// <summary>(x + √(x² + b)) / 2.</summary>
    public static SquareplusFunction Squareplus { get; } = (x, b) => Keeping(v => Ops.Squareplus(v, b))(x);

    /// <summary>x above a threshold, a fixed value elsewhere.</summary>
    public static ThresholdFunction Threshold { get; } = (x, threshold, defaultValue) => Keeping(v => Ops.Threshold(v, threshold, defaultValue))(x);

    /// <summary>What a layer makes of its <c>activation</c> argument: a Keras name, a function, or null for <see cref="Linear"/>.</summary>
    /// <exception cref="ArgumentException">There is no such activation; the message suggests the nearest name.</exception>
    public static ActivationFunction Get(ActivationFunction? identifier) => identifier ?? Linear;

    /// <summary>How configurations hold an activation: its name, or an object that names the function registered for it.</summary>
    /// <exception cref="ArgumentException">It is a function of one's own that is not registered.</exception>
    public static JsonNode Serialize(ActivationFunction activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return CustomFunctions.Serialize(activation);
    }

    /// <summary>The activation that a configuration holds.</summary>
    /// <exception cref="ArgumentException">It is unknown, or the configuration is none of an activation.</exception>
    public static ActivationFunction Deserialize(JsonNode config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return Reading.Run(() =>
        {
            Reading.Check(config);
            return ConfigReader.Read<ActivationFunction>(config) ?? Linear;
        });
    }

    /// <summary>A function that gives float64 for float64, as activations do, where the one of <see cref="Ops"/> brings it down.</summary>
    private static TensorFunction Keeping(TensorFunction function) => x =>
    {
        ArgumentNullException.ThrowIfNull(x);
        using WideScope scope = WideScope.Of(x);
        return function(x);
    };

    // Keras: mish and hard_silu fail on symbolic tensors; here they are steps of the classes that Keras has for them.
    private static Tensor MishOf(Tensor x) => Keeping(v => OpDispatch.Call("Mish", [v], t => Ops.Multiply(t[0], Ops.Tanh(Ops.Softplus(t[0])))))(x);

    private static Tensor ReluOf(Tensor x, double negativeSlope, double? maxValue, double threshold) => Keeping(v => OpDispatch.Call("ReLU", [v], t =>
    {
        if (threshold == 0 && maxValue == null) return negativeSlope == 0 ? Ops.Relu(t[0]) : Ops.LeakyRelu(t[0], negativeSlope);
        Tensor positive = threshold != 0 ? Ops.Where(Ops.Greater(t[0], Promotion.As(threshold, t[0].DType)), t[0], 0)
            : maxValue == 6 ? Ops.Relu6(t[0])
            : Ops.Relu(t[0]);
        if (maxValue is { } limit && (threshold != 0 || limit != 6)) positive = Ops.Clip(positive, 0, limit);
        if (negativeSlope == 0) return positive;
        Tensor below = Ops.Relu(threshold == 0 ? Ops.Negative(t[0]) : Ops.Subtract(threshold, t[0]));
        return Ops.Subtract(positive, Ops.Multiply(negativeSlope, below));
    }, ("negative_slope", negativeSlope), ("max_value", maxValue), ("threshold", threshold)))(x);
}
