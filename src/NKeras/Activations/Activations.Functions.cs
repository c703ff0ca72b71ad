namespace NKeras;

public static partial class Activations
{
    /// <summary>The type of <see cref="Relu"/>.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="negativeSlope">The slope below the threshold.</param>
    /// <param name="maxValue">The greatest result; none if omitted.</param>
    /// <param name="threshold">Where the function starts to rise; elements up to it give zero (or follow the negative slope).</param>
    public delegate Tensor ReluFunction(Tensor x, double negativeSlope = 0.0, double? maxValue = null, double threshold = 0.0);

    /// <summary>The type of <see cref="LeakyRelu"/>.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="negativeSlope">The slope for negative elements.</param>
    public delegate Tensor LeakyReluFunction(Tensor x, double negativeSlope = 0.2);

    /// <summary>The type of <see cref="Elu"/> and <see cref="Celu"/>.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="alpha">How far below zero the result can go.</param>
    public delegate Tensor EluFunction(Tensor x, double alpha = 1.0);

    /// <summary>The type of <see cref="Gelu"/>.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="approximate">Whether the normal distribution is approximated by a hyperbolic tangent.</param>
    public delegate Tensor GeluFunction(Tensor x, bool approximate = false);

    /// <summary>The type of <see cref="Softmax"/> and <see cref="LogSoftmax"/>.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="axis">The axis, or axes, along which the results belong together; the last if omitted. Negative ones count from the end.</param>
    // Keras: None stands for all axes; here all are given, since the default of an optional parameter cannot be a list.
    public delegate Tensor AxesFunction(Tensor x, Ints? axis = null);

    /// <summary>The type of <see cref="Sparsemax"/> and <see cref="Glu"/>.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="axis">The axis along which the results belong together; negative ones count from the end.</param>
    public delegate Tensor AxisFunction(Tensor x, int axis = -1);

    /// <summary>The type of <see cref="HardShrink"/> and <see cref="SoftShrink"/>.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="threshold">Elements no farther than this from zero become zero.</param>
    public delegate Tensor ShrinkFunction(Tensor x, double threshold = 0.5);

    /// <summary>The type of <see cref="Squareplus"/>.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="b">How smooth the bend at zero is.</param>
    public delegate Tensor SquareplusFunction(Tensor x, double b = 4);

    /// <summary>The type of <see cref="Threshold"/>.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="threshold">Elements above it stay as they are.</param>
    /// <param name="defaultValue">What the others become.</param>
    public delegate Tensor ThresholdFunction(Tensor x, double threshold, double defaultValue);
}
