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
}
