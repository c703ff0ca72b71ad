using NKeras;
using NKeras.Layers;

namespace Samples.Vae;

/// <summary>Draws a code from the normal distribution that the encoder describes by its mean and the logarithm of its variance.</summary>
public sealed class Sampling : Layer
{
    private readonly SeedGenerator _seed = new(1337);

    public override Tensors Call(Tensors inputs, bool training)
    {
        (Tensor mean, Tensor logVariance) = inputs;
        Tensor noise = RandomOps.Normal(mean.Shape, seed: _seed);
        return mean + (Ops.Exp(0.5 * logVariance) * noise);
    }
}
