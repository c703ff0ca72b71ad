using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing;

/// <summary>Behaviours of keras/src/layers/preprocessing/discretization_test.py; borders that were learned are those of Keras 3.16 on NumPy.</summary>
[Collection(NamesCollection.Name)]
public sealed class DiscretizationTests
{
    [Fact]
    public void ComputesTheDocumentationsExamples()
    {
        float[,] x = { { -1.5f, 1, 3.4f, 0.5f }, { 0, 3, 1.3f, 0 } };
        Tensor y = new Discretization([0, 1, 2]).Apply(x);
        Assert.Equal(DType.Int32, y.DType);
        Assert.Equal([0, 2, 3, 1, 1, 3, 2, 1], y.ToArray<int>());
        Discretization learned = new(numBins: 4, epsilon: 0.01);
        learned.Adapt(x);
        Assert.Equal([0, 2, 3, 2, 1, 3, 3, 1], learned.Apply(x).ToArray<int>());
        Assert.Equal([0, 0.5, 1.2999999523162842], learned.BinBoundaries!);
    }

    [Theory]
    [InlineData("int", new float[] { 0, 1, 1, 2, 3 }, new[] { 1, 5 })]
    [InlineData("count", new float[] { 1, 2, 1, 1 }, new[] { 1, 4 })]
    [InlineData("multi_hot", new float[] { 1, 1, 1, 1 }, new[] { 1, 4 })]
    public void GivesEveryOutputMode(string mode, float[] expected, int[] shape)
    {
        Tensor y = new Discretization([0, 0.5, 1], outputMode: mode).Apply(new float[,] { { -1, 0, 0.1f, 0.8f, 1.2f } });
        Assert.Equal((Shape)shape, y.Shape);
        Close.To(expected, y);
        if (mode == "int") return;
        SparseTensor sparse = Assert.IsType<SparseTensor>(new Discretization([0, 0.5, 1], outputMode: mode, sparse: true).Apply(new float[,] { { -1, 0, 0.1f, 0.8f, 1.2f } }));
        Close.To(expected, sparse);
    }

    [Fact]
    public void OneHotUsesALastAxisOfOne()
    {
        Discretization layer = new([0, 0.5, 1], outputMode: "one_hot");
        Close.To([0, 1, 0, 0, 0, 0, 1, 0], layer.Apply(new[] { 0.1f, 0.8f }));
        Assert.Equal([2, 4], layer.Apply(new float[,] { { 0.1f }, { 0.8f } }).Shape);
        Assert.Equal([null, 5, 3, 4], layer.ComputeOutputShape([null, 5, 3]));
        Assert.Equal([null, 5, 4], layer.ComputeOutputShape([null, 5, 1]));
        // Keras: a number alone is made a sample first, whatever compute_output_shape says.
        Assert.Equal([1, 4], layer.Apply(0.6f).Shape);
    }

    /// <summary>test_compute_output_shape_num_bins: before anything is learned there are as many ranges as asked for.</summary>
    [Theory]
    [InlineData("int", new[] { 6, 3 })]
    [InlineData("one_hot", new[] { 6, 3, 5 })]
    [InlineData("multi_hot", new[] { 3, 5 })]
    [InlineData("count", new[] { 3, 5 })]
    public void ShapesAreKnownBeforeItAdapts(string mode, int[] expected)
    {
        Discretization layer = new(numBins: 5, outputMode: mode);
        Assert.Equal([null, .. expected.Select(d => (int?)d)], layer.ComputeOutputShape([null, 6, 3]));
        Model model = new Sequential([new Input([6, 3]), layer]);
        Assert.Contains("has no borders yet", Assert.ThrowsAny<ArgumentException>(() => model.Predict(Ops.Zeros([1, 6, 3]), verbose: 0)).Message);
        layer.Adapt(Ops.Arange(20));
        Assert.Equal([1, .. expected], model.Predict(Ops.Zeros([1, 6, 3]), verbose: 0).Shape);
    }

    public static TheoryData<int, double, int[], double[]> Learned => new()
    {
        { 4, 0.01, [32], [30.5, 61.0, 91.5] },
        { 5, 0.01, [1000], [25.12497901916504, 50.499977111816406, 75.62499237060547, 100.87499237060547] },
        { 7, 0.01, [300, 700, 1, 49], [17.895668029785156, 35.930824279785156, 53.91845703125, 72.09976196289062, 90.1541976928711, 108.04712677001953] },
        { 10, 0.1, [500, 500], [12.750001907348633, 25.125003814697266, 37.75000762939453, 50.62500762939453, 63.37500762939453, 75.75001525878906, 88.375, 101.12500762939453, 113.5] },
        { 3, 0.5, [10, 20], [68.75] },
        { 8, 0.01, [5], [0.0, 49.625, 68.75, 87.875] },
        {
            49, 0.02, [4000, 31],
            [
                2.5415427684783936, 5.093885898590088, 7.648052215576172, 10.190068244934082, 12.74788761138916, 15.311590194702148, 17.966175079345703, 20.52556800842285, 23.070009231567383, 25.643138885498047,
                28.29726791381836, 30.843969345092773, 33.3953971862793, 35.950645446777344, 38.53164291381836, 41.17353820800781, 43.72724533081055, 46.266212463378906, 48.82490158081055, 51.379905700683594,
                53.96968460083008, 56.60478591918945, 59.155540466308594, 61.69278335571289, 64.3194580078125, 66.92506408691406, 69.46927642822266, 72.03783416748047, 74.5760726928711, 77.1236572265625,
                79.77555847167969, 82.37095642089844, 84.91649627685547, 87.47285461425781, 90.01856994628906, 92.56917572021484, 95.21714782714844, 98.00176239013672, 100.41287231445312, 102.915283203125,
                105.52054595947266, 108.0238265991211, 110.62976837158203, 113.2365951538086, 115.78878021240234, 118.39570617675781, 120.89397430419922, 123.44125366210938, 126.0,
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Learned))]
    public void LearnsKerassBordersBitByBit(int bins, double epsilon, int[] batches, double[] expected)
    {
        // Multiples of 1/8, in an order that is none.
        float[] x = [.. Enumerable.Range(0, batches.Sum()).Select(i => i * 7919 % 1009 / 8f)];
        Discretization layer = new(numBins: bins, epsilon: epsilon);
        int start = 0;
        layer.Adapt(batches.Select(n => (Batch)(Tensor)x[start..(start += n)]));
        Assert.Equal(expected, layer.BinBoundaries!);
    }

    [Fact]
    public void RangesAreEquallyFull()
    {
        Tensor x = RandomOps.Normal([20_000], seed: 4);
        Discretization layer = new(numBins: 5);
        layer.Adapt(Dataset.FromTensorSlices(x).Batch(512));
        int[] counts = [.. layer.Apply(x).ToArray<int>().CountBy(b => b).OrderBy(c => c.Key).Select(c => c.Value)];
        Assert.Equal(5, counts.Length);
        // Each of the 40 merges may move a border by one percent of the data.
        Assert.All(counts, c => Assert.InRange(c, 3000, 5000));
    }

    [Fact]
    public void ManyEqualNumbersLeaveRangesEmpty()
    {
        Discretization layer = new(numBins: 4);
        layer.Adapt(new[] { 1f, 1, 1, 1, 1, 1, 2, 2 });
        Assert.Equal([1, 1, 1], layer.BinBoundaries!);
        Assert.Equal([0, 3], layer.Apply(new[] { 0f, 1f }).ToArray<int>());
    }

    [Fact]
    public void ComparesInSinglePrecision()
    {
        Discretization layer = new([0.1, 0.7]);
        Assert.Equal([1, 2, 2], layer.Apply(new[] { 0.1f, 0.7f, float.NaN }).ToArray<int>());
        Assert.Equal([1, 2], layer.Apply(new[] { 0.1, 0.7 }).ToArray<int>());
        Assert.Equal([0, 2], layer.Apply(new[] { 0, 1 }).ToArray<int>());
    }

    [Fact]
    public void RowsOfRaggedTensorsStayRagged()
    {
        RaggedTensor x = RaggedTensor.From([[-1f, 0.2f, 5], [0.6f]]);
        RaggedTensor y = Assert.IsType<RaggedTensor>(new Discretization([0, 0.5, 1]).Apply(x));
        Assert.Equal([0, 1, 3, 2], y.Values.ToArray<int>());
        Close.To([1, 1, 0, 1, 0, 0, 1, 0], new Discretization([0, 0.5, 1], outputMode: "count").Apply(x));
    }

    /// <summary>test_model_call_vs_predict_consistency</summary>
    [Fact]
    public void ModelsComputeTheSameCompiled()
    {
        Discretization layer = new([-0.5, 0, 0.1, 0.2, 3]);
        Model model = new Sequential([new Input([4]), layer]);
        float[,] x = { { 0, 0.15f, 0.21f, 0.3f }, { 0, 0.17f, 0.451f, 7.8f } };
        Tensor predicted = model.Predict(x, verbose: 0);
        Assert.Equal(DType.Int32, predicted.DType);
        Assert.Equal(layer.Apply(x).ToArray<int>(), predicted.ToArray<int>());
    }

    [Fact]
    public void CompiledModelsFollowWhatIsLearned()
    {
        Discretization layer = new(numBins: 2);
        layer.Adapt(new[] { 0f, 1, 2, 3 });
        Model model = new Sequential([new Input([1]), layer]);
        Assert.Equal([1], model.Predict(new float[,] { { 5 } }, verbose: 0).ToArray<int>());
        layer.Adapt(new[] { 10f, 11, 12, 13 });
        Assert.Equal([0], model.Predict(new float[,] { { 5 } }, verbose: 0).ToArray<int>());
    }

    [Fact]
    public void ConfigurationsHoldWhatWasLearned()
    {
        Discretization layer = new(numBins: 5, name: "d");
        Check("""{"bin_boundaries":null,"num_bins":5,"epsilon":0.01,"output_mode":"int","sparse":false,"name":"d","dtype":"float32"}""");
        layer.Adapt(new[] { 0f, 1, 5 });
        Check("""{"bin_boundaries":[0.0,1.0],"num_bins":5,"epsilon":0.01,"output_mode":"int","sparse":false,"name":"d","dtype":"float32"}""");

        void Check(string expected)
        {
            Assert.Equal(expected.Replace(".0,", ",").Replace(".0]", "]"), layer.GetConfig().ToJsonString().Replace(".0,", ",").Replace(".0]", "]"));
            Discretization again = Layer.FromConfig<Discretization>(layer.GetConfig());
            Assert.Equal(layer.GetConfig().ToJsonString(), again.GetConfig().ToJsonString());
            Assert.Equal(5, again.NumBins);
        }
    }

    /// <summary>Older versions of Keras saved the summary of the data, its numbers and their weights, in place of the borders.</summary>
    [Fact]
    public void TakesTheVariableOfOlderFiles()
    {
        Discretization layer = new(numBins: 4);
        layer.LoadOwnVariables(new Dictionary<string, Tensor> { ["0"] = new float[,] { { 1, 2, 3, 4 }, { 1, 1, 1, 1 } } });
        Assert.Empty(layer.Weights);
        Assert.Equal([1, 2, 3], layer.BinBoundaries!);
        Assert.Contains("of shape (2, n)", Assert.Throws<ArgumentException>(() => layer.LoadOwnVariables(new Dictionary<string, Tensor> { ["0"] = Ops.Zeros([3, 7]) })).Message);
    }

    [Fact]
    public void RefusesWhatMakesNoRanges()
    {
        Assert.Contains("either binBoundaries or numBins", Assert.Throws<ArgumentException>(() => new Discretization()).Message);
        Assert.Contains("either binBoundaries or numBins", Assert.Throws<ArgumentException>(() => new Discretization([0, 1], numBins: 3)).Message);
        Assert.Contains("numBins", Assert.ThrowsAny<ArgumentException>(() => new Discretization(numBins: -1)).Message);
        Assert.Contains("in ascending order; received [0, 2, 1]", Assert.Throws<ArgumentException>(() => new Discretization([0, 2, 1])).Message);
        Assert.Contains("in ascending order", Assert.Throws<ArgumentException>(() => new Discretization([0, double.NaN])).Message);
        Assert.Contains("outputMode cannot be 'tf_idf'", Assert.Throws<ArgumentException>(() => new Discretization([0], outputMode: "tf_idf")).Message);
        Assert.Contains("sparse results are rows", Assert.Throws<ArgumentException>(() => new Discretization([0], sparse: true)).Message);
        Assert.Contains("epsilon", Assert.ThrowsAny<ArgumentException>(() => new Discretization(numBins: 2, epsilon: 0)).Message);
        Assert.Contains("numBins is 0", Assert.Throws<ArgumentException>(() => new Discretization(numBins: 0).Adapt(new[] { 1f })).Message);
    }

    [Fact]
    public void RefusesDataItCannotAdaptTo()
    {
        Discretization layer = new(numBins: 2, name: "d");
        Assert.Contains("Layer 'd' has no borders yet: call Adapt", Assert.Throws<ArgumentException>(() => layer.Apply(new[] { 1f })).Message);
        layer.Adapt(new[] { 1f, 2, 3, 4 });
        Assert.Contains("Layer 'd' adapts to numbers; element 1 of a batch of shape (3,) is NaN", Assert.Throws<ArgumentException>(() => layer.Adapt(new[] { 1f, float.NaN, 2 })).Message);
        Assert.Contains("Layer 'd' adapts to numbers; received strings", Assert.Throws<ArgumentException>(() => layer.Adapt(new[] { "a" })).Message);
        Assert.Contains("received none", Assert.Throws<ArgumentException>(() => layer.Adapt(Ops.Zeros([0]))).Message);
        Assert.Contains("Layer 'd' takes numbers; received strings", Assert.Throws<ArgumentException>(() => layer.Apply(new[] { "a" })).Message);
        Assert.Equal([2], layer.BinBoundaries!);
        Assert.Contains("was given its borders", Assert.Throws<InvalidOperationException>(() => new Discretization([0]).Adapt(new[] { 1f })).Message);
    }
}
