using NKeras.Layers;

namespace NKeras.Tests.Models;

/// <summary>Models that users write as classes: what is found in their fields, and how they are built, called and combined.</summary>
public sealed class SubclassedModelTests
{
    private static readonly float[,] s_x = { { 1, 2, 3 }, { 3, 2, 1 } };

    [Fact]
    public void LayersAreFoundWhereverAFieldKeepsThem()
    {
        Keeper model = new();
        Assert.Equal(["field", "in_list", "in_nested", "in_dictionary", "in_array", "in_pair", "in_object", "in_jagged", "backed"], model.Layers.Select(l => l.Name));
        model.List.Add(new Dense(1, name: "added_later"));
        Assert.Equal("added_later", model.Layers[2].Name);
        Assert.Same(model.Layers[0], model.GetLayer("field"));
        Assert.Same(model.Layers[3], model.GetLayer(index: 3));
        model.Apply(s_x);
        Assert.Equal(10 * 2, model.Weights.Count);
    }

    [Fact]
    public void SequencesThatAreComputedAndParentsAreLeftAlone()
    {
        WithSequenceAndParent parent = new();
        Assert.Single(parent.Layers);
        parent.Apply(s_x);
        Assert.Equal(2, parent.Weights.Count);
        parent.Trainable = false;
        Assert.Empty(parent.TrainableWeights);
        Assert.Empty(parent.Losses);
        Assert.Empty(parent.Metrics);
    }

    [Fact]
    public void PathsAreMadeOfTheNamesOfTheLayersAround()
    {
        Model top = new Chain("top", new Block("block", 2), new Block("other", 3));
        top.Apply(s_x);
        Assert.Equal(
            [
                "top/block/first/kernel", "top/block/first/bias", "top/block/inner/last/kernel", "top/block/inner/last/bias",
                "top/other/first/kernel", "top/other/first/bias", "top/other/inner/last/kernel", "top/other/inner/last/bias",
            ],
            top.Weights.Select(w => w.Path));
        Sequential chain = new([new Input([3]), new Block("block", 2)], name: "chain");
        Assert.Equal("chain/block/inner/last/bias", chain.Weights[^1].Path);
        Model functional = Functional(new Input([3]), new Block("block", 2));
        Assert.Equal("block/inner/last/bias", functional.Weights[^1].Path);
    }

    [Fact]
    public void BuildCreatesAllWeights()
    {
        Model model = new Chain("model", new Block("one", 2), new Block("two", 3));
        Assert.False(model.Built);
        Assert.Empty(model.Weights);
        Assert.Contains("'model'", Assert.Throws<InvalidOperationException>(() => model.CountParams()).Message);
        model.Build([null, 3]);
        Assert.True(model.Built);
        Assert.Equal(8 + 9 + 12 + 12, model.CountParams());
        Assert.Equal([null, 4], new Chain("again", new Block("one", 2), new Dense(4)).ComputeOutputShape([null, 3]));
    }

    [Fact]
    public void ShapesOfSeveralResultsAreFoundByTracing()
    {
        Split split = new();
        Assert.Equal([[null, 4], [null, 2]], split.ComputeOutputShapes([[null, 3]]));
        Assert.Contains("2 results", Assert.Throws<InvalidOperationException>(() => split.ComputeOutputShape([null, 3])).Message);
        Assert.Equal([[5, 7]], new Join().ComputeOutputShapes([[5, 3], [5, 4]]));
    }

    [Fact]
    public void ASubclassedModelIsALayerOfOtherModels()
    {
        Block block = new("block", 2);
        Chain shared = new("shared", block);
        Input x = new([3]);
        KerasTensor y = shared.Apply(x);
        Assert.Equal([null, 3], y.Shape);
        Model functional = new(x, new Dense(3).Apply(shared.Apply(y)));
        Assert.Equal(4 + 2, functional.Weights.Count);
        Tensor expected = functional.GetLayer(index: 2).Apply(shared.Apply(shared.Apply((Tensor)s_x)));
        Assert.Equal(expected.ToArray<float>(), functional.Predict(s_x, verbose: 0).ToArray<float>());
        Assert.Equal(shared.Apply((Tensor)s_x).ToArray<float>(), new Sequential([new Input([3]), shared]).Predict(s_x, verbose: 0).ToArray<float>());
        Assert.Equal(shared.Apply((Tensor)s_x).ToArray<float>(), new Sequential([shared]).Predict(s_x, verbose: 0).ToArray<float>());
    }

    [Fact]
    public void SeveralInputsAndOutputsGoByOrderAndByName()
    {
        Tensor a = new float[,] { { 1 }, { 2 } }, b = new float[,] { { 10 }, { 20 } };
        ByName model = new();
        Tensors results = model.ApplyAll(new Dictionary<string, Tensor> { ["b"] = b, ["a"] = a });
        Assert.Equal([11f, 22], results["sum"].ToArray<float>());
        Assert.Equal([9f, 18], results["difference"].ToArray<float>());
        Tensors predicted = model.PredictAll(new() { ["a"] = a, ["b"] = b }, verbose: 0);
        Assert.Equal([9f, 18], predicted["difference"].ToArray<float>());
        Assert.Equal([11f, 22], model.PredictAllOnBatch(new() { ["a"] = a, ["b"] = b })["sum"].ToArray<float>());
        (Tensor four, Tensor two) = new Split().ApplyAll([(Tensor)s_x]);
        Assert.Equal([2, 4], four.Shape);
        Assert.Equal([2, 2], two.Shape);
        Assert.Equal([2, 4], new Join().Apply([(Tensor)s_x, a]).Shape);
        Assert.Equal([2, 4], new Join().Predict([(Tensor)s_x, a], verbose: 0).Shape);
        Assert.Contains("2 results", Assert.Throws<InvalidOperationException>(() => new Split().Apply((Tensor)s_x)).Message);
    }

    [Fact]
    public void ASubclassCanBeMadeOfInputsAndOutputs()
    {
        Ready model = new(units: 2);
        Assert.Equal([null, 2], model.OutputShape);
        Assert.StartsWith("ready", model.Name, StringComparison.Ordinal);
        Assert.Equal(2, model.Layers.Count);
        Assert.Equal(2, model.Weights.Count); // The head belongs to the model, but is not built.
        model.Head.Apply((Tensor)s_x);
        Assert.Equal(4, model.Weights.Count);
        Assert.Equal([2, 2], model.Predict(s_x, verbose: 0).Shape);
    }

    private static Model Functional(Input x, Layer layer) => new(x, layer.Apply(x));

    private sealed class Keeper : Model
    {
        private readonly Dense _field = new(3, name: "field");
        public readonly List<Layer> List = [new Dense(3, name: "in_list")];
        private readonly List<List<Dense>> _nested = [[new Dense(3, name: "in_nested")], []];
        private readonly IReadOnlyDictionary<string, Dense> _dictionary = new Dictionary<string, Dense> { ["x"] = new(3, name: "in_dictionary") };
        private readonly Layer?[] _array = [null, new Dense(3, name: "in_array")];
        private readonly (Dense Layer, int Times) _pair = (new Dense(3, name: "in_pair"), 1);
        private readonly object _object = new Dense(3, name: "in_object");
        private readonly Dense[][] _jagged = [[new Dense(3, name: "in_jagged")], []];
        private readonly Dense? _nothing = null;
        private readonly Dense _same;

        public Keeper()
            : base("keeper") => _same = _field;

        private Dense Backed { get; } = new(3, name: "backed");

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            Layer[] all = [_same, .. List, .. _nested[0], .. _dictionary.Values, _array[1]!, _pair.Layer, (Layer)_object, Backed, .. _jagged[0]];
            return all.Aggregate(inputs, (x, layer) => layer.Apply(_nothing?.Apply(x) ?? x));
        }
    }

    private sealed class WithSequenceAndParent : Model
    {
        private readonly Child _child;
        private readonly IEnumerable<Dense> _sequence = Enumerable.Range(0, 3).Select(i => new Dense(i + 1));

        public WithSequenceAndParent()
            : base("parent") => _child = new Child(this);

        public override Tensor Call(Tensor inputs, bool training = false) => _child.Apply(inputs) + _sequence.Count();

        private sealed class Child(Layer parent) : Layer
        {
            private readonly Layer _parent = parent;
            private readonly Dense _dense = new(1);

            public override Tensor Call(Tensor inputs, bool training = false) => _dense.Apply(inputs) * (_parent.Name.Length > 0 ? 1 : 0);
        }
    }

    private sealed class Chain(string name, params Layer[] layers) : Model(name)
    {
        private readonly Layer[] _layers = layers;

        public override Tensor Call(Tensor inputs, bool training = false) => _layers.Aggregate(inputs, (x, layer) => layer.Apply(x));
    }

    private sealed class Block(string name, int units) : Layer(name)
    {
        private readonly Dense _first = new(units, name: "first");
        private readonly Chain _inner = new("inner", new Dense(3, name: "last"));

        public override Tensor Call(Tensor inputs, bool training = false) => _inner.Apply(_first.Apply(inputs));
    }

    private sealed class Split() : Model(name: null)
    {
        private readonly Dense _four = new(4), _two = new(2);

        public override Tensors Call(Tensors inputs, bool training) => (_four.Apply(inputs[0]), _two.Apply(inputs[0]));
    }

    private sealed class Join() : Model(name: null)
    {
        public override Tensors Call(Tensors inputs, bool training) => Ops.Concatenate([inputs[0], inputs[1]], axis: -1);
    }

    private sealed class ByName() : Model(name: null)
    {
        public override Tensors Call(Tensors inputs, bool training) => new() { ["sum"] = inputs["a"] + inputs["b"], ["difference"] = inputs["b"] - inputs["a"] };
    }

    private sealed class Ready : Model
    {
        public Ready(int units)
            : this(new Input([3]), new Dense(units))
        {
        }

        private Ready(Input x, Dense layer)
            : base(x, layer.Apply(x))
        {
        }

        public Dense Head { get; } = new(1);
    }
}
