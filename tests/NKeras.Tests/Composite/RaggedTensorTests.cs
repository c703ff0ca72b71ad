using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Composite;

/// <summary>Ragged tensors, against the same rows filled up with zeros and masked.</summary>
[Collection(NamesCollection.Name)]
public sealed class RaggedTensorTests
{
    private static readonly int[][] s_rows = [[3, 1, 4], [1], [5, 9, 2, 6], [5, 3], [7, 7, 7]];

    private static RaggedTensor Ids => RaggedTensor.From<int>(s_rows);

    private static RaggedTensor Vectors => RaggedTensor.FromRows([.. s_rows.Select(r => (Tensor)Tensor.From<float>([.. r.SelectMany(v => new[] { v - 5f, 0.1f * v })], [r.Length, 2]))]);

    [Fact]
    public void RowsAreFilledUpToTheLongest()
    {
        Assert.Equal(new Shape([5, -1]), Ids.Shape);
        Assert.Equal([0, 3, 4, 8, 10, 13], Ids.RowSplits.ToArray<int>());
        Assert.Equal([3, 1, 4, 0, 1, 0, 0, 0, 5, 9, 2, 6, 5, 3, 0, 0, 7, 7, 7, 0], Ids.ToTensor().ToArray<int>());
        Assert.Equal([3, 1, 4, -1, 1, -1, -1, -1], Ids.ToTensor(-1).ToArray<int>()[..8]);
        Assert.Equal([3, 1, 4, 2, 3], Ids.RowLengths.ToArray<int>());
        Assert.Equal([0f, 2f], RaggedTensor.From<float>([[], [2f]]).ToDense().ToArray<float>());
    }

    [Fact]
    public void SplitsThatDoNotFitAreRefused()
    {
        Assert.Contains("rowSplits", Assert.Throws<ArgumentException>(() => new RaggedTensor(new[] { 1f, 2f }, new[] { 0, 3 })).Message);
        Assert.Contains("falls", Assert.Throws<ArgumentException>(() => new RaggedTensor(new[] { 1f, 2f }, new[] { 0, 2, 1, 2 })).Message);
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>(() => RaggedTensor.FromRows(new float[2, 3], new float[2, 4])).Message);
    }

    [Fact]
    public void FunctionsOfStepsWorkOnTheValues()
    {
        RaggedTensor x = Vectors;
        foreach (Func<Tensor, Tensor> f in new Func<Tensor, Tensor>[]
        {
            t => Ops.Sigmoid(t), t => t * 2 + 1, t => t + Tensor.From<float>([1, 2]), t => t * Ops.Tanh(t), t => Ops.Matmul(t, Tensor.From<float>([1, 2, 3, 4], [2, 2])),
            t => Ops.Softmax(t, -1), t => t - Tensor.From<float>([1, 2, 3, 4, 5], [5, 1, 1]),
        })
        {
            Tensor expected = f(x.ToDense());
            RaggedTensor result = Assert.IsType<RaggedTensor>(f(x));
            float[] there = Ops.Where(Ops.ExpandDims(x.RowMask(), 2), expected, 0f).ToArray<float>();
            Assert.Equal(there, result.ToDense().ToArray<float>());
        }

        Assert.Contains("Ops.ConvertToTensor(x, ragged: false)", Assert.Throws<ArgumentException>(() => Ops.Sum(x)).Message);
        Assert.Contains("rows", Assert.Throws<ArgumentException>(() => Ops.Add(Ids, RaggedTensor.From<int>([[1]]))).Message);
    }

    [Fact]
    public void ASymbolicResultSaysWhetherItIsRagged()
    {
        Input x = new([null], dtype: "int32", ragged: true, name: "x");
        Assert.Equal("<KerasTensor shape=(None, None), dtype=int32, sparse=False, ragged=True, name=x>", x.ToString());
        KerasTensor embedded = new Embedding(10, 4).Apply(x);
        Assert.Equal(("(None, None, 4)", true), (embedded.Shape.ToString(), embedded.Ragged));
        KerasTensor steps = new Dense(3, activation: "softmax").Apply(embedded);
        Assert.Equal(("(None, None, 3)", true), (steps.Shape.ToString(), steps.Ragged));
        KerasTensor pooled = new GlobalMaxPooling1D().Apply(steps);
        Assert.Equal(("(None, 3)", false), (pooled.Shape.ToString(), pooled.Ragged));
        Assert.False(new Add().Apply(steps, steps).Ragged);
    }

    public static TheoryData<string, bool> Poolings => new() { { "average", false }, { "average", true }, { "max", false }, { "merged", false } };

    /// <summary>Zeros fill rows up and are masked, so a dense model sees the same steps.</summary>
    [Theory]
    [MemberData(nameof(Poolings))]
    public void TrainingTakesTheSameCourseAsOnMaskedRows(string pooling, bool maskZero)
    {
        float[] y = [1, 0, 1, 0, 1];
        (History History, Tensor Predicted) Train(bool ragged)
        {
            Utils.SetRandomSeed(5);
            Input x = new([null], dtype: "int32", ragged: ragged);
            KerasTensor steps = new Dense(6, activation: "tanh").Apply(new Embedding(10, 4, maskZero: maskZero || !ragged).Apply(x));
            if (pooling == "merged") steps = new Add().Apply(steps, new Dense(6).Apply(steps));
            // Filled-up steps are no candidates for the maximum: they are the least there is, given what tanh can be.
            KerasTensor pooled = pooling != "max" ? new GlobalAveragePooling1D().Apply(steps)
                : new GlobalMaxPooling1D().Apply(ragged ? steps : steps - 4 * Ops.ExpandDims(Ops.Cast(Ops.Equal(x, 0), "float32"), 2));
            Model model = new(x, new Dense(1, activation: "sigmoid").Apply(pooled));
            model.Compile(new Adam(learningRate: 0.05), "binary_crossentropy");
            Tensor data = ragged ? Ids : Ids.ToDense();
            History history = model.Fit(data, y, batchSize: 2, epochs: 4, verbose: 0);
            return (history, model.Predict(data, batchSize: 2, verbose: 0));
        }

        (History expected, Tensor expectedPredictions) = Train(false);
        (History actual, Tensor predictions) = Train(true);
        Assert.All(expected["loss"].Zip(actual["loss"]), p => Assert.Equal(p.First, p.Second, 1e-4));
        Assert.All(expectedPredictions.ToArray<float>().Zip(predictions.ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-4));
    }

    [Fact]
    public void PredictionsThatAreRaggedComeInOneTensor()
    {
        Input x = new([null, 2], ragged: true);
        Dense dense = new(3);
        Model model = new(x, dense.Apply(x));
        RaggedTensor result = Assert.IsType<RaggedTensor>(model.Predict(Vectors, batchSize: 2, verbose: 0));
        Assert.Equal(Ids.RowSplits.ToArray<int>(), result.RowSplits.ToArray<int>());
        Assert.All(((RaggedTensor)dense.Apply((Tensor)Vectors)).Values.ToArray<float>().Zip(result.Values.ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-5));
    }

    [Fact]
    public void RaggedDataForADenseInputIsFilledUpWithZeros()
    {
        Input open = new([null], dtype: "int32"), five = new([5], dtype: "int32"), two = new([2], dtype: "int32");
        Assert.Equal(Ids.ToDense().ToArray<int>(), new Model(open, open + 0).Predict(Ids, verbose: 0).ToArray<int>());
        Assert.Equal([3, 1, 4, 0, 0, 1, 0, 0, 0, 0], new Model(five, five + 0).Predict(Ids, verbose: 0).ToArray<int>()[..10]);
        Assert.Contains("row of 4 steps", Assert.Throws<ArgumentException>(() => new Model(two, two + 0).Predict(Ids, verbose: 0)).Message);
    }

    [Fact]
    public void ADenseBatchForARaggedInputIsTakenAsItIs()
    {
        Input x = new([null], dtype: "int32", ragged: true);
        Model model = new(x, new GlobalAveragePooling1D().Apply(new Embedding(10, 4).Apply(x)));
        Tensor dense = Tensor.From<int>([1, 2, 3, 4, 5, 6], [2, 3]);
        Tensor ragged = RaggedTensor.From<int>([[1, 2, 3], [4, 5, 6]]);
        Assert.All(model.Predict(dense, verbose: 0).ToArray<float>().Zip(model.Predict(ragged, verbose: 0).ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-5));
    }

    [Fact]
    public void ARowWithoutStepsHasAMeanOfZero()
    {
        Tensor mean = new GlobalAveragePooling1D().Apply((Tensor)new RaggedTensor(new float[,] { { 2, 4 }, { 4, 8 } }, new[] { 0, 0, 2 }));
        Assert.Equal([0f, 0f, 3f, 6f], mean.ToArray<float>());
    }

    [Fact]
    public void AUsersLayerGetsTheTensorItself()
    {
        Tensor result = new Doubling().Apply((Tensor)Vectors);
        Assert.Equal(Ops.Multiply(Vectors.Values, 2).ToArray<float>(), Assert.IsType<RaggedTensor>(result).Values.ToArray<float>());
    }

    [Fact]
    public void SparseAndRaggedExcludeEachOther() =>
        Assert.Contains("sparse and ragged", Assert.Throws<ArgumentException>(() => new Input([null], sparse: true, ragged: true)).Message);

    private sealed class Doubling : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false) => inputs * 2;
    }
}
