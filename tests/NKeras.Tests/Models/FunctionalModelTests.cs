using NKeras.Layers;

namespace NKeras.Tests.Models;

/// <summary>Models built from symbolic tensors.</summary>
public sealed class FunctionalModelTests
{
    [Fact]
    public void ModelComputesWhatItsLayersCompute()
    {
        Input x = new(shape: [4]);
        Dense first = new(3), second = new(2);
        Model model = new(inputs: x, outputs: second.Apply(first.Apply(x) * 2.0));

        Tensor data = Tensor.From([1f, 2, 3, 4, 5, 6, 7, 8], [2, 4]);
        Tensor expected = second.Apply(first.Apply(data) * 2.0);
        Assert.Equal(expected.ToArray<float>(), model.Apply(data).ToArray<float>());
        Assert.Equal("(None, 2)", model.OutputShape.ToString());
    }

    [Fact]
    public void LayerCalledOnTheWrongRankNamesItselfAndBothRanks()
    {
        Dense layer = new(3, name: "head");
        ArgumentException error = Assert.Throws<ArgumentException>(() => layer.Apply(new Input(shape: [])));
        Assert.Contains("'head'", error.Message);
        Assert.Contains("rank 2", error.Message);
        Assert.Contains("(None,)", error.Message);
    }

    [Fact]
    public void SequentialIsConnectedWhenItBeginsWithAnInput()
    {
        Sequential model = new([new Input([5]), new Dense(4), new Dense(3)]);
        Assert.Equal((5 * 4) + 4 + (4 * 3) + 3, model.CountParams());
        Assert.Equal(2, model.Layers.Count);
    }

    [Fact]
    public void EndsThatMakeNoModelAreRefused()
    {
        Input x = new([2], name: "x");
        KerasTensor free = new([null, 2], name: "free");
        Assert.Contains("'x' twice", Assert.Throws<ArgumentException>(() => new Model([x, x], new Dense(1).Apply(x))).Message);
        Assert.Contains("at least one output", Assert.Throws<ArgumentException>(() => new Model(x, [])).Message);
        Assert.Contains("at least one input", Assert.Throws<ArgumentException>(() => new Model([], x)).Message);
        Assert.Contains("'free'", Assert.Throws<ArgumentException>(() => new Model(free, new Dense(1).Apply(free))).Message);
        Assert.Contains("received data", Assert.Throws<ArgumentException>(() => new Model(x, [(Tensor)1f])).Message);
        Assert.Contains("is not an Input", Assert.Throws<ArgumentException>(() => new Sequential([free, new Dense(1)])).Message);
        Assert.Contains("'x'", Assert.Throws<InvalidOperationException>(() => x.ToArray<float>()).Message);
    }

    [Fact]
    public void ALayerThatDoesNotFitIsNotAdded()
    {
        Sequential model = new([new Input([4]), new Dense(3)]);
        Assert.Throws<ArgumentException>(() => model.Add(new Conv2D(2, [3, 3], name: "next")));
        Assert.Single(model.Layers);
        model.Add(new Dense(2, name: "next"));
        Assert.Equal([null, 2], model.OutputShape);
    }
}
