using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Training;

/// <summary>What the arguments of Fit and its kin do.</summary>
[Collection(NamesCollection.Name)]
public sealed class FitOptionsTests
{
    [Fact]
    public void ValidationSplitTakesTheLastSamplesAndValidationDataReplacesIt()
    {
        (Tensor x, Tensor y) = FitTests.Line(10);
        Model split = Linear(), given = Linear();
        given.SetWeights(split.GetWeights());
        History a = split.Fit(x, y, batchSize: 4, epochs: 2, shuffle: false, validationSplit: 0.3, verbose: 0);
        Tensor first = Ops.Take(x, Rows(0, 7), axis: 0), last = Ops.Take(x, Rows(7, 3), axis: 0);
        History b = given.Fit(first, Ops.Take(y, Rows(0, 7), axis: 0), batchSize: 4, epochs: 2, shuffle: false, validationSplit: 0.9, verbose: 0,
            validationData: (last, Ops.Take(y, Rows(7, 3), axis: 0)));
        Assert.Equal(["loss", "val_loss"], a.Logs.Keys);
        Assert.Equal(a["loss"], b["loss"]);
        Assert.Equal(a["val_loss"], b["val_loss"]);
    }

    [Fact]
    public void ValidationRunsEverySoManyEpochs()
    {
        (Tensor x, Tensor y) = FitTests.Line(10);
        History history = Linear().Fit(x, y, epochs: 5, validationSplit: 0.3, validationFreq: 2, verbose: 0);
        Assert.Equal(5, history["loss"].Count);
        Assert.Equal(2, history["val_loss"].Count);
    }

    [Fact]
    public void SampleWeightsScaleTheLossAndWeightedMetricsOnly()
    {
        float[] x = [1, 2, 3, 4], y = [0, 0, 0, 0], weights = [1, 0, 0, 3];
        Model model = Scale();
        model.Compile(new SGD(0.0), "mse", metrics: ["mae"], weightedMetrics: ["mae", "mse"]);
        Scores scores = model.Evaluate(x, y, sampleWeight: weights, verbose: 0);
        Assert.Equal((1 + (3 * 16)) / 4.0, scores["loss"], 1e-5);
        Assert.Equal(2.5, scores["mae"], 1e-5);
        Assert.Equal((1 + (3 * 4)) / 4.0, scores["weighted_mae"], 1e-5);
        Assert.Equal((1 + (3 * 16)) / 4.0, scores["mse"], 1e-5);

        // Fit with class weights is Fit with the weights of each sample's class.
        Assert.Equal(
            model.Fit(x, new int[] { 0, 1, 1, 2 }, classWeight: new Dictionary<int, double> { [0] = 2, [2] = 0.5 }, verbose: 0)["loss"],
            model.Fit(x, new int[] { 0, 1, 1, 2 }, sampleWeight: new float[] { 2, 1, 1, 0.5f }, verbose: 0)["loss"]);
    }

    [Fact]
    public void StepsPerEpochGoesOnWhereTheLastEpochStopped()
    {
        float[] x = [1, 1, 2, 2, 3, 3], y = [0, 0, 0, 0, 0, 0];
        Model model = Scale();
        model.Compile(new SGD(0.0), "mse");
        History history = model.Fit(x, y, batchSize: 2, epochs: 3, stepsPerEpoch: 1, shuffle: false, verbose: 0);
        Assert.Equal([1.0, 4.0, 9.0], history["loss"].Select(l => Math.Round(l, 4)));
    }

    [Fact]
    public void CallbacksAreCalledInOrderAndCanStop()
    {
        Recorder recorder = new() { StopAtEpoch = 1 };
        (Tensor x, Tensor y) = FitTests.Line(4);
        History history = Linear().Fit(x, y, batchSize: 2, epochs: 9, initialEpoch: 0, validationSplit: 0.5, callbacks: [recorder], verbose: 0);
        string[] epoch = ["batch 0 begin", "batch 0 end loss", "test begin", "test batch 0 end", "test end"];
        Assert.Equal(["train begin", "epoch 0 begin", .. epoch, "epoch 0 end loss val_loss", "epoch 1 begin", .. epoch, "epoch 1 end loss val_loss", "train end"], recorder.Calls);
        Assert.Equal([0, 1], history.Epoch);
        Assert.Equal(9, recorder.Params.Epochs);
        Assert.Equal(1, recorder.Params.Steps);
        Assert.Equal([3, 4], Linear().Fit(x, y, epochs: 5, initialEpoch: 3, verbose: 0).Epoch);
    }

    [Fact]
    public void LearningRateCanBeSetWhileTraining()
    {
        (Tensor x, Tensor y) = FitTests.Line(8);
        Model model = Linear();
        model.Fit(x, y, epochs: 1, verbose: 0);
        model.Optimizer.LearningRate = 0;
        float[] before = model.GetWeights()[0].ToArray<float>();
        model.Fit(x, y, epochs: 2, verbose: 0);
        Assert.Equal(before, model.GetWeights()[0].ToArray<float>());
        Assert.Equal(3, model.Optimizer.Iterations.Item<int>());
        model.Optimizer.LearningRate = 0.25;
        Assert.Equal(0.25, model.Optimizer.LearningRate.Value);
        model.Fit(x, y, verbose: 0);
        Assert.NotEqual(before, model.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void GradientsOfSingleElementsAreClippedTogether()
    {
        Sequential model = new([new Input([1]), new Dense(1)]);
        model.Compile(new SGD(1, globalClipnorm: 0.1), "mse");
        double[] before = Values();
        model.Fit(new float[,] { { 10 } }, new float[,] { { 1000 } }, verbose: 0);
        Assert.Equal(0.1, Math.Sqrt(Values().Zip(before, (v, w) => (v - w) * (v - w)).Sum()), 1e-5);

        double[] Values() => [.. model.GetWeights().Select(w => (double)w.ToArray<float>()[0])];
    }

    [Fact]
    public void FrozenLayersStayAsTheyAre()
    {
        (Tensor x, Tensor y) = FitTests.Line(8);
        Sequential model = new([new Input([2]), new Dense(4), new Dense(1)]);
        model.Compile(new SGD(0.1), "mse");
        model.Fit(x, y, verbose: 0);
        model.Layers[0].Trainable = false;
        Tensor[] before = model.GetWeights();
        model.Fit(x, y, verbose: 0);
        Tensor[] after = model.GetWeights();
        Assert.Equal(before[0].ToArray<float>(), after[0].ToArray<float>());
        Assert.NotEqual(before[2].ToArray<float>(), after[2].ToArray<float>());
    }

    [Fact]
    public void SequentialWithoutInputIsBuiltByItsData()
    {
        (Tensor x, Tensor y) = FitTests.Line(8);
        Sequential model = new([new Dense(3, activation: "relu"), new Dense(1)]);
        model.Compile("sgd", "mse");
        model.Fit(x, y, verbose: 0);
        Assert.Equal("(None, 2)", model.InputShape.ToString());
    }

    [Fact]
    public void BytesAndMissingChannelsAreAccepted()
    {
        byte[,,] images = new byte[3, 4, 4];
        images[1, 2, 2] = 255;
        Sequential model = new([new Input([4, 4, 1]), new Flatten(), new Dense(2, activation: "softmax")]);
        model.Compile("adam", "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        Assert.True(double.IsFinite(model.Fit(images, new byte[] { 0, 1, 1 }, verbose: 0)["loss"][0]));
        Assert.Equal("(3, 2)", model.Predict(images, verbose: 0).Shape.ToString());
    }

    [Fact]
    public void SingleBatchesTrainTestAndPredict()
    {
        (Tensor x, Tensor y) = FitTests.Line(8);
        Model a = Linear(), b = Linear();
        b.SetWeights(a.GetWeights());
        double loss = a.TestOnBatch(x, y);
        Assert.Equal(loss, (double)a.TrainOnBatch(x, y));
        b.Fit(x, y, batchSize: 8, shuffle: false, verbose: 0);
        Assert.Equal(b.GetWeights()[0].ToArray<float>(), a.GetWeights()[0].ToArray<float>());
        Assert.True(a.TestOnBatch(x, y) < loss);
        Assert.Equal(a.Apply(x).ToArray<float>(), a.PredictOnBatch(x).ToArray<float>());
    }

    /// <summary>A model that computes in float16 scales its loss unless asked not to; its configuration holds the optimizer it was given.</summary>
    [Fact]
    public void HalfPrecisionScalesTheLoss()
    {
        (Tensor x, Tensor y) = FitTests.Line(8);
        DTypePolicy half = "mixed_float16";
        Model model = Made();
        model.Compile("sgd", "mse");
        Assert.Equal("SGD", Assert.IsType<LossScaleOptimizer>(model.Optimizer).InnerOptimizer.GetType().Name);
        Assert.Equal("SGD", (string?)model.GetCompileConfig()["optimizer"]!["class_name"]);
        History history = model.Fit(x, y, epochs: 3, verbose: 0);
        Assert.True(history["loss"][2] < history["loss"][0]);
        model.Compile("sgd", "mse", autoScaleLoss: false);
        Assert.IsType<SGD>(model.Optimizer);
        LossScaleOptimizer own = new(new SGD(0.1));
        model.Compile(own, "mse");
        Assert.Same(own, model.Optimizer);

        Model Made()
        {
            DTypePolicy before = Config.DTypePolicy();
            Config.SetDTypePolicy(half);
            try
            {
                return new Sequential([new Input([2]), new Dense(1)]);
            }
            finally
            {
                Config.SetDTypePolicy(before);
            }
        }
    }

    [Fact]
    public void CrossentropyIsChosenByShape()
    {
        Model model = new Sequential([new Input([2]), new Dense(3, activation: "softmax")]);
        model.Compile("sgd", "crossentropy", metrics: ["acc"]);
        Tensor x = new float[,] { { 1, 2 }, { 2, 1 } };
        double sparse = model.Evaluate(x, new int[] { 2, 0 }, verbose: 0);
        model.Compile("sgd", "crossentropy", metrics: ["acc"]);
        Scores categorical = model.Evaluate(x, new float[,] { { 0, 0, 1 }, { 1, 0, 0 } }, verbose: 0);
        Assert.Equal(sparse, categorical, 1e-5);
        Assert.Equal(["loss", "acc"], categorical.Keys);
    }

    [Fact]
    public void PredictCompilesOncePerShape()
    {
        Model model = Linear();
        (Tensor x, _) = FitTests.Line(10);
        model.Predict(x, batchSize: 4, verbose: 0);
        model.Predict(x, batchSize: 4, verbose: 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) model.Predict(x, batchSize: 4, verbose: 0);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100 * 20_000, "Predict allocates as much as if it compiled each time.");
    }

    private static int[] Rows(int start, int count) => [.. Enumerable.Range(start, count)];

    private static Model Linear()
    {
        Sequential model = new([new Input([2]), new Dense(1)]);
        model.Compile(new SGD(0.1), "mse");
        return model;
    }

    /// <summary>The identity, as a layer with a weight.</summary>
    private static Model Scale()
    {
        Sequential model = new([new Input([1]), new Dense(1, kernelInitializer: "ones", useBias: false)]);
        return model;
    }

    private sealed class Recorder : Callback
    {
        public int StopAtEpoch { get; init; }

        public List<string> Calls { get; } = [];

        public override void OnTrainBegin(IDictionary<string, double>? logs = null) => Calls.Add("train begin");

        public override void OnTrainEnd(IDictionary<string, double>? logs = null) => Calls.Add("train end");

        public override void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null) => Calls.Add($"epoch {epoch} begin");

        public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null)
        {
            Calls.Add($"epoch {epoch} end {string.Join(' ', logs!.Keys)}");
            if (epoch == StopAtEpoch) Model.StopTraining = true;
        }

        public override void OnBatchBegin(int batch, IDictionary<string, double>? logs = null) => Calls.Add($"batch {batch} begin");

        public override void OnBatchEnd(int batch, IDictionary<string, double>? logs = null) => Calls.Add($"batch {batch} end {string.Join(' ', logs!.Keys)}");

        public override void OnTestBegin(IDictionary<string, double>? logs = null) => Calls.Add("test begin");

        public override void OnTestBatchEnd(int batch, IDictionary<string, double>? logs = null) => Calls.Add($"test batch {batch} end");

        public override void OnTestEnd(IDictionary<string, double>? logs = null) => Calls.Add("test end");
    }
}
