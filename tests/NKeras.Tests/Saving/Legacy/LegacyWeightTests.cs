using NKeras.Hdf5;
using NKeras.Layers;

namespace NKeras.Tests.Saving.Legacy;

/// <summary>Weights of older versions and other libraries: what an element is, their layouts define.</summary>
public class LegacyWeightTests
{
    [Fact]
    public void LayersAreFoundByTheirOrder()
    {
        Sequential model = new([new Input([2]), new Dense(1, name: "a"), new Dropout(0.5), new Dense(1, name: "b")]);
        new LegacyFile("2.2.4").Layer("other", ("k:0", [1, 2], [2, 1]), ("b:0", [3], [1])).Layer("drop").Layer("last", ("k:0", [4], [1, 1]), ("b:0", [5], [1])).LoadInto(model);
        Assert.Equal([1f, 2f], Values(model.Weights[0]));
        Assert.Equal([5f], Values(model.Weights[3]));
    }

    [Fact]
    public void OrByTheirNames()
    {
        Sequential model = new([new Input([1]), new Dense(1, name: "a"), new Dense(1, name: "b")]);
        float[] before = Values(model.Weights[0]);
        new LegacyFile("2.2.4").Layer("b", ("k:0", [4], [1, 1]), ("b:0", [5], [1])).Layer("none", ("k:0", [4], [1, 1])).LoadInto(model, byName: true);
        Assert.Equal([4f], Values(model.Weights[2]));
        Assert.Equal(before, Values(model.Weights[0]));
    }

    [Fact]
    public void WhatDoesNotFitIsNamedWithBothShapes()
    {
        Sequential model = new([new Input([2]), new Dense(1, name: "a"), new Dense(1, name: "b")]);
        float[] before = Values(model.Weights[0]);
        LegacyFile file = new LegacyFile("2.2.4").Layer("a", ("k:0", [1, 2], [2, 1]), ("b:0", [3], [1])).Layer("b", ("k:0", [4, 4], [1, 2]), ("b:0", [5], [1]));
        string message = Assert.Throws<ArgumentException>(() => file.LoadInto(model)).Message;
        Assert.All(["'b'", "kernel", "(1, 1)", "(1, 2)"], part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Equal(before, Values(model.Weights[0]));
        LegacyFile same = new LegacyFile("2.2.4").Layer("a", ("k:0", [1, 2], [2, 1]), ("b:0", [3], [1])).Layer("b", ("k:0", [4, 4], [1, 2]), ("b:0", [5], [1]));
        same.LoadInto(model, skipMismatch: true);
        Assert.Equal([1f, 2f], Values(model.Weights[0]));
        Assert.Equal([5f], Values(model.Weights[3]));
    }

    [Fact]
    public void AnotherNumberOfLayersOrWeightsIsRefused()
    {
        Sequential model = new([new Input([1]), new Dense(1, name: "a")]);
        string layers = Assert.Throws<ArgumentException>(() => new LegacyFile("2.2.4").Layer("x", ("k", [1], [1, 1])).Layer("y", ("k", [1], [1, 1])).LoadInto(model)).Message;
        Assert.All(["'a'", "'x', 'y'"], part => Assert.Contains(part, layers, StringComparison.Ordinal));
        string weights = Assert.Throws<ArgumentException>(() => new LegacyFile("2.2.4").Layer("a", ("k", [1], [1, 1])).LoadInto(model)).Message;
        Assert.Contains("'a'", weights, StringComparison.Ordinal);
        Assert.Contains("'kernel', 'bias'", weights, StringComparison.Ordinal);
    }

    [Fact]
    public void ListsOfNamesCanBeCutIntoParts()
    {
        Sequential model = new([new Input([1]), new Dense(1, useBias: false, name: "a"), new Dense(1, useBias: false, name: "b")]);
        LegacyFile file = new LegacyFile("2.2.4").Layer("a", ("k", [1], [1, 1])).Layer("b", ("k", [2], [1, 1]));
        file.Content.SetAttribute("layer_names0", ["a"]);
        file.Content.SetAttribute("layer_names1", ["b"]);
        LegacyFile.Load(file.Content, model);
        Assert.Equal([2f], Values(model.Weights[1]));
    }

    [Fact]
    public void LayersCanHaveNumbersOnly()
    {
        Sequential model = new([new Input([1]), new Dense(1, name: "a")]);
        Hdf5Content content = new();
        content.SetAttribute("nb_layers", Hdf5Type.Int64, [], BitConverter.GetBytes(2L));
        content.Group("layer_0");
        content.AddDataset("layer_1/param_0", Hdf5Type.Float32, [1, 1], s => s.Write(BitConverter.GetBytes(3f)));
        content.AddDataset("layer_1/param_1", Hdf5Type.Float32, [1], s => s.Write(BitConverter.GetBytes(4f)));
        LegacyFile.Load(content, model);
        Assert.Equal([3f], Values(model.Weights[0]));
        Assert.Equal([4f], Values(model.Weights[1]));
    }

    [Fact]
    public void KernelsWithChannelsInFrontAreTurned()
    {
        // (filters, inputs, rows, columns): element (f, i, r, c) is 1000 f + 100 i + 10 r + c.
        Sequential model = new([new Input([2, 5, 5]), new Conv2D(3, (2, 2), dataFormat: "channels_first", useBias: false)]);
        float[] kernel = Numbers(3, 2, 2, 2);
        new LegacyFile().Layer("c", ("c_W:0", kernel, [3, 2, 2, 2])).LoadInto(model);
        AssertKernel(model.Weights[0], (r, c, i, f) => (1000 * f) + (100 * i) + (10 * r) + c);
        // Theano's convolutions turn kernels round; its variables' names have no ":0".
        new LegacyFile().Layer("c", ("c_W", kernel, [3, 2, 2, 2])).LoadInto(model);
        AssertKernel(model.Weights[0], (r, c, i, f) => (1000 * f) + (100 * i) + (10 * (1 - r)) + 1 - c);
    }

    [Fact]
    public void KernelsOfTheanoAreTurnedRound()
    {
        Sequential model = new([new Input([5, 5, 2]), new Conv2D(2, (2, 2), useBias: false, name: "c")]);
        float[] kernel = Numbers(2, 2, 2, 2);
        new LegacyFile("2.0.2", "theano").Layer("c", ("c/kernel", kernel, [2, 2, 2, 2])).LoadInto(model);
        AssertKernel(model.Weights[0], (r, c, i, f) => (1000 * (1 - r)) + (100 * (1 - c)) + (10 * i) + f);
        new LegacyFile("2.0.2", "tensorflow").Layer("c", ("c/kernel:0", kernel, [2, 2, 2, 2])).LoadInto(model);
        AssertKernel(model.Weights[0], (r, c, i, f) => (1000 * r) + (100 * c) + (10 * i) + f);
    }

    [Fact]
    public void TheGatesOfKeras1StandAlone()
    {
        Sequential model = new([new Input([3, 1]), new LSTM(1)]);
        // Input, recurrent and bias of the gates i, c, f, o.
        float[] values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        new LegacyFile().Layer("lstm", [.. values.Select((v, i) => ($"w{i}:0", new[] { v }, i % 3 == 2 ? new long[] { 1 } : [1, 1]))]).LoadInto(model);
        Assert.Equal([1f, 7f, 4f, 10f], Values(model.Weights[0]));
        Assert.Equal([2f, 8f, 5f, 11f], Values(model.Weights[1]));
        Assert.Equal([3f, 9f, 6f, 12f], Values(model.Weights[2]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WeightsOfNvidiasKernels(bool isLstm)
    {
        int gates = isLstm ? 4 : 3;
        Sequential expected = Recurrent(), model = Recurrent();
        float[] kernel = expected.Weights[0].Value.ToArray<float>(), recurrent = expected.Weights[1].Value.ToArray<float>();
        // A gate's matrix there is (units, inputs) in row-major order, whatever shape it is given in the file: (inputs, units · gates).
        float[] theirKernel = new float[kernel.Length], theirRecurrent = new float[recurrent.Length];
        for (int gate = 0; gate < gates; gate++)
        {
            for (int unit = 0; unit < 2; unit++)
            {
                for (int input = 0; input < 3; input++)
                {
                    int place = (unit * 3) + input;
                    theirKernel[(place / 2 * 2 * gates) + (gate * 2) + (place % 2)] = kernel[(input * 2 * gates) + (gate * 2) + unit];
                }

                for (int from = 0; from < 2; from++) theirRecurrent[(unit * 2 * gates) + (gate * 2) + from] = recurrent[(from * 2 * gates) + (gate * 2) + unit];
            }
        }

        float[] bias = [.. Enumerable.Range(0, 4 * gates).Select(i => i / 8f)];
        new LegacyFile("2.2.4").Layer("r", ("k:0", theirKernel, [3, 2 * gates]), ("r:0", theirRecurrent, [2, 2 * gates]), ("b:0", bias, [4 * gates])).LoadInto(model);
        Assert.Equal(kernel, Values(model.Weights[0]));
        Assert.Equal(recurrent, Values(model.Weights[1]));
        Assert.Equal(isLstm ? [.. Enumerable.Range(0, 8).Select(i => bias[i] + bias[i + 8])] : bias, Values(model.Weights[2]));

        Sequential Recurrent() => new([new Input([4, 3]), isLstm ? new LSTM(2) : new GRU(2)]);
    }

    [Fact]
    public void AResetGateElsewhereIsRefused()
    {
        Sequential model = new([new Input([4, 1]), new GRU(1, name: "gru")]);
        string message = Assert.Throws<ArgumentException>(() => new LegacyFile("2.2.4").Layer("gru", ("k", [1, 1, 1], [1, 3]), ("r", [1, 1, 1], [1, 3]), ("b", [1, 1, 1], [3])).LoadInto(model)).Message;
        Assert.Contains("'gru'", message, StringComparison.Ordinal);
        Assert.Contains("reset_after", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AModelWithinHasWhatIsTrainedInFront()
    {
        Sequential inner = new([new Input([1]), new Dense(1, useBias: false, name: "d"), new BatchNormalization(name: "n"), new Dense(1, useBias: false, name: "e")], name: "inner");
        Sequential model = new([new Input([1]), inner]);
        new LegacyFile("2.2.4").Layer("inner", ("d", [1], [1, 1]), ("gamma", [2], [1]), ("beta", [3], [1]), ("e", [4], [1, 1]), ("mean", [5], [1]), ("variance", [6], [1])).LoadInto(model);
        Assert.Equal([1f, 2, 3, 5, 6, 4], inner.Weights.Select(w => Values(w)[0]));
        // Keras 1 listed the layers of models within one by one.
        new LegacyFile().Layer("d", ("d:0", [7], [1, 1])).Layer("n", ("g:0", [8], [1]), ("b:0", [9], [1]), ("m:0", [10], [1]), ("v:0", [11], [1])).Layer("e", ("e:0", [12], [1, 1])).LoadInto(model);
        Assert.Equal([7f, 8, 9, 10, 11, 12], inner.Weights.Select(w => Values(w)[0]));
    }

    private static float[] Values(Variable variable) => variable.Value.ToArray<float>();

    /// <summary>The numbers whose decimal digits are the element's places.</summary>
    private static float[] Numbers(int a, int b, int c, int d) =>
        [.. from i in Enumerable.Range(0, a) from j in Enumerable.Range(0, b) from k in Enumerable.Range(0, c) from l in Enumerable.Range(0, d) select (float)((1000 * i) + (100 * j) + (10 * k) + l)];

    private static void AssertKernel(Variable kernel, Func<int, int, int, int, int> expected)
    {
        float[] values = Values(kernel);
        int[] dims = [.. kernel.Shape.Select(d => d!.Value)];
        for (int i = 0; i < values.Length; i++) Assert.Equal(expected(i / dims[3] / dims[2] / dims[1], i / dims[3] / dims[2] % dims[1], i / dims[3] % dims[2], i % dims[3]), values[i]);
    }
}
