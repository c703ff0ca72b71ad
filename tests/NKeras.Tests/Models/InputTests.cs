using NKeras.Core;
using NKeras.Layers;

namespace NKeras.Tests.Models;

/// <summary>Inputs in graphs: wrapped tensors, several models of one input, types and places where an input stands.</summary>
[Collection(NamesCollection.Name)]
public sealed class InputTests
{
    [Fact]
    public void AWrappedTensorIsTheSameTensorEverywhere()
    {
        Input x = new([4]);
        KerasTensor y = new Dense(3).Apply(x), before = new Dense(2, name: "d").Apply(y);
        Input wrapped = new(tensor: y, name: "middle");

        // As in Keras, the tensor becomes an input: what was computed from it starts there now.
        Assert.Equal(["middle", "d"], new Model(wrapped, before).Layers.Select(l => l.Name));
        Assert.Equal(["middle", "d"], new Model(y, before).Layers.Select(l => l.Name));
        Assert.Contains("Graph disconnected", Assert.Throws<ArgumentException>(() => new Model(x, before)).Message);
    }

    [Fact]
    public void AnInputOfAnInputTakesItsPlace()
    {
        Input x = new([4], name: "x");
        KerasTensor before = new Dense(2, name: "d").Apply(x);
        Input again = new(tensor: x, name: "again");
        KerasTensor after = new Dense(3, name: "e").Apply(x);

        Assert.Equal(["again", "d"], new Model(x, before).Layers.Select(l => l.Name));
        Assert.Equal(["again", "d"], new Model(again, before).Layers.Select(l => l.Name));
        Assert.Equal(["again", "e"], new Model(again, after).Layers.Select(l => l.Name));
        Assert.Equal("again", ((Layer)x).Name);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => new Model([x, again], after)).Message);
    }

    [Fact]
    public void AWrappedTensorKeepsItsMask()
    {
        Input x = new([4]);
        KerasTensor embedded = new Embedding(5, 2, maskZero: true).Apply(x);
        Tensor? mask = KerasMask.Of(embedded);
        Assert.NotNull(mask);
        Assert.Same(mask, KerasMask.Of(new Input(tensor: embedded)));
    }

    [Fact]
    public void OneInputServesSeveralModels()
    {
        Input x = new([3]);
        Dense shared = new(2);
        KerasTensor y = shared.Apply(x);
        Model first = new(x, y), second = new(x, new Dense(1).Apply(y));
        Assert.Same(first.Layers[0], second.Layers[0]);
        Assert.Equal([2, 2], first.Predict(Ops.Zeros([2, 3]), verbose: 0).Shape);
        Assert.Equal([2, 1], second.Predict(Ops.Zeros([2, 3]), verbose: 0).Shape);
    }

    [Fact]
    public void TheDefaultTypeIsTheGlobalOne()
    {
        Config.SetFloatx("float64");
        try
        {
            Assert.Equal(DType.Float64, new Input([2]).DType);
            Assert.Equal(DType.Float64, new InputLayer([2]).DType);
        }
        finally
        {
            Config.SetFloatx("float32");
        }
    }

    [Fact]
    public void ScalarsGoThroughAModel()
    {
        Input x = new(shape: []);
        Model model = new(x, x * 2.0);
        Assert.Equal([2f, 4f], model.Predict(new float[] { 1, 2 }, verbose: 0).ToArray<float>());
    }

    [Fact]
    public void AnInputLayerCanStandInFrontOfAChain()
    {
        Sequential model = new([new InputLayer([4]), new Dense(2)]);
        Assert.Equal([null, 4], model.InputShape);
        Assert.Single(model.Layers);
    }

    [Fact]
    public void AnInputLayerIsNotApplied()
    {
        InputLayer layer = new([4], name: "entrance");
        Assert.Contains("'entrance'", Assert.Throws<InvalidOperationException>(() => layer.Apply(new Input([4]))).Message);
        Assert.Contains("'entrance'", Assert.Throws<InvalidOperationException>(() => layer.Apply(Ops.Zeros([1, 4]))).Message);
    }
}
