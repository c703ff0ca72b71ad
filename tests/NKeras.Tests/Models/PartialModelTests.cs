using NKeras.Layers;

namespace NKeras.Tests.Models;

/// <summary>Models of a part of another one, from its intermediate tensors.</summary>
public sealed class PartialModelTests
{
    private static readonly Tensor s_x = Tensor.From([.. Enumerable.Range(0, 12).Select(i => (i % 5) / 5f)], [4, 3]);

    private readonly Input _i = new([3], name: "i");
    private readonly KerasTensor _a, _b;
    private readonly Model _full;

    public PartialModelTests()
    {
        _a = new Dense(4, name: "a").Apply(_i);
        _b = new Dense(5, name: "b").Apply(_a);
        _full = new Model(_i, new Dense(2, name: "c").Apply(_b), name: "full");
    }

    [Fact]
    public void ATailBeginsWithANewInput()
    {
        Model tail = new(_a, _full.Output, name: "tail");
        Assert.Equal([$"{_a.Name}CLONE", "b", "c"], tail.Layers.Select(l => l.Name));
        Assert.Equal([null, 4], tail.InputShape);
        Assert.Equal(["b/kernel", "b/bias", "c/kernel", "c/bias"], tail.Weights.Select(w => w.Path));
        Model head = new(_i, _a);
        Assert.Equal(_full.Predict(s_x, verbose: 0).ToArray<float>(), tail.Predict(head.Predict(s_x, verbose: 0), verbose: 0).ToArray<float>());
        // The calls that the new model adds are not the first one's.
        foreach (Model model in (Model[])[_full, tail])
        {
            Model copy = Model.FromJson(model.ToJson());
            copy.SetWeights(model.GetWeights());
            Tensor data = Ops.Ones([2, model.InputShape[1]]);
            Assert.Equal(model.Predict(data, verbose: 0).ToArray<float>(), copy.Predict(data, verbose: 0).ToArray<float>());
        }
    }

    [Fact]
    public void EveryActivationCanBeLookedAt()
    {
        Model features = new(_full.Input, [.. _full.Layers.Select(l => l.Output)]);
        Tensors results = features.PredictAll(s_x, verbose: 0);
        Assert.Equal([[4, 3], [4, 4], [4, 5], [4, 2]], results.Select(r => r.Shape));
        Assert.Equal(s_x.ToArray<float>(), results[0].ToArray<float>());
        Assert.Equal(_full.Predict(s_x, verbose: 0).ToArray<float>(), results[3].ToArray<float>());
        Assert.Equal(["i", "a", "b", "c"], features.Layers.Select(l => l.Name));
        Model more = new(_full.Inputs[0], Ops.Relu(_full.GetLayer("b").Output) + 1);
        Assert.Equal(["i", "a", "b"], more.Layers.Select(l => l.Name));
        Assert.Equal([null, 5], more.OutputShape);
    }

    [Fact]
    public void WeightsAreSharedAndTrainedThroughAnyOfThem()
    {
        Model backbone = new(_i, _b), tail = new(_a, _full.Output);
        Model second = new(_i, new Dense(1, name: "d").Apply(backbone.Apply(_i)));
        Tensor[] targets = [Ops.Ones([4, 2]), Ops.Ones([4, 5]), Ops.Ones([4, 2]), Ops.Ones([4, 1])];
        Tensor[] inputs = [s_x, s_x, Ops.Ones([4, 4]), s_x];
        Model[] models = [_full, backbone, tail, second];
        for (int i = 0; i < models.Length; i++)
        {
            models[i].Compile("sgd", "mse");
            float[] before = Kernel(), predicted = _full.Predict(s_x, verbose: 0).ToArray<float>();
            models[i].Fit(inputs[i], targets[i], verbose: 0);
            Assert.NotEqual(before, Kernel());
            Assert.NotEqual(predicted, _full.Predict(s_x, verbose: 0).ToArray<float>());
        }

        float[] Kernel() => _full.GetLayer("b").Weights[0].Value.ToArray<float>();
    }

    [Fact]
    public void FreezingInOneModelIsNoticedByTheOthers()
    {
        Model tail = new(_a, _full.Output);
        tail.Compile("sgd", "mse");
        Tensor ones = Ops.Ones([4, 4]), y = Ops.Ones([4, 2]);
        tail.Fit(ones, y, verbose: 0);
        // Recorded with Keras 3.16.
        _full.GetLayer("b").Trainable = false;
        Assert.Equal(["c/kernel", "c/bias"], tail.TrainableWeights.Select(w => w.Path));
        float[] before = tail.GetWeights()[0].ToArray<float>(), last = tail.GetWeights()[2].ToArray<float>();
        tail.Fit(ones, y, verbose: 0);
        Assert.Equal(before, tail.GetWeights()[0].ToArray<float>());
        Assert.NotEqual(last, tail.GetWeights()[2].ToArray<float>());
        _full.Trainable = false;
        Assert.True(tail.Trainable);
        Assert.Empty(tail.TrainableWeights);
        _full.Trainable = true;
        tail.Fit(ones, y, verbose: 0);
        Assert.NotEqual(before, tail.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void ASummaryShowsTheNewInput()
    {
        string summary = "";
        new Model(_a, _full.Output, name: "tail").Summary(lineLength: 100, printFn: text => summary = text);
        Assert.Contains($"{_a.Name}CLONE (InputLayer)", summary);
        Assert.Contains("Total params: 37 (148.00 B)", summary);
    }
}
