using NKeras.Layers;
using NKeras.Tests.Operations;

namespace NKeras.Tests.Layers.Normalization;

/// <summary>Normalizations of samples: values by definition, against each other, and by Keras 3.16.</summary>
public sealed class NormalizationTests
{
    private static readonly Tensor s_x = RandomOps.Normal([2, 3, 5, 4], seed: 1);

    [Fact]
    public void GroupsAreNormalizedOnTheirOwn()
    {
        GroupNormalization layer = new(2);
        layer.Build([null, 2, 4]);
        layer.SetWeights([Tensor.From<float>([1, 2, 3, 4]), Tensor.From<float>([0, 1, 0, -1])]);
        Tensor x = Ops.Square(Ops.Reshape(Ops.Arange(16, dtype: DType.Float32), [2, 2, 4]));
        AssertClose(
            [-0.9999955f, -0.8095156f, -3.295558f, -4.322351f, 0.5238072f, 3.761892f, 1.848728f, 4.251458f,
             -1.165238f, -0.545959f, -3.518969f, -4.063344f, 0.6806834f, 3.515068f, 2.064849f, 4.002169f],
            layer.Apply(x));
    }

    [Fact]
    public void OneGroupIsTheLayerAndAsManyAsChannelsAreInstances()
    {
        AssertClose(new LayerNormalization([1, 2, 3]).Apply(s_x).ToArray<float>(), new GroupNormalization(1).Apply(s_x));
        AssertClose(new LayerNormalization([1, 2]).Apply(s_x).ToArray<float>(), new GroupNormalization(-1).Apply(s_x));
        Tensor first = Ops.Transpose(new GroupNormalization(2, axis: 1).Apply(Ops.Transpose(s_x, [0, 3, 1, 2])), [0, 2, 3, 1]);
        AssertClose(new GroupNormalization(2).Apply(s_x).ToArray<float>(), first);
    }

    [Fact]
    public void NumbersOfGroupsThatDoNotFitAreNamed()
    {
        Assert.Contains("'gn'", Assert.Throws<ArgumentOutOfRangeException>(() => new GroupNormalization(-2, name: "gn")).Message);
        foreach (int groups in (int[])[3, 8])
            Assert.Contains($"'gn': the number of groups, {groups}, does not divide the 4 channels", Assert.Throws<ArgumentException>(() => new GroupNormalization(groups, name: "gn").Apply(s_x)).Message);
        Assert.Contains("no axis 4", Assert.Throws<ArgumentException>(() => new GroupNormalization(2, axis: 4, name: "gn").Apply(s_x)).Message);
        Assert.Contains("batch", Assert.Throws<ArgumentException>(() => new GroupNormalization(2, axis: 0, name: "gn").Apply(s_x)).Message);
    }

    [Fact]
    public void VectorsGetLengthOneOrRootMeanSquareOne()
    {
        Tensor x = Tensor.From<float>([3, 4, 0, 0], [2, 2]);
        AssertClose([0.6f, 0.8f, 0, 0], new UnitNormalization().Apply(x));
        RMSNormalization layer = new(epsilon: 0.5);
        _ = layer.Apply(x);
        layer.Scale.Assign(Tensor.From<float>([1, 2]));
        AssertClose([3 / MathF.Sqrt(13), 8 / MathF.Sqrt(13), 0, 0], layer.Apply(x));
        Assert.Contains("rank 3 or more", Assert.Throws<ArgumentException>(() => new UnitNormalization([1, 2], name: "unit").Apply(x)).Message);
        Assert.Contains("no axis 2", Assert.Throws<ArgumentException>(() => new RMSNormalization([1, 2], name: "rms").Apply(x)).Message);
    }

    [Fact]
    public void GradientsAreThoseOfDifferences()
    {
        Tensor x = RandomOps.Normal([2, 3, 4], dtype: DType.Float64, seed: 1);
        GradientCheck.Of(v => new GroupNormalization(2, dtype: "float64").Apply(v), x);
        GradientCheck.Of(v => new RMSNormalization(dtype: "float64").Apply(v), x);
        GradientCheck.Of(v => new UnitNormalization(dtype: "float64").Apply(v), x);
        GradientCheck.Of(v => new BatchNormalization(dtype: "float64").Apply(v, training: true), x);
    }

    private static void AssertClose(float[] expected, Tensor actual) => Assert.All(expected.Zip(actual.ToArray<float>()), p => Assert.Equal(p.First, p.Second, 2e-5f));
}
