using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Composite;

/// <summary>Training on sparse data, against training on the same data given dense.</summary>
[Collection(NamesCollection.Name)]
public sealed class SparseFitTests
{
    private const int Rows = 50, Features = 30;

    private static (float[,] X, float[] Y) Data()
    {
        Random random = new(7);
        float[,] x = new float[Rows, Features];
        float[] y = new float[Rows];
        for (int i = 0; i < Rows; i++)
        {
            for (int k = 0; k < i % 7; k++) x[i, random.Next(Features)] = random.NextSingle() - 0.5f;
            y[i] = i % 2;
        }

        return (x, y);
    }

    private static Sequential Logistic(bool sparse)
    {
        Utils.SetRandomSeed(3);
        Sequential model = new([new Input([Features], sparse: sparse), new Dense(1, activation: "sigmoid")]);
        model.Compile(new SGD(learningRate: 0.5), "binary_crossentropy", metrics: ["accuracy"]);
        return model;
    }

    private static void Same(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-5));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TrainingTakesTheSameCourse(bool shuffle)
    {
        (float[,] x, float[] y) = Data();
        Model dense = Logistic(false), sparse = Logistic(true);
        Utils.SetRandomSeed(3);
        History expected = dense.Fit(x, y, batchSize: 8, epochs: 4, verbose: 0, validationSplit: 0.3, shuffle: shuffle);
        Utils.SetRandomSeed(3); // The same order of rows.
        History actual = sparse.Fit(SparseTensor.FromDense(x), y, batchSize: 8, epochs: 4, verbose: 0, validationSplit: 0.3, shuffle: shuffle);
        foreach (string score in new[] { "loss", "val_loss", "accuracy" }) Same(expected[score], actual[score]);
        Same([.. dense.Evaluate(x, y, verbose: 0).Select(s => s.Value)], [.. sparse.Evaluate(SparseTensor.FromDense(x), y, verbose: 0).Select(s => s.Value)]);
        Same([.. dense.Predict(x, verbose: 0).ToArray<float>().Select(v => (double)v)], [.. sparse.Predict(SparseTensor.FromDense(x), verbose: 0).ToArray<float>().Select(v => (double)v)]);
        Same([.. dense.PredictOnBatch(x).ToArray<float>().Select(v => (double)v)], [.. sparse.PredictOnBatch(SparseTensor.FromDense(x)).ToArray<float>().Select(v => (double)v)]);
        Same([.. dense.TrainOnBatch(x, y).Select(s => s.Value)], [.. sparse.TrainOnBatch(SparseTensor.FromDense(x), y).Select(s => s.Value)]);
    }

    [Fact]
    public void DenseDataForASparseInputAndSparseDataForADenseOneAreTaken()
    {
        (float[,] x, float[] y) = Data();
        double expected = Logistic(false).Fit(x, y, epochs: 2, verbose: 0)["loss"][1];
        Assert.Equal(expected, Logistic(true).Fit(x, y, epochs: 2, verbose: 0)["loss"][1], 1e-5);
        Assert.Equal(expected, Logistic(false).Fit(SparseTensor.FromDense(x), y, epochs: 2, verbose: 0)["loss"][1], 1e-5);
        Assert.Equal(Logistic(false).Apply((Tensor)x).ToArray<float>(), Logistic(false).Apply((Tensor)SparseTensor.FromDense(x)).ToArray<float>());
    }

    [Fact]
    public void MergingLayersAndDenseInputsBesideItTrainAlike()
    {
        (float[,] x, float[] y) = Data();
        double Train(bool sparse)
        {
            Utils.SetRandomSeed(3);
            Input a = new([Features], sparse: sparse), b = new([Features], sparse: sparse), c = new([Features]);
            KerasTensor sum = new Add().Apply(a, new Multiply().Apply(a, b)), both = new Concatenate().Apply(sum, new Activation("tanh").Apply(b));
            KerasTensor weighted = new Multiply().Apply(a, new Dense(Features, activation: "softmax").Apply(c));
            KerasTensor output = new Dense(1).Apply(new Concatenate().Apply(new Dense(4, activation: "relu").Apply(both), new Dense(3).Apply(weighted)));
            Model model = new((a, b, c), output);
            model.Compile("adam", "mse");
            Tensor first = sparse ? SparseTensor.FromDense(x) : x, second = Ops.Abs(x);
            return model.Fit(new Tensor[] { first, sparse ? SparseTensor.FromDense(second) : second, x }, y, epochs: 3, verbose: 0)["loss"][2];
        }

        Assert.Equal(Train(false), Train(true), 1e-5);
    }

    [Fact]
    public void AMatrixThatWouldNotFitIntoMemoryDenseIsTrainedOn()
    {
        const int Count = 4_000, Wide = 1_000_000, PerRow = 5; // 16 GB as dense numbers.
        Random random = new(1);
        int[] offsets = [.. Enumerable.Range(0, Count + 1).Select(i => i * PerRow)], columns = [.. Enumerable.Range(0, Count * PerRow).Select(_ => random.Next(Wide))];
        float[] values = [.. columns.Select(c => c % 2 == 0 ? 1f : -1f)];
        float[] y = [.. Enumerable.Range(0, Count).Select(i => values.AsSpan(i * PerRow, PerRow).ToArray().Sum() > 0 ? 1f : 0f)];
        Sequential model = new([new Input([Wide], sparse: true), new Dense(1, activation: "sigmoid", useBias: false, kernelInitializer: "zeros")]);
        model.Compile(new SGD(learningRate: 2_000), "binary_crossentropy");
        IReadOnlyList<double> losses = model.Fit(SparseTensor.FromCsr(offsets, columns, values, [Count, Wide]), y, batchSize: 1_000, epochs: 3, verbose: 0)["loss"];
        Assert.Equal(Math.Log(2), losses[0], 0.1);
        Assert.True(losses[2] < 0.2, $"loss {losses[2]}");
    }

    [Fact]
    public void PredictionsThatAreSparseComeInOneTensor()
    {
        (float[,] x, _) = Data();
        Input input = new([Features], sparse: true);
        Tensor result = new Model(input, new Activation("relu").Apply(input)).Predict(SparseTensor.FromDense(x), batchSize: 7, verbose: 0);
        Assert.Equal(Ops.Relu(x).ToArray<float>(), Assert.IsType<SparseTensor>(result).ToDense().ToArray<float>());
    }

    [Fact]
    public void BadDataIsRefusedBeforeTraining()
    {
        (float[,] x, float[] y) = Data();
        Sequential model = Logistic(true);
        float[] before = model.GetWeights()[0].ToArray<float>();
        Assert.Contains("expects shape (None, 30)", Assert.Throws<ArgumentException>(() => model.Fit(SparseTensor.FromDense(new float[Rows, 5]), y, verbose: 0)).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => model.Fit(new SparseTensor(new[,] { { 0, 0 } }, new[] { float.NaN }, [Rows, Features]), y, verbose: 0)).Message);
        Assert.Contains("samples", Assert.Throws<ArgumentException>(() => model.Fit(SparseTensor.FromDense(new float[9, Features]), y, verbose: 0)).Message);
        Assert.Contains("dense", Assert.Throws<ArgumentException>(() => model.Fit(x, SparseTensor.FromDense(y), verbose: 0)).Message);
        Assert.Equal(before, model.GetWeights()[0].ToArray<float>());
    }
}
