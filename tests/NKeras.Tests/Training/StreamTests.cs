using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Training;

/// <summary>Training on batches as they come.</summary>
public sealed class StreamTests
{
    private static readonly (Tensor X, Tensor Y) s_data = FitTests.Line(20);

    /// <summary>The ways in which a user may hand over the same batches.</summary>
    public static TheoryData<string, Func<Model, int, History>> Ways => new()
    {
        { "array", (m, epochs) => m.Fit(Batches(20).ToArray(), epochs, verbose: 0) },
        { "list", (m, epochs) => m.Fit(new List<Batch>(Batches(20)), epochs, verbose: 0) },
        { "iterator", (m, epochs) => m.Fit(Batches(20), epochs, verbose: 0) },
        { "asynchronous", (m, epochs) => m.Fit(BatchesAsync(20), epochs, verbose: 0) },
        { "endless", (m, epochs) => m.Fit(Endless(), epochs, verbose: 0, stepsPerEpoch: 3) },
        { "several steps per execution", (m, epochs) => Recompiled(m, 2).Fit(Batches(20), epochs, verbose: 0) },
        { "data set", (m, epochs) => m.Fit(Dataset.FromTensorSlices(s_data.X, s_data.Y).Batch(8).Prefetch(2), epochs, verbose: 0) },
        { "iterator that may be cancelled", (m, epochs) => Cancellable(token => m.Fit(Batches(20), epochs, verbose: 0, cancellationToken: token)) },
        { "eager", (m, epochs) => Recompiled(m, 1, eagerly: true).Fit(Batches(20), epochs, verbose: 0) },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void BatchesTrainAsArraysDo(string way, Func<Model, int, History> fit)
    {
        (Model a, Model b) = Twins();
        History expected = a.Fit(s_data.X, s_data.Y, batchSize: 8, epochs: 3, shuffle: false, verbose: 0);
        History actual = fit(b, 3);
        Assert.Equal(expected["loss"], actual["loss"]);
        Assert.Equal(expected["mae"], actual["mae"]);
        Assert.True(a.GetWeights()[0].ToArray<float>().SequenceEqual(b.GetWeights()[0].ToArray<float>()), way);
    }

    [Fact]
    public void EvaluatePredictAndValidationTakeBatches()
    {
        (Model a, Model b) = Twins();
        Tensor[] start = [.. a.GetWeights()];
        History expected = a.Fit(s_data.X, s_data.Y, batchSize: 8, epochs: 2, shuffle: false, verbose: 0, validationData: s_data, validationBatchSize: 8);
        foreach (ValidationData validation in new[] { new ValidationData(Batches(20)), new ValidationData(BatchesAsync(20)), Batches(20).ToArray() })
        {
            b.SetWeights(start);
            Recompiled(b, 1);
            Assert.Equal(expected["val_loss"], b.Fit(Batches(20), epochs: 2, verbose: 0, validationData: validation)["val_loss"]);
        }

        Assert.Equal((double[])a.Evaluate(s_data.X, s_data.Y, batchSize: 8, verbose: 0), (double[])b.Evaluate(Batches(20), verbose: 0));
        Assert.Equal((double[])a.Evaluate(s_data.X, s_data.Y, batchSize: 8, verbose: 0), (double[])b.Evaluate(BatchesAsync(20), verbose: 0));
        float[] predictions = a.Predict(s_data.X, verbose: 0).ToArray<float>();
        Assert.Equal(predictions, b.Predict(Batches(20), verbose: 0).ToArray<float>());
        Assert.Equal(predictions, b.Predict(BatchesAsync(20), verbose: 0).ToArray<float>());
        Assert.Equal(predictions[..16], b.Predict(Endless(), verbose: 0, steps: 2).ToArray<float>());
    }

    [Fact]
    public void ClassWeightsApplyToBatches()
    {
        (Model a, Model b) = Twins();
        Dictionary<int, double> weights = new() { [0] = 2, [1] = 3 };
        Tensor labels = Ops.Cast(Ops.Greater(s_data.Y, 0.5), "int32");
        a.Fit(s_data.X, labels, batchSize: 20, verbose: 0, classWeight: weights, shuffle: false);
        b.Fit([new Batch(s_data.X, labels)], verbose: 0, classWeight: weights);
        Assert.Equal(a.GetWeights()[0].ToArray<float>(), b.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void TheFirstBatchBuildsTheModelAndIsReadOnce()
    {
        int read = 0;
        Sequential model = new([new Dense(1)]);
        model.Compile("sgd", "mse");
        model.Fit(Counted(), epochs: 2, verbose: 0);
        Assert.Equal(6, read);

        IEnumerable<Batch> Counted()
        {
            foreach (Batch batch in Batches(20))
            {
                read++;
                yield return batch;
            }
        }
    }

    [Fact]
    public void AnEpochOfGivenLengthGoesOnInTheStreamAndBeginsAgainAtItsEnd()
    {
        List<float> seen = [];
        Sequential model = new([new Input([1]), new Dense(1)]);
        model.Compile("sgd", "mse");
        model.Fit(Numbered(4), epochs: 4, verbose: 0, stepsPerEpoch: 2);
        Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3], seen);

        IEnumerable<Batch> Numbered(int count)
        {
            for (int i = 0; i < count; i++)
            {
                seen.Add(i);
                Tensor value = new float[,] { { i } };
                yield return (value, value);
            }
        }
    }

    /// <summary>The length of a stream shows in its first epoch; a bar can count up to it from the second on.</summary>
    [Fact]
    public void CallbacksSeeEveryBatchOfAStream()
    {
        (Model model, _) = Twins();
        Recorder recorder = new();
        Recompiled(model, 2).Fit(Batches(20), epochs: 1, verbose: 0, callbacks: [recorder]);
        Assert.Equal(["begin 0", "end 1", "begin 2", "end 2"], recorder.Seen);
        Assert.Null(recorder.Params.Steps);
    }

    [Fact]
    public void StreamsThatRunOutAreReported()
    {
        (Model model, _) = Twins();
        ArgumentException empty = Assert.Throws<ArgumentException>(() => model.Fit(Batches(0), verbose: 0));
        Assert.Contains("empty", empty.Message, StringComparison.Ordinal);
        Assert.Contains("epoch 1", empty.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Evaluate(Batches(0), verbose: 0));
        Assert.Throws<ArgumentException>(() => model.Predict(Batches(0), verbose: 0));

        IEnumerator<Batch> once = Batches(20).GetEnumerator();
        ArgumentException gone = Assert.Throws<ArgumentException>(() => model.Fit(Rest(), epochs: 2, verbose: 0));
        Assert.Contains("epoch 2", gone.Message, StringComparison.Ordinal);
        Assert.Contains("stepsPerEpoch", gone.Message, StringComparison.Ordinal);

        IEnumerable<Batch> Rest()
        {
            while (once.MoveNext()) yield return once.Current;
        }
    }

    [Fact]
    public void BatchesThatDoNotFitAreReportedWithTheirNumber()
    {
        (Model model, _) = Twins();
        float[] before = model.GetWeights()[0].ToArray<float>();
        ArgumentException shape = Assert.Throws<ArgumentException>(() => model.Fit([new Batch(s_data.X, s_data.Y), new Batch(Ops.Zeros([4, 3]), Ops.Zeros([4, 1]))], verbose: 0));
        Assert.Contains("epoch 1, batch 2", shape.Message, StringComparison.Ordinal);
        Assert.Contains("(4, 3)", shape.Message, StringComparison.Ordinal);
        Assert.NotEqual(before, model.GetWeights()[0].ToArray<float>());
        Assert.Contains("batch 1", Assert.Throws<ArgumentException>(() => model.Fit(new Batch[] { null! }, verbose: 0)).Message, StringComparison.Ordinal);
        Assert.Contains("no targets", Assert.Throws<ArgumentException>(() => model.Fit([new Batch(s_data.X)], verbose: 0)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<Batch> Batches(int rows)
    {
        for (int at = 0; at < rows; at += 8) yield return (s_data.X[at..Math.Min(at + 8, rows)], s_data.Y[at..Math.Min(at + 8, rows)]);
    }

    private static async IAsyncEnumerable<Batch> BatchesAsync(int rows)
    {
        foreach (Batch batch in Batches(rows))
        {
            await Task.Yield();
            yield return batch;
        }
    }

    private static IEnumerable<Batch> Endless()
    {
        while (true)
        {
            foreach (Batch batch in Batches(20)) yield return batch;
        }
    }

    private static (Model A, Model B) Twins()
    {
        Sequential a = new([new Input([2]), new Dense(4, activation: "tanh"), new Dense(1)]), b = new([new Input([2]), new Dense(4, activation: "tanh"), new Dense(1)]);
        b.SetWeights(a.GetWeights());
        foreach (Model model in new[] { a, b }) Recompiled(model, 1);
        return (a, b);
    }

    private static History Cancellable(Func<CancellationToken, History> fit)
    {
        using CancellationTokenSource source = new();
        return fit(source.Token);
    }

    private static Model Recompiled(Model model, int stepsPerExecution, bool eagerly = false)
    {
        model.Compile(new Adam(0.01), "mse", metrics: ["mae"], stepsPerExecution: stepsPerExecution, runEagerly: eagerly);
        return model;
    }

    private sealed class Recorder : Callback
    {
        public List<string> Seen { get; } = [];

        public override void OnTrainBatchBegin(int batch, IDictionary<string, double>? logs = null) => Seen.Add($"begin {batch}");

        public override void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null) => Seen.Add($"end {batch}");
    }
}
