using NKeras.Metrics;

namespace NKeras.Tests.Metrics;

/// <summary>A metric may be updated for ever: an update allocates little, compiles nothing once warm, and leaves nothing behind.</summary>
public sealed class StreamingTests
{
    public static TheoryData<string, Func<Metric>> Metrics => new()
    {
        { "accuracy", () => new BinaryAccuracy() },
        { "mean", () => new MeanMetricWrapper((t, p) => Ops.Mean(t - p, -1)) },
        { "sparse", () => new SparseCategoricalAccuracy() },
        { "AUC", () => new AUC() },
        { "labels", () => new AUC(multiLabel: true, curve: "PR") },
        { "precision", () => new Precision(thresholds: [0.3, 0.6], topK: 2) },
        { "F1", () => new F1Score(average: "macro") },
        { "R2", () => new R2Score() },
        { "overlap", () => new BinaryIoU() },
        { "sensitivity", () => new SensitivityAtSpecificity(0.5) },
    };

    private static readonly Tensor s_yes = Tensor.From<float>([.. Enumerable.Range(0, 24).Select(i => i % 3 == 0 ? 1f : 0f)], [8, 3]);
    private static readonly Tensor s_numbers = new int[] { 0, 1, 2, 0, 1, 2, 0, 1 };

    [Theory]
    [MemberData(nameof(Metrics))]
    public void UpdatesCompileNothingOnceWarm(string what, Func<Metric> create)
    {
        const int Count = 200;
        Metric metric = create();
        Tensor[] predictions = [.. Enumerable.Range(0, 8).Select(Predictions)];
        Updates(metric, Count, predictions);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Updates(metric, Count, predictions);
        long perUpdate = (GC.GetAllocatedBytesForCurrentThread() - before) / Count;
        // To compile a function of one node takes more than that.
        Assert.True(perUpdate < 100_000, $"{what}: an update allocates {perUpdate} bytes");
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void UpdatesKeepNothing(string what, Func<Metric> create)
    {
        Metric metric = create();
        WeakReference[] given = Given(metric);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(given, g => Assert.False(g.IsAlive, what));
        Assert.NotEmpty(metric.Variables);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference[] Given(Metric metric)
    {
        Tensor[] predictions = [.. Enumerable.Range(0, 4).Select(Predictions)];
        Updates(metric, 4, predictions);
        return [.. predictions.Select(p => new WeakReference(p))];
    }

    private static void Updates(Metric metric, int count, Tensor[] predictions)
    {
        for (int i = 0; i < count; i++) metric.UpdateState(metric is SparseCategoricalAccuracy ? s_numbers : s_yes, predictions[i % predictions.Length]);
        metric.Result();
    }

    private static Tensor Predictions(int seed)
    {
        Random random = new(seed);
        return Tensor.From<float>([.. Enumerable.Range(0, 24).Select(_ => (float)random.NextDouble())], [8, 3]);
    }
}
