using NKeras.Callbacks;
using NKeras.Layers;
using Samples.ResNet;

namespace NKeras.Samples.Tests;

public sealed class ResNetTests
{
    [Fact]
    public void Shortcuts_are_projected_only_where_the_shape_changes()
    {
        Model model = ResidualNetwork.Create([8, 8, 1], classes: 10, stages: [8, 16], blocks: 2);

        Assert.Equal([null, 10], model.OutputShape);
        Conv2D[] convolutions = [.. model.Layers.OfType<Conv2D>()];
        Assert.Equal(1 + (2 * 2 * 2) + 1, convolutions.Length);
        Assert.Single(convolutions, c => c.KernelSize is [1, 1]);
    }

    [Fact]
    public void Learns_some_digits_in_a_few_steps()
    {
        Utils.SetRandomSeed(1);
        Model model = ResidualNetwork.Create([8, 8, 1], classes: 10, stages: [16, 32], blocks: 1);

        (History history, double accuracy) = DigitTraining.Train(model, new DigitTrainingOptions(Epochs: 8, Samples: 480, Verbose: 0));

        Assert.True(history["loss"][^1] < 0.5 * history["loss"][0], string.Join(", ", history["loss"]));
        Assert.InRange(accuracy, 0.5, 1.0);
    }
}
