using NKeras.Core;
using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Layers.Checking;

/// <summary>What must hold for every layer in each of its settings; in the spirit of Keras's run_layer_test.</summary>
[Collection(NamesCollection.Name)]
public sealed class LayerCheckTests
{
    public static TheoryData<string> Names => new(LayerCases.All.Keys.Order(StringComparer.Ordinal));

    /// <summary>Layers without settings, or made inside others only: an input has no input, a wrapper as such computes nothing, stacked cells are checked in RNN.</summary>
    private static readonly Type[] s_checkedElsewhere = [typeof(InputLayer), typeof(Wrapper), typeof(StackedRNNCells), typeof(FeatureSpace), typeof(TFDIdentity)];

    [Fact]
    public void EveryLayerIsCheckedInSeveralSettings()
    {
        ILookup<Type, string> cases = LayerCases.All.ToLookup(c => c.Value.Make().GetType(), c => c.Key);
        IEnumerable<Type> layers = NKeras.Saving.TypeTable.All.Select(t => t.Type).Where(t => typeof(Layer).IsAssignableFrom(t) && !typeof(Model).IsAssignableFrom(t));
        Assert.Empty(layers.Except(s_checkedElsewhere).Where(t => cases[t].Count() < 2).Select(t => t.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void HasKerasWeightsAndNames(string name)
    {
        (LayerCase c, Layer layer) = Make(name);
        if (c.AutoName != null) Assert.Equal(c.AutoName, layer.Name);
        _ = layer.ApplyTo(c.Data());
        Assert.True(layer.Built);
        string prefix = $"{layer.Name}/";
        Assert.Equal(c.Trainable.Select(w => $"{prefix}{w.Name} {w.Shape}"), layer.TrainableWeights.Select(w => $"{w.Path} {w.Shape}"));
        Assert.Equal(c.Frozen.Select(w => $"{prefix}{w.Name} {w.Shape}"), layer.NonTrainableWeights.Select(w => $"{w.Path} {w.Shape}"));
        Assert.Equal(c.Trainable.Length + c.Frozen.Length + c.SeedStates, layer.Variables.Count);
        Assert.Equal(c.Losses, layer.Losses.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ConfigurationMakesAnEqualLayer(string name)
    {
        (LayerCase c, Layer layer) = Make(name);
        Layer again = LayerConfigs.Again(layer);
        Assert.Equal(LayerConfigs.Text(layer), LayerConfigs.Text(again));
        Tensors expected = layer.ApplyTo(c.Data(training: false));
        _ = again.ApplyTo(c.Data(training: false));
        again.SetWeights(layer.GetWeights());
        if (again is RecurrentLayer { States: not null } stateful) stateful.ResetState();
        AssertEqual(expected, again.ApplyTo(c.Data(training: false)));
        Layer built = LayerConfigs.Again(layer);
        Assert.Equal(LayerConfigs.Text(layer), LayerConfigs.Text(built));
        Assert.Equal(layer.Weights.Select(w => w.Shape), built.Weights.Select(w => w.Shape));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SymbolicAndEagerResultsHaveOneShapeAndType(string name)
    {
        (LayerCase c, Layer layer) = Make(name);
        Tensors eager = layer.ApplyTo(c.Data());
        Assert.Equal(c.Output, eager.Select<Tensor, Shape>(t => t.Shape));
        Assert.All(eager, t => Assert.Equal(c.OutputType ?? layer.ComputeDType, t.DType));
        foreach (bool? training in new bool?[] { null, true })
        {
            AssertLike(eager, layer.ApplyTo(c.Symbols(s => s, training)), exactly: true);
            Assert.Equal(c.Output, layer.ApplyTo(c.Data(training)).Select<Tensor, Shape>(t => t.Shape));
        }

        if (c.NeedsBatch) return;
        Tensors open = layer.ApplyTo(c.Symbols(s => s.With(0, Shape.Unknown)));
        AssertLike(eager, open, exactly: false);
        Assert.All(open.Zip(eager), p => Assert.Equal(p.Second.Shape.With(0, Shape.Unknown), p.First.Shape));
        if (c.AllowsUnknown) AssertLike(eager, layer.ApplyTo(c.Symbols(OnlyChannels)), exactly: false);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void MasksTravel(string name)
    {
        (LayerCase c, Layer layer) = Make(name);
        if (!c.CanBeMasked || c.Inputs.Any(s => s.Rank < 2 || s[1] != c.Inputs[0][1])) return;
        foreach (CallArguments call in new[] { c.Data(), c.Symbols(s => s) })
        {
            foreach (Tensor input in call.Inputs) KerasMask.Set(input, input is KerasTensor ? new KerasTensor(MaskShape(input.Shape), DType.Bool) : Ops.Ones(MaskShape(input.Shape), DType.Bool));
            Tensor? mask = KerasMask.Of(layer.ApplyTo(call)[0]);
            Assert.Equal(c.Mask, mask?.Shape);
        }

        static Shape MaskShape(Shape shape) => [shape[0], shape[1]];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AStepOfTrainingChangesExactlyTheTrainableWeights(string name)
    {
        (LayerCase c, Layer layer) = Make(name);
        if (!c.Trains) return;
        Model model = Compiled(c, layer);
        Tensor[] before = layer.GetWeights();
        Train(model, c);
        HashSet<string> expected = [.. c.Trainable.Select(w => w.Name).Except(c.Idle), .. c.Updated];
        Assert.Equal(expected.Order(), Changed(layer, before).Order());
        Assert.All(layer.Weights.Where(w => w.DType.IsFloating), w => Assert.All(w.Value.ToArray<float>(), v => Assert.True(float.IsFinite(v), w.Path)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AFrozenLayerKeepsItsWeights(string name)
    {
        (LayerCase c, Layer layer) = Make(name);
        if (!c.Trains) return;
        layer.Trainable = false;
        Model model = Compiled(c, layer);
        Assert.Empty(layer.TrainableWeights);
        Assert.Equal(c.Trainable.Length + c.Frozen.Length, layer.NonTrainableWeights.Count);
        Tensor[] before = layer.GetWeights();
        Train(model, c);
        Assert.Empty(Changed(layer, before).Except(StateOf(layer, c)));
        layer.Trainable = true;
        Assert.Equal(c.Trainable.Length, layer.TrainableWeights.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ComputesInTheTypesOfItsPolicy(string name)
    {
        (LayerCase c, Layer layer) = Make(name);
        if (!c.Mixes) return;
        foreach ((string policy, DType compute, DType variable) in new[] { ("float64", DType.Float64, DType.Float64), ("mixed_float16", DType.Float16, DType.Float32), ("mixed_bfloat16", DType.BFloat16, DType.Float32) })
        {
            Layer typed = LayerConfigs.WithTypes(layer, policy);
            Tensors results = typed.ApplyTo(c.Data());
            Assert.All(results, t => Assert.Equal(c.OutputType ?? compute, t.DType));
            Assert.All(typed.Weights.Where(w => w.DType.IsFloating), w => Assert.Equal(variable, w.DType));
            AssertLike(results, typed.ApplyTo(c.Symbols(s => s)), exactly: true);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ModelsWithItAreMadeAgainFromText(string name)
    {
        (LayerCase c, Layer layer) = Make(name);
        (List<Input> inputs, CallArguments call) = c.ModelInputs();
        Tensors results = layer.ApplyTo(call);
        Model model = new(KerasTensors.Create([.. inputs]), KerasTensors.Create([.. results.Cast<KerasTensor>()]));
        Model again = Model.FromJson(model.ToJson());
        Assert.Equal(model.ToJson(), again.ToJson());
        again.SetWeights(model.GetWeights());
        Tensor[] data = [.. c.Data().Tensors];
        AssertEqual(model.ApplyAll(data, training: false), again.ApplyAll(data, training: false));
    }

    private static (LayerCase Case, Layer Layer) Make(string name)
    {
        Utils.ClearSession();
        Utils.SetRandomSeed(7);
        LayerCase c = LayerCases.All[name];
        return (c, c.Make());
    }

    private static Model Compiled(LayerCase c, Layer layer)
    {
        (List<Input> inputs, CallArguments call) = c.ModelInputs();
        Tensors results = layer.ApplyTo(call);
        Model model = new(KerasTensors.Create([.. inputs]), KerasTensors.Create([.. results.Cast<KerasTensor>()]));
        model.Compile(new SGD(0.5), loss: results.Count == 1 ? "mse" : LossesByOutput.Create([.. Enumerable.Repeat<NKeras.Losses.Loss?>("mse", results.Count)]));
        return model;
    }

    private static void Train(Model model, LayerCase c)
    {
        Tensor[] data = [.. c.Data().Tensors];
        Tensor[] targets = [.. c.Output.Select((s, i) => RandomOps.Normal(s, seed: new SeedGenerator(100 + i)))];
        _ = model.Fit(Structure(data), Structure(targets), batchSize: c.Inputs[0][0], epochs: 1, verbose: 0, shuffle: false);
    }

    private static Tensors Structure(Tensor[] tensors) => tensors.Length == 1 ? tensors[0] : Tensors.Create(tensors);

    private static IEnumerable<string> Changed(Layer layer, Tensor[] before) => layer.Weights
        .Zip(before)
        .Where(p => !Numbers(p.First.Value).AsSpan().SequenceEqual(Numbers(p.Second)))
        .Select(p => p.First.Path[(layer.Name.Length + 1)..]);

    private static double[] Numbers(Tensor tensor) => Ops.Cast(tensor, DType.Float64).ToArray<double>();

    /// <summary>State from batch to batch changes though a layer is frozen; statistics do not.</summary>
    private static IEnumerable<string> StateOf(Layer layer, LayerCase c) => layer is BatchNormalization ? [] : c.Updated;

    /// <summary>A shape of which only the batch's rank and the channels are known.</summary>
    private static Shape OnlyChannels(Shape shape)
    {
        Shape result = shape;
        for (int i = 0; i < shape.Rank - 1; i++) result = result.With(i, Shape.Unknown);
        return result;
    }

    private static void AssertLike(Tensors eager, Tensors symbolic, bool exactly)
    {
        Assert.Equal(eager.Count, symbolic.Count);
        foreach ((Tensor e, Tensor s) in eager.Zip(symbolic))
        {
            Assert.Equal(e.DType, s.DType);
            Assert.Equal(e.Shape.Rank, s.Shape.Rank);
            if (exactly) Assert.Equal(e.Shape, s.Shape);
            else Assert.True(s.Shape.IsCompatibleWith(e.Shape), $"{s.Shape} is no shape of {e.Shape}");
        }
    }

    private static void AssertEqual(IReadOnlyList<Tensor> expected, IReadOnlyList<Tensor> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach ((Tensor e, Tensor a) in expected.Zip(actual))
        {
            Assert.Equal(e.Shape, a.Shape);
            if (e.DType == DType.String) Assert.Equal(e.ToStrings(), a.ToStrings());
            else Assert.Equal(Ops.Cast(e, DType.Float64).ToArray<double>(), Ops.Cast(a, DType.Float64).ToArray<double>());
        }
    }
}
