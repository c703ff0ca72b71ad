using NKeras;
using NKeras.Layers;
using NKeras.Metrics;

namespace Samples.Vae;

/// <summary>
/// A variational autoencoder (Kingma and Welling, 2013): an encoder turns an image into a distribution of codes, a decoder a code into an
/// image. Its step of training is its own, since the loss compares the image with its reconstruction and the distribution with a standard one.
/// </summary>
public sealed class VariationalAutoencoder : Model
{
    private readonly Mean _total = new("loss");
    private readonly Mean _reconstruction = new("reconstruction_loss");
    private readonly Mean _divergence = new("kl_loss");

    public VariationalAutoencoder(int codeSize = 2)
    {
        Input image = new([8, 8, 1]);
        KerasTensor x = new Conv2D(32, 3, strides: 2, padding: "same", activation: "relu").Apply(image);
        x = new Conv2D(64, 3, strides: 2, padding: "same", activation: "relu").Apply(x);
        x = new Dense(32, activation: "relu").Apply(new Flatten().Apply(x));
        KerasTensor mean = new Dense(codeSize, name: "z_mean").Apply(x), logVariance = new Dense(codeSize, name: "z_log_var").Apply(x);
        Encoder = new Model(image, [mean, logVariance, new Sampling().Apply(mean, logVariance)], name: "encoder");

        Input code = new([codeSize]);
        x = new Reshape([2, 2, 64]).Apply(new Dense(2 * 2 * 64, activation: "relu").Apply(code));
        x = new Conv2DTranspose(64, 3, strides: 2, padding: "same", activation: "relu").Apply(x);
        x = new Conv2DTranspose(32, 3, strides: 2, padding: "same", activation: "relu").Apply(x);
        Decoder = new Model(code, new Conv2DTranspose(1, 3, padding: "same", activation: "sigmoid").Apply(x), name: "decoder");
    }

    /// <summary>From images to the mean, the logarithm of the variance, and a drawn code.</summary>
    public Model Encoder { get; }

    /// <summary>From codes to images.</summary>
    public Model Decoder { get; }

    public override IReadOnlyList<Metric> Metrics => [_total, _reconstruction, _divergence];

    /// <summary>An image's reconstruction from the mean of its codes.</summary>
    public override Tensor Call(Tensor inputs, bool training = false) => Decoder.Apply(Encoder.ApplyAll(inputs)[0]);

    public override IReadOnlyDictionary<string, Tensor> TrainStep(Batch data)
    {
        Tensor images = data.X[0], reconstruction = null!, divergence = null!;
        (Tensor loss, Tensor?[] gradients) = Gradients.ValueAndGrad(
            () =>
            {
                (Tensor mean, Tensor logVariance, Tensor code) = Encoder.ApplyAll(images);
                Tensor decoded = Decoder.Apply(code);
                reconstruction = Ops.Mean(Ops.Sum(LossFunctions.BinaryCrossentropy(images, decoded), axis: [1, 2]));
                divergence = Ops.Mean(Ops.Sum(-0.5 * (1 + logVariance - Ops.Square(mean) - Ops.Exp(logVariance)), axis: 1));
                return reconstruction + divergence;
            },
            TrainableVariables);
        Optimizer.Apply(gradients, TrainableVariables);

        _total.UpdateState(loss);
        _reconstruction.UpdateState(reconstruction);
        _divergence.UpdateState(divergence);
        return GetMetricsResult();
    }
}
