using NKeras.Layers;
using NormalizationLayer = NKeras.Layers.Normalization;

namespace NKeras.Tests.Layers.Preprocessing;

/// <summary>Behaviours of keras/src/layers/preprocessing/normalization_test.py, and what statistics are by definition.</summary>
[Collection(NamesCollection.Name)]
public sealed class NormalizationTests
{
    /// <summary>Keras's documentation of the class.</summary>
    [Fact]
    public void ComputesTheDocumentationsExamples()
    {
        NormalizationLayer all = new(axis: null);
        all.Adapt(new[] { 1f, 2, 3, 4, 5 });
        Close.To([-1.4142135f, -0.70710677f, 0], all.Apply(new[] { 1f, 2, 3 }));

        float[,] table = { { 0, 7, 4 }, { 2, 9, 6 }, { 0, 7, 4 }, { 2, 9, 6 } };
        NormalizationLayer byFeature = new(axis: -1), back = new(axis: -1, invert: true);
        byFeature.Adapt(table);
        back.Adapt(table);
        Close.To([-1, -1, -1], byFeature.Apply(new float[,] { { 0, 7, 4 } }));
        Close.To([2, 10, 8], back.Apply(new float[,] { { 1, 2, 3 } }));

        Close.To([-1.4142135f, -0.70710677f, 0], new NormalizationLayer(mean: 3.0, variance: 2.0).Apply(new float[,] { { 1 }, { 2 }, { 3 } }));
    }

    [Fact]
    public void BringsDataToMeanZeroAndVarianceOne()
    {
        Tensor x = RandomOps.Uniform([32, 4, 3, 5], 3, 9, seed: 1);
        NormalizationLayer layer = new([1, 2]);
        layer.Adapt(x);
        Assert.True(layer.Built);
        (Tensor mean, Tensor variance) = Ops.Moments(layer.Apply(x), [0, 3]);
        Close.To(new float[12], mean);
        Close.To([.. Enumerable.Repeat(1f, 12)], variance, 1e-4);
        Assert.Equal([1, 4, 3, 1], layer.Mean.Shape);
        Assert.Equal([1, 4, 3, 1], layer.Variance.Shape);
    }

    [Fact]
    public void BatchesOfAnySizeGiveTheStatisticsOfAll()
    {
        Tensor x = RandomOps.Normal([1000, 3], mean: 5, stddev: 2, seed: 2);
        NormalizationLayer whole = new(), batches = new(), list = new(), sequence = new();
        whole.Adapt(x);
        batches.Adapt(Dataset.FromTensorSlices(x, Ops.Zeros([1000])).Batch(7));
        list.Adapt([x[..1], x[1..600], x[600..]]);
        sequence.Adapt(Enumerable.Range(0, 10).Select(i => (Batch)x[(i * 100)..((i + 1) * 100)]));
        foreach (NormalizationLayer other in new[] { batches, list, sequence })
        {
            Close.To(whole.Mean.ToArray<float>(), other.Mean, 1e-6);
            Close.To(whole.Variance.ToArray<float>(), other.Variance, 1e-6);
        }

        double[] first = [.. Enumerable.Range(0, 1000).Select(i => (double)x.ToArray<float>()[i * 3])];
        Close.Equal([(float)first.Average()], [whole.Mean.ToArray<float>()[0]]);
        Close.Equal([(float)first.Average(v => (v - first.Average()) * (v - first.Average()))], [whole.Variance.ToArray<float>()[0]]);
    }

    /// <summary>Sums of squares in single precision would lose the variance altogether.</summary>
    [Fact]
    public void StaysExactFarFromZero()
    {
        double[] values = [.. Enumerable.Range(0, 30_000).Select(i => 1e9 + (i % 3))];
        NormalizationLayer layer = new(axis: null, dtype: "float64");
        layer.Adapt(Dataset.FromTensorSlices(values).Batch(1000));
        Assert.Equal(1e9 + 1, layer.Mean.ToArray<double>()[0], 1e-6);
        Assert.Equal(2.0 / 3, layer.Variance.ToArray<double>()[0], 1e-6);
    }

    [Fact]
    public void ReadsEachBatchOnceAndNoMoreThanAsked()
    {
        int read = 0;
        NormalizationLayer layer = new();
        layer.Adapt(Batches(), steps: 3);
        Assert.Equal(3, read);
        Close.To([1], layer.Mean);

        IEnumerable<Batch> Batches()
        {
            for (int i = 0; ; i++)
            {
                read++;
                yield return (Tensor)new float[,] { { i } };
            }
        }
    }

    [Fact]
    public void AdaptingAgainForgetsWhatWasBefore()
    {
        NormalizationLayer layer = new();
        layer.Adapt(new float[,] { { 1 }, { 3 } });
        Model model = new Sequential([new Input([1]), layer]);
        Close.To([-1], model.Predict(new float[,] { { 1 } }, verbose: 0));
        layer.Adapt(new float[,] { { 10 }, { 30 } });
        Close.To([20], layer.Mean);
        Close.To([-1], model.Predict(new float[,] { { 10 } }, verbose: 0));
    }

    [Fact]
    public void BatchesOneAfterAnotherTakeEffectTogether()
    {
        NormalizationLayer layer = new();
        layer.UpdateState(new float[,] { { 1 } });
        Close.To([0], layer.Mean);
        layer.UpdateState(new float[,] { { 3 } });
        layer.FinalizeState();
        Close.To([2], layer.Mean);
        layer.FinalizeState();
        Close.To([2], layer.Mean);
    }

    /// <summary>test_broadcast_*: what is given is aligned with the kept axes from the last one on.</summary>
    [Fact]
    public void GivenNumbersBroadcastToTheKeptAxes()
    {
        NormalizationLayer middle = new(2, new[] { 1f, 2, 3, 4, 5 }, new[] { 1f, 1, 1, 1, 1 });
        middle.Build([2, 4, 5, 3]);
        Assert.Equal([1, 1, 5, 1], middle.Mean.Shape);
        Close.To([1, 2, 3, 4, 5], middle.Mean);
        NormalizationLayer scalar = new(-1, 5, 1);
        scalar.Build([3, 7]);
        Assert.Equal([1, 7], scalar.Mean.Shape);
        // Keras 3.16 on NumPy.
        NormalizationLayer partial = new([1, 2], new[] { 1.0, 2, 3 }, new[] { 4.0, 1, 9 });
        Close.To([-0.5f, 0, 0, 1, 0.333333f, 0.666667f, 2.5f, 3, 6, 7, 2.333333f, 2.666667f], partial.Apply(Ops.Reshape(Ops.Arange(12), [1, 2, 3, 2])));
        Assert.Contains("do not broadcast", Assert.Throws<ArgumentException>(() => new NormalizationLayer(-1, new[] { 1.0, 2 }, new[] { 1.0, 2 }).Apply(Ops.Zeros([1, 3]))).Message);
    }

    [Fact]
    public void ASmallDeviationDividesByNothingSmallerThanEpsilon() => Close.To([1e7f], new NormalizationLayer(mean: 1, variance: 0).Apply(new float[,] { { 2 } }), 1e-3);

    /// <summary>A variance that float16 has no number for.</summary>
    [Fact]
    public void MixedPrecisionKeepsLargeVariances()
    {
        NormalizationLayer layer = new(mean: 1000, variance: 1e6, dtype: "mixed_float16");
        Tensor y = layer.Apply(new float[,] { { 3000 } });
        Assert.Equal(DType.Float16, y.DType);
        Close.To([2], y, 1e-2);
    }

    [Fact]
    public void TakesWholeNumbersAndMasks()
    {
        NormalizationLayer layer = new();
        layer.Adapt(new[,] { { 1, 10 }, { 3, 30 } });
        Assert.Equal(DType.Float32, layer.Apply(new[,] { { 1, 10 } }).DType);
        Close.To([-1, -1], layer.Apply(new[,] { { 1, 10 } }));
        Assert.True(layer.SupportsMasking);
    }

    [Fact]
    public void TrainsWithinAModelWithoutChangingIt()
    {
        Tensor x = RandomOps.Normal([64, 3], mean: 100, stddev: 20, seed: 3), y = Ops.Sum(x, 1, keepdims: true) / 100;
        NormalizationLayer layer = new();
        layer.Adapt(x);
        Tensor[] before = layer.GetWeights();
        Model model = new Sequential([new Input([3]), layer, new Dense(1)]);
        model.Compile(new NKeras.Optimizers.Adam(0.2), "mse");
        NKeras.Callbacks.History history = model.Fit(x, y, epochs: 40, verbose: 0);
        Assert.True(history["loss"][^1] < 0.05 * history["loss"][0], $"{history["loss"][0]} → {history["loss"][^1]}");
        Assert.Equal(before.Select(w => w.ToString()), layer.GetWeights().Select(w => w.ToString()));
        Assert.Empty(layer.TrainableWeights);
    }

    [Fact]
    public void ConfigurationsAreKerass()
    {
        // Keras 3.16: NormalizationLayer(axis=None).get_config() and recorded ones.
        Assert.EndsWith("""
            "axis":[],"invert":false,"mean":null,"variance":null}
            """, new NormalizationLayer(axis: null).GetConfig().ToJsonString());
        Assert.EndsWith("""
            "axis":[-1],"invert":true,"mean":[0.5,0.2,-0.1],"variance":[0.1,0.2,0.3]}
            """, new NormalizationLayer(mean: new[] { 0.5, 0.2, -0.1 }, variance: new[] { 0.1, 0.2, 0.3 }, invert: true).GetConfig().ToJsonString());
        System.Text.Json.Nodes.JsonObject older = new() { ["axis"] = null, ["name"] = "n" };
        Assert.Empty(Layer.FromConfig<NormalizationLayer>(older).Axis);
    }

    [Fact]
    public void RefusesWhatDoesNotGoTogether()
    {
        Assert.Contains("mean and variance are given together", Assert.Throws<ArgumentException>(() => new NormalizationLayer(mean: 0.5)).Message);
        Assert.Contains("mean and variance are given together", Assert.Throws<ArgumentException>(() => new NormalizationLayer(variance: 0.5)).Message);
        Assert.Contains("have one shape", Assert.Throws<ArgumentException>(() => new NormalizationLayer(mean: 0.5, variance: new[] { 1.0 })).Message);
        Assert.Contains("at most as many axes as are kept, 1", Assert.Throws<ArgumentException>(() => new NormalizationLayer(mean: new double[1, 1], variance: new double[1, 1])).Message);
        Assert.Contains("no axis 3", Assert.Throws<ArgumentException>(() => new NormalizationLayer(3).Apply(Ops.Zeros([2, 2]))).Message);
        Assert.Contains("no axis -4", Assert.Throws<ArgumentException>(() => new NormalizationLayer(-4).Apply(Ops.Zeros([2, 3, 4]))).Message);
        Assert.Contains("needs to know dimension 1", Assert.Throws<ArgumentException>(() => new NormalizationLayer(1, name: "n").Build(Shape.Create([null, null]))).Message);
        Assert.Contains("Layer 'n' was given mean and variance", Assert.Throws<InvalidOperationException>(() => new NormalizationLayer(mean: 0, variance: 1, name: "n").Adapt(Ops.Zeros([1, 1]))).Message);
        Assert.Contains("Layer 'n' has no mean yet", Assert.Throws<InvalidOperationException>(() => new NormalizationLayer(name: "n").Mean).Message);
    }

    [Fact]
    public void RefusesDataItCannotAdaptTo()
    {
        NormalizationLayer layer = new(name: "n");
        layer.Adapt(new float[,] { { 1, 5 }, { 3, 5 } });
        Refused("element (1, 0) of batch 1 is nan", () => layer.Adapt([new float[,] { { 7, 7 } }, new float[,] { { 1, 2 }, { float.NaN, 2 } }]));
        Refused("element (0, 1) of batch 0 is inf", () => layer.Adapt(new float[,] { { 1, float.PositiveInfinity } }));
        Refused("adapts to numbers; received strings", () => layer.Adapt(new[,] { { "a", "b" } }));
        Refused("it cannot adapt to a batch of shape (2, 3)", () => layer.Adapt(Ops.Zeros([2, 3])));
        Refused("it cannot adapt to a batch of shape (2,)", () => layer.Adapt(Ops.Zeros([2])));
        Refused("adapts to data; received none", () => layer.Adapt(Array.Empty<Batch>()));
        Refused("adapts to data; received none", () => layer.Adapt(Ops.Zeros([0, 2])));
        Refused("adapts to data; received none", () => layer.Adapt(Dataset.From(Array.Empty<Batch>())));
        Refused("adapts to data; received a symbolic", () => layer.Adapt(new Input([2])));
        Refused("received a ragged one", () => layer.Adapt(RaggedTensor.From([[1f, 2], [3f]])));
        Refused("adapts to batches of one input", () => layer.Adapt([new Batch((Tensors)(Ops.Zeros([1, 2]), Ops.Zeros([1, 2])))]));
        Refused("steps is a positive number", () => layer.Adapt(Dataset.FromTensorSlices(Ops.Zeros([4, 2])).Batch(2), steps: 0));
        Refused("never ends", () => layer.Adapt(new Endless()));
        // What was in effect stays in effect.
        Close.To([2, 5], layer.Mean);

        static void Refused(string message, Action adapt) => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(adapt).Message);
    }

    private sealed class Endless : PyDataset
    {
        public override int? NumBatches => null;

        public override Batch this[int index] => Ops.Zeros([1, 2]);
    }
}
