using System.Text.Json;
using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Tests.Recorded;
using NKeras.Tests.Training;

namespace NKeras.Tests.Callbacks;

public sealed class ModelCheckpointTests : IDisposable
{
    private static readonly JsonElement[] s_records = [.. RecordedData.Records("checkpoint_traces.jsonl.gz").Where(r => r.GetProperty("kind").GetString() == "checkpoint")];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Recorded => [.. Enumerable.Range(0, s_records.Length)];

    public void Dispose() => _folder.Dispose();

    /// <summary>What Keras's own callback printed, saved and found best when it was called in the same way.</summary>
    [Theory]
    [MemberData(nameof(Recorded))]
    public void DoesWhatKerasDoes(int number)
    {
        JsonElement record = s_records[number];
        StringWriter printed = new();
        List<string> warnings = [];
        JsonElement freq = record.GetProperty("args").GetProperty("save_freq");
        ModelCheckpoint callback = new(
            record.Argument("filepath", "").Replace("D/", $"{_folder.FullName}/", StringComparison.Ordinal),
            record.Argument("monitor", "val_loss"),
            (int)record.Argument("verbose", 0.0),
            record.Argument("save_best_only", false),
            record.Argument("save_weights_only", false),
            record.Argument("mode", "auto"),
            freq.ValueKind == JsonValueKind.String ? freq.GetString()! : freq.GetInt32(),
            record.Argument<double?>("initial_value_threshold", null))
        { Output = printed, WriteWarning = warnings.Add };
        callback.SetModel(CallbackTraces.Scale());
        foreach (JsonElement e in record.GetProperty("events").EnumerateArray())
        {
            int at = e[1].GetInt32();
            switch (e[0].GetString())
            {
                case "begin":
                    callback.OnEpochBegin(at);
                    break;
                case "batch":
                    callback.OnTrainBatchEnd(at, CallbackTraces.Logs(e[2]));
                    break;
                default:
                    callback.OnEpochEnd(at, CallbackTraces.Logs(e[2]));
                    break;
            }
        }

        Assert.Equal(record.GetProperty("printed").GetString(), printed.ToString().Replace($"{_folder.FullName}/", "D/", StringComparison.Ordinal));
        Assert.Equal(record.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()), warnings);
        string[] saved = [.. record.GetProperty("saved").EnumerateArray().Select(s => s.GetString()!).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(saved, Files().Select(f => $"D/{f}"));
        JsonElement best = record.GetProperty("best");
        if (best.ValueKind == JsonValueKind.Null) Assert.Null(callback.Best);
        else Assert.Equal(CallbackTraces.Number(best), callback.Best!.Value);
    }

    [Fact]
    public void SavedModelAndWeightsLoad()
    {
        Sequential model = Classifier();
        string whole = At("sub/m.keras"), weights = At("w-{epoch:02d}.weights.h5");
        model.Fit(s_x, s_labels, batchSize: 5, epochs: 2, verbose: 0, callbacks: [new ModelCheckpoint(whole), new ModelCheckpoint(weights, saveWeightsOnly: true)]);
        Assert.Equal(["sub/m.keras", "w-01.weights.h5", "w-02.weights.h5"], Files());
        Assert.Equal(TrainingBits.Of(model), TrainingBits.Of(Model.Load(whole)));
        Sequential other = Classifier();
        other.Fit(s_x, s_labels, verbose: 0);
        other.LoadWeights(At("w-02.weights.h5"));
        Assert.Equal(TrainingBits.WithoutRandom(model), TrainingBits.WithoutRandom(other));
        other.LoadWeights(At("w-01.weights.h5"));
        Assert.NotEqual(model.GetWeights()[0].ToArray<float>(), other.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void OnlyTheBestIsSaved()
    {
        List<double> losses = [];
        ModelCheckpoint best = new(At("{epoch}.keras"), monitor: "val_loss", saveBestOnly: true);
        LambdaCallback judge = new(onEpochEnd: (epoch, logs) => losses.Add(logs!["val_loss"] = new[] { 3.0, 1, 2, 0.5, 0.5 }[epoch]));
        Classifier().Fit(s_x, s_labels, epochs: 5, verbose: 0, validationData: (s_x, s_labels), callbacks: [judge, best]);
        Assert.Equal(["1.keras", "2.keras", "4.keras"], Files());
        Assert.Equal(0.5, best.Best);
    }

    [Theory]
    [InlineData("auto", "val_loss", 0.0, 0)]
    [InlineData("auto", "val_loss", null, 1)]
    [InlineData("auto", "val_accuracy", -0.01, 1)]
    [InlineData("auto", "val_accuracy", 1.0, 0)]
    [InlineData("max", "val_accuracy", 1.0, 0)]
    public void ThresholdIsToBeBeaten(string mode, string monitor, double? threshold, int files)
    {
        Classifier().Fit(s_x, s_labels, verbose: 0, validationData: (s_x, s_labels), callbacks:
            [new ModelCheckpoint(At("m.keras"), monitor, saveBestOnly: true, mode: mode, initialValueThreshold: threshold)]);
        Assert.Equal(files, Files().Length);
    }

    [Fact]
    public void BatchesAreCountedOverEpochs()
    {
        // 5 batches an epoch: saved after every third epoch.
        Classifier().Fit(s_x, s_labels, batchSize: 6, epochs: 10, verbose: 0, callbacks: [new ModelCheckpoint(At("{epoch:02d}.keras"), saveFreq: 15)]);
        Assert.Equal(["03.keras", "06.keras", "09.keras"], Files());
    }

    [Fact]
    public void BatchesHaveNumbers()
    {
        Classifier().Fit(s_x, s_labels, batchSize: 15, epochs: 2, verbose: 0, callbacks: [new ModelCheckpoint(At("{epoch}-{batch:02d}-{loss:.0f}.keras"), saveFreq: 1)]);
        Assert.Equal(["1-01", "1-02", "2-01", "2-02"], Files().Select(f => f[..4]));
    }

    [Fact]
    public void SeveralStepsPerExecutionAreCountedTogether()
    {
        // 5 batches an epoch in executions of 2, 2 and 1; saved where 3 are reached: after the 4th; then 1 + 2, then 2 + 1.
        Sequential model = Classifier(stepsPerExecution: 2);
        model.Fit(s_x, s_labels, batchSize: 6, epochs: 2, verbose: 0, callbacks: [new ModelCheckpoint(At("{epoch}-{batch}.keras"), saveFreq: 3)]);
        Assert.Equal(["1-4.keras", "2-2.keras", "2-5.keras"], Files());
    }

    [Fact]
    public void BestIsKnownWithinTheFirstEpoch()
    {
        // Keras: does not know a direction before the first epoch has ended.
        Classifier().Fit(s_x, s_labels, batchSize: 15, verbose: 0, callbacks:
        [
            new LambdaCallback(onTrainBatchEnd: (batch, logs) => logs!["loss"] = batch),
            new ModelCheckpoint(At("{batch}.keras"), "loss", saveBestOnly: true, saveFreq: 1),
        ]);
        Assert.Equal(["1.keras"], Files());
    }

    [Fact]
    public void ScoresAreReadOnlyWhereTheyAreLookedAt()
    {
        ModelCheckpoint epochs = new(At("a.keras")), names = new(At("{loss}.keras"), saveFreq: 3), plain = new(At("b.keras"), saveFreq: 3);
        foreach (ModelCheckpoint callback in new[] { epochs, names, plain }) callback.SetModel(CallbackTraces.Scale());
        Assert.Equal([false, false, false], new[] { epochs, names, plain }.Select(c => c.WantsScores));
        foreach (ModelCheckpoint callback in new[] { epochs, names, plain })
        {
            callback.OnTrainBatchEnd(0);
            callback.OnTrainBatchEnd(1);
        }

        Assert.Equal([false, true, false], new[] { epochs, names, plain }.Select(c => c.WantsScores));
    }

    [Theory]
    [InlineData("m.h6", false, "must end in .keras")]
    [InlineData("m.keras", true, "must end in .weights.h5")]
    [InlineData("m.h5", true, "must end in .weights.h5")]
    public void EndingsAreChecked(string path, bool weightsOnly, string part) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(() => new ModelCheckpoint(path, saveWeightsOnly: weightsOnly)).Message, StringComparison.Ordinal);

    [Fact]
    public void WrongArgumentsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new ModelCheckpoint("m.keras", saveFreq: "batch"));
        Assert.Throws<ArgumentException>(() => new ModelCheckpoint("m.keras", saveFreq: "never"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModelCheckpoint("m.keras", saveFreq: 0));
        Assert.Throws<ArgumentException>(() => new ModelCheckpoint("{epoch.keras"));
        Assert.Equal("auto", new ModelCheckpoint("m.keras", mode: "unknown").Mode);
    }

    [Fact]
    public void UnknownDirectionIsAnErrorAlsoWhereAllIsSaved() => Assert.Contains(
        "ModelCheckpoint watches 'odd'", Assert.ThrowsAny<Exception>(() => Classifier().Fit(s_x, s_labels, verbose: 0, callbacks: [new ModelCheckpoint(At("m.keras"), "odd")])).ToString(), StringComparison.Ordinal);

    [Fact]
    public void FolderInTheFilesPlaceIsAnError()
    {
        Directory.CreateDirectory(At("m.keras"));
        TrainingException e = Assert.Throws<TrainingException>(() => Classifier().Fit(s_x, s_labels, verbose: 0, callbacks: [new ModelCheckpoint(At("m.keras"))]));
        Assert.IsType<IOException>(e.InnerException);
        Assert.Contains("Please specify a non-directory filepath for ModelCheckpoint. Filepath used is an existing directory", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCouldNotBeSavedIsNotTheBest()
    {
        ModelCheckpoint callback = new(At("m.keras"), "loss", saveBestOnly: true);
        callback.SetModel(CallbackTraces.Scale());
        Directory.CreateDirectory(At("m.keras"));
        Assert.Throws<IOException>(() => callback.OnEpochEnd(0, new Dictionary<string, double> { ["loss"] = 1 }));
        Assert.Null(callback.Best);
        Directory.Delete(At("m.keras"));
        callback.OnEpochEnd(1, new Dictionary<string, double> { ["loss"] = 2 });
        Assert.True(File.Exists(At("m.keras")));
    }

    private static readonly float[,] s_x = Rows();
    private static readonly int[] s_labels = [.. Enumerable.Range(0, 30).Select(i => i % 3)];

    private static float[,] Rows()
    {
        float[,] x = new float[30, 3];
        for (int i = 0; i < 30; i++) x[i, i % 3] = 0.1f * i;
        return x;
    }

    private static Sequential Classifier(int stepsPerExecution = 1)
    {
        Sequential model = new([new Input([3]), new Dense(5, activation: "relu"), new Dense(3, activation: "softmax")]);
        model.Compile("sgd", "sparse_categorical_crossentropy", metrics: ["accuracy"], stepsPerExecution: stepsPerExecution);
        return model;
    }

    private string At(string name) => _folder[name];

    private string[] Files() => _folder.Files;
}
