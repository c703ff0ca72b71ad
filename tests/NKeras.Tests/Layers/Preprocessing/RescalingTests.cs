using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing;

/// <summary>Behaviours of keras/src/layers/preprocessing/rescaling_test.py.</summary>
[Collection(NamesCollection.Name)]
public sealed class RescalingTests
{
    [Fact]
    public void MultipliesAndAdds()
    {
        Tensor y = new Rescaling(1.0 / 255, offset: 0.5).Apply(new float[,] { { 0, 255, 51 } });
        Close.To([0.5f, 1.5f, 0.7f], y);
    }

    [Fact]
    public void GivesFloatingPointNumbersForWholeOnes()
    {
        Tensor y = new Rescaling(0.5).Apply(Ops.Cast(new[] { 1, 2, 3 }, DType.UInt8));
        Assert.Equal(DType.Float32, y.DType);
        Close.To([0.5f, 1, 1.5f], y);
        Assert.Equal(DType.Float16, new Rescaling(0.5, dtype: "mixed_float16").Apply(new[] { 1, 2 }).DType);
    }

    [Fact]
    public void BroadcastsArraysAlongTheLastAxis() =>
        Close.To([1f, 2, 2, 5], new Rescaling(new double[] { 1, 3 }, new double[] { 1, -1 }).Apply(new float[,] { { 0, 1 }, { 1, 2 } }));

    [Fact]
    public void AVectorIsForChannelsWhereverTheyAre()
    {
        Tensor images = Ops.Reshape(Ops.Arange(12), [1, 3, 2, 2]);
        Tensor y = Config.WithImageDataFormat("channels_first", () => new Rescaling(new[] { 1, 10, 100 }).Apply(images));
        Close.To([0f, 1, 2, 3, 40, 50, 60, 70, 800, 900, 1000, 1100], y);
    }

    [Fact]
    public void KeepsNumbersAsTheyWereGivenInItsConfiguration()
    {
        string config = new Rescaling(2, new[] { 1.0 / 255, 0.1 }, name: "r").GetConfig().ToJsonString();
        Assert.EndsWith("""
            "scale":2,"offset":[0.00392156862745098,0.1]}
            """, config);
        Assert.Equal(config, Layer.FromConfig<Rescaling>(new Rescaling(2, new[] { 1.0 / 255, 0.1 }, name: "r").GetConfig()).GetConfig().ToJsonString());
        Assert.EndsWith("""
            "scale":0.5,"offset":0}
            """, new Rescaling(0.5).GetConfig().ToJsonString().Replace("0.0}", "0}"));
    }

    [Fact]
    public void RefusesStringsAndWhatIsNoData()
    {
        Assert.Contains("Layer 'r' takes numbers; received strings", Assert.Throws<ArgumentException>(() => new Rescaling(1, name: "r").Apply(new[] { "a", "b" })).Message);
        Assert.Contains("Layer 'r': scale is a number", Assert.Throws<ArgumentException>(() => new Rescaling(new[] { "a" }, name: "r")).Message);
        Assert.Contains("Layer 'r': offset is a number", Assert.Throws<ArgumentException>(() => new Rescaling(1, new Input([3]), name: "r")).Message);
    }

    [Fact]
    public void WorksInModelsOfAnySize()
    {
        Model model = new Sequential([new Input([null, null, 3]), new Rescaling(1.0 / 127.5, offset: -1)]);
        foreach (int size in new[] { 2, 5 })
        {
            Tensor images = RandomOps.Uniform([3, size, size + 1, 3], 0, 255, seed: 1);
            Tensor y = model.Predict(images, verbose: 0);
            Close.To(((images / 127.5) - 1).ToArray<float>(), y);
        }
    }

    [Fact]
    public void MapsOverDataSets()
    {
        Dataset data = Dataset.FromTensorSlices(Ops.Reshape(Ops.Arange(8), [4, 2])).Batch(2).Map(new Rescaling(10));
        Close.Equal([0f, 10, 20, 30, 40, 50, 60, 70], [.. data.SelectMany(b => b.X[0].ToArray<float>())]);
    }
}
