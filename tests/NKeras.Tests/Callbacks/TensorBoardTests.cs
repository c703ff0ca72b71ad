using System.Globalization;
using System.Text;
using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;

namespace NKeras.Tests.Callbacks;

/// <summary>What TensorBoard's callback writes while a model trains, read back by the formats' own rules.</summary>
public sealed class TensorBoardTests : IDisposable
{
    private const int Samples = 10;

    private readonly TemporaryFolder _folder = new();

    private EventLog Train => new(_folder["train"]);

    private EventLog Validation => new(_folder["validation"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Scores_of_epochs_are_those_of_the_history()
    {
        History history = Fit(new TensorBoard(_folder.FullName), epochs: 3, validation: true);
        Assert.Equal(["epoch_learning_rate", "epoch_loss", "epoch_mae"], Train.TagsOf("scalars").Order());
        Assert.Equal(["epoch_loss", "epoch_mae", "evaluation_loss_vs_iterations", "evaluation_mae_vs_iterations"], Validation.Tags.Order());
        Assert.Equal(Steps(history["loss"]), Train.Scalars("epoch_loss"));
        Assert.Equal(Steps(history["mae"]), Train.Scalars("epoch_mae"));
        Assert.Equal(Steps(history["val_loss"]), Validation.Scalars("epoch_loss"));
        Assert.Equal([(0, 0.125f), (1, 0.125f), (2, 0.125f)], Train.Scalars("epoch_learning_rate"));
        // Three batches an epoch.
        Assert.Equal([.. history["val_mae"].Select((v, i) => (3L * (i + 1), (float)v))], Validation.Scalars("evaluation_mae_vs_iterations"));
    }

    [Fact]
    public void Each_run_has_a_folder_with_a_file_that_TensorBoard_recognizes()
    {
        Fit(new TensorBoard(_folder["a/b"]), validation: true);
        Assert.Equal(2, _folder.Files.Length);
        Assert.Matches(@"^a/b/train/events\.out\.tfevents\.\d{10,}\..+\.v2$", _folder.Files[0]);
        Assert.Matches(@"^a/b/validation/events\.out\.tfevents\.\d{10,}\..+\.v2$", _folder.Files[1]);
    }

    [Fact]
    public void Without_validation_there_is_no_folder_for_it()
    {
        Fit(new TensorBoard(_folder.FullName));
        Assert.StartsWith("train/", Assert.Single(_folder.Files));
    }

    [Fact]
    public void Scores_of_batches_are_written_as_often_as_asked()
    {
        List<double> losses = [];
        Watch watch = new() { BatchEnd = logs => losses.Add(logs["loss"]) };
        Fit([new TensorBoard(_folder["each"], updateFreq: "batch"), new TensorBoard(_folder["second"], updateFreq: 2), watch], epochs: 2, validation: true);
        (long Step, float Value)[] all = [.. losses.Select((l, i) => (i + 1L, (float)l))];
        Assert.Equal(6, all.Length);
        Assert.Equal(all, new EventLog(_folder["each/train"]).Scalars("batch_loss"));
        Assert.Equal([all[1], all[3], all[5]], new EventLog(_folder["second/train"]).Scalars("batch_loss"));
        // Keras would drop them where the last batch is not the second of two.
        Assert.Equal(2, new EventLog(_folder["second/train"]).Scalars("epoch_loss").Length);
        Assert.Equal(2, new EventLog(_folder["second/validation"]).Scalars("evaluation_loss_vs_iterations").Length);
    }

    [Fact]
    public void Evaluate_writes_by_the_steps_that_training_has_done()
    {
        Model model = Compiled();
        (Tensor x, Tensor y) = Data();
        TensorBoard board = new(_folder.FullName);
        Scores before = model.Evaluate(x, y, verbose: 0, callbacks: [board]);
        Assert.Equal([(0L, (float)before["loss"])], Validation.Scalars("evaluation_loss_vs_iterations"));
        model.Fit(x, y, batchSize: 4, verbose: 0, callbacks: [board]);
        Scores after = model.Evaluate(x, y, verbose: 0, callbacks: [board]);
        Assert.Equal([(0L, (float)before["loss"]), (3L, (float)after["loss"])], Validation.Scalars("evaluation_loss_vs_iterations"));
    }

    [Fact]
    public void Steps_per_second_go_by_the_clock()
    {
        Clock clock = new();
        // A batch takes a quarter of a second, and two seconds pass after it; half a second passes before the first.
        Watch watch = new() { EpochBegin = () => clock.Add(0.5), BatchBegin = () => clock.Add(0.25), BatchEnd = _ => clock.Add(2) };
        TensorBoard board = new(clock, _folder.FullName, writeStepsPerSecond: true, updateFreq: "batch");
        Fit([board, watch], epochs: 2);
        Assert.Equal([.. Enumerable.Range(1, 6).Select(i => ((long)i, 4f))], Train.Scalars("batch_steps_per_second"));
        Assert.Equal([(0L, 3 / 7.25f), (1L, 3 / 7.25f)], Train.Scalars("epoch_steps_per_second"));
        Assert.Equal(clock.Seconds, Train.Times[^1]);
    }

    [Fact]
    public void Learning_rates_are_those_that_hold_at_the_end_of_the_epoch()
    {
        Model model = Compiled(new SGD(new ExponentialDecay(0.5, decaySteps: 3, decayRate: 0.5)));
        Fit([new TensorBoard(_folder.FullName)], epochs: 2, model: model);
        Assert.Equal([(0L, 0.25f), (1L, 0.125f)], Train.Scalars("epoch_learning_rate"));
    }

    [Fact]
    public void Optimizers_around_others_have_the_rates_of_these()
    {
        SGD fast = new(0.5, name: "fast"), slow = new(0.25, name: "slow");
        MultiOptimizer several = new(v => v.Path.Contains("hidden") ? fast : slow);
        Fit([new TensorBoard(_folder["several"])], model: Compiled(several));
        EventLog log = new(_folder["several/train"]);
        Assert.Equal([(0L, 0.5f)], log.Scalars("epoch_learning_rate_fast"));
        Assert.Equal([(0L, 0.25f)], log.Scalars("epoch_learning_rate_slow"));
        Assert.DoesNotContain("epoch_learning_rate", log.Tags);

        Fit([new TensorBoard(_folder["scaled"])], model: Compiled(new LossScaleOptimizer(new SGD(0.5))));
        Assert.Equal([(0L, 0.5f)], new EventLog(_folder["scaled/train"]).Scalars("epoch_learning_rate"));
    }

    [Fact]
    public void Histograms_count_every_weight()
    {
        List<float[]> kernels = [];
        Model model = Compiled();
        Watch watch = new() { EpochEnd = () => kernels.Add(model.Layers[0].Weights[0].Value.ToArray<float>()) };
        Fit([new TensorBoard(_folder.FullName, histogramFreq: 2), watch], epochs: 3, model: model);
        Assert.Equal(["net/hidden/bias/histogram", "net/hidden/kernel/histogram", "net/last/bias/histogram", "net/last/kernel/histogram"], Train.TagsOf("histograms").Order());
        (long Step, (double From, double To, double Count)[] Buckets)[] written = Train.Histograms("net/hidden/kernel/histogram");
        Assert.Equal([0L, 2L], written.Select(w => w.Step));
        foreach ((long step, (double From, double To, double Count)[] buckets) in written)
        {
            float[] kernel = kernels[(int)step];
            Assert.Equal(kernel.Min(), buckets[0].From);
            Assert.Equal(kernel.Max(), buckets[^1].To);
            Assert.Equal(kernel.Length, buckets.Sum(b => b.Count));
            for (int i = 0; i < 29; i++)
            {
                Assert.Equal(buckets[i].To, buckets[i + 1].From);
                Assert.Equal(kernel.Count(k => k >= buckets[i].From && k < buckets[i].To), buckets[i].Count);
            }
        }

        Assert.Empty(Train.TagsOf("images"));
    }

    [Fact]
    public void Pictures_come_with_histograms()
    {
        Fit(new TensorBoard(_folder.FullName, histogramFreq: 1, writeImages: true), epochs: 2);
        Assert.Equal(["net/hidden/bias/image", "net/hidden/kernel/image", "net/last/kernel/image"], Train.TagsOf("images").Order()); // The last bias is one number.
        (long Step, PngReader[] Pictures)[] kernel = Train.Images("net/hidden/kernel/image");
        Assert.Equal([0L, 1L], kernel.Select(k => k.Step));
        Assert.All(kernel, k => Assert.Equal((4, 3), (Assert.Single(k.Pictures).Width, k.Pictures[0].Height)));
        Assert.All(kernel, k => Assert.True(k.Pictures[0].Pixels.Contains((byte)0) && k.Pictures[0].Pixels.Contains((byte)255)));
    }

    [Fact]
    public void The_graph_has_the_layers_and_what_connects_them()
    {
        Input x = new([4], name: "x");
        Sequential inner = new([new Input([4]), new Dense(3, name: "first"), new Dense(4, name: "second")], name: "inner");
        KerasTensor sum = new Add(name: "sum").Apply([inner.Apply(x), new Dense(4, name: "skip").Apply(x)]);
        Model model = new(x, new Dense(1, activation: "sigmoid", name: "a:b c").Apply(sum));
        model.Compile(new SGD(), "mse");
        Fit([new TensorBoard(_folder.FullName)], model: model, features: 4);

        EventLog log = Train;
        Assert.Equal(model.ToJson(), log.KerasModel("keras"));
        Dictionary<string, ProtoReader> nodes = Nodes(Assert.Single(log.Graphs));
        Assert.Equal(["a_b_c", "inner/first", "inner/second", "skip", "sum", "x"], nodes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["inner/second", "skip"], Inputs(nodes["sum"]).Order());
        Assert.Equal(["x"], Inputs(nodes["inner/first"]));
        Assert.Equal(["inner/first"], Inputs(nodes["inner/second"]));
        Assert.Empty(Inputs(nodes["x"]));
        Assert.Equal(["InputLayer", "Add", "Dense"], new[] { "x", "sum", "skip" }.Select(n => nodes[n].Text(2)));
        Dictionary<string, ProtoReader> attributes = Attributes(nodes["a_b_c"]);
        Assert.Equal("sigmoid", attributes["activation"].Text(2));
        Assert.Equal([-1, 1], EventLog.Dimensions(attributes["_output_shapes"].Message(1).Message(7)));
    }

    [Fact]
    public void A_model_with_a_call_of_its_own_is_one_node()
    {
        Subclassed model = new();
        model.Compile(new SGD(), "mse");
        Fit([new TensorBoard(_folder.FullName)], model: model);
        EventLog log = Train;
        Assert.Empty(log.TagsOf("graph_keras_model"));
        Assert.Equal("Subclassed", Assert.Single(Nodes(Assert.Single(log.Graphs)).Values).Text(2));
    }

    [Fact]
    public void A_model_that_cannot_be_written_as_a_configuration_still_has_a_graph()
    {
        Model model = new Sequential([new Input([3]), new Lambda(x => x), new Dense(1)]);
        model.Compile(new SGD(), "mse");
        Assert.Throws<ArgumentException>(model.ToJson);
        List<string> warnings = [];
        Fit([new TensorBoard(_folder.FullName) { WriteWarning = warnings.Add }], model: model);
        Assert.Contains("no conceptual graph", Assert.Single(warnings));
        Assert.Empty(Train.TagsOf("graph_keras_model"));
        Assert.Contains(Nodes(Assert.Single(Train.Graphs)).Values, n => n.Text(2) == "Lambda");
    }

    [Fact]
    public void The_graph_can_be_left_out()
    {
        Fit(new TensorBoard(_folder.FullName, writeGraph: false));
        Assert.Empty(Train.Graphs);
        Assert.Empty(Train.TagsOf("graph_keras_model"));
    }

    [Fact]
    public void Logs_can_be_read_while_training_goes_on()
    {
        List<int> seen = [];
        TensorBoard board = new(_folder.FullName, updateFreq: 1);
        Watch watch = new()
        {
            BatchEnd = _ => seen.Add(Train.Scalars("batch_loss").Length),
            EpochEnd = () => seen.Add(100 * Train.Scalars("epoch_loss").Length),
        };
        Fit([board, watch], epochs: 2);
        Assert.Equal([1, 2, 3, 100, 4, 5, 6, 200], seen);
    }

    [Fact]
    public void Files_are_complete_and_closed_when_training_fails()
    {
        Watch failing = new() { EpochEnd = () => throw new InvalidOperationException("enough") };
        Exception error = Record.Exception(() => Fit([new TensorBoard(_folder.FullName, updateFreq: 1), failing]));
        Assert.Contains("enough", error.ToString());
        Assert.Equal(3, Train.Scalars("batch_loss").Length);
        Assert.Single(Train.Scalars("epoch_loss"));
        // Nobody has it open.
        using FileStream alone = new(_folder[_folder.Files[0]], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public void A_second_Fit_writes_a_file_of_its_own()
    {
        TensorBoard board = new(_folder.FullName);
        Model model = Compiled();
        Fit([board], model: model);
        Fit([board], model: model, initialEpoch: 1, epochs: 2);
        Assert.Equal(2, _folder.Files.Length);
        Assert.Equal([0L, 1L], Train.Scalars("epoch_loss").Select(s => s.Step));
        Assert.Equal(2, Train.Graphs.Count);
    }

    [Fact]
    public void Scores_that_are_not_finite_are_written()
    {
        TensorBoard board = new(_folder.FullName);
        board.SetModel(Compiled());
        board.OnTrainBegin();
        board.OnEpochEnd(7, new Dictionary<string, double> { ["loss"] = double.NaN, ["val_loss"] = double.PositiveInfinity });
        Assert.Equal([(7L, float.NaN)], Train.Scalars("epoch_loss"));
        Assert.Equal([(7L, float.PositiveInfinity)], Validation.Scalars("epoch_loss"));
    }

    [Fact]
    public void Embedded_vectors_are_tables_for_the_projector()
    {
        Embedding words = new(5, 2, name: "words");
        Model model = new Sequential([new Input([3], dtype: "int32"), words, new Flatten(), new Dense(1)]);
        model.Compile(new SGD(), "mse");
        Tensor x = new[,] { { 0, 1, 2 }, { 2, 3, 4 } };
        TensorBoard board = new(_folder.FullName, embeddingsFreq: 1, embeddingsMetadata: new Dictionary<string, string> { ["words"] = "the \"labels\".tsv" });
        model.Fit(x, new float[] { 1, 2 }, epochs: 2, verbose: 0, callbacks: [board]);

        Assert.Equal(
            "embeddings {\n  tensor_name: \"words/embeddings\"\n  tensor_path: \"embeddings_0.tsv\"\n  metadata_path: \"the \\\"labels\\\".tsv\"\n}\n",
            File.ReadAllText(_folder["projector_config.pbtxt"]));
        float[][] rows = [.. File.ReadAllLines(_folder["embeddings_0.tsv"]).Select(l => l.Split('\t').Select(n => float.Parse(n, CultureInfo.InvariantCulture)).ToArray())];
        Assert.Equal(words.Embeddings.Value.ToArray<float>().Chunk(2), rows);
        Assert.Equal(3, _folder.Files.Length);
    }

    [Fact]
    public void Labels_for_layers_that_are_not_there_are_refused()
    {
        TensorBoard board = new(_folder.FullName, embeddingsFreq: 1, embeddingsMetadata: new Dictionary<string, string> { ["wordz"] = "labels.tsv" });
        Model model = new Sequential([new Input([3], dtype: "int32"), new Embedding(5, 2, name: "words"), new Flatten(), new Dense(1)]);
        board.SetModel(model);
        ArgumentException error = Assert.Throws<ArgumentException>(() => board.OnTrainBegin());
        Assert.Contains("'wordz'", error.Message);
        Assert.Contains("'words'", error.Message);
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Contains("profileBatch must be 0", Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoard(profileBatch: 5)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoard(histogramFreq: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoard(embeddingsFreq: -1));
        Assert.Throws<ArgumentException>(() => new TensorBoard(logDir: ""));
        Assert.Contains("\"epochs\"", Assert.Throws<ArgumentException>(() => new TensorBoard(updateFreq: "epochs")).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoard(updateFreq: 0));
        Assert.Equal(("epoch", "1 batches"), (new TensorBoard().UpdateFreq.ToString(), new TensorBoard(updateFreq: "batch").UpdateFreq.ToString()));
    }

    private static Dictionary<string, ProtoReader> Nodes(ProtoReader graph) => graph.All(1).Select(n => new ProtoReader(n)).ToDictionary(n => n.Text(1));

    private static string[] Inputs(ProtoReader node) => [.. node.All(3).Select(Encoding.UTF8.GetString)];

    private static Dictionary<string, ProtoReader> Attributes(ProtoReader node) =>
        node.All(5).Select(a => new ProtoReader(a)).ToDictionary(a => a.Text(1), a => a.Message(2));

    private static (long Step, float Value)[] Steps(IReadOnlyList<double> values) => [.. values.Select((v, i) => ((long)i, (float)v))];

    private static History Fit(TensorBoard board, int epochs = 1, bool validation = false) => Fit([board], epochs, validation);

    /// <summary>Trains with three batches in an epoch.</summary>
    private static History Fit(Callback[] callbacks, int epochs = 1, bool validation = false, Model? model = null, int initialEpoch = 0, int features = 3)
    {
        (Tensor x, Tensor y) = Data(features);
        return (model ?? Compiled()).Fit(
            x, y, batchSize: 4, epochs: epochs, initialEpoch: initialEpoch, verbose: 0, callbacks: callbacks, validationData: validation ? (x, y) : null);
    }

    private static (Tensor X, Tensor Y) Data(int features = 3) => (RandomOps.Normal([Samples, features], seed: 1), RandomOps.Normal([Samples, 1], seed: 2));

    private static Sequential Compiled(Optimizer? optimizer = null)
    {
        Sequential model = new([new Input([3]), new Dense(4, activation: "tanh", name: "hidden"), new Dense(1, name: "last")], name: "net");
        model.Compile(optimizer ?? new SGD(0.125), "mse", metrics: ["mae"]);
        return model;
    }

    private sealed class Subclassed : Model
    {
        private readonly Dense _layer = new(1);

        public override Tensor Call(Tensor inputs, bool training = false) => _layer.Apply(inputs);
    }

    private sealed class Watch : Callback
    {
        public Action EpochBegin { get; init; } = () => { };

        public Action BatchBegin { get; init; } = () => { };

        public Action<IDictionary<string, double>> BatchEnd { get; init; } = _ => { };

        public Action EpochEnd { get; init; } = () => { };

        public override void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null) => EpochBegin();

        public override void OnTrainBatchBegin(int batch, IDictionary<string, double>? logs = null) => BatchBegin();

        public override void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null) => BatchEnd(logs!);

        public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null) => EpochEnd();
    }

    /// <summary>A clock that stands still unless told otherwise.</summary>
    private sealed class Clock : TimeProvider
    {
        private double _added;

        public double Seconds => 1_800_000_000 + _added;

        public override long TimestampFrequency => 1000;

        public void Add(double seconds) => _added += seconds;

        public override long GetTimestamp() => (long)(_added * TimestampFrequency);

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(Seconds);
    }
}
