using NKeras.Layers;

namespace NKeras.Tests.Models;

/// <summary><c>Model.Clone</c>, with all that can be changed on the way.</summary>
public sealed class CloneTests
{
    [Fact]
    public void TheCopyHasTheSameLayersAndFreshWeights()
    {
        Model model = Functional();
        Model copy = Model.Clone(model);
        Assert.Equal(model.Layers.Where(l => l is not InputLayer).Select(l => l.Name), copy.Layers.Where(l => l is not InputLayer).Select(l => l.Name));
        Assert.Empty(model.Weights.Intersect(copy.Weights));
        copy.SetWeights(model.GetWeights());
        Tensor x = Tensor.From([1f, 2, 3, 4], [1, 4]);
        Assert.Equal(model.Predict(x, verbose: 0).ToArray<float>(), copy.Predict(x, verbose: 0).ToArray<float>());
    }

    [Fact]
    public void ACompiledModelGivesACompiledCopy()
    {
        Model model = Functional();
        model.Compile("adagrad", "mse", metrics: ["mae"]);
        Model copy = Model.Clone(model);
        Assert.True(copy.Compiled);
        Assert.IsType<NKeras.Optimizers.Adagrad>(copy.Optimizer);
        Assert.NotSame(model.Optimizer, copy.Optimizer);
        Assert.Equal(model.GetCompileConfig().ToJsonString(), copy.GetCompileConfig().ToJsonString());
    }

    [Fact]
    public void SharedLayersStaySharedAndFunctionsStayFunctions()
    {
        Input x = new([3]);
        Dense shared = new(3, name: "shared");
        KerasTensor twice = shared.Apply(shared.Apply(x));
        Model copy = Model.Clone(new Model(x, (KerasTensor)Ops.Relu(twice) + x));
        Dense its = Assert.Single(copy.Layers.OfType<Dense>());
        Assert.NotSame(shared, its);
        Assert.Equal(2, its.InboundNodes.Count);
        Assert.Equal(2, copy.Weights.Count);
    }

    [Fact]
    public void ACloneFunctionMakesTheLayers()
    {
        Model model = Functional();
        Model copy = Model.Clone(model, cloneFunction: layer => layer is Dense dense ? new Dense(dense.Units, useBias: false, name: dense.Name) : layer);
        Assert.Equal(2, copy.Weights.Count);
        Assert.Same(model.GetLayer("drop"), copy.GetLayer("drop"));
        Model same = Model.Clone(model, cloneFunction: layer => layer);
        Assert.Equal(model.Weights, same.Weights);
    }

    [Fact]
    public void ACallFunctionPutsLayersIn()
    {
        Model model = Functional();
        Model copy = Model.Clone(
            model,
            cloneFunction: layer => layer,
            callFunction: (layer, inputs, call) => layer is Dense ? new Dropout(0.5).Apply(call(inputs)[0]) : call(inputs));
        Assert.Equal(3, copy.Layers.OfType<Dropout>().Count());
        Assert.Equal(model.Weights, copy.Weights);
        Assert.Throws<ArgumentException>(() => Model.Clone(new Sequential([new Input([2]), new Dense(1)]), callFunction: (_, inputs, call) => call(inputs)));
    }

    [Fact]
    public void ModelsInsideAreClonedLayerByLayerIfAsked()
    {
        Input x = new([4]);
        Model outer = new(x, Functional().Apply(x));
        List<string> seen = [];
        Model.Clone(outer, cloneFunction: Note);
        Assert.Equal(["inner"], seen);
        seen.Clear();
        Model copy = Model.Clone(outer, cloneFunction: Note, recursive: true);
        Assert.Equal(["a", "drop", "b"], seen);
        Assert.Empty(outer.Weights.Except(copy.Weights));

        Layer Note(Layer layer)
        {
            seen.Add(layer.Name);
            return layer;
        }
    }

    [Fact]
    public void TheCopyCanBeBuiltOnGivenTensors()
    {
        Input other = new([4], batchSize: 7, name: "other");
        Model copy = Model.Clone(Functional(), inputTensors: other);
        Assert.Same(other.Origin, copy.Input);
        Assert.Equal(7, copy.OutputShape[0]);
        Assert.Contains("structure", Assert.Throws<ArgumentException>(() => Model.Clone(Functional(), inputTensors: (other, new Input([4])))).Message);
        Sequential chain = new([new Input([4], name: "own"), new Dense(2)]);
        Assert.Equal(7, Model.Clone(chain, inputTensors: other).OutputShape[0]);
    }

    [Fact]
    public void AChainIsClonedWithItsInput()
    {
        Sequential built = new([new Input([4], batchSize: 3, dtype: "float64"), new Dense(2)], name: "chain");
        Sequential copy = Assert.IsType<Sequential>(Model.Clone(built));
        Assert.Equal("chain", copy.Name);
        Assert.Equal(built.InputShape, copy.InputShape);
        Assert.Equal(DType.Float64, copy.Inputs[0].DType);
        Assert.False(Model.Clone(new Sequential([new Dense(2)])).Built);
    }

    private static Model Functional()
    {
        Input x = new([4]);
        KerasTensor y = new Dropout(0.1, name: "drop").Apply(new Dense(5, activation: "relu", name: "a").Apply(x));
        return new Model(x, new Dense(2, name: "b").Apply(y), name: "inner");
    }
}
