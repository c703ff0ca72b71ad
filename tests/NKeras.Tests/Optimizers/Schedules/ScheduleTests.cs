using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;
using NKeras.Tests.Training;

namespace NKeras.Tests.Optimizers.Schedules;

/// <summary>Schedules inside optimizers, at the places where rates change, and mistakes.</summary>
public sealed class ScheduleTests
{
    public static TheoryData<string, Func<LearningRateSchedule>> Mistakes => new()
    {
        { "decaySteps", () => new CosineDecay(1, 0) },
        { "firstDecaySteps", () => new CosineDecayRestarts(1, -1) },
        { "decaySteps", () => new ExponentialDecay(1, double.NaN, 0.9) },
        { "decaySteps", () => new InverseTimeDecay(1, 0, 0.9) },
        { "decaySteps", () => new PolynomialDecay(1, 0) },
        { "values", () => new PiecewiseConstantDecay([1, 2], [1, 2]) },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void TheArgumentIsNamed(string argument, Func<LearningRateSchedule> create) => Assert.Equal(argument, Assert.ThrowsAny<ArgumentException>(create).ParamName);

    [Fact]
    public void RatesChangeAfterTheirBoundary()
    {
        PiecewiseConstantDecay schedule = new([2, 4], [3, 2, 1]);
        Assert.Equal([3, 3, 3, 2, 2, 1], Enumerable.Range(0, 6).Select(step => At(schedule, step)));
        Assert.Equal([3, 2, 1], schedule.Apply(new float[] { 2, 2.5f, 5 }).ToArray<float>());
        Assert.Equal(0.5, At(new PiecewiseConstantDecay([], [0.5]), 7));
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 10)]
    [InlineData(1, 7)]
    [InlineData(1.5, 8)]
    public void FallsBeginExactlyWhereTheLastOneEnds(double tMul, int firstSteps)
    {
        CosineDecayRestarts schedule = new(1, firstSteps, tMul);
        double end = 0;
        for (int fall = 0; fall < 4; fall++, end += firstSteps * Math.Pow(tMul, fall - 1))
        {
            if (end != Math.Floor(end)) break;
            Assert.Equal(1, At(schedule, (int)end), 1e-6);
            if (end > 0) Assert.True(At(schedule, (int)end - 1) < 0.5);
        }
    }

    [Fact]
    public void EveryStepHasItsRate()
    {
        Variable w = new(Tensor.From<float>([0]));
        SGD sgd = new(new PiecewiseConstantDecay([0, 1], [3, 2, 1]));
        Assert.Equal(["iteration"], sgd.Variables.Select(v => v.Name));
        List<float> values = [];
        for (int step = 0; step < 4; step++)
        {
            Assert.Equal(Math.Max(1, 3 - step), sgd.LearningRate.Value);
            sgd.Apply([Tensor.From<float>([1])], [w]);
            values.Add(w.Value.Item<float>());
        }

        Assert.Equal([-3, -5, -6, -7], values);
    }

    [Fact]
    public void FitFollowsTheSchedule()
    {
        (Tensor x, Tensor y) = FitTests.Line(8);
        Sequential model = new([new Input([2]), new Dense(1)]);
        model.Compile(new SGD(new PiecewiseConstantDecay([1], [0.1, 0])), "mse");
        Tensor[] start = model.GetWeights();
        model.Fit(x, y, batchSize: 4, verbose: 0);
        Tensor[] after = model.GetWeights();
        Assert.NotEqual(start[0].ToArray<float>(), after[0].ToArray<float>());
        model.Fit(x, y, batchSize: 4, verbose: 0);
        Assert.Equal(after[0].ToArray<float>(), model.GetWeights()[0].ToArray<float>());
        // Another schedule takes effect although steps are compiled.
        model.Optimizer.LearningRate = new ExponentialDecay(0.1, 10, 0.9);
        model.Fit(x, y, batchSize: 4, verbose: 0);
        Assert.NotEqual(after[0].ToArray<float>(), model.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void ANumberCannotReplaceASchedule()
    {
        Adam adam = new(new CosineDecay(0.1, 100), name: "mine");
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => adam.LearningRate = 0.1);
        Assert.Contains("'mine' has a CosineDecay", error.Message);
        adam.LearningRate = new CosineDecay(0.2, 100);
        Assert.Equal(0.2, adam.LearningRate.Value, 1e-7);
        Assert.Equal(100, Assert.IsType<CosineDecay>(adam.LearningRate.Schedule).DecaySteps);
    }

    [Fact]
    public void AScheduleCanReplaceANumber()
    {
        SGD sgd = new(0.5);
        Assert.Null(sgd.LearningRate.Schedule);
        sgd.LearningRate *= 0.5;
        Assert.Equal(0.25, sgd.LearningRate.Value);
        sgd.LearningRate = new InverseTimeDecay(1, 1, 1);
        Assert.Equal(["iteration"], sgd.Variables.Select(v => v.Name));
        Variable w = new(Tensor.From<float>([0]));
        for (int i = 0; i < 2; i++) sgd.Apply([Tensor.From<float>([1])], [w]);
        Assert.Equal(-1.5f, w.Value.Item<float>());
    }

    private static double At(LearningRateSchedule schedule, int step) => schedule.Apply(step).Item<float>();
}
