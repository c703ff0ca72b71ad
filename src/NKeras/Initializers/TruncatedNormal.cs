namespace NKeras.Initializers;

/// <summary>Normally distributed values within two standard deviations of the mean (<c>keras.initializers.TruncatedNormal</c>).</summary>
/// <param name="mean">The mean.</param>
/// <param name="stddev">The standard deviation before truncation.</param>
/// <param name="seed">The seed, or a generator, with which every call gives other values; from the program's global sequence if omitted.</param>
public sealed class TruncatedNormal(double mean = 0.0, double stddev = 0.05, RandomSeed? seed = null) : RandomInitializer(seed)
{
    /// <summary>The mean.</summary>
    public double Mean { get; } = mean;

    /// <summary>The standard deviation before truncation.</summary>
    public double Stddev { get; } = stddev;

    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType? dtype = null) => RandomOps.TruncatedNormal(shape, Mean, Stddev, dtype, Source);
}
