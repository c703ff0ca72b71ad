using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Training;

/// <summary>What is printed while a model trains.</summary>
public sealed class ProgressTests
{
    private const string Bar = "━━━━━━━━━━━━━━━━━━━━";

    [Fact]
    public void RedirectedOutputHasOnePlainLinePerEpoch()
    {
        StringWriter writer = new();
        Fit(writer, dynamic: false, verbose: 1, epochs: 2);
        Assert.Equal($"Epoch 1/2\n4/4 {Bar} 0s 23ms/step - loss: 2.0000 - val_loss: 2.0000\nEpoch 2/2\n4/4 {Bar} 0s 23ms/step - loss: 2.0000 - val_loss: 2.0000\n", writer.ToString());
    }

    [Fact]
    public void OneEpochHasNoHeading()
    {
        StringWriter writer = new();
        Fit(writer, dynamic: false, verbose: 1, epochs: 1);
        Assert.StartsWith("4/4 ━", writer.ToString());
    }

    [Fact]
    public void LineModeHasNoBar()
    {
        StringWriter writer = new();
        Fit(writer, dynamic: false, verbose: 2, epochs: 1);
        Assert.Equal("4/4 - 0s - 20ms/step - loss: 2.0000 - val_loss: 2.0000\n", writer.ToString());
    }

    [Fact]
    public void EvaluateAndPredictPrintToo()
    {
        StringWriter writer = new();
        Model model = Model();
        Tick clock = new();
        model.Evaluate(new float[4, 1], new float[4, 1], batchSize: 2, callbacks: [clock, new ProgbarLogger(writer, dynamic: false, () => clock.Now)]);
        model.Predict(new float[4, 1], batchSize: 2, callbacks: [clock, new ProgbarLogger(writer, dynamic: false, () => clock.Now)]);
        Assert.Equal($"2/2 {Bar} 0s 10ms/step - loss: 0.0000e+00\n2/2 {Bar} 0s 10ms/step\n", writer.ToString());
    }

    private static void Fit(TextWriter writer, bool dynamic, int verbose, int epochs)
    {
        // Targets of √2 and weights that do not move: the loss is 2. As in Keras, time per step includes validation.
        float[] y = [.. Enumerable.Repeat((float)Math.Sqrt(2), 8)];
        Tick clock = new();
        Model().Fit(new float[8, 1], y, batchSize: 2, epochs: epochs, verbose: verbose, validationData: (new float[8, 1], y),
            callbacks: [clock, new ProgbarLogger(writer, dynamic, () => clock.Now)]);
    }

    private static Model Model()
    {
        Sequential model = new([new Input([1]), new Dense(1)]);
        model.Compile(new SGD(0.0), "mse");
        return model;
    }

    /// <summary>A clock that moves on by 10 ms with every batch.</summary>
    private sealed class Tick : Callback
    {
        public double Now { get; private set; }

        public override void OnTrainBatchBegin(int batch, IDictionary<string, double>? logs = null) => Now += 0.01;

        public override void OnTestBatchBegin(int batch, IDictionary<string, double>? logs = null) => Now += 0.01;

        public override void OnPredictBatchBegin(int batch, IDictionary<string, double>? logs = null) => Now += 0.01;
    }
}
