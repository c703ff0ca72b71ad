using NKeras.Layers;
using static NKeras.Tests.Layers.Recurrent.RecurrentData;

namespace NKeras.Tests.Layers.Recurrent;

/// <summary>Convolutional LSTM layers, compared with the LSTM and with their cell.</summary>
public sealed class ConvLSTMTests
{
    [Fact]
    public void WindowOfOneIsAnLstmAtEachPlace()
    {
        Tensor x = Numbers([2, 4, 3, 5, 6]);
        ConvLSTM2D layer = WithWeights(new ConvLSTM2D(2, 1, returnSequences: true), x.Shape);
        LSTM plain = new(2, returnSequences: true);
        plain.Build([null, 4, 6]);
        plain.SetWeights([.. layer.GetWeights().Zip(plain.Weights, (w, v) => Ops.Reshape(w, v.Shape))]);
        Tensor places = Ops.Reshape(Ops.Transpose(x, [0, 2, 3, 1, 4]), [30, 4, 6]);
        Tensor expected = Ops.Transpose(Ops.Reshape(plain.Apply(places), [2, 3, 5, 4, 2]), [0, 3, 1, 2, 4]);
        AssertClose(expected, layer.Apply(x));
    }

    [Fact]
    public void LayerGoesThroughItsCell()
    {
        Tensor x = Numbers([2, 3, 7, 4]);
        ConvLSTM1D layer = WithWeights(new ConvLSTM1D(2, 3, strides: 2, padding: "same", returnState: true), x.Shape);
        Tensors states = layer.GetInitialState(2);
        Tensor output = states[0];
        for (int step = 0; step < 3; step++) (output, states) = layer.Cell.Apply(At(x, step), states);
        Tensors result = layer.ApplyAll(x);
        AssertClose(output, result[0]);
        AssertClose(states[1], result[2]);
        Assert.Equal([2, 4, 2], output.Shape);
    }

    [Fact]
    public void ChannelsFirstIsTheSameTransposed()
    {
        Tensor x = Numbers([2, 3, 5, 4, 2]);
        ConvLSTM2D last = WithWeights(new ConvLSTM2D(3, (3, 2), activation: "relu", returnSequences: true), x.Shape);
        ConvLSTM2D first = WithWeights(new ConvLSTM2D(3, (3, 2), activation: "relu", dataFormat: "channels_first", returnSequences: true), [2, 3, 2, 5, 4]);
        first.SetWeights(last.GetWeights());
        AssertClose(Ops.Transpose(last.Apply(x), [0, 1, 4, 2, 3]), first.Apply(Ops.Transpose(x, [0, 1, 4, 2, 3])));
    }

    [Fact]
    public void MaskedStepsAreLeftOut()
    {
        Tensor x = Numbers([1, 4, 2, 3, 3, 2]), mask = Mask("1010");
        ConvLSTM3D layer = WithWeights(new ConvLSTM3D(2, 2), x.Shape);
        AssertClose(layer.Apply(Ops.Take(x, (Tensor)new[] { 0, 2 }, axis: 1)), layer.Apply(x, mask: mask));
    }

    [Fact]
    public void ErrorsTellWhatDoesNotFit()
    {
        Assert.Contains("strides=(2)", Assert.Throws<ArgumentException>(() => new ConvLSTM1D(1, 1, strides: 2, padding: "same", dilationRate: 3)).Message);
        Assert.Contains("spatial", Assert.Throws<ArgumentException>(() => new ConvLSTM2D(1, 1).Apply(new Input([3, null, 4, 2]))).Message);
        Assert.Contains("kernelSize", Assert.Throws<ArgumentException>(() => new ConvLSTM2D(1, 5).Apply(Numbers([1, 2, 4, 4, 1]))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConvLSTM3D(0, 1));
        Assert.Throws<ArgumentException>(() => new ConvLSTM2D(1, 1, padding: "full"));
        Assert.Contains("'c'", Assert.Throws<ArgumentException>(() => new ConvLSTM2D(1, 1, name: "c").Apply(Numbers([1, 2, 4, 1]))).Message);
    }
}
