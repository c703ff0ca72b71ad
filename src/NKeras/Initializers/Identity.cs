using System.Text.Json.Nodes;
using NKeras.Engine;

namespace NKeras.Initializers;

/// <summary>A matrix with one value on its diagonal and zeros elsewhere (<c>keras.initializers.Identity</c>).</summary>
/// <param name="gain">The value.</param>
public sealed class Identity(double gain = 1.0) : Initializer
{
    /// <summary>The value on the diagonal.</summary>
    public double Gain { get; } = gain;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shape is not a matrix's.</exception>
    public override Tensor Apply(Shape shape, DType? dtype = null)
    {
        if (shape.Rank != 2)
            throw new ArgumentException($"The Identity initializer makes matrices; received shape {shape} of rank {shape.Rank}.", nameof(shape));
        ConcreteTensor matrix = ConcreteTensor.Allocate(new TensorSpec(shape, dtype ?? Config.Floatx()));
        ElementView view = ElementView.Of(matrix);
        view.Clear();
        int rows = shape.Dims[0], columns = shape.Dims[1];
        for (int i = 0; i < Math.Min(rows, columns); i++) view.SetNumber((i * columns) + i, Gain);
        return matrix;
    }

    /// <inheritdoc/>
    // Keras: forgets another gain, too; it reads one.
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        if (Gain == 1) config.Remove("gain");
        return config;
    }
}
