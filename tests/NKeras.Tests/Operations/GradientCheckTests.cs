using Xunit.Sdk;

namespace NKeras.Tests.Operations;

public class GradientCheckTests
{
    private static readonly double[] s_values = [0.3, -1.2, 2];

    [Fact]
    public void GradientsThatAreRightPass()
    {
        GradientCheck.Of(Ops.Exp, s_values);
        GradientCheck.Of(Ops.Multiply, s_values, Tensor.From([1.5]));
        GradientCheck.Of(t => [Ops.Take(t[0], t[1]), Ops.Argmax(t[0])], s_values, (int[])[2, 0, 2]);
    }

    [Fact]
    public void GradientsThatAreWrongFail()
    {
        Assert.Throws<TrueException>(() => GradientCheck.Of(x => x * Ops.StopGradient(x), s_values));
        Assert.Throws<TrueException>(() => GradientCheck.Of((a, b) => a * Ops.StopGradient(b), s_values, s_values));
    }
}
