using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Optimizers;

namespace NKeras.Tests.Optimizers;

/// <summary>Loss scaling: what a step that is not finite leaves alone, and how the scale moves.</summary>
public sealed class LossScaleOptimizerTests
{
    private static readonly float[] s_finite = [8, -16], s_infinite = [8, float.PositiveInfinity];

    [Fact]
    public void TheScaleIsHalvedByAStepThatIsNotFiniteAndDoubledAfterEnoughFiniteOnes()
    {
        Variable w = new(Tensor.From<float>([1, 2]));
        LossScaleOptimizer optimizer = new(new SGD(0.5), initialScale: 8, dynamicGrowthSteps: 3);
        Assert.Equal((null, null), (optimizer.StepCounter, optimizer.DynamicScale));
        Assert.Equal(16, optimizer.ScaleLoss(2f).Item<float>());
        List<(float Scale, int Steps, int Iterations)> seen = [];
        foreach (float[] gradient in new[] { s_finite, s_finite, s_infinite, s_finite, s_finite, s_finite, s_finite })
        {
            optimizer.Apply([gradient], [w]);
            seen.Add((optimizer.DynamicScale!.Value.Item<float>(), optimizer.StepCounter!.Value.Item<int>(), optimizer.Iterations.Item<int>()));
        }

        Assert.Equal([(8, 1, 1), (8, 2, 2), (4, 0, 2), (4, 1, 3), (4, 2, 4), (8, 0, 5), (8, 1, 6)], seen);
        // Two steps with scale 8, three with 4, one with 8: 0.5 · 8 / scale each.
        Assert.Equal([1 - (3 * 0.5f) - (3 * 1f), 2 + (3 * 1f) + (3 * 2f)], w.Value.ToArray<float>());
    }

    [Fact]
    public void AStepThatIsNotFiniteLeavesAllStateAlone()
    {
        Variable w = new(Tensor.From<float>([1, 2]), name: "w"), scale = new(Tensor.From<float>([1]), name: "s") { OverwriteWithGradient = true };
        LossScaleOptimizer optimizer = new(new AdamW(0.1, useEma: true, gradientAccumulationSteps: 2));
        optimizer.Apply([s_finite, Tensor.From<float>([3])], [w, scale]);
        float[][] before = [.. optimizer.InnerOptimizer.Variables.Append(w).Select(v => Ops.Cast(v, "float32").ToArray<float>())];
        optimizer.Apply([new float[] { float.NaN, 1 }, Tensor.From<float>([5])], [w, scale]);
        Assert.Equal(before, optimizer.InnerOptimizer.Variables.Append(w).Select(v => Ops.Cast(v, "float32").ToArray<float>()));
        Assert.Equal(1, scale.Value.Item<float>());
    }

    [Fact]
    public void TheInnerOptimizersScaleIsDroppedAndItsRateIsShared()
    {
        Adam adam = new(0.25, lossScaleFactor: 100);
        LossScaleOptimizer optimizer = new(adam, name: "outer");
        Assert.Null(adam.LossScaleFactor);
        optimizer.LearningRate = 0.5;
        Assert.Equal(0.5, adam.LearningRate.Value);
        Assert.Equal(0.5, optimizer.LearningRate.Value);
        adam.Build([]);
        Assert.Equal(["outer/iteration", "outer/learning_rate"], optimizer.Variables.Take(2).Select(v => v.Path));
    }

    [Fact]
    public void Float16ModelsTrainThatWouldNotWithoutScaling()
    {
        // Gradients of about 1e-9 are zero in float16, whose least number is 6e-8.
        float Learned(Optimizer optimizer)
        {
            Dense dense = new(1, kernelInitializer: "zeros", useBias: false, dtype: "mixed_float16");
            Sequential model = new([new Input([1]), dense]);
            model.Compile(optimizer, new MeanWrapper());
            model.Fit(Ops.Full([8, 1], 1e-2), Ops.Ones([8, 1]), batchSize: 8, epochs: 2, verbose: 0);
            return Math.Abs(dense.Kernel!.Value.Item<float>());
        }

        Assert.Equal(0, Learned(new SGD(1e6)));
        Assert.Equal(2 * 1e6 * 1e-2 * 1e-7, Learned(new LossScaleOptimizer(new SGD(1e6))), 1e-5);
    }

    [Fact]
    public void FitSkipsBatchesThatAreNotFinite()
    {
        Dense dense = new(1, kernelInitializer: "ones", useBias: false);
        Sequential model = new([new Input([1]), dense]);
        LossScaleOptimizer optimizer = new(new SGD(0.125), initialScale: 4);
        model.Compile(optimizer, "mse");
        // The second batch overflows: 1e30² is no float32.
        float[,] x = { { 1 }, { 1e30f }, { 1 } };
        model.Fit(x, Ops.Zeros([3, 1]), batchSize: 1, shuffle: false, verbose: 0);
        Assert.Equal(0.75f * 0.75f, dense.Kernel!.Value.Item<float>());
        Assert.Equal((2, 2f), (optimizer.Iterations.Item<int>(), optimizer.DynamicScale!.Value.Item<float>()));
    }

    [Fact]
    public void OlderConfigurationsAreRead()
    {
        JsonObject form = OptimizerFunctions.Serialize(new LossScaleOptimizer(new SGD(0.5), 2, 3, "lso"));
        JsonObject config = (JsonObject)form["config"]!;
        foreach (string key in new[] { "weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "ema_overwrite_frequency", "loss_scale_factor", "gradient_accumulation_steps" }) config[key] = null;
        (config["use_ema"], config["ema_momentum"], config["dynamic"]) = (false, 0.99, true);
        LossScaleOptimizer read = (LossScaleOptimizer)OptimizerFunctions.Deserialize(form);
        Assert.Equal((2.0, 3, "lso"), (read.InitialScale, read.DynamicGrowthSteps, read.Name));
        config["use_ema"] = true;
        Assert.Contains("use_ema", Assert.Throws<ArgumentException>(() => OptimizerFunctions.Deserialize(form)).Message);
        (config["use_ema"], config["dynamic"]) = (false, false);
        Assert.Contains("dynamic", Assert.Throws<ArgumentException>(() => OptimizerFunctions.Deserialize(form)).Message);
    }

    [Fact]
    public void OptimizersOfFloat16ModelsAreWrapped()
    {
        SGD sgd = new();
        LossScaleOptimizer wrapped = Assert.IsType<LossScaleOptimizer>(LossScaleOptimizer.Around(sgd, "mixed_float16"));
        Assert.Equal((sgd, "loss_scale_optimizer", 32768.0), (wrapped.InnerOptimizer, wrapped.Name, wrapped.InitialScale));
        Assert.Same(wrapped, LossScaleOptimizer.Around(wrapped, "mixed_float16"));
        Assert.Same(sgd, LossScaleOptimizer.Around(sgd, "mixed_bfloat16"));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        Assert.Equal("initialScale", Assert.Throws<ArgumentOutOfRangeException>(() => new LossScaleOptimizer(new SGD(), 0)).ParamName);
        Assert.Equal("dynamicGrowthSteps", Assert.Throws<ArgumentOutOfRangeException>(() => new LossScaleOptimizer(new SGD(), dynamicGrowthSteps: 0)).ParamName);
        Assert.Contains("scales the loss already", Assert.Throws<ArgumentException>(() => new LossScaleOptimizer(new LossScaleOptimizer("sgd"))).Message);
        Assert.True(LossScaleOptimizer.CheckFinite([null, s_finite]).Item<bool>());
        Assert.False(LossScaleOptimizer.CheckFinite([s_finite, s_infinite]).Item<bool>());
        Assert.True(LossScaleOptimizer.CheckFinite([]).Item<bool>());
    }

    /// <summary>A loss whose gradients are tiny.</summary>
    private sealed class MeanWrapper : Loss
    {
        public override Tensor Call(Tensor yTrue, Tensor yPred) => Ops.Mean(Ops.Cast(yPred, "float32") * -1e-7f, -1);
    }
}
