using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Tests.Operations;

namespace NKeras.Tests.Layers.Activations;

/// <summary>Rectifiers: values and errors by their definitions.</summary>
public sealed class LearnedSlopeTests
{
    private static readonly Tensor s_x = Tensor.From<float>([-10, -5, 0, 5, 10]);

    [Fact]
    public void SlopesAreFixed()
    {
        Assert.Equal([-5f, -2.5f, 0, 5, 10], new LeakyReLU(0.5).Apply(s_x).ToArray<float>());
        Assert.Equal(-0.5 * (1 - Math.Exp(-5)), new ELU(0.5).Apply(s_x).ToArray<float>()[1], 6);
        Assert.Equal("negativeSlope", Assert.Throws<ArgumentOutOfRangeException>(() => new LeakyReLU(-1, name: "leak")).ParamName);
    }

    [Fact]
    public void SlopesAreLearnedAndShared()
    {
        PReLU layer = new(sharedAxes: 2);
        Tensor x = Ops.Negative(Ops.Ones([2, 3, 2]));
        Assert.All(layer.Apply(x).ToArray<float>(), v => Assert.Equal(0, v));
        Assert.Equal(new Shape([3, 1]), layer.Alpha.Shape);
        layer.Alpha.Assign(Tensor.From<float>([1, 2, 3], [3, 1]));
        Assert.Equal([-1f, -1, -2, -2, -3, -3, -1, -1, -2, -2, -3, -3], layer.Apply(x).ToArray<float>());
        Assert.Equal(x.ToArray<float>().Select(v => -v), layer.Apply(Ops.Negative(x)).ToArray<float>());
    }

    [Fact]
    public void GradientsReachTheSlopes()
    {
        PReLU layer = new(dtype: "float64");
        layer.Build([null, 3]);
        GradientCheck.Of((x, alpha) =>
        {
            layer.Alpha.Assign(alpha);
            return layer.Apply(x);
        }, Tensor.From<double>([-1, 2, -3, 4, -5, 6], [2, 3]), Tensor.From([0.1, 0.2, 0.3]));
    }

    [Fact]
    public void BadAxesAndShapesAreNamed()
    {
        Assert.Contains("'slopes'", Assert.Throws<ArgumentOutOfRangeException>(() => new PReLU(sharedAxes: [0], name: "slopes")).Message);
        Assert.Contains("no axis 3", Assert.Throws<ArgumentException>(() => new PReLU(sharedAxes: [3], name: "slopes").Apply(Ops.Ones([2, 3]))).Message);
        Assert.Contains("dimension 1", Assert.Throws<ArgumentException>(() => new PReLU(name: "slopes").Apply(new KerasTensor([2, null, 3]))).Message);
    }

    [Fact]
    public void OldFilesCallTheSlopeAlpha()
    {
        Assert.Equal(0.25, Layer.FromConfig<LeakyReLU>(new JsonObject { ["name"] = "l", ["alpha"] = 0.25 }).NegativeSlope);
        Assert.Contains("alpha", Assert.Throws<ArgumentException>(() => Layer.FromConfig<ReLU>(new JsonObject { ["alpha"] = 0.25 })).Message);
    }
}
