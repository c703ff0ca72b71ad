using NKeras.Optimizers;

namespace NKeras.Tests.Optimizers;

/// <summary>Arguments that no optimizer can work with are refused where they are given.</summary>
public sealed class OptimizerArgumentTests
{
    public static TheoryData<string, Func<Optimizer>> Mistakes => new()
    {
        { "beta1", () => new Adam(beta1: 1.5) },
        { "beta2", () => new Adam(beta2: -0.1) },
        { "momentum", () => new SGD(momentum: double.NaN) },
        { "rho", () => new RMSprop(rho: 2) },
        { "clipnorm", () => new Adam(clipnorm: -1) },
        { "clipvalue", () => new SGD(clipvalue: double.NaN) },
        { "globalClipnorm", () => new RMSprop(globalClipnorm: -0.5) },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void TheArgumentIsNamed(string argument, Func<Optimizer> create)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(create);
        Assert.Equal(argument, error.ParamName);
    }
}
