using System.Text;
using System.Text.Json;
using NKeras.Callbacks;
using NKeras.Terminals;

namespace NKeras.Tests.Callbacks;

/// <summary>The progress bar: its text is Keras's, and it keeps within the terminal.</summary>
public sealed class ProgbarTests
{
    private const string Bar = "━━━━━━━━━━━━━━━━━━━━";

    public static TheoryData<int> Bars => CallbackTraces.Cases("bar");

    public static TheoryData<int> Loggers => CallbackTraces.Cases("logger");

    [Theory]
    [MemberData(nameof(Bars))]
    public void TextIsKeras(int index)
    {
        JsonElement record = CallbackTraces.Of("bar")[index];
        StringWriter writer = new();
        double now = 1000;
        Progbar bar = new(
            Line(writer),
            () => now,
            record.GetProperty("target") is { ValueKind: JsonValueKind.Number } target ? target.GetInt32() : null,
            record.Argument("width", 20),
            record.Argument("verbose", 1),
            record.Argument("interval", 0.05),
            record.Argument<string[]?>("stateful_metrics", null),
            record.Argument<string[]?>("stateless_metrics", null),
            record.Argument("unit_name", "step"));
        foreach (JsonElement step in record.GetProperty("steps").EnumerateArray())
        {
            now = step.GetProperty("t").GetDouble();
            (string, double)[] values = [.. step.GetProperty("values").EnumerateArray().Select(v => (v[0].GetString()!, CallbackTraces.Number(v[1])))];
            int n = step.GetProperty("n").GetInt32();
            bool? last = step.GetProperty("finalize") is { ValueKind: not JsonValueKind.Null } finalize ? finalize.GetBoolean() : null;
            if (step.GetProperty("add").GetBoolean()) bar.Add(n, values);
            else bar.Update(n, values, last);
        }

        Assert.Equal(record.GetProperty("text").GetString(), writer.ToString());
    }

    [Theory]
    [MemberData(nameof(Loggers))]
    public void LoggerPrintsWhatKerasPrints(int index)
    {
        JsonElement record = CallbackTraces.Of("logger")[index];
        StringWriter writer = new();
        double now = 1000;
        int? steps = record.GetProperty("steps") is { ValueKind: JsonValueKind.Number } given ? given.GetInt32() : null;
        CallbackList callbacks = new(
            [new ProgbarLogger(writer, dynamic: true, () => now)],
            parameters: new(record.GetProperty("verbose").GetInt32(), record.GetProperty("epochs").GetInt32(), steps));
        foreach (JsonElement call in record.GetProperty("events").EnumerateArray())
        {
            now = call.GetProperty("t").GetDouble();
            Call(callbacks, call);
        }

        Assert.Equal(record.GetProperty("text").GetString(), writer.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(60)]
    public void RunningLineStaysWithinTheTerminal(int columns)
    {
        StringWriter writer = new();
        double now = 0;
        Progbar bar = new(Line(writer, columns), () => now, target: 100, interval: 0);
        (string, double)[] values = [("loss", 0.25), ("Verlust über 层", 1.5), ("accuracy", 0.75), ("val_accuracy", 0.5)];
        for (int step = 1; step < 100; step += 7)
        {
            now += 1;
            bar.Update(step, values);
        }

        Screen screen = new(columns);
        screen.Write(writer.ToString());
        Assert.Equal(1, screen.Rows);
        Assert.DoesNotContain('\n', writer.ToString());

        // What is finished is shown whole.
        bar.Update(100, values);
        Assert.EndsWith(" - loss: 0.2500 - Verlust über 层: 1.5000 - accuracy: 0.7500 - val_accuracy: 0.5000\n", writer.ToString());
    }

    [Fact]
    public void BarShrinksBeforeScoresAreCut()
    {
        StringWriter writer = new();
        double now = 1;
        Progbar bar = new(Line(writer, 41, TerminalColors.None), () => now, target: 10, interval: 0);
        now = 2;
        bar.Update(5, [("loss", 0.25)]);
        // 40 cells, of which the texts take 35, which leaves 5 for the bar.
        Assert.Equal("\r 5/10 ━━─── 1s 200ms/step - loss: 0.2500", writer.ToString());

        writer.GetStringBuilder().Clear();
        bar.Update(6, [("loss", 0.25), ("accuracy", 0.5)]);
        Assert.EndsWith("\r 6/10 ━━━── 0s 167ms/step - loss: 0.250…", writer.ToString());
    }

    [Fact]
    public void WithoutColoursTheBarStillShowsProgress()
    {
        StringWriter writer = new();
        Progbar bar = new(Line(writer, colors: TerminalColors.Monochrome), () => 1, target: 4);
        bar.Update(1);
        Assert.Equal($"\r\e[1m1/4\e[0m {Bar[..5]}{new string('─', 15)} \e[1m0s\e[0m 0s/step", writer.ToString());
    }

    [Fact]
    public void OldCodePagesGetEqualSigns()
    {
        Latin1Writer writer = new();
        Progbar bar = new(Line(writer, 40, TerminalColors.None), () => 1, target: 4, interval: 0);
        bar.Update(1);
        Assert.Equal("\r1/4 =====............... 0s 0s/step", writer.ToString());
        bar.Update(2, [("accuracy_of_a_long_name", 1)]);
        Assert.EndsWith("\r2/4 ==... 0s 0s/step - accuracy_of_a_l.", writer.ToString());
    }

    [Fact]
    public void RedirectedOutputGetsFinishedLinesOnly()
    {
        StringWriter writer = new();
        double now = 0;
        Progbar bar = new(new TerminalLine(writer, dynamic: false, TerminalColors.None, () => 10), () => now, target: 2);
        bar.Update(1, [("loss", 1)]);
        now = 1;
        bar.Update(2, [("loss", 3)]);
        Assert.Equal($"2/2 {Bar} 1s 1s/step - loss: 3.0000\n", writer.ToString());
    }

    [Fact]
    public void ForcedColoursAreInFinishedLinesToo()
    {
        StringWriter writer = new();
        new Progbar(new TerminalLine(writer, dynamic: false, TerminalColors.Sixteen, () => 80), () => 1, target: 1).Update(1);
        Assert.Equal($"\e[1m1/1\e[0m \e[32m{Bar}\e[0m\e[37m\e[0m \e[1m0s\e[0m 0s/step\n", writer.ToString());
    }

    [Theory]
    [InlineData("dumb", false)]
    [InlineData("Unknown", false)]
    [InlineData("xterm", true)]
    [InlineData(null, true)]
    public void DumbTerminalsCannotReturn(string? term, bool expected) => Assert.Equal(expected, Terminal.CanReturn(_ => term));

    [Fact]
    public void BothKindsOfScoresAreRefused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new Progbar(1, statefulMetrics: [], statelessMetrics: []));
        Assert.Contains("Only one of", e.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Progbar(-1));
    }

    [Fact]
    public void StepsThatAreNotShownAllocateNothing()
    {
        double now = 0;
        CallbackList callbacks = new([new ProgbarLogger(TextWriter.Null, dynamic: true, () => now)], parameters: new(1, 2, 100000));
        callbacks.OnTrainBegin();
        callbacks.OnEpochBegin(0);
        Func<Dictionary<string, double>?> readLogs = () => new() { ["loss"] = 1 };
        for (int i = 0; i < 100; i++) Batch(i);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 100; i < 10100; i++) Batch(i);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2000);

        void Batch(int i)
        {
            callbacks.BatchBegin(i, static (c, b) => c.OnTrainBatchBegin(b));
            callbacks.BatchEnd(i, readLogs, static (c, b, l) => c.OnTrainBatchEnd(b, l));
        }
    }

    [Fact]
    public void AbandonedLineIsLeft()
    {
        StringWriter writer = new();
        CallbackList callbacks = new([new ProgbarLogger(writer, dynamic: true, () => 1)], parameters: new(1, 1, 10));
        callbacks.OnTrainBegin();
        callbacks.OnEpochBegin(0);
        callbacks.OnTrainBatchEnd(0, new Dictionary<string, double> { ["loss"] = 1 });
        callbacks.OnAbandoned();
        Assert.EndsWith("loss: 1.0000\n", writer.ToString());
        callbacks.OnAbandoned();
        Assert.Equal(1, writer.ToString().Count(c => c == '\n'));
    }

    internal static TerminalLine Line(TextWriter writer, int columns = int.MaxValue, TerminalColors colors = TerminalColors.Sixteen) =>
        new(writer, dynamic: true, colors, () => columns);

    private static void Call(CallbackList callbacks, JsonElement call)
    {
        int n = call.GetProperty("n") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : 0;
        Dictionary<string, double> logs = new(CallbackTraces.Logs(call.GetProperty("logs")).OrderBy(l => l.Key, StringComparer.Ordinal));
        Action action = call.GetProperty("call").GetString() switch
        {
            "on_train_begin" => () => callbacks.OnTrainBegin(logs),
            "on_train_end" => () => callbacks.OnTrainEnd(logs),
            "on_epoch_begin" => () => callbacks.OnEpochBegin(n, logs),
            "on_epoch_end" => () => callbacks.OnEpochEnd(n, logs),
            "on_train_batch_begin" => () => callbacks.OnTrainBatchBegin(n, logs),
            // As loops call it: with scores only if they are of use.
            "on_train_batch_end" => () => callbacks.BatchEnd(n, () => logs, static (c, b, l) => c.OnTrainBatchEnd(b, l)),
            "on_test_begin" => () => callbacks.OnTestBegin(logs),
            "on_test_end" => () => callbacks.OnTestEnd(logs),
            "on_test_batch_begin" => () => callbacks.OnTestBatchBegin(n, logs),
            "on_test_batch_end" => () => callbacks.BatchEnd(n, () => logs, static (c, b, l) => c.OnTestBatchEnd(b, l)),
            "on_predict_begin" => () => callbacks.OnPredictBegin(logs),
            "on_predict_end" => () => callbacks.OnPredictEnd(logs),
            "on_predict_batch_begin" => () => callbacks.OnPredictBatchBegin(n, logs),
            string name => () => Assert.Equal("on_predict_batch_end", Predicted(name)),
            _ => throw new InvalidOperationException(),
        };
        action();

        string Predicted(string name)
        {
            callbacks.BatchEnd(n, () => null, static (c, b, l) => c.OnPredictBatchEnd(b, l));
            return name;
        }
    }

    private sealed class Latin1Writer : StringWriter
    {
        public override Encoding Encoding => Encoding.Latin1;
    }

    /// <summary>A terminal that counts the rows it takes.</summary>
    private sealed class Screen(int columns)
    {
        public int Rows { get; private set; } = 1;

        public void Write(string text)
        {
            int column = 0;
            string shown = System.Text.RegularExpressions.Regex.Replace(text, "\e\\[[0-9;]*m", "");
            foreach (Rune rune in shown.EnumerateRunes())
            {
                if (rune.Value == '\r') column = 0;
                else if (rune.Value == '\b') column = Math.Max(0, column - 1);
                else column += TextWidth.Of(rune);
                // In the last column the next character, and on some terminals the cursor, goes to the next line.
                if (column >= Math.Max(2, columns)) (Rows, column) = (Rows + 1, 0);
            }
        }
    }
}
