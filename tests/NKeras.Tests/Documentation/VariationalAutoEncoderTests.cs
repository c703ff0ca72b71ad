using NKeras;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Optimizers;

namespace DocumentationExamples;

/// <summary>The end-to-end example of the guide "Making new layers and models via subclassing".</summary>
public sealed class VariationalAutoEncoderTests
{
    [Fact]
    public void ItTrains()
    {
        Tensor images = RandomOps.Uniform([64, 784]);

        #region train
        var vae = new VariationalAutoEncoder(784, 64, 32);
        vae.Compile(new Adam(learningRate: 1e-3), loss: new MeanSquaredError());
        var history = vae.Fit(images, images, epochs: 2, batchSize: 32, verbose: 0);
        #endregion

        Assert.Equal("autoencoder", vae.Name);
        Assert.Equal(["encoder", "decoder"], vae.Layers.Select(l => l.Name));
        Assert.Equal(10, vae.TrainableWeights.Count);
        Assert.True(history["loss"][1] < history["loss"][0]);
        Assert.Equal([5, 784], vae.Predict(RandomOps.Uniform([5, 784]), verbose: 0).Shape);
        vae.Apply(images);
        Assert.True(Assert.Single(vae.Losses).Item<float>() > 0);
    }

    #region sampling
    // Samples z, a digit's code, around its mean.
    public class Sampling : Layer
    {
        public override Tensors Call(Tensors inputs, bool training)
        {
            var (mean, logVariance) = inputs;
            var epsilon = RandomOps.Normal(mean.Shape);
            return mean + Ops.Exp(0.5 * logVariance) * epsilon;
        }
    }
    #endregion

    #region encoder
    // Maps digits to mean, logarithm of the variance, and a sample.
    public class Encoder(int latentDim = 32, int intermediateDim = 64, string name = "encoder") : Layer(name)
    {
        private readonly Dense _project = new(intermediateDim, activation: "relu");
        private readonly Dense _mean = new(latentDim);
        private readonly Dense _logVariance = new(latentDim);
        private readonly Sampling _sampling = new();

        public override Tensors Call(Tensors inputs, bool training)
        {
            var x = _project.Apply(inputs[0]);
            var mean = _mean.Apply(x);
            var logVariance = _logVariance.Apply(x);
            var z = _sampling.Apply(mean, logVariance);
            return (mean, logVariance, z);
        }
    }
    #endregion

    public class Decoder(int originalDim, int intermediateDim = 64, string name = "decoder") : Layer(name)
    {
        private readonly Dense _project = new(intermediateDim, activation: "relu");
        private readonly Dense _output = new(originalDim, activation: "sigmoid");

        public override Tensor Call(Tensor inputs, bool training = false) => _output.Apply(_project.Apply(inputs));
    }

    #region autoencoder
    public class VariationalAutoEncoder(int originalDim, int intermediateDim = 64, int latentDim = 32, string name = "autoencoder") : Model(name)
    {
        private readonly Encoder _encoder = new(latentDim: latentDim, intermediateDim: intermediateDim);
        private readonly Decoder _decoder = new(originalDim, intermediateDim: intermediateDim);

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            var (mean, logVariance, z) = _encoder.ApplyAll(inputs);
            var reconstructed = _decoder.Apply(z);
            // The divergence from the normal distribution is a loss, too.
            AddLoss(-0.5 * Ops.Mean(logVariance - Ops.Square(mean) - Ops.Exp(logVariance) + 1));
            return reconstructed;
        }
    }
    #endregion
}
