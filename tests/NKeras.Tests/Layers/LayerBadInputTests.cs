using NKeras.Layers;

namespace NKeras.Tests.Layers;

/// <summary>What does not fit is refused where the layer is made or applied, by name and with shapes, whether data or symbols are given.</summary>
public sealed class LayerBadInputTests
{
    private static readonly Shape s_steps = [2, 5, 4];

    /// <summary>A layer named "it", the shapes of its inputs, and a shape that the message shows.</summary>
    public static TheoryData<string, Func<Layer>, int[][], string> Unfit => new()
    {
        { "kernel larger than the sequence", () => new Conv1D(3, 6, name: "it"), [[2, 5, 4]], "(2, 5, 4)" },
        { "kernel larger than the image", () => new Conv2D(3, (2, 6), name: "it"), [[2, 5, 5, 4]], "(2, 5, 5, 4)" },
        { "kernel larger than the volume", () => new Conv3D(3, 4, name: "it"), [[2, 3, 5, 5, 4]], "(2, 3, 5, 5, 4)" },
        { "dilated kernel larger than the sequence", () => new SeparableConv1D(3, 3, dilationRate: 3, name: "it"), [[2, 5, 4]], "(2, 5, 4)" },
        { "depthwise kernel larger than the image", () => new DepthwiseConv2D(6, name: "it"), [[2, 5, 5, 4]], "(2, 5, 5, 4)" },
        { "window larger than the image", () => new MaxPooling2D(6, name: "it"), [[2, 5, 5, 4]], "(2, 5, 5, 4)" },
        { "groups that do not divide the channels", () => new Conv2D(6, 1, groups: 3, name: "it"), [[2, 5, 5, 4]], "(2, 5, 5, 4)" },
        { "sums of other shapes", () => new Add(name: "it"), [[2, 5, 4], [2, 5, 3]], "(2, 5, 3)" },
        { "concatenation of other shapes", () => new Concatenate(name: "it"), [[2, 5, 4], [2, 4, 4]], "(2, 4, 4)" },
        { "products of other shapes", () => new Dot(1, name: "it"), [[2, 5], [2, 4]], "(2, 4)" },
        { "an image for a recurrent layer", () => new LSTM(3, name: "it"), [[2, 5, 5, 4]], "(2, 5, 5, 4)" },
        { "more cropping than there is", () => new Cropping1D((3, 2), name: "it"), [[2, 5, 4]], "(2, 5, 4)" },
        { "groups that do not divide the channels to normalize", () => new GroupNormalization(3, name: "it"), [[2, 5, 4]], "(2, 5, 4)" },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public void InputsThatDoNotFitAreRefused(string what, Func<Layer> make, int[][] shapes, string shown)
    {
        Layer data = make(), symbols = make();
        AssertNames(what, shown, Assert.ThrowsAny<ArgumentException>(() => data.ApplyAll([.. shapes.Select(s => Ops.Ones(new Shape(s)))])));
        AssertNames(what, shown, Assert.ThrowsAny<ArgumentException>(() => symbols.ApplyAll([.. shapes.Select(s => new KerasTensor(new Shape(s)))])));
        Assert.False(data.Built && data.Weights.Count > 0);
    }

    public static TheoryData<string, Func<Layer>> OfSteps => new()
    {
        { "LSTM", () => new LSTM(3, name: "it") },
        { "GRU", () => new GRU(3, name: "it", unroll: true) },
        { "Bidirectional", () => new Bidirectional(new SimpleRNN(3), name: "it") },
        { "TimeDistributed", () => new TimeDistributed(new Dense(3), name: "it") },
        { "GlobalAveragePooling1D", () => new GlobalAveragePooling1D(name: "it") },
        { "BatchNormalization", () => new BatchNormalization(name: "it") },
        { "Softmax", () => new Softmax(name: "it") },
    };

    [Theory]
    [MemberData(nameof(OfSteps))]
    public void MasksOfAnotherShapeAreRefused(string what, Func<Layer> make)
    {
        Tensor mask = Ops.Ones([2, 3], DType.Bool);
        AssertNames(what, "(2, 3)", Assert.ThrowsAny<ArgumentException>(() => make().Apply(Ops.Ones(s_steps), training: true, mask: mask)));
        AssertNames(what, "(2, 3)", Assert.ThrowsAny<ArgumentException>(() => make().Apply(new KerasTensor(s_steps), training: true, mask: new KerasTensor([2, 3], DType.Bool))));
    }

    [Fact]
    public void MasksOfAttentionOfAnotherShapeAreRefused()
    {
        Tensor x = Ops.Ones(s_steps), mask = Ops.Ones([2, 3], DType.Bool);
        AssertNames("value mask", "(2, 3)", Assert.ThrowsAny<ArgumentException>(() => new MultiHeadAttention(2, 4, name: "it").Apply(x, x, valueMask: mask)));
        AssertNames("attention mask", "(2, 3, 3)", Assert.ThrowsAny<ArgumentException>(() => new MultiHeadAttention(2, 4, name: "it").Apply(x, x, attentionMask: Ops.Ones([2, 3, 3], DType.Bool))));
        AssertNames("attention", "(2, 3)", Assert.ThrowsAny<ArgumentException>(() => new Attention(name: "it").Apply([x, x], null, [mask, mask])));
    }

    [Fact]
    public void NegativeSizesAreRefused()
    {
        Action[] made =
        [
            () => _ = new Dense(-1, name: "it"), () => _ = new Embedding(-1, 2, name: "it"), () => _ = new Conv1D(-1, 2, name: "it"), () => _ = new Conv2D(2, -1, name: "it"),
            () => _ = new LSTM(-1, name: "it"), () => _ = new GRUCell(0, name: "it"), () => _ = new MultiHeadAttention(-1, 2, name: "it"), () => _ = new GroupQueryAttention(4, 4, 3, name: "it"),
            () => _ = new MaxPooling1D(0, name: "it"), () => _ = new ZeroPadding2D(-1, name: "it"), () => _ = new UpSampling2D(0, name: "it"), () => _ = new RepeatVector(0, name: "it"), () => _ = new Dropout(1.5, name: "it"),
        ];
        // Of a recurrent layer it is the cell that says so.
        foreach (Action make in made) Assert.Contains("Layer '", Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
    }

    private static void AssertNames(string what, string shown, ArgumentException error)
    {
        Assert.True(error.Message.Contains("'it'", StringComparison.Ordinal), $"{what}: {error.Message}");
        Assert.True(error.Message.Contains(shown, StringComparison.Ordinal), $"{what}: {error.Message}");
    }
}
