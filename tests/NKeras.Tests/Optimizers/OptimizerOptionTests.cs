using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Tests.Training;
using NKeras.Training;

namespace NKeras.Tests.Optimizers;

/// <summary>What every optimizer can do besides its updates: averages, accumulation, scaling, exclusion from decay.</summary>
public sealed class OptimizerOptionTests
{
    [Fact]
    public void NamesAndOptionsAreKept()
    {
        Adam adam = new(weightDecay: 0.1, clipnorm: 2, useEma: true, emaMomentum: 0.5, emaOverwriteFrequency: 3, lossScaleFactor: 4, gradientAccumulationSteps: 5, name: "mine");
        Assert.Equal(("mine", 0.1, 2.0, null, null), (adam.Name, adam.WeightDecay, adam.Clipnorm, adam.Clipvalue, adam.GlobalClipnorm));
        Assert.Equal((true, 0.5, 3, 4.0, 5), (adam.UseEma, adam.EmaMomentum, adam.EmaOverwriteFrequency, adam.LossScaleFactor, adam.GradientAccumulationSteps));
        adam.Build([new Variable(Tensor.From<float>([1]), name: "w")]);
        Assert.Equal(
            ["mine/iteration", "mine/learning_rate", "mine/w_average", "mine/w_gradient_accumulator", "mine/w_momentum", "mine/w_velocity"],
            adam.Variables.Select(v => v.Path));
    }

    [Fact]
    public void AccumulatedGradientsAreOneStepOfTheirMean()
    {
        foreach (Func<int?, Optimizer> create in new Func<int?, Optimizer>[]
        {
            n => new SGD(0.1, momentum: 0.5, weightDecay: 0.01, clipnorm: 1, gradientAccumulationSteps: n),
            n => new Adam(0.1, gradientAccumulationSteps: n),
            n => new Nadam(0.1, gradientAccumulationSteps: n),
            n => new Adafactor(0.1, gradientAccumulationSteps: n),
        })
        {
            Variable every = Ones(), mean = Ones();
            Optimizer accumulating = create(3), plain = create(null);
            for (int i = 0; i < 6; i++)
            {
                float[] before = every.Value.ToArray<float>();
                accumulating.Apply([Gradient(i)], [every]);
                bool due = i % 3 == 2;
                if (due) plain.Apply([Ops.Divide(Ops.Add(Ops.Add(Gradient(i), Gradient(i - 1)), Gradient(i - 2)), 3.0)], [mean]);
                Assert.Equal(!due, before.SequenceEqual(every.Value.ToArray<float>()));
            }

            float[] expected = mean.Value.ToArray<float>(), actual = every.Value.ToArray<float>();
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
            Assert.Equal((2, 6), (accumulating.Iterations.Item<int>(), accumulating.Variables[0].Value.Item<int>()));
        }

        static Variable Ones() => new(Ops.Ones([2, 2]));
        static Tensor Gradient(int i) => Ops.Multiply(new float[,] { { 1, 2 }, { -3, 0.5f } }, i + 1.0);
    }

    [Fact]
    public void AveragesFollowAndOverwrite()
    {
        Variable w = new(Tensor.From<float>([0]));
        SGD sgd = new(1, useEma: true, emaMomentum: 0.5, emaOverwriteFrequency: 3);
        List<float> values = [], averages = [];
        for (int i = 0; i < 3; i++)
        {
            sgd.Apply([Tensor.From<float>([-1])], [w]);
            values.Add(w.Value.Item<float>());
            averages.Add(sgd.Variables[2].Value.Item<float>());
        }

        // 1, then (1 + 2) / 2, then (1.5 + 3) / 2, which the variable becomes.
        Assert.Equal([1, 1.5f, 2.25f], averages);
        Assert.Equal([1, 2, 2.25f], values);
    }

    [Fact]
    public void FitEndsWithTheAverages()
    {
        (Tensor x, Tensor y) = FitTests.Line(8);
        Sequential model = new([new Input([2]), new Dense(1)]);
        model.Compile(new SGD(0.1, useEma: true), "mse");
        model.Fit(x, y, batchSize: 2, verbose: 0);
        Assert.Equal(model.Optimizer.Variables[2].Value.ToArray<float>(), model.GetWeights()[0].ToArray<float>());
        float[] before = model.GetWeights()[0].ToArray<float>();
        model.Fit(x, y, epochs: 0, verbose: 0);
        Assert.Equal(before, model.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void ScalingTheLossChangesNothingElse()
    {
        (Tensor x, Tensor y) = FitTests.Line(8);
        float[][] weights = [.. new double?[] { null, 1024 }.Select(scale =>
        {
            Sequential model = new([new Input([2]), new Dense(1, kernelInitializer: "ones")]);
            model.Compile(new SGD(0.01, lossScaleFactor: scale), "mse");
            History history = model.Fit(x, y, batchSize: 4, epochs: 2, shuffle: false, verbose: 0);
            return (float[])[.. model.GetWeights()[0].ToArray<float>(), .. history["loss"].Select(l => (float)l)];
        })];
        Assert.Equal(weights[0], weights[1]);
        Assert.Equal(6, new SGD(lossScaleFactor: 2).ScaleLoss(3.0).Item<float>());
    }

    [Fact]
    public void SomeVariablesDoNotDecay()
    {
        Variable a = new(Tensor.From<float>([1]), name: "kernel"), b = new(Tensor.From<float>([1]), name: "bias"), c = new(Tensor.From<float>([1]), name: "gamma");
        AdamW adam = new(1, weightDecay: 0.5);
        adam.ExcludeFromWeightDecay([c], ["bias"]);
        Tensor zero = Tensor.From<float>([0]);
        adam.Apply([zero, zero, zero], [a, b, c]);
        Assert.Equal([0.5f, 1, 1], new[] { a, b, c }.Select(v => v.Value.Item<float>()));
        Assert.Contains("before", Assert.Throws<InvalidOperationException>(() => adam.ExcludeFromWeightDecay(varNames: ["kernel"])).Message);
    }

    [Fact]
    public void StepsWithAllOptionsAllocateNothing()
    {
        (Tensor x, Tensor y) = FitTests.Line(100);
        Sequential model = new([new Input([2]), new Dense(8, activation: "relu"), new Dense(1)]);
        Adam adam = new(
            new NKeras.Optimizers.Schedules.CosineDecay(0.1, 100), weightDecay: 0.01, clipnorm: 1, useEma: true, emaOverwriteFrequency: 2, lossScaleFactor: 8, gradientAccumulationSteps: 2);
        model.Compile(adam, "mse");
        model.Weights[0].Constraint = "max_norm";
        model.Fit(x, y, batchSize: 25, verbose: 0);
        BatchFeed feed = new(TrainingData.Create(model, new Batch(x, y), null), 25, new ShuffleOrder());
        TrainingStep step = model.StepFor(StepKind.Train, feed.FullSpec);
        for (int i = 0; i < 50; i++) step.Run(feed.Fill(0));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) step.Run(feed.Fill(0));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
