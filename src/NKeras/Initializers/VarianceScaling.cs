namespace NKeras.Initializers;

/// <summary>Values whose variance is a scale divided by the number of a kernel's inputs, outputs, or their mean (<c>keras.initializers.VarianceScaling</c>).</summary>
public class VarianceScaling : RandomInitializer
{
    /// <summary>The standard deviation of a standard normal distribution truncated at ±2.</summary>
    private const double TruncatedStddev = 0.87962566103423978;

    private static readonly string[] s_modes = ["fan_in", "fan_out", "fan_avg"];
    private static readonly string[] s_distributions = ["uniform", "truncated_normal", "untruncated_normal"];

    private int[]? _inputAxes;
    private int[]? _outputAxes;

    /// <summary>Creates the initializer.</summary>
    /// <param name="scale">The scale, greater than zero.</param>
    /// <param name="mode">What the scale is divided by: <c>"fan_in"</c>, <c>"fan_out"</c> or <c>"fan_avg"</c>.</param>
    /// <param name="distribution"><c>"truncated_normal"</c> (or <c>"normal"</c>), <c>"untruncated_normal"</c> or <c>"uniform"</c>.</param>
    /// <param name="seed">The seed, or a generator, with which every call gives other values; from the program's global sequence if omitted.</param>
    /// <param name="inputAxes">The axes that count as a kernel's inputs; together with <paramref name="outputAxes"/>. The second but last and all before it if omitted.</param>
    /// <param name="outputAxes">The axes that count as a kernel's outputs; the last, and all but the second but last before it, if omitted.</param>
    /// <exception cref="ArgumentException">The scale is not positive, or a name is unknown.</exception>
    public VarianceScaling(
        double scale = 1.0, string mode = "fan_in", string distribution = "truncated_normal", RandomSeed? seed = null, int[]? inputAxes = null, int[]? outputAxes = null)
        : base(seed)
    {
        if (!(scale > 0)) throw new ArgumentException($"The scale of {GetType().Name} is greater than zero; received {scale}.", nameof(scale));
        Scale = scale;
        Mode = OneOf(s_modes, mode, nameof(mode));
        string lower = distribution.ToLowerInvariant();
        Distribution = OneOf(s_distributions, lower == "normal" ? "truncated_normal" : lower, nameof(distribution));
        _inputAxes = inputAxes;
        _outputAxes = outputAxes;
    }

    /// <summary>The scale.</summary>
    public double Scale { get; }

    /// <summary>What the scale is divided by.</summary>
    public string Mode { get; }

    /// <summary>The kind of distribution.</summary>
    public string Distribution { get; }

    /// <summary>The axes that count as a kernel's inputs, if they were given.</summary>
    public IReadOnlyList<int>? InputAxes => _inputAxes;

    /// <summary>The axes that count as a kernel's outputs, if they were given.</summary>
    public IReadOnlyList<int>? OutputAxes => _outputAxes;

    /// <summary>Whether it was given which axes of a kernel are which.</summary>
    internal bool HasAxes => _inputAxes != null && _outputAxes != null;

    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType? dtype = null)
    {
        (double fanIn, double fanOut) = Fans(shape);
        double variance = Scale / Math.Max(1, Mode switch { "fan_in" => fanIn, "fan_out" => fanOut, _ => (fanIn + fanOut) / 2 });
        switch (Distribution)
        {
            case "uniform":
                double limit = Math.Sqrt(3 * variance);
                return RandomOps.Uniform(shape, -limit, limit, dtype, Source);
            case "truncated_normal":
                return RandomOps.TruncatedNormal(shape, 0, Math.Sqrt(variance) / TruncatedStddev, dtype, Source);
            default:
                return RandomOps.Normal(shape, 0, Math.Sqrt(variance), dtype, Source);
        }
    }

    /// <summary>The same initializer, with the same random numbers, for kernels whose axes are not the usual ones.</summary>
    internal VarianceScaling Along(int[] inputAxes, int[] outputAxes)
    {
        VarianceScaling copy = (VarianceScaling)MemberwiseClone();
        (copy._inputAxes, copy._outputAxes) = (inputAxes, outputAxes);
        return copy;
    }

    /// <summary>How many values flow into, and out of, one unit of a kernel.</summary>
    private (double In, double Out) Fans(Shape shape)
    {
        ReadOnlySpan<int> dims = shape.Dims;
        if (HasAxes) return (Product(shape, _inputAxes!), Product(shape, _outputAxes!));
        if (dims.Length < 2) return dims.Length == 0 ? (1, 1) : (dims[0], dims[0]);
        // A convolution's kernel (*window, in, out): every position of the window adds its inputs.
        double window = 1;
        foreach (int d in dims[..^2]) window *= d;
        return (window * dims[^2], window * dims[^1]);
    }

    private static double Product(Shape shape, int[] axes)
    {
        double product = 1;
        foreach (int axis in axes) product *= shape.Dims[shape.Axis(axis)];
        return product;
    }

    private string OneOf(string[] allowed, string value, string argument) => allowed.Contains(value)
        ? value
        : throw new ArgumentException($"The {argument} of {GetType().Name} cannot be '{value}'. {Suggestion.For(value, allowed)}", argument);
}
