using NKeras.Layers;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Models;

/// <summary>Summaries are, letter by letter, what Keras 3.16 prints.</summary>
[Collection(NamesCollection.Name)]
public sealed class SummaryTests
{
    private const int LineLength = 96;

    public SummaryTests() => Utils.ClearSession();

    [Fact]
    public void MasksAreStepsOfTheModel()
    {
        Input a = new([5, 3]), b = new([5, 3]);
        Masking masking = new();
        KerasTensor joined = new Concatenate().Apply(masking.Apply(a), b);
        KerasTensor pooled = new GlobalAveragePooling1D().Apply(new Add().Apply(joined, joined));
        KerasTensor greatest = new Maximum().Apply(masking.Apply(a), masking.Apply(b));
        KerasTensor product = new Dot(1).Apply(new BatchNormalization().Apply(greatest), b);
        // The recorder added a line feed.
        Assert.Equal(RecordedData.Text("masks.summary.txt"), Text(new Model([a, b], [pooled, product]), LineLength) + "\n");
    }

    [Fact]
    public void UnbuiltLayersHaveNoShapeAndNoParameters()
    {
        string text = Text(new Sequential([new Dense(4), new Dropout(0.5), new Dense(2)]), 88);
        Assert.Matches(@"│ dense \(Dense\) +│ \? +│ +0 \(unbuilt\) │", text);
        Assert.Matches(@"│ dropout \(Dropout\) +│ \? +│ +0 │", text);
        Assert.Contains(" Total params: 0 (0.00 B)\n", text);
    }

    [Fact]
    public void RangeListsTheLayersBetweenTwoNames()
    {
        Sequential model = new([new Input([4]), new Dense(3, name: "first"), new Dense(3, name: "second"), new Dense(3, name: "third"), new Dense(3, name: "last")]);
        string text = "";
        model.Summary(layerRange: ["sec", "third"], printFn: t => text = t);
        Assert.DoesNotContain("first", text);
        Assert.Contains("second", text);
        Assert.Contains("third", text);
        Assert.DoesNotContain("last", text);
        Assert.Contains("second", Assert.Throws<ArgumentException>(() => model.Summary(layerRange: ["secont", "third"], printFn: _ => { })).Message);
        Assert.Throws<ArgumentException>(() => model.Summary(layerRange: ["second"], printFn: _ => { }));
    }

    [Fact]
    public void WidthAndPositionsAreChecked()
    {
        Sequential model = new([new Input([4]), new Dense(3)]);
        Assert.Contains("lineLength", Assert.Throws<ArgumentException>(() => model.Summary(lineLength: 10, printFn: _ => { })).Message);
        Assert.Throws<ArgumentException>(() => model.Summary(positions: [0.5, 1.0], printFn: _ => { }));
        Assert.All(Text(model, 50).Split('\n').Where(l => l.StartsWith('│')), l => Assert.Equal(50, l.Length));
    }

    [Fact]
    public void FunctionsAreListedWithoutWeights()
    {
        Input x = new([4]);
        string text = Text(new Model(x, Ops.Relu(x) is KerasTensor y ? y * 2.0 : throw new InvalidOperationException()), 70);
        Assert.Contains("│ relu (Relu) ", text);
        Assert.Contains("│ multiply (Multiply) ", text);
    }

    [Fact]
    public void SharedModelIsListedOnceWithAllItsConnections()
    {
        Sequential tower = new([new Input([10]), new Dense(16), new Dense(8)], name: "tower");
        Input left = new([10], name: "left"), right = new([10], name: "right");
        string text = Text(new Model([left, right], new Add().Apply(tower.Apply(left), tower.Apply(right))), LineLength, nested: true);
        Assert.Contains("│ tower (Sequential)     │ (None, 8)            │          312 │ left[0][0],         │    Y    │\n", text);
        Assert.Contains("│                        │                      │              │ right[0][0]         │         │\n", text);
        Assert.Contains("│    └ dense (Dense)     │ (None, 16)           │          176 │ -                   │    Y    │\n", text);
        Assert.Contains("│ add (Add)              │ (None, 8)            │            0 │ tower[0][0],        │    -    │\n", text);
        Assert.Contains(" Total params: 312 (1.22 KB)\n", text);
    }

    [Fact]
    public void OptimizerIsCountedOnceItHasState()
    {
        Sequential model = new([new Input([4]), new Dense(3)]);
        model.Compile("adam", "mse");
        Assert.DoesNotContain("Optimizer", Text(model, 80));
        model.Optimizer.Build(model.TrainableVariables);
        Assert.Contains(" Total params: 47 (188.00 B)\n Trainable params: 15 (60.00 B)\n Non-trainable params: 0 (0.00 B)\n Optimizer params: 32 (128.00 B)\n", Text(model, 80));
    }

    private static string Text(Model model, int lineLength, bool nested = false)
    {
        string text = "";
        model.Summary(lineLength, printFn: t => text = t, expandNested: nested, showTrainable: nested);
        return text;
    }
}
