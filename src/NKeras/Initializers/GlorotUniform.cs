namespace NKeras.Initializers;

/// <summary>Uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio, 2010).</summary>
/// <param name="seed">The seed; from the program's global sequence if omitted.</param>
public sealed class GlorotUniform(int? seed = null) : Initializer
{
    private readonly int _seed = seed ?? Core.GlobalSeed.Next();

    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType? dtype = null)
    {
        (double fanIn, double fanOut) = (shape.Dims[0], shape.Dims[^1]);
        double limit = Math.Sqrt(6 / Math.Max(1, fanIn + fanOut));
        return RandomOps.Uniform(shape, -limit, limit, dtype, new SeedGenerator(_seed));
    }
}
