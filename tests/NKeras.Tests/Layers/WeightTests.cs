using NKeras.Layers;

namespace NKeras.Tests.Layers;

/// <summary>The weights of layers and models, and which of them are trained. Orders were recorded with Keras 3.16.</summary>
public sealed class WeightTests
{
    private static readonly Tensor s_x = Ops.Ones([3, 2]);

    [Fact]
    public void OrderIsKeras()
    {
        Kept model = Made();
        AssertKeras(
            model,
            ["a/kernel", "a/bias", "l/kernel", "l/bias", "bn/gamma", "bn/beta", "bn/moving_mean", "bn/moving_variance", "x/kernel", "x/bias", "gain", "s/k", "free", "s/c"],
            ["bn/moving_mean", "bn/moving_variance", "free", "s/c"]);
        Assert.Equal(
            ["x/kernel", "x/bias", "seed", "gain", "s/k", "free", "s/c", "seed"],
            model.Variables.Skip(8).Select(Short));
        Assert.Equal(["bn/moving_mean", "bn/moving_variance", "seed", "free", "s/c", "seed"], model.NonTrainableVariables.Select(Short));
        Assert.Equal(model.TrainableWeights, model.TrainableVariables);
    }

    [Fact]
    public void FreezingAndThawingReachesEverything()
    {
        Kept model = Made();
        string[] all = [.. model.Weights.Select(Short)], trainable = [.. model.TrainableWeights.Select(Short)];
        model.Trainable = false;
        Assert.Empty(model.TrainableWeights);
        Assert.Equal(all, model.NonTrainableWeights.Select(Short));
        Assert.Equal(model.Variables, model.NonTrainableVariables);
        Assert.All(model.Layers, l => Assert.False(l.Trainable));
        Assert.All(model.Weights, w => Assert.False(w.Trainable));
        model.Trainable = true;
        Assert.Equal(trainable, model.TrainableWeights.Select(Short));

        model.Scale.K.Trainable = false;
        Assert.DoesNotContain("s/k", model.TrainableWeights.Select(Short));
        Assert.Equal(["bn/moving_mean", "bn/moving_variance", "s/k", "free", "s/c"], model.NonTrainableWeights.Select(Short));

        // A variable says for itself what the model around a frozen layer does with it.
        model.Scale.Trainable = false;
        model.Scale.K.Trainable = true;
        Assert.Empty(model.Scale.TrainableWeights);
        Assert.Equal("s/k", Short(model.TrainableWeights[^1]));
        Assert.Equal(["bn/moving_mean", "bn/moving_variance", "gain", "free", "s/c"], model.NonTrainableWeights.Select(Short));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ALayerCanBeFrozenBeforeOrAfterItIsBuilt(bool built)
    {
        Dense first = new(2), second = new(2);
        Sequential inner = new([first, second]), model = new([inner, new Dense(2)]);
        if (built) model.Build([null, 2]);
        inner.Trainable = false;
        second.Trainable = true;
        if (!built) model.Build([null, 2]);
        Assert.Equal(4, model.TrainableWeights.Count + inner.TrainableWeights.Count);
        Assert.Equal(2, second.TrainableWeights.Count);
        model.Compile("sgd", "mse");
        Tensor[] before = [.. model.GetWeights()];
        model.Fit(s_x, s_x * 9, verbose: 0);
        bool[] changed = [.. model.GetWeights().Zip(before).Select(p => !p.First.ToArray<float>().SequenceEqual(p.Second.ToArray<float>()))];
        Assert.Equal([false, false, true, true, true, true], changed);
    }

    [Fact]
    public void AFrozenLayerIsMadeWithFrozenWeights()
    {
        Scale layer = new(trainable: false);
        layer.Apply(s_x);
        Assert.Empty(layer.TrainableWeights);
        Input x = new([2]);
        Assert.Empty(new Model(x, layer.Apply(x)).TrainableWeights);
        layer.Trainable = true;
        Assert.Equal(["gain", "s/k"], layer.TrainableWeights.Select(Short));
    }

    [Fact]
    public void StoppedGradientsLeaveWeightsAlone()
    {
        Input x = new([2]);
        Dense body = new(3), head = new(1);
        Model model = new(x, head.Apply((KerasTensor)Ops.StopGradient(body.Apply(x))));
        model.Compile("sgd", "mse");
        float[] before = body.GetWeights()[0].ToArray<float>();
        model.Fit(s_x, Ops.Ones([3, 1]) * 9, verbose: 0);
        Assert.Equal(before, body.GetWeights()[0].ToArray<float>());
        Assert.NotEqual(0, head.GetWeights()[1].ToArray<float>()[0]);
    }

    [Fact]
    public void ValuesAreReadAndSetInOrder()
    {
        Dense layer = new(2, name: "d");
        Assert.Empty(layer.GetWeights());
        Assert.Contains("not built", Assert.Throws<InvalidOperationException>(() => layer.CountParams()).Message);
        layer.Build([null, 3]);
        Assert.Equal(8, layer.CountParams());
        Assert.Contains("2 weights; 1", Assert.Throws<ArgumentException>(() => layer.SetWeights([s_x])).Message);
        string message = Assert.Throws<ArgumentException>(() => layer.SetWeights([Ops.Ones([2, 2]), Ops.Ones([2])])).Message;
        Assert.Contains("(3, 2)", message);
        Assert.Contains("(2, 2)", message);
        Assert.Contains("symbolic", Assert.Throws<ArgumentException>(() => layer.SetWeights([Ops.Ones([3, 2]), new Input(batchShape: [2])])).Message);
        Assert.Contains("bias", Assert.Throws<ArgumentException>(() => layer.SetWeights([Ops.Ones([3, 2]) * 5, Ops.Ones([3])])).Message);
        Assert.DoesNotContain(5f, layer.GetWeights()[0].ToArray<float>()); // Nothing was changed.
        layer.SetWeights([Ops.Ones([3, 2]) * 5, Ops.Ones([2])]);
        Assert.Equal(16, layer.Apply(Ops.Ones([1, 3])).ToArray<float>()[0]);
    }

    [Fact]
    public void ConstraintsHoldAfterEveryStep()
    {
        Scale layer = new();
        Sequential model = new([layer]);
        model.Compile("sgd", "mse");
        model.Fit(s_x, s_x * -9, epochs: 20, verbose: 0);
        Assert.All(layer.K.Value.ToArray<float>(), k => Assert.True(k >= 0));
        Assert.Equal([1f], layer.Weights[^1].Value.ToArray<float>());
    }

    [Fact]
    public void SeedsInFieldsMoveOnWithEveryCall()
    {
        Scale layer = new();
        layer.Apply(s_x);
        uint[] state = layer.Variables[^1].Value.ToArray<uint>();
        layer.Seed.Next();
        Assert.NotEqual(state, layer.Variables[^1].Value.ToArray<uint>());
    }

    private static Kept Made()
    {
        Kept model = new();
        model.Apply(s_x);
        return model;
    }

    private static string Short(Variable variable) => variable.Path.Contains("seed", StringComparison.Ordinal) ? "seed" : variable.Path.Replace("kept/", "", StringComparison.Ordinal);

    private static void AssertKeras(Layer layer, string[] weights, string[] notTrainable)
    {
        Assert.Equal(weights, layer.Weights.Select(Short));
        Assert.Equal(notTrainable, layer.NonTrainableWeights.Select(Short));
        Assert.Equal(weights.Except(notTrainable), layer.TrainableWeights.Select(Short));
    }

    private sealed class Scale(bool trainable = true) : Layer("s", trainable)
    {
        private readonly Variable _free = new((Tensor)new float[] { 1, 1 }, trainable: false, name: "free");
        private readonly Variable _gain = new((Tensor)new float[] { 1, 1 }, name: "gain");

        public SeedGenerator Seed { get; } = new(1);

        public Variable C { get; private set; } = null!;

        public Variable K { get; private set; } = null!;

        public override void Build(Shape inputShape)
        {
            C = AddWeight("c", [1], "ones", trainable: false);
            K = AddWeight("k", [inputShape[-1]], "ones", constraint: "non_neg");
        }

        public override Tensor Call(Tensor inputs, bool training = false) => inputs * K * C * _gain * _free;
    }

    private sealed class Kept() : Model("kept")
    {
        private readonly Dense _a = new(2, name: "a");
        private readonly object[] _list = [new Dense(2, name: "l"), new Layer[] { new BatchNormalization(name: "bn") }];
        private readonly Dictionary<string, Layer> _byName = new() { ["x"] = new Dense(2, name: "x"), ["b"] = new Dropout(0.5) };

        public Scale Scale { get; } = new();

        public override Tensor Call(Tensor inputs, bool training = false) =>
            Scale.Apply(_byName["b"].Apply(_byName["x"].Apply(((Layer[])_list[1])[0].Apply(((Layer)_list[0]).Apply(_a.Apply(inputs))))));
    }

    [Fact]
    public void OwnVariablesGoThroughAStore()
    {
        BatchNormalization from = new(), to = new();
        Tensor x = RandomOps.Normal([4, 3], seed: new SeedGenerator(1));
        from.Apply(x, training: true);
        to.Apply(x);
        Dictionary<string, Tensor> store = [];
        from.SaveOwnVariables(store);
        Assert.Equal(["0", "1", "2", "3"], store.Keys);
        to.LoadOwnVariables(store);
        Assert.Equal(from.MovingMean!.Value.ToArray<float>(), to.MovingMean!.Value.ToArray<float>());
    }

    [Fact]
    public void AStoreThatDoesNotFitChangesNothing()
    {
        Dense layer = new(2);
        Assert.Contains("is not built", Refused(new() { ["0"] = Ops.Zeros([3, 2]) }), StringComparison.Ordinal);
        layer.Build([null, 3]);
        float[] before = layer.Kernel.Value.ToArray<float>();
        Assert.Contains("2 variables (kernel, bias)", Refused(new() { ["0"] = Ops.Zeros([3, 2]) }), StringComparison.Ordinal);
        Assert.Contains("no variable '1'", Refused(new() { ["0"] = Ops.Zeros([3, 2]), ["2"] = Ops.Zeros([2]) }), StringComparison.Ordinal);
        Assert.Contains("has shape (2,); its value in the store has shape (3,)", Refused(new() { ["0"] = Ops.Zeros([3, 2]), ["1"] = Ops.Zeros([3]) }), StringComparison.Ordinal);
        Assert.Equal(before, layer.Kernel.Value.ToArray<float>());

        string Refused(Dictionary<string, Tensor> store) => Assert.ThrowsAny<ArgumentException>(() => layer.LoadOwnVariables(store)).Message;
    }

    [Fact]
    public void ALayerKnowsItsPathAndTypes()
    {
        Dense layer = new(2, name: "inner", dtype: "mixed_bfloat16");
        Assert.Null(layer.Path);
        Sequential model = new([new Input([3]), layer], name: "outer");
        Assert.Same(layer, model.Layers[0]);
        Assert.Equal("outer/inner", layer.Path);
        Assert.Equal((DType.Float32, DType.BFloat16), (layer.DType, layer.InputDType));
    }

    [Fact]
    public void OutputSpecsBelongToNoGraph()
    {
        Dense layer = new(5);
        Tensor result = layer.ComputeOutputSpec(new KerasTensor([null, 3]))[0];
        Assert.Equal([null, 5], result.Shape);
        Assert.Empty(layer.InboundNodes);
    }
}
