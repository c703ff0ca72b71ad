using NKeras.Callbacks;
using Samples.UNet;

namespace NKeras.Samples.Tests;

public sealed class UNetTests
{
    [Fact]
    public void Every_pixel_gets_a_probability_for_each_class()
    {
        Model model = UNetwork.Create([16, 24, 1], classes: 3, levels: [4, 8]);

        Tensor result = model.Predict(Ops.Ones([2, 16, 24, 1]), verbose: 0);

        Assert.Equal([2, 16, 24, 3], result.Shape);
        Assert.All(Ops.Sum(result, axis: -1).ToArray<float>(), s => Assert.Equal(1.0, s, 1e-5));
    }

    [Fact]
    public void Pixels_of_a_digit_are_those_with_ink()
    {
        var ((digits, labels), _) = Datasets.Digits.LoadData();

        (Tensor x, Tensor y) = Canvases.Draw(digits, labels, count: 4, seed: 7);

        Assert.Equal([4, 32, 32, 1], x.Shape);
        (float[] ink, int[] classes) = (x.ToArray<float>(), y.ToArray<int>());
        Assert.All(ink.Zip(classes), p => Assert.Equal(p.First > 0, p.Second != Canvases.Background));
        Assert.All(classes, c => Assert.InRange(c, 0, Canvases.Background));
        Assert.True(classes.Distinct().Count() > 4);
        Assert.Equal(ink, Canvases.Draw(digits, labels, count: 4, seed: 7).X.ToArray<float>());
    }

    [Fact]
    public void Learns_to_find_digits_in_a_few_steps()
    {
        Utils.SetRandomSeed(1);
        Model model = UNetwork.Create([Canvases.Side, Canvases.Side, 1], Canvases.Classes, levels: [16, 32]);

        (History history, Scores test, Tensor pictures, Tensor truth) =
            SegmentationTraining.Train(model, new SegmentationOptions(Pictures: 192, TestPictures: 16, Epochs: 6, BatchSize: 16, Verbose: 0));

        Assert.True(history["loss"][^1] < 0.6 * history["loss"][0], string.Join(", ", history["loss"]));
        Assert.InRange(test["accuracy"], 0.7, 1.0);
        Assert.InRange(test["mean_iou"], 0.05, 1.0);
        Assert.Equal([16, 32, 32, 1], pictures.Shape);
        Assert.Equal([16, 32, 32], truth.Shape);
    }
}
