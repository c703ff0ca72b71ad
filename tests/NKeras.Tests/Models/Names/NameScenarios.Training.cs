using NKeras.Layers;
using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Optimizers;
using static NKeras.Tests.Models.Names.NameScenarioLayers;

namespace NKeras.Tests.Models.Names;

/// <summary>Optimizers, losses, metrics, variables and random generators; calls that take no number.</summary>
internal static partial class NameScenarios
{
    internal static void Optimizers(NameLog log)
    {
        Input x = new([4]);
        Model m = new(x, new Dense(3).Apply(x));
        m.Compile("adam", "mse", metrics: ["mae"]);
        m.Optimizer.Build(m.TrainableVariables);
        log.Line(m.Optimizer.Name);
        log.Variables("variables", m.Optimizer.Variables);
        SGD sgd = new(momentum: 0.9);
        sgd.Build(m.TrainableVariables);
        log.Line(sgd.Name);
        log.Variables("variables", sgd.Variables);
        Optimizer[] more = [new Adam(), new RMSprop(), new AdamW(), new Adam(name: "mine"), new SGD(), new Lion(), new Nadam()];
        log.List("more", more.Select(o => o.Name));
    }

    internal static void Losses(NameLog log)
    {
        Loss[] losses =
        [
            new NKeras.Losses.MeanSquaredError(), new NKeras.Losses.MeanSquaredError(), new NKeras.Losses.SparseCategoricalCrossentropy(),
            new NKeras.Losses.BinaryCrossentropy(), new NKeras.Losses.KLDivergence(), new Huber(), new LogCosh(), new NKeras.Losses.CategoricalHinge(),
            new NKeras.Losses.Poisson(name: "p"), new Dice(), new NKeras.Losses.CosineSimilarity(), new Tversky(),
        ];
        log.List("losses", losses.Select(l => l.Name));
    }

    internal static void Metrics(NameLog log)
    {
        Metric[] metrics =
        [
            new Mean(), new Mean(), new NKeras.Metrics.MeanSquaredError(), new Accuracy(), new AUC(), new Precision(), new Recall(), new Precision(),
            new SparseTopKCategoricalAccuracy(), new F1Score(), new MeanIoU(numClasses: 2), new Sum(), new Sum(name: "s"), new BinaryAccuracy(),
            new TruePositives(), new R2Score(), new NKeras.Metrics.KLDivergence(), new RootMeanSquaredError(), new AUC(), new PrecisionAtRecall(0.5),
            new SensitivityAtSpecificity(0.5),
        ];
        log.List("metrics", metrics.Select(m => m.Name));
        foreach (Metric metric in metrics) log.Variables(metric.Name, metric.Variables);
    }

    internal static void Compiled(NameLog log)
    {
        Input x = new([4]);
        Dense a = new(3, name: "a"), b = new(1, name: "b");
        Model m = new(x, [a.Apply(x), b.Apply(x)]);
        m.Compile("sgd", ["mse", "mae"], metrics: new() { ["a"] = ["mae"], ["b"] = ["mse", "mae"] });
        m.Evaluate(Ops.Zeros([2, 4]), new Tensor[] { Ops.Zeros([2, 3]), Ops.Zeros([2, 1]) }, verbose: 0);
        log.Line(m.Optimizer.Name);
        log.List("next", [new Mean().Name, new NKeras.Metrics.MeanSquaredError().Name, new NKeras.Losses.MeanSquaredError().Name, new SGD().Name]);
    }

    internal static void SeedGenerators(NameLog log)
    {
        SeedGenerator a = new(1), b = new(2, name: "mine"), c = new(3);
        log.List("generators", [a.Name, b.Name, c.Name]);
        log.Variables("states", [a.State, b.State, c.State]);
        Dropout d = new(0.1), e = new(0.1);
        Input x = new([3]);
        log.Model(new Model(x, e.Apply(d.Apply(x))));
    }

    internal static void InitializersAndVariables(NameLog log)
    {
        log.Variables("variables", [new Variable(0.0f), new Variable(1.0f), new Variable(2.0f, name: "w")]);
        _ = new NKeras.Initializers.GlorotUniform();
        _ = new Dense(2, kernelInitializer: new NKeras.Initializers.RandomNormal(seed: 1));
        log.Line(new SeedGenerator(1).Name);
    }

    internal static void DataCallsTakeNoNames(NameLog log)
    {
        new Dense(3).Apply(Ops.Zeros([2, 4]));
        new Block().Apply(Ops.Zeros([2, 4]));
        Ops.Relu(Ops.Zeros([2, 2]));
        new Flatten().Apply(Ops.Zeros([2, 2, 2]));
        _ = new Input([2]);
        Assert.Empty(log.Lines);
    }

    internal static void ShapesAskedFor(NameLog log)
    {
        new Dense(3).ComputeOutputShape([null, 4]);
        new Shaped().ComputeOutputShape([null, 4]);
        Input x = new([null, 4]);
        Model m = new(x, new Dense(2).Apply(new Dense(3).Apply(x)));
        m.ComputeOutputShape([null, null, 4]);
        m.ComputeOutputShape([2, 5, 4]);
        new Sequential([new Input([null, 4]), new Dense(2), new ReLU()]).ComputeOutputShape([2, 5, 4]);
        Assert.Empty(log.Lines);
    }

    internal static void FailuresKeepNumbers(NameLog log)
    {
        Input x = new([4]);
        Assert.Throws<ArgumentException>(() => new Conv2D(2, 3).Apply(x));
        Assert.Throws<ArgumentException>(() => new Input());
        log.List("next", [new Dense(1).Name, new Input([2]).Name, new Conv2D(1, 1).Name]);
    }
}
