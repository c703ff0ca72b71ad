namespace NKeras.Tests.Operations;

/// <summary>Connectionist temporal classification against the sum over all ways to say the labels.</summary>
public sealed class NnCtcTests
{
    private const int Steps = 5;
    private const int Classes = 3;

    private static readonly Tensor s_logits = RandomOps.Normal([2, Steps, Classes], seed: new SeedGenerator(3));

    [Theory]
    [InlineData(0, new int[] { 1, 2 }, 5)]
    [InlineData(0, new int[] { 1, 1 }, 5)]
    [InlineData(0, new int[] { 2, 2, 1 }, 4)]
    [InlineData(2, new int[] { 0, 1, 0 }, 3)]
    [InlineData(1, new int[] { }, 4)]
    public void TheLossIsThatOfAllWaysTogether(int blank, int[] labels, int steps)
    {
        double probability = Ways(0, steps, blank).Where(w => w.Labels.SequenceEqual(labels)).Sum(w => w.Probability);
        int[] padded = [.. labels, .. Enumerable.Repeat(labels.LastOrDefault(1), 4 - labels.Length)];
        Tensor loss = Ops.CtcLoss(Tensor.From([.. padded, .. padded], [2, 4]), s_logits, Tensor.From([labels.Length, 0]), Tensor.From([steps, 0]), blank);
        Assert.Equal(-Math.Log(probability), loss.ToArray<float>()[0], 1e-5);
        Assert.Equal(0, loss.ToArray<float>()[1]);
    }

    [Fact]
    public void LabelsThatDoNotFitCostAGreatButFiniteLoss()
    {
        Tensor loss = Ops.CtcLoss(Tensor.From([1, 1, 1], [1, 3]), s_logits[..1], Tensor.From([3]), Tensor.From([4]));
        Assert.InRange(loss.ToArray<float>()[0], 9e4, 2e5);
        Tensor masked = Ops.CtcLoss(Tensor.From([1], [1, 1]), Tensor.From([0f, float.NegativeInfinity], [1, 1, 2]), Tensor.From([1]), Tensor.From([1]));
        Assert.True(masked.ToArray<float>()[0] > 9e4);
        Assert.Equal(DType.Float32, Ops.CtcLoss(Tensor.From([1], [1, 1]), Ops.Cast(s_logits[..1], "float16"), Tensor.From([1]), Tensor.From([4])).DType);
    }

    [Fact]
    public void TheGradientAgreesWithDifferences()
    {
        Tensor labels = Tensor.From([1, 1, 2, 2, 1, 0], [2, 3]), lengths = Tensor.From([3, 2]), steps = Tensor.From([5, 4]);
        GradientCheck.Of(x => Ops.CtcLoss(labels, x, lengths, steps), Ops.Cast(s_logits, "float64"));
    }

    [Fact]
    public void ShapesOfLossesAreInferredAndChecked()
    {
        Assert.Equal([null], Ops.CtcLoss(new Input([3], dtype: "int32"), new Input([null, 4]), new Input([], dtype: "int32"), new Input([], dtype: "int32")).Shape);
        Assert.Throws<ArgumentException>(() => Ops.CtcLoss(Ops.Ones([3, 2]), s_logits, Ops.Ones([2]), Ops.Ones([2])));
        Assert.Contains("blank", Assert.Throws<ArgumentException>(() => Ops.CtcLoss(Ops.Ones([2, 2]), s_logits, Ops.Ones([2]), Ops.Ones([2]), maskIndex: 3)).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(null)]
    public void AWideBeamFindsTheLikeliestLabels(int? blank)
    {
        Tensor lengths = Tensor.From([5, 3]);
        (Tensor decoded, Tensor scores) = Ops.CtcDecode(s_logits, lengths, "beam_search", beamWidth: 100, topPaths: 4, maskIndex: blank);
        Assert.Equal([4, 2, Steps], decoded.Shape);
        for (int b = 0; b < 2; b++)
        {
            (double Probability, int[] Labels)[] best =
            [
                .. Ways(b, lengths.ToArray<int>()[b], blank ?? Classes - 1).GroupBy(w => string.Join(' ', w.Labels))
                    .Select(g => (g.Sum(w => w.Probability), g.First().Labels)).OrderByDescending(g => g.Item1),
            ];
            for (int p = 0; p < 4; p++)
            {
                Assert.Equal(Math.Log(best[p].Probability), scores.ToArray<float>()[(b * 4) + p], 1e-5);
                Assert.Equal([.. best[p].Labels, .. Enumerable.Repeat(-1, Steps - best[p].Labels.Length)], decoded[p, b].ToArray<int>());
            }
        }
    }

    // Of the tests of Keras, which agree with TensorFlow.
    [Fact]
    public void ANarrowBeamFindsWhatKerasFinds()
    {
        Tensor inputs = Tensor.From(
        [
            0.1f, 0.4f, 0.2f, 0.4f, 0.3f, -0.3f, 0.4f, 0.2f, 0.3f, 0.2f, 0.4f, 0.3f,
            0.7f, 0.4f, 0.3f, 0.2f, 0.3f, 0.3f, 0.4f, 0.1f, 0.6f, -0.1f, 0.1f, 0.5f,
            0.1f, 0.4f, 0.2f, 0.7f, 0.3f, 0.3f, -0.2f, 0.7f, 0.3f, 0.2f, 0.4f, 0.1f,
        ], [3, 3, 4]);
        (Tensor decoded, Tensor scores) = Ops.CtcDecode(inputs, Tensor.From([3, 3, 1]), "beam_search", beamWidth: 4, topPaths: 2);
        Assert.Equal([1, 2, -1, 2, -1, -1, 3, -1, -1, 2, -1, -1, 3, -1, -1, 1, -1, -1], decoded.ToArray<int>());
        float[] expected = [-2.426537f, -2.435596f, -2.127681f, -2.182338f, -1.063386f, -1.363386f];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], scores.ToArray<float>()[i], 1e-5);
    }

    [Fact]
    public void TheGreedyStrategyTakesTheGreatestLogits()
    {
        Tensor inputs = Tensor.From([0f, 3, 0, 2, 0, 0, 1, 0, 1, 0], [1, 5, 2]);
        (Tensor decoded, Tensor scores) = Ops.CtcDecode(inputs, Tensor.From([5]));
        Assert.Equal([1, -1, -1, -1, -1], decoded.ToArray<int>());
        Assert.Equal([-7f], scores.ToArray<float>());
        Assert.Equal([0, 0, -1, -1, -1], Ops.CtcDecode(inputs, Tensor.From([4]), mergeRepeated: false, maskIndex: null).Decoded.ToArray<int>());
        Assert.Equal([-1, -1, -1, -1, -1], Ops.CtcDecode(inputs, Tensor.From([0])).Decoded.ToArray<int>());
        (Tensor symbolic, Tensor symbolicScores) = Ops.CtcDecode(new Input([null, 4]), new Input([], dtype: "int32"), "beam_search", topPaths: 2);
        Assert.Equal([2, null, null], symbolic.Shape);
        Assert.Equal([null, 2], symbolicScores.Shape);
        Assert.Equal([1, null, null], Ops.CtcDecode(new Input([null, 4]), new Input([], dtype: "int32")).Decoded.Shape);
        Assert.Contains("beam_search", Assert.Throws<ArgumentException>(() => Ops.CtcDecode(inputs, Tensor.From([5]), "beam")).Message);
        Assert.Throws<ArgumentException>(() => Ops.CtcDecode(inputs, Tensor.From([5, 1])));
        Assert.Throws<ArgumentException>(() => Ops.CtcDecode(inputs, Tensor.From([5]), "beam_search", beamWidth: 0));
    }

    /// <summary>All sequences of classes with their probability and the labels that they stand for.</summary>
    private static IEnumerable<(double Probability, int[] Labels)> Ways(int sequence, int steps, int blank)
    {
        double[] p = [.. Ops.Softmax(s_logits[sequence]).ToArray<float>().Select(v => (double)v)];
        for (int code = 0; code < Math.Pow(Classes, steps); code++)
        {
            int[] classes = [.. Enumerable.Range(0, steps).Select(t => code / (int)Math.Pow(Classes, t) % Classes)];
            int[] labels = [.. classes.Where((c, t) => c != blank && (t == 0 || classes[t - 1] != c))];
            yield return (classes.Select((c, t) => p[(t * Classes) + c]).Aggregate(1.0, (a, b) => a * b), labels);
        }
    }
}
