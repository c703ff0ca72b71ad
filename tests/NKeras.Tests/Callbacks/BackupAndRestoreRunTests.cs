using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Metrics;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;

namespace NKeras.Tests.Callbacks;

/// <summary>A run that is interrupted and goes on ends with the bits of one that is not, whatever takes part in it.</summary>
[Collection(NamesCollection.Name)]
public sealed class BackupAndRestoreRunTests
{
    private const int Rows = 23, Size = 5;

    private static readonly Tensor s_x = RandomOps.Normal([Rows, 3], seed: 1), s_y = RandomOps.Uniform([Rows, 1], seed: 2);
    private static readonly Tensor s_series = RandomOps.Normal([Rows, 4, 3], seed: 3);
    private static readonly Tensor s_labels = Ops.Cast(Ops.Greater(s_y, 0.5), "float32");

    private static readonly Dictionary<string, InterruptedRun> s_runs = new()
    {
        ["arrays after epochs"] = new() { Model = () => Plain(), Fit = Arrays, After = 7 },
        ["arrays, killed as an epoch begins"] = new() { Model = () => Plain(), Fit = Arrays, After = 3, Where = "begin" },
        ["arrays, killed as an epoch ends"] = new() { Model = () => Plain(), Fit = Arrays, After = 3, Where = "end" },
        ["arrays after batches"] = new() { Model = () => Plain(), Fit = Arrays, SaveFreq = 1, After = 1 },
        ["arrays after some batches"] = new() { Model = () => Plain(), Fit = Arrays, SaveFreq = 3, After = 4 },
        ["arrays after as many batches as epochs have"] = new() { Model = () => Plain(), Fit = Arrays, SaveFreq = 5, After = 5, Where = "end" },
        ["steps per epoch"] = new()
        {
            Model = () => Plain(),
            SaveFreq = 2,
            After = 3,
            Fit = (m, c) => m.Fit(s_x, s_y, batchSize: Size, epochs: 6, stepsPerEpoch: 3, verbose: 0, callbacks: c),
        },
        ["steps per epoch, saved after epochs"] = new()
        {
            Model = () => Plain(),
            After = 4,
            Fit = (m, c) => m.Fit(s_x, s_y, batchSize: Size, epochs: 6, stepsPerEpoch: 3, verbose: 0, callbacks: c),
        },
        ["initial epoch"] = new() { Model = () => Plain(), SaveFreq = 2, Fit = (m, c) => m.Fit(s_x, s_y, batchSize: Size, initialEpoch: 2, epochs: 4, verbose: 0, callbacks: c) },
        ["several steps per execution"] = new() { Model = () => Plain(stepsPerExecution: 2), Fit = Arrays, SaveFreq = 3, After = 2 },
        ["eager"] = new() { Model = () => Plain(runEagerly: true), Fit = Arrays, SaveFreq = 2 },
        ["list"] = new() { Model = () => Plain(), SaveFreq = 2, Fit = (m, c) => m.Fit(Batches().ToList(), epochs: 3, verbose: 0, callbacks: c) },
        ["sequence that changes"] = new() { Model = () => Plain(), SaveFreq = 2, Fit = (m, c) => m.Fit(new Changing(), epochs: 3, verbose: 0, callbacks: c) },
        ["endless sequence"] = new() { Model = () => Plain(), SaveFreq = 2, Fit = (m, c) => m.Fit(Endless(), epochs: 3, stepsPerEpoch: 4, verbose: 0, callbacks: c) },
        ["asynchronous sequence"] = new() { Model = () => Plain(), SaveFreq = 2, Fit = (m, c) => m.Fit(Later(new Changing()), epochs: 3, verbose: 0, callbacks: c) },
        ["data set"] = new() { Model = () => Plain(), SaveFreq = 2, Fit = (m, c) => m.Fit(Shuffled().Batch(Size).Prefetch(2), epochs: 3, verbose: 0, callbacks: c) },
        ["data set, saved after epochs"] = new() { Model = () => Plain(), After = 6, Fit = (m, c) => m.Fit(Shuffled().Batch(Size), epochs: 3, verbose: 0, callbacks: c) },
        ["repeated data set"] = new() { Model = () => Plain(), SaveFreq = 4, After = 5, Fit = (m, c) => m.Fit(Shuffled().Repeat(2).Batch(Size), epochs: 3, verbose: 0, callbacks: c) },
        ["data set without end"] = new() { Model = () => Plain(), SaveFreq = 2, Fit = (m, c) => m.Fit(Shuffled().Repeat().Batch(Size), epochs: 4, stepsPerEpoch: 3, verbose: 0, callbacks: c) },
        ["data set of a sequence"] = new() { Model = () => Plain(), SaveFreq = 2, Fit = (m, c) => m.Fit(Dataset.From(new Changing()).Shuffle(3, seed: 4), epochs: 3, verbose: 0, callbacks: c) },
        ["PyDataset"] = new() { Model = () => Plain(), SaveFreq = 2, Fit = (m, c) => m.Fit(new Turning(), epochs: 3, verbose: 0, callbacks: c) },
        ["PyDataset, saved after epochs"] = new() { Model = () => Plain(), After = 7, Fit = (m, c) => m.Fit(new Turning(), epochs: 3, verbose: 0, callbacks: c) },
        ["PyDataset with steps per epoch"] = new() { Model = () => Plain(), SaveFreq = 2, Fit = (m, c) => m.Fit(new Turning(), epochs: 5, stepsPerEpoch: 3, verbose: 0, callbacks: c) },
        ["validation"] = new()
        {
            Model = () => Plain(metrics: ["mae"]),
            SaveFreq = 2,
            After = 4,
            Fit = (m, c) => m.Fit(s_x, s_y, batchSize: Size, epochs: 4, validationSplit: 0.3, validationFreq: 2, verbose: 0, callbacks: c),
        },
        ["validation with data sets"] = new()
        {
            Model = () => Plain(metrics: ["mae"]),
            After = 6,
            Fit = (m, c) => m.Fit(s_x, s_y, batchSize: Size, epochs: 3, validationData: new ValidationData(Shuffled().Batch(4)), verbose: 0, callbacks: c),
        },
        ["validation with a part of what changes"] = new()
        {
            Model = () => Plain(metrics: ["mae"]),
            SaveFreq = 2,
            After = 4,
            Fit = (m, c) => m.Fit(s_x, s_y, batchSize: Size, epochs: 3, validationData: new ValidationData(new Changing()), validationSteps: 2, verbose: 0, callbacks: c),
        },
        ["metrics"] = new()
        {
            Model = () => Compiled(new Adam(0.01), "binary_crossentropy", [new Dense(4, "tanh"), new Dense(1, "sigmoid")], metrics: [new AUC(name: "auc"), new Precision(name: "precision"), "accuracy"]),
            SaveFreq = 2,
            Fit = (m, c) => m.Fit(s_x, s_labels, batchSize: Size, epochs: 3, verbose: 0, callbacks: c),
        },
        ["random layers"] = new()
        {
            Model = () => Compiled(new Adam(new ExponentialDecay(0.1, 3, 0.5)), "mse", [new Dense(6, "relu"), new GaussianNoise(0.1), new BatchNormalization(), new AlphaDropout(0.2), new Dropout(0.4), new Dense(1)]),
            Fit = Arrays,
            SaveFreq = 2,
        },
        ["recurrent layers"] = new()
        {
            Model = () => Recurrent([new Input([4, 3]), new Bidirectional(new LSTM(3, dropout: 0.2, recurrentDropout: 0.3)), new Dense(1)]),
            SaveFreq = 2,
            Fit = (m, c) => m.Fit(s_series, s_y, batchSize: Size, epochs: 2, verbose: 0, callbacks: c),
        },
        ["stateful layers"] = new()
        {
            Model = () => Recurrent([new Input([4, 3], batchSize: 4), new GRU(3, stateful: true), new Dense(1)]),
            SaveFreq = 2,
            Fit = (m, c) => m.Fit(s_series[..20], s_y[..20], batchSize: 4, epochs: 2, shuffle: false, verbose: 0, callbacks: c),
        },
        ["averages and accumulated gradients"] = new()
        {
            Model = () => Plain(new Adam(0.05, useEma: true, emaMomentum: 0.8, emaOverwriteFrequency: 4, gradientAccumulationSteps: 3)),
            Fit = Arrays,
            SaveFreq = 2,
        },
        ["loss scale"] = new() { Model = () => Plain(new LossScaleOptimizer(new SGD(0.1, momentum: 0.9), initialScale: 1024, dynamicGrowthSteps: 2)), Fit = Arrays, SaveFreq = 2 },
        ["several optimizers"] = new() { Model = () => Plain(new MultiOptimizer(v => v.Path.Contains("kernel") ? new Adam(0.01) : new RMSprop(0.1))), Fit = Arrays, SaveFreq = 2 },
        ["update of low rank"] = new()
        {
            Model = () => Compiled(new Adam(0.01), "mse", [new Dense(6, "relu", loraRank: 2), new Dense(1)]),
            Fit = Arrays,
            SaveFreq = 2,
        },
        ["own step"] = new() { Model = () => Own(), Fit = Arrays, SaveFreq = 5, After = 5, Where = "end" },
        ["numbers without a seed"] = new() { Model = () => Compiled(new Adam(0.01), "mse", [new Shaking(), new Dense(1)]), Fit = Arrays, SaveFreq = 2 },
        ["early stopping"] = new()
        {
            Model = () => Plain(),
            Callbacks = () => [Scores(5, 4, 4.5, 4.2, 1, 1), new EarlyStopping("loss", patience: 2, restoreBestWeights: true)],
            Fit = Many,
            SaveFreq = 2,
            After = 4,
        },
        ["early stopping, saved after epochs"] = new()
        {
            Model = () => Plain(),
            Callbacks = () => [Scores(5, 4, 4.5, 4.2, 1, 1), new EarlyStopping("loss", patience: 2, restoreBestWeights: true)],
            Fit = Many,
            After = 7,
        },
        ["learning rate on plateaus"] = new()
        {
            Model = () => Plain(),
            Callbacks = () => [Scores(5, 5, 5, 5, 5, 5), new ReduceLROnPlateau("loss", factor: 0.5, patience: 2, cooldown: 1)],
            Fit = Many,
            SaveFreq = 3,
            After = 4,
        },
        ["learning rate of the last one"] = new() { Model = () => Plain(), Callbacks = () => [new LearningRateScheduler((_, rate) => rate * 0.7)], Fit = Many, SaveFreq = 2 },
        ["swapped averages"] = new()
        {
            Model = () => Plain(new SGD(0.1, useEma: true, emaMomentum: 0.7)),
            Callbacks = () => [new SwapEMAWeights(swapOnEpoch: true)],
            After = 7,
            Fit = (m, c) => m.Fit(s_x, s_y, batchSize: Size, epochs: 4, validationSplit: 0.2, verbose: 0, callbacks: c),
        },
        ["callback of one's own"] = new() { Model = () => Plain(), Callbacks = () => [new Growing()], Fit = Many, SaveFreq = 2 },
    };

    public static TheoryData<string> Runs => [.. s_runs.Keys];

    public static TheoryData<string> Optimizers => ["adadelta", "adafactor", "adagrad", "adam", "adamax", "adamw", "ftrl", "lamb", "lion", "muon", "nadam", "rmsprop", "schedulefreeadamw", "sgd"];

    [Theory]
    [MemberData(nameof(Runs))]
    public void GoesOnAsIfNeverInterrupted(string name) => s_runs[name].Check();

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void OptimizersGoOn(string name) => new InterruptedRun
    {
        Model = () => Compiled(name, "mse", [new Dense(4, "tanh"), new Dense(1)]),
        Fit = (m, c) => m.Fit(s_x, s_y, batchSize: 12, epochs: 2, verbose: 0, callbacks: c),
        SaveFreq = 1,
        After = 2,
    }.Check();

    private static History Arrays(Model model, Callback[] callbacks) => model.Fit(s_x, s_y, batchSize: Size, epochs: 3, verbose: 0, callbacks: callbacks);

    private static History Many(Model model, Callback[] callbacks) => model.Fit(s_x, s_y, batchSize: 8, epochs: 6, verbose: 0, callbacks: callbacks);

    private static LambdaCallback Scores(params double[] losses) => new(onEpochEnd: (epoch, logs) => logs!["loss"] = losses[epoch]);

    private static Model Plain(Optimizer? optimizer = null, int stepsPerExecution = 1, bool runEagerly = false, MetricsByOutput? metrics = null)
    {
        Sequential model = new([new Input([3]), new Dense(4, "tanh"), new Dropout(0.3), new Dense(1)]);
        model.Compile(optimizer ?? new Adam(0.02), "mse", metrics: metrics, stepsPerExecution: stepsPerExecution, runEagerly: runEagerly);
        return model;
    }

    private static Sequential Compiled(Optimizer optimizer, string loss, Layer[] layers, MetricsByOutput? metrics = null)
    {
        Sequential model = new([new Input([3]), .. layers]);
        model.Compile(optimizer, loss, metrics: metrics);
        return model;
    }

    private static Sequential Recurrent(Layer[] layers)
    {
        Sequential model = new(layers);
        model.Compile(new Adam(0.05), "mse");
        return model;
    }

    private static Stepping Own()
    {
        Stepping model = new();
        model.Compile(new SGD(0.1));
        return model;
    }

    private static IEnumerable<Batch> Batches()
    {
        for (int i = 0; i < Rows; i += Size)
        {
            Range rows = i..Math.Min(i + Size, Rows);
            yield return (s_x[rows], s_y[rows]);
        }
    }

    private static Dataset Shuffled() => Dataset.FromTensorSlices(s_x, s_y).Shuffle(Rows, seed: 6);

    private static IEnumerable<Batch> Endless()
    {
        Random random = new(3);
        Batch[] batches = [.. Batches()];
        while (true) yield return batches[random.Next(batches.Length)];
    }

    private static async IAsyncEnumerable<Batch> Later(IEnumerable<Batch> batches)
    {
        await Task.Yield();
        foreach (Batch batch in batches) yield return batch;
    }

    /// <summary>A sequence that is another one every time.</summary>
    private sealed class Changing : IEnumerable<Batch>
    {
        private readonly Random _random = new(8);

        public IEnumerator<Batch> GetEnumerator()
        {
            Batch[] batches = [.. Batches()];
            _random.Shuffle(batches);
            foreach (Batch batch in batches) yield return batch;
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>A data set that is turned by one batch after every epoch.</summary>
    private sealed class Turning() : PyDataset(workers: 2)
    {
        private readonly Batch[] _batches = [.. Batches()];
        private int _begun;
        private int _ended;

        public override int? NumBatches => _batches.Length;

        public override Batch this[int index] => _batches[(index + _ended + (3 * _begun)) % _batches.Length];

        public override void OnEpochBegin() => _begun++;

        public override void OnEpochEnd() => _ended++;
    }

    /// <summary>Adds numbers of the generator that all share.</summary>
    private sealed class Shaking : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false) => training ? inputs + (0.1 * RandomOps.Normal(inputs.Shape)) : inputs;
    }

    /// <summary>A step that reports what no metric knows.</summary>
    private sealed class Stepping : Model
    {
        private readonly Dense _dense = new(1);

        public override Tensor Call(Tensor inputs, bool training = false) => _dense.Apply(inputs);

        public override IReadOnlyDictionary<string, Tensor> TrainStep(Batch data)
        {
            (Tensor loss, Tensor?[] gradients) = Gradients.ValueAndGrad(() => Ops.Mean(Ops.Square(Apply(data.X[0], training: true) - data.Y![0])), TrainableVariables);
            Optimizer.Apply(gradients, TrainableVariables);
            return new Dictionary<string, Tensor> { ["loss"] = loss, ["size"] = Ops.Norm(_dense.Kernel!) };
        }
    }

    /// <summary>Makes the learning rate depend on how many batches it has seen.</summary>
    private sealed class Growing : Callback
    {
        private int _seen;

        public override void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null) => Model.Optimizer.LearningRate = 0.001 * ++_seen;

        public override System.Text.Json.Nodes.JsonObject? GetState() => new() { ["seen"] = _seen };

        public override void SetState(System.Text.Json.Nodes.JsonObject state) => _seen = (int)state["seen"]!;
    }
}
