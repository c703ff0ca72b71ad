using NKeras.Core;
using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Tests.Operations;
using static NKeras.Tests.Layers.Recurrent.RecurrentData;

namespace NKeras.Tests.Layers.Recurrent;

/// <summary>How recurrent layers go through sequences: compared with their cells, step by step.</summary>
[Collection(NamesCollection.Name)]
public sealed class RNNTests
{
    private static readonly Tensor s_sequences = Numbers([2, 5, 4]);

    public static TheoryData<string> Kinds => ["simple", "lstm", "gru", "gru before", "stacked", "own"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void LayerGoesThroughItsCell(string kind)
    {
        RNN all = WithWeights(Make(kind, returnSequences: true, returnState: true), [2, 5, 4]), last = Like(all, kind), unrolled = Like(all, kind, returnSequences: true, unroll: true);
        Tensors states = all.GetInitialState(2);
        List<Tensor> outputs = [];
        for (int step = 0; step < 5; step++)
        {
            (Tensor output, states) = all.Cell.Apply(At(s_sequences, step), states);
            outputs.Add(output);
        }

        Tensors results = all.ApplyAll(s_sequences);
        AssertClose(Ops.Stack(outputs, axis: 1), results[0]);
        for (int i = 0; i < states.Count; i++) AssertClose(states[i], results[1 + i]);
        AssertClose(outputs[^1], last.Apply(s_sequences));
        AssertClose(results[0], unrolled.Apply(s_sequences));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void BackwardsIsForwardOfTheSequenceTurnedAround(string kind)
    {
        RNN forward = WithWeights(Make(kind, returnSequences: true, returnState: true), [2, 5, 4]);
        Tensors expected = forward.ApplyAll(Ops.Flip(s_sequences, axis: 1));
        foreach (bool unroll in new[] { false, true })
        {
            Tensors actual = Like(forward, kind, returnSequences: true, returnState: true, goBackwards: true, unroll: unroll).ApplyAll(s_sequences);
            for (int i = 0; i < expected.Count; i++) AssertClose(expected[i], actual[i]);
            AssertClose(At(expected[0], 4), Like(forward, kind, goBackwards: true, unroll: unroll).Apply(s_sequences));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void MaskedStepsAreLeftOut(string kind)
    {
        // The first sequence has its steps 1 and 3 masked; the second one its first and its last.
        Tensor mask = Mask("10101", "01110");
        RNN layer = WithWeights(Make(kind, returnSequences: true, returnState: true), [2, 5, 4]);
        foreach (bool unroll in new[] { false, true })
        {
            Tensors results = Like(layer, kind, returnSequences: true, returnState: true, unroll: unroll).ApplyAll(s_sequences, mask: mask);
            Tensor zeroed = Like(layer, kind, returnSequences: true, unroll: unroll, zeroOutputForMask: true).Apply(s_sequences, mask: mask);
            Tensor last = Like(layer, kind, unroll: unroll).Apply(s_sequences, mask: mask);
            foreach ((int sample, int[] steps) in new[] { (0, new[] { 0, 2, 4 }), (1, new[] { 1, 2, 3 }) })
            {
                Tensors dense = layer.ApplyAll(Ops.Take(Ops.Take(s_sequences, (Tensor)new[] { sample }, axis: 0), (Tensor)steps, axis: 1));
                for (int i = 1; i < dense.Count; i++) AssertClose(dense[i][0], results[i][sample]);
                Tensor before = Ops.ZerosLike(dense[0][0][0]), zero = before;
                for (int step = 0, next = 0; step < 5; step++)
                {
                    bool counts = steps.Contains(step);
                    if (counts) before = dense[0][0][next++];
                    AssertClose(before, results[0][sample][step]);
                    AssertClose(counts ? before : zero, zeroed[sample][step]);
                }

                AssertClose(before, last[sample]);
            }
        }
    }

    [Fact]
    public void MaskedStepsBeforeTheFirstRepeatNoInitialState()
    {
        LSTM layer = WithWeights(new LSTM(3, returnSequences: true), [2, 5, 4]);
        Tensor state = Numbers([2, 3], 7);
        Tensor result = layer.Apply(s_sequences, [state, state], mask: Mask("01111", "11111"));
        AssertClose(Ops.Zeros([3]), result[0][0]);
        AssertClose(layer.Apply(s_sequences, [state, state])[1], result[1]);
    }

    [Fact]
    public void MaskTravelsFromMaskingButNotFurther()
    {
        Tensor sequences = Ops.Concatenate([s_sequences, Ops.Zeros([2, 2, 4])], axis: 1), masked = new Masking().Apply(sequences);
        GRU layer = WithWeights(new GRU(3, returnSequences: true), [2, 7, 4]);
        Tensor result = layer.Apply(masked);
        AssertClose(At(layer.Apply(s_sequences), 4), At(result, 6));
        // Keras: recurrent layers compute a mask that does not travel unless they are told to.
        Assert.Null(KerasMask.Of(result));
        layer.SupportsMasking = true;
        Assert.Equal([2, 7], KerasMask.Of(layer.Apply(masked))!.Shape);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void StatefulLayersGoOnWhereTheyWere(string kind)
    {
        RNN whole = WithWeights(Make(kind, returnSequences: true), [2, 5, 4]);
        RNN parts = Like(whole, kind, returnSequences: true, stateful: true, steps: 2);
        Tensor first = s_sequences[.., ..2], second = s_sequences[.., 2..4], expected = whole.Apply(s_sequences);
        for (int round = 0; round < 2; round++)
        {
            AssertClose(expected[.., ..2], parts.Apply(first));
            AssertClose(expected[.., 2..4], parts.Apply(second));
            parts.ResetState();
        }

        Assert.Equal(whole.Weights.Count, parts.Weights.Count);
        Assert.Equal($"{parts.Name}/rnn_state", parts.States![0].Path);
        Assert.Null(whole.States);
    }

    [Fact]
    public void StatefulModelKeepsStatesOverBatchesOfPredict()
    {
        LSTM layer = new(3, stateful: true);
        Input x = new([2, 4], batchSize: 1);
        Model model = new(x, layer.Apply(x));
        LSTM whole = new(3);
        whole.Build([null, 4, 4]);
        whole.SetWeights(layer.GetWeights());
        Tensor sequences = Numbers([1, 4, 4]);
        Tensor result = model.Predict(Ops.Reshape(sequences, [2, 2, 4]), batchSize: 1, verbose: 0);
        AssertClose(whole.Apply(sequences), result[1..2]);
    }

    [Fact]
    public void InitialStatesAreDataOrSymbols()
    {
        LSTM layer = WithWeights(new LSTM(3, returnState: true), [2, 5, 4]);
        Tensors first = layer.ApplyAll(s_sequences[.., ..3]);
        Tensors second = layer.ApplyAll(s_sequences[.., 3..], [first[1], first[2]]);
        AssertClose(layer.ApplyAll(s_sequences)[0], second[0]);

        Input x = new([null, 4]), h = new([3]), c = new([3]);
        Model model = new([x, h, c], layer.ApplyAll(x, [h, c]));
        Assert.Equal([null, 3], model.Outputs[0].Shape);
        AssertClose(second[2], model.ApplyAll(s_sequences[.., 3..], first[1], first[2])[2]);
        Model again = Model.FromJson(model.ToJson());
        Assert.Equal(model.ToJson(), again.ToJson());
        Assert.Contains("initial_state", model.ToJson());
    }

    [Fact]
    public void EncoderHandsItsStatesToTheDecoder()
    {
        Input source = new([6, 4]), target = new([5, 2]);
        var (_, h, c) = new LSTM(3, returnState: true).ApplyAll(source);
        KerasTensor decoded = new LSTM(3, returnSequences: true).Apply(target, [h, c]);
        Model model = new([source, target], new TimeDistributed(new Dense(2)).Apply(decoded));
        model.Compile(new Adam(0.02), "mse");
        Tensor x = Numbers([8, 6, 4]), y = Numbers([8, 5, 2], 1) * 0.1;
        IReadOnlyList<double> losses = model.Fit([x, y], y, epochs: 30, verbose: 0)["loss"];
        Assert.True(losses[^1] < 0.8 * losses[0], $"{losses[0]} → {losses[^1]}");
    }

    [Theory]
    [InlineData("simple")]
    [InlineData("lstm")]
    [InlineData("gru")]
    [InlineData("gru before")]
    public void GradientsAreThoseOfDifferences(string kind)
    {
        RNN layer = WithWeights(Make(kind, returnSequences: true, dtype: "float64"), [2, 3, 2]);
        Tensor mask = Mask("110", "011");
        Tensor x = Numbers([2, 3, 2], dtype: DType.Float64);
        GradientCheck.Of(t => layer.Apply(t), x);
        GradientCheck.Of(t => layer.Apply(t, mask: mask), x);
        Tensors states = Tensors.Create([.. layer.GetInitialState(2).AsEnumerable().Select((s, i) => Numbers(s.Shape, i, DType.Float64))]);
        GradientCheck.Of(t => [layer.Apply(t[0], Tensors.Create(t[1..]))], [x, .. states]);
    }

    [Fact]
    public void DropoutDropsTheSameAtAllSteps()
    {
        SimpleRNN layer = new(4, "linear", useBias: false, kernelInitializer: new NKeras.Initializers.Identity(), recurrentInitializer: "zeros", dropout: 0.5, seed: 2, returnSequences: true);
        float[] result = layer.Apply(Ops.Ones([3, 6, 4]), training: true).ToArray<float>();
        Assert.All(result, v => Assert.True(v is 0 or 2));
        Assert.Contains(0f, result);
        Assert.Contains(2f, result);
        for (int sample = 0; sample < 3; sample++)
        {
            for (int step = 1; step < 6; step++) Assert.Equal(result.AsSpan(sample * 24, 4), result.AsSpan((sample * 24) + (step * 4), 4));
        }

        Assert.All(layer.Apply(Ops.Ones([3, 6, 4])).ToArray<float>(), v => Assert.Equal(1, v));
    }

    [Fact]
    public void DropoutInTrainingMovesOnWithEveryStep()
    {
        GRU layer = new(3, dropout: 0.3, recurrentDropout: 0.3, seed: 1);
        Sequential model = new([new Input([5, 4]), layer]);
        model.Compile("sgd", "mse");
        Tensor before = layer.Variables[^1].Value;
        _ = model.Fit(s_sequences, Numbers([2, 3]), epochs: 2, verbose: 0);
        Assert.NotEqual(before.ToArray<uint>(), layer.Variables[^1].Value.ToArray<uint>());
    }

    [Fact]
    public void ConfigurationHasKerasKeysInKerasOrder()
    {
        Assert.Equal(
            [
                "name", "trainable", "dtype", "return_sequences", "return_state", "go_backwards", "stateful", "unroll", "zero_output_for_mask", "units", "activation",
                "recurrent_activation", "use_bias", "kernel_initializer", "recurrent_initializer", "bias_initializer", "unit_forget_bias", "kernel_regularizer",
                "recurrent_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "recurrent_constraint", "bias_constraint", "dropout",
                "recurrent_dropout", "seed",
            ],
            new LSTM(2).GetConfig().Select(p => p.Key));
        Assert.Equal("cell", new RNN(new GRUCell(2)).GetConfig().Last().Key);
    }

    [Fact]
    public void ErrorsNameTheLayer()
    {
        Assert.Contains("lstm_cell", Assert.Throws<ArgumentOutOfRangeException>(() => new LSTM(0)).Message);
        Assert.Contains("'s' is stateful", Assert.Throws<ArgumentException>(() => new LSTM(2, stateful: true, name: "s").Apply(new Input([3, 4]))).Message);
        GRU stateful = new(2, stateful: true, name: "t");
        _ = stateful.Apply(s_sequences);
        Assert.Contains("batches of 2", Assert.Throws<ArgumentException>(() => stateful.Apply(Numbers([3, 5, 4]))).Message);
        Assert.Contains("unrolled", Assert.Throws<ArgumentException>(() => new GRU(2, unroll: true).Apply(new Input([null, 4]))).Message);
        Assert.Contains("'u'", Assert.Throws<ArgumentException>(() => new GRU(2, name: "u").Apply(Numbers([3, 4]))).Message);
        Assert.Contains("(2, 4)", Assert.Throws<ArgumentException>(() => new GRU(2).Apply(s_sequences, mask: Ops.Ones([2, 4], DType.Bool))).Message);
        Assert.Contains("has 2 states", Assert.Throws<ArgumentException>(() => new LSTM(2).Apply(s_sequences, Numbers([2, 2]))).Message);
        Assert.Contains("(2, 3)", Assert.Throws<ArgumentException>(() => new GRU(2, name: "w").Apply(s_sequences, Numbers([2, 3]))).Message);
        Assert.Contains("cuDNN", Assert.Throws<ArgumentException>(() => new LSTM(2, useCudnn: true).Apply(s_sequences)).Message);
        Assert.Throws<ArgumentException>(() => new LSTM(2, useCudnn: "yes"));
        Assert.Equal([2, 2], new LSTM(2, useCudnn: "auto").Apply(s_sequences).Shape);
    }

    private static RNN Make(
        string kind, bool returnSequences = false, bool returnState = false, bool goBackwards = false, bool stateful = false, bool unroll = false, bool zeroOutputForMask = false, DTypePolicy? dtype = null) => kind switch
        {
            "simple" => new SimpleRNN(3, returnSequences: returnSequences, returnState: returnState, goBackwards: goBackwards, stateful: stateful, unroll: unroll, zeroOutputForMask: zeroOutputForMask, dtype: dtype),
            "lstm" => new LSTM(3, returnSequences: returnSequences, returnState: returnState, goBackwards: goBackwards, stateful: stateful, unroll: unroll, zeroOutputForMask: zeroOutputForMask, dtype: dtype),
            "gru" or "gru before" => new GRU(3, resetAfter: kind == "gru", returnSequences: returnSequences, returnState: returnState, goBackwards: goBackwards, stateful: stateful, unroll: unroll, zeroOutputForMask: zeroOutputForMask, dtype: dtype),
            "stacked" => new RNN([new GRUCell(2), new LSTMCell(3)], returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, dtype: dtype),
            _ => new RNN(new SquaringCell(3), returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, dtype: dtype),
        };

    /// <summary>A layer in another setting with the same weights.</summary>
    private static RNN Like(
        RNN layer, string kind, bool returnSequences = false, bool returnState = false, bool goBackwards = false, bool stateful = false, bool unroll = false, bool zeroOutputForMask = false, int steps = 5)
    {
        RNN other = WithWeights(Make(kind, returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask), [2, steps, 4]);
        other.SetWeights(layer.GetWeights());
        return other;
    }

    /// <summary>A cell of the user's own, whose output is none of its states.</summary>
    private sealed class SquaringCell(int units) : RNNCell
    {
        private Variable _kernel = null!;

        public int Units { get; } = units;

        public override Ints StateSize => Units;

        public override void Build(Shape inputShape) => _kernel = AddWeight("kernel", [inputShape[-1], Units]);

        public override (Tensor Output, Tensors States) Call(Tensor inputs, Tensors states, bool training = false)
        {
            Tensor next = Ops.Tanh((0.5 * states[0]) + Ops.Matmul(inputs, _kernel));
            return (next * next, next);
        }
    }
}
