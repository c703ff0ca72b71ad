using NKeras.Layers;

namespace NKeras.Tests.Layers.Normalization;

/// <summary>Batch normalization. Numbers were computed by Keras 3.16 on numpy.</summary>
public sealed class BatchNormalizationTests
{
    private static readonly Tensor s_x = Tensor.From<float>([1, 5, 2, -3, 4, 0, -1, 6], [4, 2]);

    [Fact]
    public void InferenceIsOneMultiplicationAndOneAddition()
    {
        BatchNormalization layer = new(axis: 1, epsilon: 0.1);
        layer.Build([null, 2, 3]);
        layer.SetWeights([Tensor.From<float>([2, 3]), Tensor.From<float>([1, -1]), Tensor.From<float>([4, 5]), Tensor.From<float>([0.5f, 1.5f])]);
        Tensor x = Ops.Reshape(Ops.Arange(6, dtype: DType.Float32), [1, 2, 3]);
        float[] expected = [.. x.ToArray<float>().Select((v, i) => i < 3 ? ((v - 4) / MathF.Sqrt(0.6f) * 2) + 1 : ((v - 5) / MathF.Sqrt(1.6f) * 3) - 1)];
        AssertClose(expected, layer.Apply(x));
        layer.Trainable = false;
        AssertClose(expected, layer.Apply(x, training: true));
    }

    [Fact]
    public void MaskedStepsDoNotCount()
    {
        BatchNormalization layer = new(momentum: 0.5);
        Tensor x = Ops.Reshape(Ops.Arange(12, dtype: DType.Float32), [2, 3, 2]), mask = Tensor.From<bool>([true, true, false, true, false, false], [2, 3]);
        AssertClose(
            [-1.068959f, -1.068959f, -0.2672398f, -0.2672397f, 0.5344795f, 0.5344795f, 1.336199f, 1.336199f, 2.137918f, 2.137918f, 2.939637f, 2.939638f],
            layer.Apply(x, training: true, mask: mask));
        AssertClose([1.333333f, 1.833333f], layer.MovingMean);
        AssertClose([3.611111f, 3.611111f], layer.MovingVariance);
        Assert.Contains("'bn'", Assert.Throws<ArgumentException>(() => new BatchNormalization(name: "bn").Apply(x, training: true, mask: Ops.Ones([2], DType.Bool))).Message);
    }

    [Fact]
    public void RenormalizationGoesByMovingAverages()
    {
        BatchNormalization layer = new(momentum: 0.9, renorm: true, renormClipping: new Dictionary<string, double> { ["rmax"] = 1.5, ["rmin"] = 0.5, ["dmax"] = 1 }, renormMomentum: 0.8);
        layer.Build([null, 2]);
        layer.Gamma!.Assign(Tensor.From([2, 0.5f]));
        layer.Beta!.Assign(Tensor.From<float>([1, -1]));
        AssertClose([2.168077f, 0.1123497f, 3.831922f, -1.520583f, 7.159612f, -0.9082332f, -1.159612f, 0.3164663f], layer.Apply(s_x, training: true));
        float[][] expected = [[2, 0.5f], [1, -1], [0.15f, 0.2f], [1.166059f, 1.605397f], [1.080305f, 1.267437f], [0.3f, 0.4f], [1.160611f, 1.534874f]];
        Assert.All(layer.Weights.Zip(expected), p => AssertClose(p.Second, p.First));
        AssertClose([2.573629f, 0.8935851f, 4.424958f, -2.26239f, 8.127615f, -1.078899f, -1.129028f, 1.288082f], layer.Apply(s_x));
    }

    [Fact]
    public void OldFilesHaveAListOfOneAxis() =>
        Assert.Equal(3, Layer.FromConfig<BatchNormalization>((System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse("""{"name": "bn", "axis": [3]}""")!).Axis);

    [Fact]
    public void BoundsOfTheCorrectionAreChecked()
    {
        Assert.Contains("'most'", Error("most", 1));
        Assert.Contains("dmax", Error("dmax", -1));
        Assert.Contains("rmax", Assert.Throws<ArgumentException>(() => new BatchNormalization(renorm: true, renormClipping: new Dictionary<string, double> { ["rmin"] = 2, ["rmax"] = 1 })).Message);

        static string Error(string key, double value) =>
            Assert.Throws<ArgumentException>(() => new BatchNormalization(renorm: true, renormClipping: new Dictionary<string, double> { [key] = value })).Message;
    }

    private static void AssertClose(float[] expected, Tensor actual) => Assert.All(expected.Zip(actual.ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-5f * Math.Max(1, Math.Abs(p.First))));
}
