using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;

namespace NKeras.Tests.Saving;

/// <summary>What a model is trained with comes back from files: losses, metrics, the optimizer's state, and training goes on as if it had not been interrupted.</summary>
[Collection(NamesCollection.Name)]
public sealed class RoundTripTrainingTests
{
    /// <summary>Forms that keep what the model is trained with.</summary>
    private static readonly string[] s_forms = ["archive", "folder", "stream", "legacy"];

    private static readonly Tensor s_x = RandomOps.Normal([24, 4], seed: 1), s_y = RandomOps.Normal([24, 2], seed: 2);

    private static readonly Dictionary<string, Func<Optimizer>> s_optimizers = new()
    {
        ["Adadelta"] = () => new Adadelta(0.1),
        ["Adafactor"] = () => new Adafactor(0.1),
        ["Adagrad"] = () => new Adagrad(0.1),
        ["Adam"] = () => new Adam(new ExponentialDecay(0.1, 3, 0.5), amsgrad: true, useEma: true),
        ["AdamW"] = () => new AdamW(0.1, clipnorm: 0.5),
        ["Adamax"] = () => new Adamax(0.1),
        ["Ftrl"] = () => new Ftrl(0.1),
        ["Lamb"] = () => new Lamb(0.1),
        ["Lion"] = () => new Lion(0.01),
        ["LossScaleOptimizer"] = () => new LossScaleOptimizer(new Adam(0.1)),
        ["Muon"] = () => new Muon(0.1),
        ["Nadam"] = () => new Nadam(0.1),
        ["RMSprop"] = () => new RMSprop(0.1, momentum: 0.5, centered: true),
        ["SGD"] = () => new SGD(0.1, momentum: 0.9, gradientAccumulationSteps: 2),
        ["ScheduleFreeAdamW"] = () => new ScheduleFreeAdamW(0.1),
    };

    public static TheoryData<string> Optimizers => [.. s_optimizers.Keys];

    [Fact]
    public void EveryOptimizerIsTried() => Assert.Equal(
        NKeras.Saving.TypeTable.All.Select(t => t.Type).Where(typeof(Optimizer).IsAssignableFrom).Select(t => t.Name).Except([nameof(MultiOptimizer)]).Order(StringComparer.Ordinal),
        s_optimizers.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void TrainingGoesOnAsIfItHadNotBeenInterrupted(string name)
    {
        Model model = Start(s_optimizers[name]());
        Fit(model);
        Model[] copies = [.. s_forms.Select(f => SavedCopies.Make(model, f))];
        Fit(model);
        foreach ((Model copy, string form) in copies.Zip(s_forms))
        {
            Fit(copy);
            SavedCopies.AssertSameBits([.. model.Weights.Select(w => w.Value)], [.. copy.Weights.Select(w => w.Value)], form);
            SavedCopies.AssertSameBits([.. model.Optimizer.Variables.Select(w => w.Value)], [.. copy.Optimizer.Variables.Select(w => w.Value)], form);
        }
    }

    [Fact]
    public void WhatItIsCompiledWithComesBack()
    {
        Model model = Start(new Adam(0.01));
        model.Compile(new Adam(0.01), new Huber(delta: 0.5), metrics: ["mae", new RootMeanSquaredError(name: "rms")], weightedMetrics: ["mse"]);
        Fit(model);
        foreach (string form in s_forms)
        {
            Model copy = SavedCopies.Make(model, form);
            if (form != "legacy") Assert.True(JsonNode.DeepEquals(model.GetCompileConfig(), copy.GetCompileConfig()), form);
            Assert.Equal(model.Evaluate(s_x, s_y, verbose: 0).ToDictionary(), copy.Evaluate(s_x, s_y, verbose: 0).ToDictionary());
        }
    }

    [Fact]
    public void ObjectsOfOnesOwnComeBackOnceTheyAreRegistered()
    {
        Utils.RegisterKerasSerializable<Tilted>("round_trips");
        Utils.RegisterKerasSerializable<Largest>("round_trips");
        Utils.RegisterKerasSerializable<SignSteps>("round_trips");
        Model model = Start(new SGD());
        model.Compile(new SignSteps(0.125), new Tilted(0.25), metrics: [new Largest()]);
        Fit(model);
        Model copy = SavedCopies.Make(model, "archive");
        Assert.Equal(0.25, Assert.IsType<Tilted>(KnownLoss(copy)).Tilt);
        Fit(model);
        Fit(copy);
        SavedCopies.AssertSameBits([.. model.Weights.Select(w => w.Value)], [.. copy.Weights.Select(w => w.Value)], "weights");
        SavedCopies.AssertSameBits([.. model.Optimizer.Variables.Select(w => w.Value)], [.. copy.Optimizer.Variables.Select(w => w.Value)], "optimizer");
        Assert.Equal(["largest", "loss"], copy.Evaluate(s_x, s_y, verbose: 0).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WithoutItsOptimizerAModelStartsAnew()
    {
        Model model = Start(new Adam(0.1));
        Fit(model);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nkeras-tests-");
        try
        {
            string path = Path.Combine(folder.FullName, "model.keras");
            model.Save(path, includeOptimizer: false);
            Assert.False(Model.Load(path).Compiled && Model.Load(path).Optimizer.Iterations.Item<int>() > 0);
            model.Save(path);
            Assert.False(Model.Load(path, compile: false).Compiled);
            Assert.Equal(6, Model.Load(path).Optimizer.Iterations.Item<int>());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Loss KnownLoss(Model model) => (Loss)Utils.DeserializeKerasObject<Loss>(model.GetCompileConfig()["loss"]!)!;

    private static Model Start(Optimizer optimizer)
    {
        Utils.ClearSession();
        Utils.SetRandomSeed(11);
        Sequential model = new([new Input([4]), new Dense(6, "tanh"), new BatchNormalization(), new Dense(2)]);
        model.Compile(optimizer, "mse");
        return model;
    }

    private static void Fit(Model model) => model.Fit(s_x, s_y, batchSize: 8, epochs: 2, shuffle: false, verbose: 0);

    /// <summary>Absolute errors, more of them on one side.</summary>
    public sealed class Tilted(double tilt, string? name = null) : Loss(name)
    {
        public double Tilt { get; } = tilt;

        public override Tensor Call(Tensor yTrue, Tensor yPred) => Ops.Mean(Ops.Maximum((yTrue - yPred) * Tilt, (yPred - yTrue) * (1 - Tilt)), [-1]);
    }

    /// <summary>The largest prediction.</summary>
    public sealed class Largest : Metric
    {
        private readonly Variable _largest;

        public Largest(string? name = "largest", DType? dtype = null)
            : base(dtype, name) => _largest = AddVariable([], name: "largest");

        public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null) => _largest.Assign(Ops.Maximum(_largest, Ops.Max(yPred)));

        public override Tensor Result() => _largest;
    }

    /// <summary>Steps of one length, along the sign of the averaged gradient.</summary>
    public sealed class SignSteps(double learningRate = 0.1) : Optimizer(learningRate)
    {
        private IReadOnlyList<Variable?> _averages = [];

        protected override void BuildState(IReadOnlyList<Variable> variables) => _averages = AddOptimizerVariables(variables, "average");

        protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
        {
            Variable average = Of(_averages, variable);
            average.Assign(Ops.Multiply(average, 0.9) + Ops.Multiply(gradient, 0.1));
            variable.AssignSub(learningRate * Ops.Where(Ops.Greater(average, 0f), 1f, -1f));
        }
    }
}
