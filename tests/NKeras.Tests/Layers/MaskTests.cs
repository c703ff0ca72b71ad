using NKeras.Layers;

namespace NKeras.Tests.Layers;

/// <summary>Masks: made, passed on, used and lost. The values were recorded with Keras 3.16.</summary>
public sealed class MaskTests
{
    private static readonly float[,,] s_x = { { { 1, 2 }, { 0, 0 }, { 3, 1 } }, { { 0, 0 }, { 1, 1 }, { 0, 0 } } };
    private static readonly float[] s_masked = [10, 8, 3, 3], s_unmasked = [11, 9, 5, 5];

    public static TheoryData<string> Ways => ["functional", "sequential", "subclassed", "nested", "nested first", "eager"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void AMaskTravelsThroughLayersThatSupportIt(string way)
    {
        foreach (bool passes in (bool[])[true, false])
        {
            Layer[] layers = [new MakeMask(), passes ? new Pass() : new Lose(), new UseMask()];
            float[] expected = passes ? s_masked : s_unmasked;
            if (way == "eager")
            {
                Assert.Equal(expected, layers[2].Apply(layers[1].Apply(layers[0].Apply((Tensor)s_x))).ToArray<float>());
                continue;
            }

            Model model = Combine(way, layers);
            Assert.Equal(expected, model.Apply((Tensor)s_x).ToArray<float>());
            Assert.Equal(expected, model.Predict(s_x, verbose: 0).ToArray<float>());
            model.Compile("sgd", "mae");
            Tensor y = Ops.Reshape(Tensor.From(expected), [2, 2]);
            Assert.Equal(0, model.Fit(s_x, y, verbose: 0)["loss"][0]);
            Assert.Equal(0, model.Evaluate(s_x, y, verbose: 0)["loss"]);
        }
    }

    [Fact]
    public void AMaskGivenAtTheCallIsUsed()
    {
        Tensor mask = Tensor.From([true, false, false, true, true, false], [2, 3]);
        Assert.Equal([1f, 2, 1, 1], new UseMask().Apply((Tensor)s_x, mask: mask).ToArray<float>());
        Assert.Equal([4f, 3, 1, 1], new UseMask().Apply((Tensor)s_x).ToArray<float>());
        Input x = new([null, 2]);
        Model model = new(x, new UseMask().Apply(new Pass().Apply(x)));
        Assert.Equal([2f, 3, 3, 3], model.Apply((Tensor)s_x, mask: mask).ToArray<float>());
        Assert.Equal([7f, 6, 4, 4], model.Apply((Tensor)s_x).ToArray<float>());
        Input values = new([null, 2]), steps = new([null], dtype: "bool");
        Model explicitMask = new([values, steps], new UseMask().Apply(values, mask: steps));
        Assert.Equal([1f, 2, 1, 1], explicitMask.Predict([(Tensor)s_x, mask], verbose: 0).ToArray<float>());
        Assert.Equal([1f, 2, 1, 1], new Wrapper().Apply([(Tensor)s_x, mask]).ToArray<float>());
    }

    [Fact]
    public void LayersWithSeveralInputsSeeAMaskForEach()
    {
        Tensor masked = new MakeMask().Apply((Tensor)s_x);
        Several layer = new();
        (Tensor first, Tensor second) = layer.ApplyAll([masked, (Tensor)s_x]);
        Assert.Equal([true, false], layer.Seen);
        Assert.Equal([8f, 6, 2, 2], new UseMask().Apply(first).ToArray<float>());
        Assert.Equal([4f, 3, 1, 1], new UseMask().Apply(second).ToArray<float>());
    }

    [Fact]
    public void WhatComputesAMaskIsPartOfTheModel()
    {
        Input x = new([null, 2], name: "x");
        KerasTensor result = new UseMask(name: "use").Apply(new Pass(name: "pass").Apply(new MakeMask(name: "make").Apply(x)));
        string summary = "";
        new Model(x, result).Summary(printFn: text => summary = text);
        Assert.Contains("(NotEqual)", summary);
        Assert.Contains("(Max)", summary);
        Assert.Matches(@"pass\[0\]\[0\],\s", summary);
        new Model(x, new UseMask(name: "use").Apply(new Lose(name: "lose").Apply(new MakeMask(name: "make").Apply(x)))).Summary(printFn: text => summary = text);
        Assert.DoesNotContain("(NotEqual)", summary);
    }

    private static Model Combine(string way, Layer[] layers)
    {
        Input x = new([null, 2]), y = new([null, 2]);
        switch (way)
        {
            case "functional":
                return new Model(x, layers[2].Apply(layers[1].Apply(layers[0].Apply(x))));
            case "sequential":
                return new Sequential(layers);
            case "subclassed":
                return new Chain(layers);
            case "nested":
                return new Model(x, layers[2].Apply(new Model(y, layers[1].Apply(layers[0].Apply(y))).Apply(x)));
            default:
                return new Sequential([new Model(y, layers[1].Apply(layers[0].Apply(y))), layers[2]]);
        }
    }

    private sealed class MakeMask(string? name = null) : Layer(name)
    {
        public override Tensor Call(Tensor inputs, bool training = false) => inputs * 2f;

        public override Tensor? ComputeMask(Tensor inputs, Tensor? previousMask) => Ops.NotEqual(Ops.Max(inputs, axis: -1), 0f);
    }

    private sealed class UseMask(string? name = null) : Layer(name)
    {
        public override Tensor Call(Tensor inputs, bool training, Tensor? mask) =>
            Ops.Sum(mask is null ? inputs : inputs * Ops.Cast(Ops.ExpandDims(mask, -1), inputs.DType), axis: 1);
    }

    private sealed class Pass : Layer
    {
        public Pass(string? name = null)
            : base(name) => SupportsMasking = true;

        public override Tensor Call(Tensor inputs, bool training = false) => inputs + 1f;
    }

    private sealed class Lose(string? name = null) : Layer(name)
    {
        public override Tensor Call(Tensor inputs, bool training = false) => inputs + 1f;
    }

    private sealed class Several : Layer
    {
        public bool[] Seen { get; private set; } = [];

        public override Tensors Call(Tensors inputs, bool training, Tensors? mask)
        {
            Seen = [.. inputs.Select((_, i) => mask?[i] is not null)];
            return [.. inputs.Select(t => t * 1f)];
        }

        public override Tensors? ComputeMask(Tensors inputs, Tensors? previousMask) => previousMask;
    }

    /// <summary>Takes values and a mask as inputs.</summary>
    private sealed class Wrapper : Layer
    {
        private readonly UseMask _use = new();

        public override Tensors Call(Tensors inputs, bool training) => _use.Apply(inputs[0], mask: inputs[1]);
    }

    private sealed class Chain(Layer[] layers) : Model(name: null)
    {
        private readonly Layer[] _layers = layers;

        public override Tensor Call(Tensor inputs, bool training = false) => _layers.Aggregate(inputs, (x, layer) => layer.Apply(x));
    }
}
