using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Optimizers;

/// <summary>Optimizers for some of the variables each, by path or by a function.</summary>
public sealed class MultiOptimizerTests
{
    [Fact]
    public void PathsThenPatternsThenTheDefault()
    {
        SGD rest = new(), exact = new(), pattern = new();
        OptimizerMap map = new(rest) { ["encoder/layer_0/kernel"] = exact, ["encoder/.*"] = pattern };
        Assert.Same(exact, map["encoder/layer_0/kernel"]);
        Assert.Same(pattern, map["encoder/layer_1/kernel"]);
        Assert.Same(rest, map["encoder"]);
        Assert.Same(rest, map["my/encoder/kernel"]);
        Assert.Same(pattern, map.Apply(new Variable(Ops.Ones([1]), name: "kernel") { Path = "encoder/a/kernel" }));
        Assert.Equal((2, true, false), (map.Count, map.ContainsKey("encoder/.*"), map.ContainsKey("encoder/a")));
        Assert.True(map.Remove("encoder/.*"));
        Assert.Same(rest, map["encoder/layer_1/kernel"]);
        Assert.Equal([("encoder/layer_0/kernel", (Optimizer)exact)], map.Select(p => (p.Key, p.Value)));
    }

    [Fact]
    public void MistakesInMapsAreNamed()
    {
        OptimizerMap map = new(new SGD()) { [".*kernel"] = new Adam(), ["dense.*"] = new SGD() };
        string several = Assert.Throws<ArgumentException>(() => map["dense/kernel"]).Message;
        Assert.Contains("'.*kernel'", several);
        Assert.Contains("'dense.*'", several);
        Assert.Contains("already", Assert.Throws<ArgumentException>(() => map["dense.*"] = new Adam()).Message);
        Assert.Contains("regular expression", Assert.Throws<ArgumentException>(() => map["("] = new Adam()).Message);
        Assert.Contains("LossScaleOptimizer", Assert.Throws<ArgumentException>(() => map["a"] = new LossScaleOptimizer("sgd")).Message);
        Assert.Contains("MultiOptimizer", Assert.Throws<ArgumentException>(() => new OptimizerMap(new MultiOptimizer(map))).Message);
        Assert.Throws<ArgumentNullException>(() => map["b"] = null!);
        MultiOptimizer nested = new(_ => new LossScaleOptimizer("sgd"));
        Assert.Contains("cannot be inside", Assert.Throws<ArgumentException>(() => nested.Build([new Variable(Ops.Ones([1]))])).Message);
        MultiOptimizer none = new(_ => null!);
        Assert.Contains("no optimizer for variable", Assert.Throws<InvalidOperationException>(() => none.Build([new Variable(Ops.Ones([1]))])).Message);
    }

    [Fact]
    public void EachPartOfAModelTrainsWithItsOwn()
    {
        (Dense first, Dense second) = (Part("first"), Part("second"));
        Sequential model = new([new Input([1]), first, second]);
        SGD slow = new(0.125), still = new(0.0);
        MultiOptimizer optimizer = new(v => v.Path.Contains("first/", StringComparison.Ordinal) ? slow : still);
        model.Compile(optimizer, "mse");
        model.Fit(Ops.Ones([2, 1]), Ops.Zeros([2, 1]), batchSize: 1, shuffle: false, verbose: 0);
        // The gradient of (w₁·w₂)² for w₂ = 1 is 2·w₁.
        Assert.Equal(0.75f * 0.75f, first.Kernel!.Value.Item<float>());
        Assert.Equal(1, second.Kernel!.Value.Item<float>());
        Assert.Equal([slow, still], optimizer.Optimizers);
        Assert.Equal((2, 2, 2), (optimizer.Iterations.Item<int>(), slow.Iterations.Item<int>(), still.Iterations.Item<int>()));

        // A rate is set on the optimizer that has it.
        slow.LearningRate = 0.0;
        model.Fit(Ops.Ones([2, 1]), Ops.Zeros([2, 1]), verbose: 0);
        Assert.Equal(0.75f * 0.75f, first.Kernel.Value.Item<float>());
        Assert.Contains("each of its Optimizers", Assert.Throws<InvalidOperationException>(() => optimizer.LearningRate).Message);
        Assert.Throws<InvalidOperationException>(() => optimizer.LearningRate = 1);
    }

    [Fact]
    public void AScheduleGivenToOneOfThemCountsFromTheNextFit()
    {
        Dense layer = Part("only");
        Sequential model = new([new Input([1]), layer]);
        SGD sgd = new(0.0);
        model.Compile(new MultiOptimizer(new OptimizerMap(sgd)), "mse");
        model.Fit(Ops.Ones([1, 1]), Ops.Zeros([1, 1]), verbose: 0);
        Assert.Equal(1, layer.Kernel!.Value.Item<float>());
        sgd.LearningRate = new NKeras.Optimizers.Schedules.PiecewiseConstantDecay([1], [0.25, 0.125]);
        model.Fit(Ops.Ones([1, 1]), Ops.Zeros([1, 1]), verbose: 0);
        Assert.Equal(0.5f, layer.Kernel.Value.Item<float>());
    }

    [Fact]
    public void FunctionsAreNamedInConfigurationsIfRegistered()
    {
        SGD sgd = new();
        Assert.Contains("RegisterKerasSerializable", Assert.Throws<ArgumentException>(() => OptimizerFunctions.Serialize(new MultiOptimizer(_ => sgd))).Message);
        Func<Variable, Optimizer> choice = _ => sgd;
        Utils.RegisterKerasSerializable(choice, "tests", "choice_of_optimizers");
        MultiOptimizer read = (MultiOptimizer)OptimizerFunctions.Deserialize(OptimizerFunctions.Serialize(new MultiOptimizer(choice, lossScaleFactor: 2)));
        read.Build([new Variable(Ops.Ones([1]))]);
        Assert.Equal([sgd], read.Optimizers);
        Assert.Equal(2, sgd.LossScaleFactor);
    }

    private static Dense Part(string name) => new(1, kernelInitializer: "ones", useBias: false, name: name);
}
