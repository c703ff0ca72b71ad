using NKeras;
using NKeras.Layers;
using NKeras.Tests;

namespace DocumentationExamples;

/// <summary>The examples of <c>summary</c>, <c>plot_model</c> and <c>model_to_dot</c>.</summary>
[Collection(NamesCollection.Name)]
public sealed class SummaryExampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nkeras").FullName;

    public SummaryExampleTests() => Utils.ClearSession();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void SummariesGoWhereTheyAreSent()
    {
        var model = new Sequential([new Input(shape: [4]), new Dense(2, activation: "relu")]);

        #region print function
        var text = "";
        model.Summary(lineLength: 88, printFn: t => text += t);
        #endregion

        Assert.StartsWith("Model: \"sequential\"\n┏━", text);
        RecordedSummaries.Check("sequential with input", model);
    }

    [Fact]
    public void SummariesOfAPart()
    {
        var inputs = new Input(shape: [4]);
        var x = new Dense(3, name: "first").Apply(inputs);
        x = new Dense(3, name: "second").Apply(x);
        var model = new Model(inputs, new Dense(3, name: "third").Apply(x));

        #region layer range
        model.Summary(layerRange: ["first", "second"], showTrainable: true, expandNested: true);
        #endregion

        model.Summary(layerRange: ["first", "second"], printFn: text =>
        {
            Assert.Contains("second (Dense)", text);
            Assert.DoesNotContain("third (Dense)", text);
        });
    }

    [Fact]
    public void PicturesOfModels()
    {
        var inputs = new Input(shape: [784]);
        var model = new Model(inputs, new Dense(10, name: "last").Apply(new Dense(64).Apply(inputs)));
        string file = Path.Combine(_folder, "model.svg");

        #region plot model
        Utils.PlotModel(model, toFile: file, showShapes: true, showLayerNames: true);
        string dot = Utils.ModelToDot(model, showShapes: true).ToString();
        #endregion

        Assert.Contains("(None, 64)", File.ReadAllText(file));
        Assert.StartsWith("digraph", dot);
        Assert.Contains("(None, 64)", dot);
    }
}
