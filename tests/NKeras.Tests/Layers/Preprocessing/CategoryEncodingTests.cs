using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing;

/// <summary>Behaviours of keras/src/layers/preprocessing/category_encoding_test.py and of the class's documentation.</summary>
[Collection(NamesCollection.Name)]
public sealed class CategoryEncodingTests
{
    private static readonly int[,] s_pairs = { { 0, 1 }, { 0, 0 }, { 1, 2 }, { 3, 1 } };
    private static readonly float[] s_multiHot = [1, 1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1];
    private static readonly float[] s_counts = [1, 1, 0, 0, 2, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1];
    private static readonly float[] s_weighted = [0.1f, 0.2f, 0, 0, 0.2f, 0, 0, 0, 0, 0.2f, 0.3f, 0, 0, 0.2f, 0, 0.4f];

    private static Tensor Weights => new double[,] { { 0.1, 0.2 }, { 0.1, 0.1 }, { 0.2, 0.3 }, { 0.4, 0.2 } };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EncodesSamples(bool sparse)
    {
        Check(s_multiHot, new CategoryEncoding(4, sparse: sparse).Apply(s_pairs), [4, 4], sparse);
        Check(s_counts, new CategoryEncoding(4, "count", sparse).Apply(s_pairs), [4, 4], sparse);
        Check(s_weighted, new CategoryEncoding(4, "count", sparse).Apply(s_pairs, Weights), [4, 4], sparse);
        Check([0, 2, 1, 1, 0, 0], new CategoryEncoding(6, "count", sparse).Apply(new[] { 1, 2, 3, 1 }), [6], sparse);
        Check([1, 1, 1, 1, 0, 0], new CategoryEncoding(6, "multi_hot", sparse).Apply(new[] { 3, 2, 0, 1 }), [6], sparse);
        Check([0, 0, 0, 0, 1, 0], new CategoryEncoding(6, "multi_hot", sparse).Apply(4), [6], sparse);
        Check([0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0], new CategoryEncoding(4, "one_hot", sparse).Apply(new[] { 3, 2, 0, 1 }), [4, 4], sparse);
        Check([0, 0, 0, 1, 0, 0, 1, 0], new CategoryEncoding(4, "one_hot", sparse).Apply(new[,] { { 3 }, { 2 } }), [2, 4], sparse);
        Check([0, 0, 0, 1, 0, 0, 1, 0], new CategoryEncoding(4, "one_hot", sparse).Apply(new[,] { { 3, 2 } }), [1, 2, 4], sparse);

        static void Check(float[] expected, Tensor actual, Shape shape, bool sparse)
        {
            Assert.Equal(sparse, actual is SparseTensor);
            Assert.Equal(shape, actual.Shape);
            Assert.Equal(DType.Float32, actual.DType);
            Close.To(expected, actual);
        }
    }

    [Theory]
    [InlineData("multi_hot", false)]
    [InlineData("multi_hot", true)]
    [InlineData("count", false)]
    [InlineData("count", true)]
    [InlineData("one_hot", false)]
    [InlineData("one_hot", true)]
    public void ModelsComputeTheSameCompiled(string mode, bool sparse)
    {
        CategoryEncoding layer = new(4, mode, sparse);
        Input input = new([null], dtype: "int32");
        KerasTensor encoded = layer.Apply(input);
        Assert.Equal(sparse, encoded.Sparse);
        Assert.Equal(mode == "one_hot" ? [null, null, 4] : [null, 4], encoded.Shape);
        Model model = new(input, encoded);
        Close.To(((Tensor)layer.Apply(s_pairs) is SparseTensor s ? s.ToDense() : layer.Apply(s_pairs)).ToArray<float>(), model.Predict(s_pairs, verbose: 0));
        Dense dense = new(2, kernelInitializer: "ones");
        Model behind = new(input, dense.Apply(encoded));
        float[] sums = mode == "multi_hot" ? [2, 2, 1, 1, 2, 2, 2, 2] : mode == "count" ? [2, 2, 2, 2, 2, 2, 2, 2] : [.. Enumerable.Repeat(1f, 16)];
        Close.To(sums, behind.Predict(s_pairs, verbose: 0, batchSize: 3));
    }

    [Fact]
    public void WeightsAreASecondInputOfModels()
    {
        Input numbers = new([2], dtype: "int32"), weights = new([2]);
        CategoryEncoding layer = new(4, "count");
        Model model = new(inputs: [numbers, weights], outputs: layer.Apply(numbers, countWeights: weights));
        Close.To(s_weighted, model.Predict((s_pairs, Ops.Cast(Weights, DType.Float32)), verbose: 0));
    }

    [Fact]
    public void ModelsBehindItAreTrained()
    {
        Model model = new Sequential([new Input([2], dtype: "int32"), new CategoryEncoding(4), new Dense(1)]);
        model.Compile(new NKeras.Optimizers.SGD(0.3), "mse");
        NKeras.Callbacks.History history = model.Fit(s_pairs, new float[,] { { 1 }, { 0 }, { 1 }, { 0 } }, epochs: 60, verbose: 0);
        Assert.True(history["loss"][^1] < 0.05 * history["loss"][0]);
    }

    [Fact]
    public void AnyTypeOfNumbersWillDo()
    {
        foreach (DType type in new DType[] { "int8", "uint8", "int64", "uint64", "uint32", "float32", "float64" })
            Close.To(s_multiHot, new CategoryEncoding(4).Apply(Ops.Cast(s_pairs, type)));
        // float16 has no 2049.
        Tensor row = new CategoryEncoding(2050, dtype: "mixed_float16").Apply(new[] { 2049f });
        Assert.Equal(1, row.ToArray<float>()[2049]);
        Assert.Equal(DType.Int32, new CategoryEncoding(4, dtype: "int32").Apply(s_pairs).DType);
    }

    [Fact]
    public void RowsOfRaggedAndSparseTensorsHaveAsManyNumbersAsTheyHold()
    {
        RaggedTensor rows = RaggedTensor.From([[3, 0, 3], Array.Empty<int>(), [1]]);
        float[] counts = [1, 0, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0];
        Close.To(counts, new CategoryEncoding(4, "count").Apply(rows));
        Close.To([1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0], new CategoryEncoding(4, sparse: true).Apply(rows));
        SparseTensor sparse = new(new[,] { { 0, 0 }, { 0, 1 }, { 0, 2 }, { 2, 5 } }, new[] { 3, 0, 3, 1 }, [3, 6]);
        Close.To(counts, new CategoryEncoding(4, "count").Apply(sparse));
        Input input = new([null], dtype: "int32", ragged: true);
        Close.To(counts, new Model(input, new CategoryEncoding(4, "count").Apply(input)).Predict(rows, verbose: 0));
    }

    [Fact]
    public void MoreAxesAreSamplesOfTheSecondOne() =>
        // Keras: the axis that is summed over is the second one, whatever the rank.
        Assert.Equal([2, 5, 4], new CategoryEncoding(4).Apply(Ops.Zeros([2, 3, 5], "int32")).Shape);

    [Fact]
    public void RefusesNumbersOutOfRange()
    {
        CategoryEncoding layer = new(4, name: "c");
        Assert.Contains("Layer 'c' takes numbers from 0 to below numTokens=4; received 4", Assert.Throws<ArgumentException>(() => layer.Apply(new[] { 1, 4 })).Message);
        Assert.Contains("received -1", Assert.Throws<ArgumentException>(() => layer.Apply(new[] { -1 })).Message);
        Assert.Contains("received 5000000000", Assert.Throws<ArgumentException>(() => layer.Apply(Tensor.From<long>([5_000_000_000]))).Message);
        Assert.Contains("received NaN", Assert.Throws<ArgumentException>(() => layer.Apply(new[] { float.NaN })).Message);
        // A compiled model cannot look at numbers: they count nowhere.
        Close.To([0, 1, 0, 0], new Sequential([new Input([2], dtype: "int32"), layer]).Predict(new[,] { { 4, 1 } }, verbose: 0));
    }

    [Fact]
    public void RefusesWhatDoesNotGoTogether()
    {
        Assert.Contains("numTokens", Assert.ThrowsAny<ArgumentException>(() => new CategoryEncoding(0)).Message);
        Assert.Contains("outputMode cannot be 'invalid_mode'", Assert.Throws<ArgumentException>(() => new CategoryEncoding(4, "invalid_mode")).Message);
        Assert.Equal("multi_hot", new CategoryEncoding(4, "binary").OutputMode);
        Assert.Contains("Layer 'c': countWeights are for output mode 'count'", Assert.Throws<ArgumentException>(() => new CategoryEncoding(4, name: "c").Apply(s_pairs, Weights)).Message);
        Assert.Contains("countWeights are in the inputs' shape (4, 2); received shape (3,)", Assert.Throws<ArgumentException>(() => new CategoryEncoding(4, "count").Apply(s_pairs, new[] { 1f, 2, 3 })).Message);
        Assert.Contains("Layer 'c' takes numbers; received strings", Assert.Throws<ArgumentException>(() => new CategoryEncoding(4, name: "c").Apply(new[] { "1" })).Message);
    }
}
