using NKeras.Callbacks;
using NKeras.Optimizers;

namespace NKeras.Tests.Callbacks;

public sealed class CallbackListTests
{
    [Fact]
    public void CallsReachAllInOrder()
    {
        List<string> calls = [];
        Recorder a = new("a", calls), b = new("b", calls);
        Model model = CallbackTraces.Scale();
        CallbackParameters parameters = new(0, 2, null);
        CallbackList list = new([a, b], model: model, parameters: parameters);
        Assert.Equal([model, model], list.Select(c => c.Model));
        Assert.Equal([parameters, parameters, parameters], list.Append(list).Select(c => c.Params));
        list.OnTrainBegin();
        list.OnEpochBegin(0);
        list.OnTrainBatchBegin(1);
        list.OnBatchBegin(1);
        list.OnTrainBatchEnd(1);
        list.OnBatchEnd(1);
        list.OnTestBegin();
        list.OnTestBatchBegin(2);
        list.OnTestBatchEnd(2);
        list.OnTestEnd();
        list.OnEpochEnd(0);
        list.OnTrainEnd();
        list.OnPredictBegin();
        list.OnPredictBatchBegin(3);
        list.OnPredictBatchEnd(3);
        list.OnPredictEnd();
        string[] expected =
        [
            "OnTrainBegin", "OnEpochBegin 0", "OnTrainBatchBegin 1", "OnBatchBegin 1", "OnTrainBatchEnd 1", "OnBatchEnd 1", "OnTestBegin", "OnTestBatchBegin 2", "OnTestBatchEnd 2",
            "OnTestEnd", "OnEpochEnd 0", "OnTrainEnd", "OnPredictBegin", "OnPredictBatchBegin 3", "OnPredictBatchEnd 3", "OnPredictEnd",
        ];
        Assert.Equal(expected.SelectMany(e => new[] { $"a {e}", $"b {e}" }), calls);
    }

    [Fact]
    public void LogsAreACopyOrderedByNameThatCallbacksShare()
    {
        Dictionary<string, double> logs = new() { ["val_loss"] = 3, ["loss"] = 1, ["accuracy"] = 2, ["Z"] = 4 };
        string? seen = null;
        CallbackList list = new(
        [
            new LambdaCallback(onEpochEnd: (_, l) => l!["own"] = 5),
            new LambdaCallback(onEpochEnd: (_, l) => seen = string.Join(' ', l!.Keys)),
        ]);
        list.OnEpochEnd(0, logs);
        Assert.Equal("Z accuracy loss val_loss own", seen);
        Assert.Equal(4, logs.Count);
    }

    [Fact]
    public void HistoryAndBarAreAddedUnlessThere()
    {
        History history = new();
        Assert.Equal([typeof(History), typeof(ProgbarLogger)], new CallbackList(addHistory: true, addProgbar: true).Select(c => c.GetType()));
        CallbackList given = new([new ProgbarLogger(), history], addHistory: true, addProgbar: true);
        Assert.Equal([typeof(ProgbarLogger), typeof(History)], given.Select(c => c.GetType()));
        Assert.Same(history, given.History);
        Assert.Empty(new CallbackList());
    }

    [Fact]
    public void EndsNeedBeginnings()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => new CallbackList().OnTestEnd());
        Assert.Equal("OnTestEnd was called without OnTestBegin before it.", e.Message);
        Assert.Throws<ArgumentException>(() => new CallbackList([null!]));
    }

    [Fact]
    public void ListsOfListsWork()
    {
        List<string> calls = [];
        CallbackTraces.Scale().Fit(new float[] { 1 }, new float[] { 0 }, verbose: 0, callbacks: [new CallbackList([new Recorder("a", calls)])]);
        Assert.Equal(["a OnTrainBegin", "a OnEpochBegin 0", "a OnTrainBatchBegin 0", "a OnTrainBatchEnd 0 loss", "a OnEpochEnd 0 loss", "a OnTrainEnd loss"], calls);
    }

    [Fact]
    public void FitTakesAListAsItIs()
    {
        List<string> calls = [];
        CallbackList list = new([new Recorder("a", calls)]);
        Model model = CallbackTraces.Scale();
        History history = model.Fit(new float[] { 1 }, new float[] { 0 }, callbacks: list);
        Assert.Equal(["a", "History"], list.Select(c => c is Recorder ? "a" : c.GetType().Name));
        Assert.Equal(6, calls.Count);
        Assert.Equal([1.0], history["loss"]);
        Assert.Equal(new CallbackParameters(1, 1, 1), list.Params);
    }

    [Fact]
    public void LoopsOfOnesOwnDriveThem()
    {
        Model model = CallbackTraces.Scale(new SGD(0.25));
        StringWriter writer = new();
        float[] x = [1, 1], y = [0, 0];
        EarlyStopping stopping = new("loss", minDelta: 0.5);
        CallbackList callbacks = new([stopping, new ProgbarLogger(writer, dynamic: false, () => 1)], addHistory: true, model: model, parameters: new(1, 9, 1));
        callbacks.OnTrainBegin();
        for (int epoch = 0; epoch < 9 && !model.StopTraining; epoch++)
        {
            model.ResetMetrics();
            callbacks.OnEpochBegin(epoch);
            callbacks.OnTrainBatchBegin(0);
            Dictionary<string, double> logs = new(model.TrainOnBatch(x, y, returnDict: true));
            callbacks.OnTrainBatchEnd(0, logs);
            callbacks.OnEpochEnd(epoch, logs);
        }

        callbacks.OnTrainEnd();
        Assert.Equal([1.0, 0.25, 0.0625], callbacks.OfType<History>().Single()["loss"]);
        Assert.Equal(2, stopping.StoppedEpoch);
        Assert.Equal(3, writer.ToString().Split('\n').Count(l => l.StartsWith("1/1 ━")));
    }

    private sealed class Recorder(string name, List<string> calls) : Callback
    {
        public override void OnTrainBegin(IDictionary<string, double>? logs = null) => Add(nameof(OnTrainBegin), null, logs);

        public override void OnTrainEnd(IDictionary<string, double>? logs = null) => Add(nameof(OnTrainEnd), null, logs);

        public override void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null) => Add(nameof(OnEpochBegin), epoch, logs);

        public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null) => Add(nameof(OnEpochEnd), epoch, logs);

        public override void OnTrainBatchBegin(int batch, IDictionary<string, double>? logs = null) => Add(nameof(OnTrainBatchBegin), batch, logs);

        public override void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null) => Add(nameof(OnTrainBatchEnd), batch, logs);

        public override void OnBatchBegin(int batch, IDictionary<string, double>? logs = null) => Add(nameof(OnBatchBegin), batch, logs);

        public override void OnBatchEnd(int batch, IDictionary<string, double>? logs = null) => Add(nameof(OnBatchEnd), batch, logs);

        public override void OnTestBegin(IDictionary<string, double>? logs = null) => Add(nameof(OnTestBegin), null, logs);

        public override void OnTestEnd(IDictionary<string, double>? logs = null) => Add(nameof(OnTestEnd), null, logs);

        public override void OnTestBatchBegin(int batch, IDictionary<string, double>? logs = null) => Add(nameof(OnTestBatchBegin), batch, logs);

        public override void OnTestBatchEnd(int batch, IDictionary<string, double>? logs = null) => Add(nameof(OnTestBatchEnd), batch, logs);

        public override void OnPredictBegin(IDictionary<string, double>? logs = null) => Add(nameof(OnPredictBegin), null, logs);

        public override void OnPredictEnd(IDictionary<string, double>? logs = null) => Add(nameof(OnPredictEnd), null, logs);

        public override void OnPredictBatchBegin(int batch, IDictionary<string, double>? logs = null) => Add(nameof(OnPredictBatchBegin), batch, logs);

        public override void OnPredictBatchEnd(int batch, IDictionary<string, double>? logs = null) => Add(nameof(OnPredictBatchEnd), batch, logs);

        private void Add(string method, int? number, IDictionary<string, double>? logs) =>
            calls.Add(string.Join(' ', ((string?[])[name, method, number?.ToString(), .. logs?.Keys ?? []]).Where(p => p != null)));
    }
}
