using NKeras.Losses;
using NKeras.Tests.Operations;

namespace NKeras.Tests.Losses;

/// <summary>The gradients of all losses, with settings other than the defaults, against central differences in float64.</summary>
public sealed class LossGradientTests
{
    private static readonly Tensor s_near = Numbers(1, [4, 3], -1, 2);
    private static readonly Tensor s_shares = Shares(2);
    private static readonly Tensor s_yes = Tensor.From<double>([1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1], [4, 3]);
    private static readonly Tensor s_classes = new int[] { 0, 2, 1, 2 };
    private static readonly Tensor s_oneHot = Ops.OneHot(s_classes, 3, dtype: DType.Float64);
    private static readonly DType s_wide = DType.Float64;

    public static TheoryData<string, Loss, Tensor, Tensor> Losses => new()
    {
        { "mse", new MeanSquaredError(dtype: s_wide), s_near, Numbers(3, [4, 3], -1, 2) },
        { "mae", new MeanAbsoluteError("sum", dtype: s_wide), s_near, Numbers(3, [4, 3], -1, 2) },
        { "mape", new MeanAbsolutePercentageError(dtype: s_wide), Numbers(4, [4, 3], 1, 2), s_near },
        { "msle", new MeanSquaredLogarithmicError(dtype: s_wide), Numbers(4, [4, 3], 0.1, 2), Numbers(3, [4, 3], 0.1, 2) },
        { "log cosh", new LogCosh(dtype: s_wide), s_near, Numbers(3, [4, 3], -3, 3) },
        { "huber", new Huber(delta: 0.7, dtype: s_wide), s_near, Numbers(3, [4, 3], -3, 3) },
        { "cosine", new CosineSimilarity(axis: 0, dtype: s_wide), s_near, Numbers(3, [4, 3], -1, 2) },
        { "hinge", new Hinge(dtype: s_wide), s_yes, Numbers(3, [4, 3], -0.7, 0.6) },
        { "squared hinge", new SquaredHinge(dtype: s_wide), s_yes, Numbers(3, [4, 3], -2, 2) },
        { "categorical hinge", new CategoricalHinge(dtype: s_wide), s_oneHot, Numbers(3, [4, 3], -0.4, 0.4) },
        { "kl", new KLDivergence(dtype: s_wide), Shares(5), s_shares },
        { "poisson", new Poisson(dtype: s_wide), Numbers(4, [4, 3], 0, 3), Numbers(3, [4, 3], 0.2, 2) },
        { "bce", new BinaryCrossentropy(labelSmoothing: 0.1, axis: 0, dtype: s_wide), s_yes, s_shares },
        { "bce of logits", new BinaryCrossentropy(fromLogits: true, dtype: s_wide), s_yes, Numbers(3, [4, 3], -3, 3) },
        { "focal", new BinaryFocalCrossentropy(true, 0.3, 1.5, labelSmoothing: 0.1, dtype: s_wide), s_yes, s_shares },
        { "focal of logits", new BinaryFocalCrossentropy(gamma: 3, fromLogits: true, dtype: s_wide), s_yes, Numbers(3, [4, 3], -3, 3) },
        { "cce", new CategoricalCrossentropy(labelSmoothing: 0.2, dtype: s_wide), s_oneHot, Numbers(3, [4, 3], 0.2, 2) },
        { "cce of logits", new CategoricalCrossentropy(fromLogits: true, axis: 0, reduction: "none", dtype: s_wide), s_oneHot, Numbers(3, [4, 3], -3, 3) },
        { "categorical focal", new CategoricalFocalCrossentropy(alpha: [0.2, 0.5, 0.3], gamma: 1.5, dtype: s_wide), s_oneHot, Numbers(3, [4, 3], 0.2, 2) },
        { "categorical focal of logits", new CategoricalFocalCrossentropy(fromLogits: true, labelSmoothing: 0.1, dtype: s_wide), s_oneHot, Numbers(3, [4, 3], -3, 3) },
        { "scce", new SparseCategoricalCrossentropy(dtype: s_wide), s_classes, Numbers(3, [4, 3], 0.2, 2) },
        { "scce of logits", new SparseCategoricalCrossentropy(fromLogits: true, ignoreClass: 2, dtype: s_wide), s_classes, Numbers(3, [4, 3], -3, 3) },
        { "generalized", new CategoricalGeneralizedCrossEntropy(0.3, dtype: s_wide), s_classes, s_shares },
        { "dice", new Dice(axis: [1], dtype: s_wide), s_yes, s_shares },
        { "tversky", new Tversky(0.3, 0.8, dtype: s_wide), s_yes, s_shares },
        { "circle", new Circle(gamma: 3, margin: 0.3, dtype: s_wide), s_classes, Ops.Normalize(Numbers(6, [4, 3], 0.1, 1)) },
        { "ctc", new CTC(dtype: s_wide), new int[,] { { 1, 2, 0 }, { 2, 2, 1 } }, Numbers(3, [2, 6, 3], -2, 2) },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void GradientsAreDerivatives(string what, Loss loss, Tensor yTrue, Tensor yPred)
    {
        Assert.NotEmpty(what);
        GradientCheck.Of(x => loss.Apply(yTrue, x), yPred);
        Tensor weight = Tensor.From<double>([.. Enumerable.Range(0, yPred.Shape.Dims[0]).Select(i => 0.5 + i)]);
        // Dice and Tversky over all axes, and losses along the batch, have other values than one per sample.
        if (loss.Reduction != "none" && loss.ValuesShape(yPred.Shape) is { Rank: 1 } values && values.Dims[0] == weight.Shape.Dims[0]) GradientCheck.Of(x => loss.Apply(yTrue, x, weight), yPred);
    }

    [Fact]
    public void AllLossesAreListed() => Assert.Equal(
        typeof(Loss).Assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(Loss)) && t != typeof(LossFunctionWrapper)).Select(t => t.Name).Order(),
        Losses.Select(l => ((Loss)((object[])l)[1]).GetType().Name).Distinct().Order());

    private static Tensor Numbers(int seed, Shape shape, double from, double to)
    {
        Random random = new(seed);
        return Tensor.From<double>([.. Enumerable.Range(0, shape.Size).Select(_ => from + ((to - from) * random.NextDouble()))], shape);
    }

    private static Tensor Shares(int seed)
    {
        double[] x = Numbers(seed, [4, 3], 0.1, 1).ToArray<double>();
        return Tensor.From<double>([.. x.Select((v, i) => v / x.Skip(i / 3 * 3).Take(3).Sum())], [4, 3]);
    }
}
