using NKeras.Callbacks;
using NKeras.Engine;
using NKeras.Engine.Graphs;
using NKeras.Layers;

namespace NKeras.Tests.Texts;

/// <summary>Functions on the host inside models: before, between and after what is compiled.</summary>
public class HostFunctionTests
{
    private readonly Tensor _words = new[] { "a", "bbb", "cc", "dddd", "", "e", "ff" };

    [Fact]
    public void AModelWithAStringInputPredicts()
    {
        Input x = new([], dtype: "string");
        Model model = new(x, new Dense(2, kernelInitializer: "ones").Apply(new Lengths().Apply(x)));
        Tensor all = model.Predict(_words, batchSize: 3);
        Assert.Equal([1, 1, 3, 3, 2, 2, 4, 4, 0, 0, 1, 1, 2, 2], all.ToArray<float>());
        Assert.Equal(all.ToArray<float>(), model.Apply(_words).ToArray<float>());
        Assert.Equal([1, 1], model.PredictOnBatch(new[] { "z" }).ToArray<float>());
    }

    [Fact]
    public void ResultsMayDifferInShapeFromBatchToBatch()
    {
        Input x = new([], dtype: "string");
        Model model = new(x, new GlobalAveragePooling1D().Apply(new Embedding(256, 1, embeddingsInitializer: "ones").Apply(new Characters().Apply(x))));
        Assert.Equal([null, null], new Characters().Apply(x).Shape);
        Assert.Equal(Enumerable.Repeat(1f, 7), model.Predict(_words, batchSize: 2).ToArray<float>());
        model.Compile("sgd", "mse");
        History history = model.Fit(_words, new float[7, 1], batchSize: 2, epochs: 3, verbose: 0);
        Assert.True(history["loss"][^1] < history["loss"][0]);
    }

    [Fact]
    public void TrainingIsThatOnTheNumbersTheHostGives()
    {
        float[,] lengths = { { 1 }, { 3 }, { 2 }, { 4 }, { 0 }, { 1 }, { 2 } }, y = { { 1 }, { 2 }, { 3 }, { 4 }, { 5 }, { 6 }, { 7 } };
        float[][] kernels = [.. new[] { Trained(strings: true), Trained(strings: false) }];
        Assert.Equal(kernels[1], kernels[0]);

        float[] Trained(bool strings)
        {
            KerasTensor x = strings ? new Input([], dtype: "string") : new Input([1]);
            Dense dense = new(1, kernelInitializer: "ones");
            Model model = new(x, dense.Apply(strings ? new Lengths().Apply(x) : x));
            model.Compile("adam", "mse");
            model.Fit(strings ? _words : lengths, y, batchSize: 3, epochs: 2, shuffle: false, verbose: 0);
            return [.. dense.GetWeights().SelectMany(w => w.ToArray<float>())];
        }
    }

    [Fact]
    public void AModelMayGiveStrings()
    {
        Input x = new([3]);
        KerasTensor scores = new Activation("softmax").Apply(x);
        Model model = new(x, [scores, new Names().Apply(scores)]);
        Tensors results = model.PredictAll(new float[,] { { 1, 5, 2 }, { 7, 0, 0 }, { 0, 0, 1 } }, batchSize: 2);
        Assert.Equal(["one", "zero", "two"], results[1].ToStrings());
        Assert.Equal(1, Ops.Sum(results[0][0]).Item<float>(), 1e-6);
        Assert.Equal(["two"], model.ApplyAll((Tensor)new float[,] { { 0, 0, 1 } })[1].ToStrings());
    }

    [Fact]
    public void StringsPassThroughModels()
    {
        Input x = new([2], dtype: "string");
        Model model = new(x, new Reshape([1, 2]).Apply(x));
        Tensor result = model.Predict(new[,] { { "a", "b" }, { "c", "d" }, { "e", "f" } }, batchSize: 2);
        Assert.Equal([3, 1, 2], result.Shape);
        Assert.Equal(["a", "b", "c", "d", "e", "f"], result.ToStrings());
    }

    [Fact]
    public void TheHostIsAskedBetweenProgramsToo()
    {
        // Scaled numbers go to the host with the strings, and what it says is computed with again.
        Input text = new([], dtype: "string", name: "text"), number = new([], name: "number");
        Model model = new([text, number], new Repeated().Apply([text, number * 2]) + number);
        Tensor result = model.Predict((new[] { "ab", "c" }, new[] { 1f, 3f }));
        Assert.Equal([(2 * 2) + 1, (1 * 6) + 3], result.ToArray<float>());
    }

    [Fact]
    public void NumbersMayGoToTheHostInAModelWithoutStrings()
    {
        Input x = new([2], dtype: "int32");
        Model model = new(x, new Digits().Apply(x));
        Assert.Equal([1, 3, 2, 1], model.Predict(new[,] { { 1, 100 }, { 22, 0 } }, batchSize: 1).ToArray<int>());
    }

    [Fact]
    public void ASubclassedModelTakesStrings()
    {
        TextModel model = new();
        Assert.Equal([1, 3, 2, 4, 0, 1, 2], model.Predict(_words, batchSize: 2).ToArray<float>());
        model.Compile("sgd", "mse", runEagerly: true);
        Assert.Equal([1, 3, 2, 4, 0, 1, 2], model.Predict(_words, batchSize: 4).ToArray<float>());
    }

    [Fact]
    public void ACompiledFunctionTakesStrings()
    {
        Characters characters = new();
        CompiledFunction function = new((Tensor t) => Ops.Sum(characters.Apply(t), axis: 1) + 1);
        Assert.Equal(['a' + 1, ('b' * 3) + 1], function.Apply(new[] { "a", "bbb" }).ToArray<int>());
        Assert.Equal(['c' + 1, 'd' + 1], function.Apply(new[] { "c", "d" }).ToArray<int>());
        Assert.Equal([1, ('e' * 3) + 1], function.Apply(new[] { "", "eee" }).ToArray<int>());
    }

    [Fact]
    public void DataSetsHoldStrings()
    {
        Input x = new([], dtype: "string");
        Model model = new(x, new Dense(1, kernelInitializer: "ones").Apply(new Lengths().Apply(x)));
        Dataset data = Dataset.FromTensorSlices(_words, new float[7, 1]).Shuffle(7, seed: 3).Batch(2);
        Assert.Equal(13, Ops.Sum(model.Predict(data)).Item<float>());
        model.Compile("sgd", "mse");
        Assert.Equal(2, model.Fit(data, epochs: 2, verbose: 0).Epoch.Count);
        Batch[] rows = [.. Dataset.FromTensorSlices(_words)];
        Assert.Equal("bbb", Assert.Single(rows[1].X[0].ToStrings()));
    }

    [Fact]
    public void WhatIsCompiledOnceServesAllBatches()
    {
        Lengths layer = new();
        Input x = new([], dtype: "string");
        Model model = new(x, layer.Apply(x));
        model.Predict(_words, batchSize: 1);
        int calls = layer.Calls;
        model.Predict(_words, batchSize: 1);
        Assert.Equal(calls, layer.Calls);
    }

    [Fact]
    public void NumbersForAStringInputAreRefused()
    {
        Input x = new([], dtype: "string", name: "text");
        Model model = new(x, new Lengths().Apply(x));
        ArgumentException e = Assert.ThrowsAny<ArgumentException>(() => model.Predict(new float[] { 1, 2 }));
        Assert.Contains("'text'", e.Message);
        Assert.Contains("strings", e.Message);
        Model numbers = new Sequential([new Input([], name: "number"), new Reshape([1])]);
        Assert.Contains("numbers", Assert.ThrowsAny<ArgumentException>(() => numbers.Predict(_words)).Message);
    }

    [Fact]
    public void BranchesCannotAskTheHost()
    {
        CompiledFunction function = new((Tensor t) => Ops.Cond(Ops.Sum(t) > 0, () => Digits.Of(t), () => t));
        Assert.Contains("branch", Assert.Throws<InvalidOperationException>(() => function.Apply(new[] { 1, 2 })).Message);
    }

    private sealed class Lengths : Layer
    {
        public int Calls { get; private set; }

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            Calls++;
            return HostFunction.Call("Lengths", [inputs], s => [new TensorSpec(new Shape([.. s[0].Shape.Dims, 1]), DType.Float32)], t =>
                [Tensor.From<float>([.. t[0].ToStrings().Select(w => (float)w.Length)], new Shape([.. t[0].Shape.Dims, 1]))])[0];
        }
    }

    private sealed class Characters : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false) =>
            HostFunction.Call("Characters", [inputs], s => [new TensorSpec(new Shape([s[0].Shape.Dims[0], -1]), DType.Int32)], t =>
            {
                string[] words = t[0].ToStrings();
                int longest = Math.Max(1, words.Max(w => w.Length));
                return [Tensor.From<int>([.. words.SelectMany(w => w.PadRight(longest, '\0').Select(c => (int)c))], new Shape([words.Length, longest]))];
            })[0];
    }

    private sealed class Names : Layer
    {
        private static readonly string[] s_names = ["zero", "one", "two"];

        public override Tensor Call(Tensor inputs, bool training = false) =>
            HostFunction.Call("Names", [Ops.Argmax(inputs, axis: -1)], s => [s[0] with { DType = DType.String }], t => [Tensor.FromStrings([.. t[0].ToArray<int>().Select(i => s_names[i])])])[0];
    }

    private sealed class Repeated : Layer
    {
        public override Tensors Call(Tensors inputs, bool training) =>
            HostFunction.Call("Repeated", inputs, s => [s[1]], t => [Tensor.From<float>([.. t[0].ToStrings().Zip(t[1].ToArray<float>(), (w, n) => w.Length * n)])])[0];
    }

    private sealed class Digits : Layer
    {
        public static Tensor Of(Tensor x) => HostFunction.Call("Digits", [x], s => [s[0]], t => [Tensor.From<int>([.. t[0].ToArray<int>().Select(i => $"{i}".Length)], t[0].Shape)])[0];

        public override Tensor Call(Tensor inputs, bool training = false) => Of(inputs);
    }

    private sealed class TextModel : Model
    {
        private readonly Lengths _lengths = new();

        public override Tensor Call(Tensor inputs, bool training = false) => Ops.Squeeze(_lengths.Apply(inputs), axis: 1);
    }
}
