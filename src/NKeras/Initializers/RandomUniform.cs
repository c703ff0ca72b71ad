namespace NKeras.Initializers;

/// <summary>Values spread evenly over an interval (<c>keras.initializers.RandomUniform</c>).</summary>
/// <param name="minval">The lower end, included.</param>
/// <param name="maxval">The upper end, not included.</param>
/// <param name="seed">The seed, or a generator, with which every call gives other values; from the program's global sequence if omitted.</param>
public sealed class RandomUniform(double minval = -0.05, double maxval = 0.05, RandomSeed? seed = null) : RandomInitializer(seed)
{
    /// <summary>The lower end.</summary>
    public double Minval { get; } = minval;

    /// <summary>The upper end.</summary>
    public double Maxval { get; } = maxval;

    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType? dtype = null) => RandomOps.Uniform(shape, Minval, Maxval, dtype, Source);
}
