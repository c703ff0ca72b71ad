using NKeras.Core;
using NKeras.Layers;

namespace NKeras.Tests.Layers;

/// <summary>Which layers make masks, pass them on, and take them into account.</summary>
public sealed class LayerMaskTests
{
    private static readonly Tensor s_numbers = new[,] { { 1, 2, 0 }, { 3, 0, 0 } };

    private static readonly bool[] s_mask = [true, true, false, true, false, false];

    [Fact]
    public void EmbeddingMasksZeros()
    {
        Assert.Equal(s_mask, KerasMask.Of(Embedded())!.ToArray<bool>());
        Assert.Null(KerasMask.Of(new Embedding(4, 2).Apply(s_numbers)));
    }

    [Fact]
    public void MaskIsPassedOnUntilTheStepsAreGone()
    {
        Layer[] layers =
        [
            new Dense(3), new BatchNormalization(), new LayerNormalization(), new Dropout(0.5), new Activation("relu"), new ReLU(), new Identity(),
        ];
        foreach (Layer layer in layers)
        {
            Assert.True(layer.SupportsMasking);
            Assert.Equal(s_mask, KerasMask.Of(layer.Apply(Embedded()))!.ToArray<bool>());
        }

        Assert.Null(KerasMask.Of(new GlobalAveragePooling1D().Apply(Embedded())));
        Assert.Null(KerasMask.Of(new Dot(2).Apply(Embedded(), Embedded())));
        Assert.Null(KerasMask.Of(new Flatten().Apply(Embedded())));
    }

    [Fact]
    public void MaskedStepsDoNotCountInAMean()
    {
        Tensor x = Embedded();
        float[] vectors = x.ToArray<float>(), means = new GlobalAveragePooling1D().Apply(x).ToArray<float>();
        Assert.Equal((vectors[0] + vectors[2]) / 2, means[0], 1e-6f);
        Assert.Equal(vectors[6], means[2], 1e-6f);
    }

    [Fact]
    public void MergedInputsAreMaskedWhereAllAre()
    {
        Tensor other = new Masking().Apply(new[, ,] { { { 0f, 0 }, { 1, 1 }, { 0, 0 } }, { { 0, 0 }, { 0, 0 }, { 2, 2 } } });
        foreach (Layer layer in new Layer[] { new Add(), new Subtract(), new Average(), new Multiply(), new Maximum(), new Minimum() })
        {
            Assert.Equal([true, true, false, true, false, true], KerasMask.Of(layer.Apply(Embedded(), other))!.ToArray<bool>());
            Assert.Null(KerasMask.Of(layer.Apply(Embedded(), Ops.Ones([2, 3, 2]))));
        }
    }

    [Fact]
    public void ConcatenateJoinsMasks()
    {
        Assert.Equal([true, true, false, true, true, false, true, false, false, true, false, false],
            KerasMask.Of(new Concatenate(1).Apply(Embedded(), Embedded()))!.ToArray<bool>());
        Assert.Equal([true, true, true, true, true, true], KerasMask.Of(new Concatenate().Apply(Embedded(), Ops.Ones([2, 3, 1])))!.ToArray<bool>());
    }

    [Fact]
    public void SoftmaxGivesNothingToWhatIsMasked()
    {
        Tensor x = new[,] { { 1f, 1, 5 }, { 2, 3, 4 } };
        Tensor mask = Tensor.From<bool>([true, true, false, false, false, false], [2, 3]);
        Assert.Equal([0.5f, 0.5f, 0, 0, 0, 0], new Softmax().Apply(x, mask: mask).ToArray<float>());
        Assert.Equal(1f, new Softmax([0, 1]).Apply(x).ToArray<float>().Sum(), 1e-6f);
    }

    [Fact]
    public void MasksThatDoNotFitAreErrors()
    {
        Tensor mask = Tensor.From<bool>([true, false, true, true], [2, 2]);
        Assert.Contains("(2, 2)", Assert.Throws<ArgumentException>(() => new Softmax().Apply(Ops.Ones([2, 3]), mask: mask)).Message);
        Assert.Contains("with 1 dimensions; received a mask of shape (2, 2)", Assert.Throws<ArgumentException>(() => new BatchNormalization().Apply(Ops.Ones([2, 3]), mask: mask)).Message);
    }

    [Fact]
    public void ArgumentsAndInputsOfTheNewLayersAreChecked()
    {
        Assert.Contains("inputDim", Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(0, 2)).Message);
        Assert.Contains("(3, 2)", Assert.Throws<ArgumentException>(() => new Embedding(4, 2, weights: Ops.Ones([3, 2]))).Message);
        Assert.Contains("batch", Assert.Throws<ArgumentException>(() => new Dot(0)).Message);
        Assert.Contains("axes", Assert.Throws<ArgumentException>(() => new Dot([1, 2, 3])).Message);
        Assert.Contains("(2, 3)", Assert.Throws<ArgumentException>(() => new Dot(1).Apply(Ops.Ones([2, 3]), Ops.Ones([2, 4]))).Message);
        Assert.Contains("list of 2", Assert.Throws<ArgumentException>(() => new Subtract().Apply(s_numbers, s_numbers, s_numbers)).Message);
        Assert.Contains("list", Assert.Throws<ArgumentException>(() => new Add().Apply(s_numbers)).Message);
        Assert.Contains("axis 2", Assert.Throws<ArgumentException>(() => new LayerNormalization(2).Apply(Ops.Ones([2, 3]))).Message);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => new LayerNormalization([1, -1]).Apply(Ops.Ones([2, 3]))).Message);
    }

    [Fact]
    public void EmbeddingTakesItsFirstVectors()
    {
        Embedding layer = new(2, 2, weights: new[,] { { 1f, 2 }, { 3, 4 } });
        Assert.Equal([3f, 4, 1, 2], layer.Apply(new[] { 1, 0 }).ToArray<float>());
    }

    private static Tensor Embedded() => new Embedding(4, 2, maskZero: true).Apply(s_numbers);
}
