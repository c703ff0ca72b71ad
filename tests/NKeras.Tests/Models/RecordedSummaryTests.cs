using System.Text.Json;
using System.Text.RegularExpressions;
using NKeras.Layers;
using NKeras.Models;
using NKeras.Terminals;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Models;

/// <summary>Summaries on a terminal of 100 characters, plain and with escape sequences, letter by letter as Keras and rich write them.</summary>
[Collection(NamesCollection.Name)]
public sealed partial class RecordedSummaryTests : IDisposable
{
    private readonly string? _columns = Environment.GetEnvironmentVariable("COLUMNS");

    public RecordedSummaryTests()
    {
        Utils.ClearSession();
        Environment.SetEnvironmentVariable("COLUMNS", "100");
    }

    public void Dispose() => Environment.SetEnvironmentVariable("COLUMNS", _columns);

    [Fact]
    public void SubclassedUnbuilt() => Check("subclassed unbuilt", new Fields(), expanded: true);

    [Fact]
    public void SubclassedApplied()
    {
        Fields model = new();
        model.ApplyLayers(Ops.Zeros([5, 3]));
        Check("subclassed applied", model, expanded: true);
    }

    [Fact]
    public void SequentialUnbuilt() =>
        Check("sequential unbuilt", new Sequential([new Dense(3), Inner(new Dense(2)), new Dropout(0.1)]), expanded: true);

    [Fact]
    public void SequentialEmptyWithLongName() => Check("sequential empty", new Sequential(name: new string('a', 120)));

    [Fact]
    public void SeveralOutputs()
    {
        Model model = TwoOutputs();
        Check("several outputs", model, trainable: true);
        Check("narrow", model, trainable: true, lineLength: 45);
        Check("positions", model, lineLength: 80, positions: [0.25, 0.5, 0.65, 1]);
        Check("absolute positions", model, positions: [33, 55, 67, 98]);
    }

    [Fact]
    public void LayerWithTwoResults()
    {
        Input x = new([4]);
        Check("dictionary", new Model(x, new Dense(2).Apply(new Two().ApplyAll(x)[1])));
    }

    [Fact]
    public void Functions()
    {
        Input x = new([4]);
        Check("functions", new Model(x, Ops.Relu(x) * 2.0), range: ["relu", "mul"]);
    }

    [Fact]
    public void RangeBackwards()
    {
        Input x = new([4], name: "x");
        KerasTensor hidden = new Dense(2, name: "second").Apply(new Dense(2, name: "first").Apply(x));
        Check("range backwards", new Model(x, new Dense(2, name: "last").Apply(hidden)), range: ["l", "[fs]e?c?"]);
    }

    [Fact]
    public void NestedTwice()
    {
        Input x = new([6]);
        Sequential chain = new([new Input([6]), new Dense(6), new Dense(6)], name: "chain");
        Model middle = new(x, new Concatenate().Apply(chain.Apply(x), x), name: "middle");
        Input left = new([6], name: "left"), right = new([6], name: "right");
        Check("nested twice", new Model([left, right], new Add().Apply(middle.Apply(left), middle.Apply(right)), name: "outer"), expanded: true);
    }

    [Fact]
    public void NamesThatAreWideOrLookLikeMarkup()
    {
        Input x = new([3], name: "入力");
        KerasTensor y = new Dense(2, name: "[1] 全結合層の名前はとても長い").Apply(x);
        Check("names", new Model(x, new Add(name: "足し算[0]").Apply(y, y), name: "[bold]模型"), lineLength: 70);
    }

    [Fact]
    public void SizeHalfwayBetweenTwoDigits() => Check("half", new Sequential([new Input([1]), new Dense(288, useBias: false)]));

    [Fact]
    public void OneLineWithItsEscapeSequences()
    {
        StyledText text = new ModelSummary(TwoOutputs(), false, true).Text(null, null, null);
        Assert.Contains(
            "│ dense (\e[38;5;33mDense\e[0m)          │ (\e[38;5;45mNone\e[0m, \e[38;5;34m3\e[0m)            │           \e[38;5;34m15\e[0m │ "
            + "input_layer[\e[38;5;34m0\e[0m][\e[38;5;34m0\e[0m]   │    \e[1;91mN\e[0m    │\n",
            text.ToString(TerminalColors.Many));
    }

    [Fact]
    public void NamesCannotControlTheTerminal()
    {
        string text = "";
        new Sequential([new Dense(2, name: "a\e[31mb\r")], name: "\e]0;title\a").Summary(printFn: t => text = t);
        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
    }

    private static Sequential Inner(Layer layer) => new([layer]);

    private static Model TwoOutputs()
    {
        Input x = new([4]);
        Dense dense = new(3);
        KerasTensor y = dense.Apply(x), sum = new Add(name: "sum").Apply(y, y);
        Model model = new(x, [sum, new Dense(2).Apply(sum)], name: "mo");
        dense.Trainable = false;
        model.Compile("adam", "mse");
        model.Optimizer.Build(model.TrainableVariables);
        return model;
    }

    private static void Check(
        string name, Model model, bool expanded = false, bool? trainable = null, int? lineLength = null, double[]? positions = null, string[]? range = null)
    {
        JsonElement record = RecordedData.Records("summaries.jsonl.gz").Single(r => r.GetProperty("name").GetString() == name);
        List<string> printed = [];
        model.Summary(lineLength, positions, printed.Add, expanded, trainable ?? expanded, range);
        string plain = Assert.Single(printed);
        Assert.Equal(record.GetProperty("plain").GetString(), plain);

        StyledText text = new ModelSummary(model, expanded, trainable ?? expanded).Text(lineLength, positions, range);
        foreach ((string key, TerminalColors colors) in new[] { ("many", TerminalColors.Many), ("sixteen", TerminalColors.Sixteen), ("monochrome", TerminalColors.Monochrome) })
        {
            string styled = text.ToString(colors);
            Assert.Equal(record.GetProperty(key).GetString(), styled);
            Assert.Equal(plain, EscapeSequence().Replace(styled, ""));
        }
    }

    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex EscapeSequence();

    private sealed class Two : Layer
    {
        public override Tensors Call(Tensors inputs, bool training) => [inputs[0], inputs[0] * 2.0];
    }

    /// <summary>A model whose layers are only known from its fields.</summary>
    private sealed class Fields : Model
    {
        private readonly Layer[] _layers;

        public Fields()
        {
            Layer[] first = [new Dense(4), new Dropout(0.5), new Flatten(), new Add(), new Two(), new Sequential([new Input([2]), new Dense(2)]), new BatchNormalization()];
            Input x = new([2]);
            _layers = [.. first, new Model(x, new Dense(7).Apply(x)), new Dense(9)];
        }

        public void ApplyLayers(Tensor x)
        {
            x = _layers[2].Apply(_layers[1].Apply(_layers[0].Apply(x)));
            x = _layers[3].Apply(x, x);
            _layers[6].Apply(_layers[4].ApplyAll(x)[1]);
        }
    }
}
