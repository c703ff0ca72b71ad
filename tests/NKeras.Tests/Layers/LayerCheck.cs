using NKeras.Layers;

namespace NKeras.Tests.Layers;

/// <summary>What must hold for every layer, whatever it computes; in the spirit of Keras's run_layer_test.</summary>
internal sealed record LayerCheck
{
    /// <summary>Makes a fresh layer; the arguments are common to all layers.</summary>
    public required Func<bool, DTypePolicy?, Layer> Make { get; init; }

    /// <summary>The input, or inputs.</summary>
    public required Shape[] Inputs { get; init; }

    public required Shape Output { get; init; }

    /// <summary>Names and shapes of the trainable weights, in order.</summary>
    public (string Name, Shape Shape)[] Trainable { get; init; } = [];

    /// <summary>Names and shapes of the other weights, in order.</summary>
    public (string Name, Shape Shape)[] Frozen { get; init; } = [];

    public int SeedStates { get; init; }

    public string? AutoName { get; init; }

    public void Run()
    {
        Utils.ClearSession();
        Layer layer = Make(true, null);
        if (AutoName != null) Assert.Equal(AutoName, layer.Name);
        Tensor[] data = [.. Inputs.Select((s, i) => RandomOps.Normal(s, seed: new SeedGenerator(i)))];

        KerasTensor[] open = [.. Inputs.Select(s => new KerasTensor(s.With(0, Shape.Unknown)))];
        KerasTensor symbolic = layer.Apply(open);
        Assert.Equal(Output.With(0, Shape.Unknown), symbolic.Shape);
        Assert.True(layer.Built);
        CheckWeights(layer);

        Tensor result = layer.Apply(data);
        Assert.Equal(Output, result.Shape);
        Assert.Equal(symbolic.DType, result.DType);
        Assert.Equal(Output, layer.Apply((KerasTensor[])[.. Inputs.Select(s => new KerasTensor(s))]).Shape);
        if (Inputs.Length == 1)
        {
            Assert.Equal(Output, layer.ComputeOutputShape(Inputs[0]));
            Assert.Equal(Output, layer.Apply(data[0], training: true).Shape);
            Assert.Equal(Output, layer.Apply(new KerasTensor(Inputs[0]), training: true).Shape);
        }

        CheckInModel(layer, data);
        CheckFrozen();
        CheckTypes(data);
    }

    private void CheckWeights(Layer layer)
    {
        Assert.Equal(Trainable.Select(w => $"{layer.Name}/{w.Name} {w.Shape}"), layer.TrainableWeights.Select(w => $"{w.Path} {w.Shape}"));
        Assert.Equal(Frozen.Select(w => $"{layer.Name}/{w.Name} {w.Shape}"), layer.NonTrainableWeights.Select(w => $"{w.Path} {w.Shape}"));
        Assert.Equal(Trainable.Length + Frozen.Length + SeedStates, layer.Variables.Count);
        Assert.Equal(layer.Weights.Sum(w => w.Shape.Size), layer.CountParams());
    }

    /// <summary>The layer computes the same as a step of a model.</summary>
    private void CheckInModel(Layer layer, Tensor[] data)
    {
        Input[] inputs = [.. Inputs.Select(s => new Input(batchShape: s.With(0, Shape.Unknown)))];
        Model model = new(KerasTensors.Create(inputs), layer.Apply((KerasTensor[])inputs));
        Assert.Equal(layer.Apply(data).ToArray<float>(), model.Apply(data).ToArray<float>());
    }

    private void CheckFrozen()
    {
        Layer layer = Make(false, null);
        layer.Apply((KerasTensor[])[.. Inputs.Select(s => new KerasTensor(s))]);
        Assert.Empty(layer.TrainableWeights);
        Assert.Equal(Trainable.Length + Frozen.Length, layer.NonTrainableWeights.Count);
        layer.Trainable = true;
        Assert.Equal(Trainable.Length, layer.TrainableWeights.Count);
    }

    private void CheckTypes(Tensor[] data)
    {
        Layer wide = Make(true, "float64");
        Assert.Equal(DType.Float64, wide.Apply(data).DType);
        Assert.All(wide.Weights, w => Assert.Equal(DType.Float64, w.DType));
        Layer mixed = Make(true, "mixed_bfloat16");
        Assert.Equal(DType.BFloat16, mixed.Apply(data).DType);
        Assert.All(mixed.Weights, w => Assert.Equal(DType.Float32, w.DType));
    }
}
