using NKeras.Layers;

namespace NKeras.Tests.Layers;

/// <summary>Whether a layer behaves as in training: said at the call, or by the calls around it.</summary>
public sealed class TrainingArgumentTests
{
    private static readonly float[,] s_x = { { 0 } };

    /// <summary>How a layer is called in a functional model, and what it then sees in inference and in training.</summary>
    public static TheoryData<string, float, float> Calls => new()
    {
        { "plain", 0, 1 },
        { "true", 1, 1 },
        { "false", 0, 0 },
        { "inside", 0, 1 },
        { "inside true", 1, 1 },
        { "inside false", 0, 0 },
        { "model", 0, 1 },
        { "model true", 1, 1 },
        { "chain", 0, 1 },
        { "fixed inside true", 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void WhatTheCallSaysWins(string call, float inference, float training)
    {
        Input x = new([1]), y = new([1]);
        KerasTensor result = call switch
        {
            "plain" => new Flag().Apply(x),
            "true" => new Flag().Apply(x, training: true),
            "false" => new Flag().Apply(x, training: false),
            "inside" => new Outer(null).Apply(x),
            "inside true" => new Outer(null).Apply(x, training: true),
            "inside false" => new Outer(null).Apply(x, training: false),
            "fixed inside true" => new Outer(false).Apply(x, training: true),
            "model" => new Model(y, new Outer(null).Apply(y)).Apply(x),
            "model true" => new Model(y, new Flag().Apply(y)).Apply(x, training: true),
            _ => new Sequential([new Outer(null), new Keep()]).Apply(x),
        };
        Model model = new(x, result);
        Assert.Equal(inference, model.Apply(s_x).ToArray<float>()[0]);
        Assert.Equal(inference, model.Apply(s_x, training: false).ToArray<float>()[0]);
        Assert.Equal(training, model.Apply(s_x, training: true).ToArray<float>()[0]);
        Assert.Equal(inference, model.Predict(s_x, verbose: 0).ToArray<float>()[0]);
        model.Compile("sgd", "mae");
        Assert.Equal(inference, model.Evaluate(s_x, s_x, verbose: 0)["loss"]);
        Assert.Equal(training, model.Fit(s_x, s_x, verbose: 0)["loss"][0]);
    }

    [Fact]
    public void ACallDoesNotChangeItsNeighbours()
    {
        // Keras: a later call at the same level inherits what an earlier one said.
        Input x = new([1]);
        Model model = new(x, [new Flag().Apply(x, training: true), new Flag().Apply(x)]);
        (Tensor first, Tensor second) = model.ApplyAll([(Tensor)s_x]);
        Assert.Equal((1f, 0f), (first.Item<float>(), second.Item<float>()));
    }

    [Fact]
    public void TheArgumentIsPartOfTheConfiguration()
    {
        Input x = new([1]);
        Model model = Model.FromJson(new Model(x, new Dropout(0.5, seed: 3).Apply(x, training: true)).ToJson());
        Assert.Contains(model.Predict(Ops.Ones([64, 1]), verbose: 0).ToArray<float>(), v => v == 0);
    }

    /// <summary>One in training, zero otherwise.</summary>
    private sealed class Flag : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false) => (inputs * 0f) + (training ? 1f : 0f);
    }

    private sealed class Outer(bool? training) : Layer
    {
        private readonly Flag _flag = new();

        public override Tensor Call(Tensor inputs, bool isTraining = false) => _flag.Apply(inputs, training);
    }

    private sealed class Keep : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false) => inputs;
    }
}
