namespace NKeras.Initializers;

/// <summary>Normally distributed values (<c>keras.initializers.RandomNormal</c>).</summary>
/// <param name="mean">The mean.</param>
/// <param name="stddev">The standard deviation.</param>
/// <param name="seed">The seed, or a generator, with which every call gives other values; from the program's global sequence if omitted.</param>
public sealed class RandomNormal(double mean = 0.0, double stddev = 0.05, RandomSeed? seed = null) : RandomInitializer(seed)
{
    /// <summary>The mean.</summary>
    public double Mean { get; } = mean;

    /// <summary>The standard deviation.</summary>
    public double Stddev { get; } = stddev;

    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType? dtype = null) => RandomOps.Normal(shape, Mean, Stddev, dtype, Source);
}
