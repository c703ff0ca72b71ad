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
        { "rho", () => new Adadelta(rho: -1) },
        { "initialAccumulatorValue", () => new Adagrad(initialAccumulatorValue: -0.1) },
        { "beta2", () => new Adamax(beta2: 2) },
        { "beta1", () => new AdamW(beta1: -1) },
        { "learningRatePower", () => new Ftrl(learningRatePower: 0.1) },
        { "initialAccumulatorValue", () => new Ftrl(initialAccumulatorValue: -0.1) },
        { "l1RegularizationStrength", () => new Ftrl(l1RegularizationStrength: -0.1) },
        { "l2RegularizationStrength", () => new Ftrl(l2RegularizationStrength: double.NaN) },
        { "l2ShrinkageRegularizationStrength", () => new Ftrl(l2ShrinkageRegularizationStrength: -0.1) },
        { "beta2", () => new Lamb(beta2: 1.1) },
        { "beta1", () => new Lion(beta1: 0) },
        { "beta2", () => new Lion(beta2: 1.1) },
        { "beta1", () => new Nadam(beta1: 1.1) },
        { "beta1", () => new ScheduleFreeAdamW(beta1: 0) },
        { "warmupSteps", () => new ScheduleFreeAdamW(warmupSteps: -1) },
        { "adamBeta1", () => new Muon(adamBeta1: 2) },
        { "momentum", () => new Muon(momentum: -1) },
        { "nsSteps", () => new Muon(nsSteps: -1) },
        { "emaMomentum", () => new SGD(useEma: true, emaMomentum: 1.5) },
        { "emaOverwriteFrequency", () => new SGD(useEma: true, emaOverwriteFrequency: -1) },
        { "gradientAccumulationSteps", () => new SGD(gradientAccumulationSteps: 1) },
        { "lossScaleFactor", () => new SGD(lossScaleFactor: 0) },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void TheArgumentIsNamed(string argument, Func<Optimizer> create)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(create);
        Assert.Equal(argument, error.ParamName);
    }

    [Fact]
    public void LearningRatesAreNumbersOfZeroOrMore()
    {
        Assert.Throws<ArgumentException>(() => new Adam(-0.1));
        Assert.Throws<ArgumentException>(() => new Adam(double.NaN));
        Assert.Throws<ArgumentException>(() => new Adam().LearningRate = -1);
    }

    [Theory]
    [InlineData("Adadelta", typeof(Adadelta))]
    [InlineData("adafactor", typeof(Adafactor))]
    [InlineData("adagrad", typeof(Adagrad))]
    [InlineData("Adamax", typeof(Adamax))]
    [InlineData("adamw", typeof(AdamW))]
    [InlineData("ftrl", typeof(Ftrl))]
    [InlineData("lamb", typeof(Lamb))]
    [InlineData("lion", typeof(Lion))]
    [InlineData("muon", typeof(Muon))]
    [InlineData("Nadam", typeof(Nadam))]
    [InlineData("ScheduleFreeAdamW", typeof(ScheduleFreeAdamW))]
    public void NamesConvert(string name, Type type) => Assert.IsType(type, (Optimizer)name);
}
