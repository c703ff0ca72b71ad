using NKeras.Callbacks;
using NKeras.Optimizers;
using Samples.Vae;

namespace NKeras.Samples.Tests;

public sealed class VaeTests
{
    [Fact]
    public void Learns_to_draw_digits_in_a_few_steps()
    {
        Utils.SetRandomSeed(1);
        var ((images, _), _) = Datasets.Digits.LoadData();
        Tensor pixels = Ops.ExpandDims(Ops.Cast(images, "float32") / 16.0, axis: -1);
        VariationalAutoencoder model = new();
        model.Compile(new Adam(learningRate: 2e-3));

        History history = model.Fit(pixels, batchSize: 64, epochs: 8, verbose: 0);

        Assert.Equal(["kl_loss", "loss", "reconstruction_loss"], history.Logs.Keys.Order());
        Assert.True(history["loss"][^1] < 0.8 * history["loss"][0], string.Join(", ", history["loss"]));
        Assert.Equal(history["loss"][^1], history["kl_loss"][^1] + history["reconstruction_loss"][^1], 1e-3);
        Assert.Equal([3, 8, 8, 1], model.Decoder.Predict(Ops.Zeros([3, 2]), verbose: 0).Shape);
        Assert.All(model.Predict(pixels, verbose: 0).ToArray<float>(), p => Assert.InRange(p, 0, 1));
    }
}
