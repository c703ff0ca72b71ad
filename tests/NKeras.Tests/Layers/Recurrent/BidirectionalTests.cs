using NKeras.Layers;
using static NKeras.Tests.Layers.Recurrent.RecurrentData;

namespace NKeras.Tests.Layers.Recurrent;

/// <summary>Both directions, compared with a layer for each.</summary>
[Collection(NamesCollection.Name)]
public sealed class BidirectionalTests
{
    private static readonly Tensor s_sequences = Numbers([2, 5, 4]);

    [Theory]
    [InlineData("concat", true)]
    [InlineData("sum", true)]
    [InlineData("mul", false)]
    [InlineData("ave", true)]
    [InlineData(null, true)]
    [InlineData("concat", false)]
    public void ResultsOfTwoLayersAreMerged(string? mode, bool returnSequences)
    {
        Bidirectional both = WithWeights(new Bidirectional(new LSTM(3, returnSequences: returnSequences), mode), [2, 5, 4]);
        (Tensor x, Tensor y) = Separate(both, new LSTM(3, returnSequences: returnSequences), new LSTM(3, returnSequences: returnSequences, goBackwards: true), s_sequences);
        if (returnSequences) y = Ops.Flip(y, axis: 1);
        Tensors result = both.ApplyAll(s_sequences);
        Tensor[] expected = mode switch
        {
            "concat" => [Ops.Concatenate([x, y], axis: -1)],
            "sum" => [x + y],
            "mul" => [x * y],
            "ave" => [(x + y) / 2],
            _ => [x, y],
        };
        Assert.Equal(expected.Length, result.Count);
        for (int i = 0; i < expected.Length; i++) AssertClose(expected[i], result[i]);
    }

    [Fact]
    public void StatesOfBothAreReturnedAndTaken()
    {
        Bidirectional both = WithWeights(new Bidirectional(new GRU(3, returnState: true)), [2, 5, 4]);
        Tensor first = Numbers([2, 3], 1), second = Numbers([2, 3], 2);
        Tensors result = both.ApplyAll(s_sequences, [first, second]);
        Tensors x = both.ForwardLayer.ApplyAll(s_sequences, first), y = both.BackwardLayer.ApplyAll(s_sequences, second);
        AssertClose(Ops.Concatenate([x[0], y[0]], axis: -1), result[0]);
        AssertClose(x[1], result[1]);
        AssertClose(y[1], result[2]);
    }

    [Fact]
    public void MaskedStepsAreZeroInSequences()
    {
        Tensor mask = Mask("11100", "11111");
        Bidirectional both = WithWeights(new Bidirectional(new GRU(3, returnSequences: true)), [2, 5, 4]);
        Tensor result = both.Apply(s_sequences, mask: mask), shorter = both.Apply(s_sequences[.., ..3]), whole = both.Apply(s_sequences);
        AssertClose(shorter[0], result[0][..3]);
        AssertClose(Ops.Zeros([2, 6]), result[0][3..]);
        AssertClose(whole[1], result[1]);
    }

    [Fact]
    public void AnotherLayerCanGoBackwards()
    {
        GRU backward = new(2, goBackwards: true, name: "back");
        Bidirectional both = new(new LSTM(3, name: "f"), backwardLayer: backward);
        Assert.Equal([2, 5], both.Apply(s_sequences).Shape);
        Assert.Same(backward, both.BackwardLayer);
        Assert.Equal("forward_f", both.ForwardLayer.Name);
        Assert.Equal(["bidirectional/forward_f/lstm_cell/kernel", "bidirectional/back/gru_cell/kernel"], both.Weights.Where(w => w.Name == "kernel").Select(w => w.Path[w.Path.IndexOf("bidirectional", StringComparison.Ordinal)..].Replace(both.Name, "bidirectional", StringComparison.Ordinal)));
    }

    [Fact]
    public void FirstWeightsCanBeGiven()
    {
        LSTM made = new(3);
        made.Build([null, 5, 4]);
        Bidirectional both = new(new LSTM(3), weights: [.. made.GetWeights(), .. made.GetWeights()]);
        both.Build([null, 5, 4]);
        Assert.Equal(both.ForwardLayer.GetWeights()[0].ToArray<float>(), both.BackwardLayer.GetWeights()[0].ToArray<float>());
        Assert.Equal(made.GetWeights()[1].ToArray<float>(), both.ForwardLayer.GetWeights()[1].ToArray<float>());
    }

    [Fact]
    public void StatefulLayersAreReset()
    {
        Bidirectional both = WithWeights(new Bidirectional(new SimpleRNN(3, stateful: true)), [2, 5, 4]);
        both.ResetState();
        Tensor first = both.Apply(s_sequences), second = both.Apply(s_sequences);
        Assert.NotEqual(first.ToArray<float>(), second.ToArray<float>());
        both.ResetStates();
        AssertClose(first, both.Apply(s_sequences));
        Assert.Equal(2, both.States!.Count);
        Assert.Throws<InvalidOperationException>(() => new Bidirectional(new GRU(2)).ResetState());
    }

    [Fact]
    public void ErrorsTellWhatDoesNotFit()
    {
        Assert.Contains("'max'", Assert.Throws<ArgumentException>(() => new Bidirectional(new GRU(2), "max")).Message);
        Assert.Contains("goBackwards", Assert.Throws<ArgumentException>(() => new Bidirectional(new GRU(2), backwardLayer: new GRU(2))).Message);
        Assert.Contains("returnSequences", Assert.Throws<ArgumentException>(() => new Bidirectional(new GRU(2), backwardLayer: new GRU(2, goBackwards: true, returnSequences: true))).Message);
        Assert.Contains("'b'", Assert.Throws<ArgumentException>(() => new Bidirectional(new GRU(2), name: "b").Apply(Numbers([2, 3]))).Message);
    }

    private static (Tensor X, Tensor Y) Separate(Bidirectional both, RNN forward, RNN backward, Tensor sequences)
    {
        forward.Build(sequences.Shape);
        backward.Build(sequences.Shape);
        int half = both.Weights.Count / 2;
        forward.SetWeights(both.GetWeights()[..half]);
        backward.SetWeights(both.GetWeights()[half..]);
        return (forward.Apply(sequences), backward.Apply(sequences));
    }
}
