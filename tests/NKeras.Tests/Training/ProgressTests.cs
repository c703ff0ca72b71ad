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
        Assert.Equal("4/4 - 0s - 23ms/step - loss: 2.0000 - val_loss: 2.0000\n", writer.ToString());
    }

    [Fact]
    public void TerminalIsDrawnOver()
    {
        StringWriter writer = new();
        double now = 0;
        Progbar bar = new(writer, dynamic: true, target: 40, verbose: 1, () => now);
        now = 1;
        bar.Step(1);
        bar.Draw(1, [], finished: false);
        Assert.Equal($"\r\e[1m 1/40\e[0m \e[37m{Bar}\e[0m \e[1m39s\e[0m 1s/step", writer.ToString());
        Assert.False(bar.IsDue);

        writer.GetStringBuilder().Clear();
        now = 1.1;
        Assert.True(bar.IsDue);
        bar.Step(21);
        bar.Draw(21, [new("loss", 0.25), new("mae", -0.00001234)], finished: false);
        int width = " 1/40 ".Length + 20 + " 39s 1s/step".Length;
        Assert.Equal(
            $"{new string('\b', width)}\r\e[1m21/40\e[0m \e[32m{Bar[..10]}\e[0m\e[37m{Bar[10..]}\e[0m \e[1m0s\e[0m 5ms/step - loss: 0.2500 - mae: -1.2340e-05",
            writer.ToString());

        writer.GetStringBuilder().Clear();
        bar.Draw(40, [new("loss", 0.5)], finished: true);
        Assert.EndsWith($"\e[32m{Bar}\e[0m\e[37m\e[0m \e[1m1s\e[0m 3ms/step - loss: 0.5000{new string(' ', " - mae: -1.2340e-05".Length)}\n", writer.ToString());
    }

    [Theory]
    [InlineData(7265, "2:01:05")]
    [InlineData(125, "2:05")]
    [InlineData(59, "59s")]
    public void RemainingTimeIsReadable(double seconds, string expected)
    {
        StringWriter writer = new();
        double now = 0;
        Progbar bar = new(writer, dynamic: true, target: 2, verbose: 1, () => now);
        now = seconds;
        bar.Draw(1, [], finished: false);
        Assert.Contains($" \e[1m{expected}\e[0m", writer.ToString());
    }

    [Theory]
    [InlineData(0.5, "0.5000")]
    [InlineData(1234.56789, "1234.5679")]
    [InlineData(0.001, "1.0000e-03")]
    [InlineData(-0.5, "-0.5000")]
    [InlineData(0, "0.0000e+00")]
    [InlineData(1.5e-12, "1.5000e-12")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    public void NumbersLookAsInPython(double value, string expected)
    {
        StringWriter writer = new();
        new Progbar(writer, dynamic: false, target: 1, verbose: 2, () => 0).Draw(1, [new("loss", value)], finished: true);
        Assert.EndsWith($" - loss: {expected}\n", writer.ToString());
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
