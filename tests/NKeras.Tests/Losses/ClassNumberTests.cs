using NKeras.Layers;
using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Losses;

/// <summary>Class numbers that are no class's, and shapes that do not fit, are refused where data is at hand.</summary>
public sealed class ClassNumberTests
{
    private static readonly Tensor s_shares = new float[,] { { 0.2f, 0.3f, 0.5f }, { 0.2f, 0.3f, 0.5f }, { 0.2f, 0.3f, 0.5f } };

    public static TheoryData<string, Action<Tensor>> Uses => new()
    {
        { "loss", y => new NKeras.Losses.SparseCategoricalCrossentropy().Apply(y, s_shares) },
        { "loss of logits", y => new NKeras.Losses.SparseCategoricalCrossentropy(fromLogits: true, ignoreClass: 7).Apply(y, s_shares) },
        { "by name", y => ((Loss)"sparse_categorical_crossentropy").Apply(y, s_shares) },
        { "function", y => LossFunctions.SparseCategoricalCrossentropy(y, s_shares) },
        { "generalized", y => new CategoricalGeneralizedCrossEntropy().Apply(y, s_shares) },
        { "cross-entropy metric", y => new NKeras.Metrics.SparseCategoricalCrossentropy().UpdateState(y, s_shares) },
        { "accuracy", y => new SparseCategoricalAccuracy().UpdateState(y, s_shares) },
        { "top k", y => new SparseTopKCategoricalAccuracy(k: 2).UpdateState(y, s_shares) },
        { "fit", y => Fitted().Fit(new float[3, 2], y, verbose: 0) },
        { "evaluate", y => Fitted().Evaluate(new float[3, 2], y, verbose: 0) },
        { "train on batch", y => Fitted().TrainOnBatch(new float[3, 2], y) },
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public void NumbersThatAreNoClassesAreRefused(string what, Action<Tensor> use)
    {
        use(new int[] { 0, 2, 1 });
        use(new float[] { 0, 2, 1 });
        foreach ((Tensor y, string at) in new (Tensor, string)[]
        {
            (new int[] { 0, 3, 5 }, "is 3 at index [1]"),
            (new int[] { 0, 1, -1 }, "is -1 at index [2]"),
            (new float[] { 0.5f, 1, 2 }, "is 0.5 at index [0]"),
            (new int[,] { { 0 }, { 1 }, { 4 } }, "is 4 at index [2"),
        })
        {
            string said = Assert.ThrowsAny<ArgumentException>(() => use(y)).Message;
            Assert.True(said.Contains(at, StringComparison.Ordinal) && said.Contains("from 0 to 2", StringComparison.Ordinal), $"{what}: {said}");
        }
    }

    [Fact]
    public void WhatWeighsNothingMayBeAnything()
    {
        Tensor y = new int[] { 2, -1, 0 };
        Assert.Equal(0.5f, new SparseCategoricalAccuracy().Apply(y, s_shares, new float[] { 1, 0, 1 }).Item<float>());
        Assert.Throws<ArgumentException>(() => new SparseCategoricalAccuracy().Apply(y, s_shares, new float[] { 0, 1, 1 }));
        // Ranks of classes have no number of classes.
        new SparseTopKCategoricalAccuracy(fromSortedIds: true).UpdateState(new int[] { 9 }, new int[,] { { 9, 4 } });
        new NKeras.Losses.SparseCategoricalCrossentropy(ignoreClass: -1).Apply(y, s_shares);
    }

    [Fact]
    public void LabelsOfSequencesAreClasses()
    {
        Tensor logits = Ops.Zeros([2, 5, 4]);
        Assert.Contains("is 4 at index [1, 0]", Assert.Throws<ArgumentException>(() => new CTC().Apply(new int[,] { { 1, 3 }, { 4, 0 } }, logits)).Message);
        Assert.Contains("(batch, labels)", Assert.Throws<ArgumentException>(() => new CTC().Apply(new int[] { 1, 3 }, logits)).Message);
        Assert.Contains("(batch, steps, classes)", Assert.Throws<ArgumentException>(() => LossFunctions.Ctc(new int[,] { { 1, 3 } }, Ops.Zeros([2, 4]))).Message);
    }

    /// <summary>By counting: with equal logits all 4^5 paths are equally likely.</summary>
    [Fact]
    public void SequencesCountAllTheirPaths()
    {
        int fits = 0;
        for (int path = 0; path < 1024; path++)
        {
            int[] classes = [.. Enumerable.Range(0, 5).Select(i => (path >> (2 * i)) & 3)];
            int[] labels = [.. classes.Where((c, i) => c != 0 && (i == 0 || classes[i - 1] != c))];
            if (labels is [1, 3]) fits++;
        }

        RecordedData.AssertClose("ctc", new float[] { (float)-Math.Log(fits / 1024.0) }, LossFunctions.Ctc(new int[,] { { 1, 3, 0 } }, Ops.Zeros([1, 5, 4])));
    }

    public static TheoryData<string[], Action> Misfits => new()
    {
        { ["'mean_squared_error'", "(2, 3)", "(2, 4)"], () => new NKeras.Losses.MeanSquaredError().Apply(new float[2, 3], new float[2, 4]) },
        { ["'cce'", "(3,)", "(2, 3)"], () => new NKeras.Losses.CategoricalCrossentropy(name: "cce").Apply(new float[3], new float[2, 3]) },
        { ["'sparse_categorical_crossentropy'", "(3,)", "(2, 3)"], () => new NKeras.Losses.SparseCategoricalCrossentropy().Apply(new int[3], new float[2, 3]) },
        { ["sampleWeight", "(3,)", "(2,)"], () => new NKeras.Losses.MeanSquaredError().Apply(new float[2, 3], new float[2, 3], new float[3]) },
        { ["sampleWeight", "(3,)", "(2,)"], () => new NKeras.Metrics.MeanSquaredError().UpdateState(new float[2, 3], new float[2, 3], new float[3]) },
        { ["sampleWeight", "(3,)"], () => new Mean().UpdateState(new float[2], new float[3]) },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void ShapesThatDoNotFitAreNamed(string[] said, Action mistake)
    {
        string message = Assert.ThrowsAny<ArgumentException>(mistake).Message;
        Assert.All(said, s => Assert.Contains(s, message));
    }

    [Fact]
    public void NothingIsRefusedForNull() => Assert.All(
        new Action[] { () => new NKeras.Losses.MeanSquaredError().Apply(null!, s_shares), () => new NKeras.Losses.MeanSquaredError().Apply(s_shares, null!) },
        a => Assert.Throws<ArgumentNullException>(a));

    private static Model Fitted()
    {
        Sequential model = new([new Input([2]), new Dense(3, "softmax")]);
        model.Compile("sgd", "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }
}
