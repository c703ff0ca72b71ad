using NKeras.Layers;
using NKeras.Losses;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;

namespace NKeras.Tests.Optimizers;

/// <summary>Optimizers and schedules that users write: within <c>Fit</c> and by hand, in every floating-point type.</summary>
public sealed class CustomOptimizerTests
{
    [Theory]
    [InlineData("float32", 1e-6)]
    [InlineData("float64", 1e-12)]
    [InlineData("bfloat16", 2e-2)]
    [InlineData("float16", 2e-3)]
    public void StepsByHandFollowTheDefinition(string dtype, double tolerance)
    {
        Variable w = new(Ops.Cast(Tensor.From<double>([1, -2]), dtype), name: "w");
        HeavyBall optimizer = new(new Halving(0.125), friction: 0.25);
        double[] value = [1, -2], speed = [0, 0];
        for (int step = 0; step < 6; step++)
        {
            optimizer.Apply([Ops.Cast(Tensor.From<double>([value[0], value[1]]), dtype)], [w]);
            for (int i = 0; i < 2; i++)
            {
                speed[i] = (speed[i] * 0.75) - value[i];
                value[i] += speed[i] * 0.125 * Math.Pow(0.5, step);
                Assert.Equal(value[i], Ops.Cast(w, "float64").ToArray<double>()[i], tolerance * 4);
            }
        }

        Assert.Equal(dtype, optimizer.Variables[^1].DType.Name);
        Assert.Equal(6, optimizer.Iterations.Item<int>());
    }

    [Theory]
    [InlineData("float32", 1e-6)]
    [InlineData("float64", 1e-12)]
    [InlineData("mixed_bfloat16", 2e-2)]
    public void FitTrainsAsByHand(string policy, double tolerance)
    {
        Dense dense = new(1, kernelInitializer: "ones", useBias: false, dtype: policy);
        Sequential model = new([new Input([1], dtype: policy == "float64" ? "float64" : "float32"), dense]);
        HeavyBall optimizer = new(new Halving(0.125), friction: 0.25);
        model.Compile(optimizer, new MeanSquaredError(dtype: policy == "float64" ? "float64" : "float32"));
        model.Fit(Ops.Ones([4, 1], policy == "float64" ? "float64" : "float32"), Ops.Zeros([4, 1]), batchSize: 1, epochs: 2, shuffle: false, verbose: 0);
        double w = 1, speed = 0;
        for (int step = 0; step < 8; step++)
        {
            speed = (speed * 0.75) - (2 * w);
            w += speed * 0.125 * Math.Pow(0.5, step);
        }

        Assert.Equal(w, Ops.Cast(dense.Kernel!, "float64").Item<double>(), tolerance * 4);
        Assert.Equal(policy == "float64" ? DType.Float64 : DType.Float32, optimizer.Variables[^1].DType);
    }

    [Fact]
    public void StepsByHandTakeTheSettingsOfTheBaseClass()
    {
        Variable a = new(Tensor.From<float>([1]), name: "a"), b = new(Tensor.From<float>([1]), name: "b");
        Plain optimizer = new(0.5);
        optimizer.ExcludeFromWeightDecay(varNames: ["^b$"]);
        Assert.Equal(1, optimizer.ApplyGradients([(Tensor.From<float>([4]), a), (null, b)]).Value.Item<int>());
        // Decay: 1 - 0.5·0.25; clipped to 2, and 0.5 of it.
        Assert.Equal(1 - 0.125f - 1, a.Value.Item<float>());
        optimizer.Apply([null, Tensor.From<float>([1])]);
        Assert.Equal(0.5f, b.Value.Item<float>());
        Assert.Equal(-0.125f, a.Value.Item<float>());
    }

    [Fact]
    public void StepsByHandCompileNothingAnew()
    {
        Variable w = new(Ops.Ones([16]));
        Adam adam = new(0.1, globalClipnorm: 1, useEma: true, gradientAccumulationSteps: 2);
        Tensor gradient = Ops.Ones([16]);
        for (int i = 0; i < 20; i++) Step(0.1);
        long same = Allocated(_ => 0.1), other = Allocated(i => 1.0 / (i + 3));
        // To compile one operation takes some 10 KB.
        Assert.InRange(other - same, -100_000, 100_000);

        long Allocated(Func<int, double> rate)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) Step(rate(i));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Step(double rate)
        {
            adam.LearningRate = rate;
            adam.Apply([gradient], [w]);
        }
    }

    /// <summary>The example of <see cref="Optimizer"/>'s documentation.</summary>
    private sealed class HeavyBall(LearningRate learningRate, double friction = 0.1) : Optimizer(learningRate)
    {
        private IReadOnlyList<Variable?> _speeds = [];

        public double Friction { get; } = friction;

        protected override void BuildState(IReadOnlyList<Variable> variables) => _speeds = AddOptimizerVariables(variables, "speed");

        protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
        {
            Variable speed = Of(_speeds, variable);
            speed.Assign((speed * (1 - Friction)) - gradient);
            variable.AssignAdd(speed * learningRate);
        }
    }

    private sealed class Plain(LearningRate learningRate) : Optimizer(learningRate, weightDecay: 0.25, clipvalue: 2)
    {
        protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate) => AssignSub(variable, gradient * learningRate);
    }

    /// <summary>Half the rate at every step.</summary>
    private sealed class Halving(double initial) : LearningRateSchedule
    {
        public double Initial { get; } = initial;

        public override Tensor Apply(Tensor step) => Initial * Ops.Power(0.5, Ops.Cast(step, "float32"));
    }
}
