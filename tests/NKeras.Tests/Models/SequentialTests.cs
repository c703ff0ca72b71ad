using System.Text.Json;
using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Models;

/// <summary>Chains: built early or late, changed, nested, and refused.</summary>
[Collection(NamesCollection.Name)]
public sealed class SequentialTests
{
    public static TheoryData<string> Summaries => [.. RecordedData.Records("chain_summaries.jsonl.gz").Select(r => r.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Summaries))]
    public void SummariesAreThoseOfKeras(string name)
    {
        JsonElement record = RecordedData.Records("chain_summaries.jsonl.gz").Single(r => r.GetProperty("name").GetString() == name);
        Utils.ClearSession();
        string text = "";
        Chain(name).Summary(lineLength: 80, printFn: t => text = t);
        Assert.Equal(record.GetProperty("text").GetString(), text);
    }

    [Fact]
    public void WhatIsNotBuiltHasNoEnds()
    {
        Sequential model = new([new Dense(1)], name: "late");
        Assert.False(model.Built);
        Assert.Empty(model.Weights);
        foreach (Func<object> part in new Func<object>[] { () => model.Inputs, () => model.Outputs, () => model.InputShape, () => model.OutputShape })
            Assert.Contains("'late' is not built", Assert.Throws<InvalidOperationException>(part).Message);
        Assert.False(model.GetConfig().ContainsKey("build_input_shape"));
        model.Build([null, 3]);
        Assert.Equal([null, 3], model.InputShape);
        Assert.Equal([null, 1], model.OutputShape);
        Assert.Equal("[null,3]", model.GetConfig()["build_input_shape"]!.ToJsonString());
    }

    [Theory]
    [InlineData("apply")]
    [InlineData("fit")]
    [InlineData("evaluate")]
    [InlineData("predict")]
    public void TheFirstDataBuilds(string by)
    {
        Sequential model = new([new Dense(2), new Dense(1)]);
        model.Compile("sgd", "mse");
        Assert.False(model.Built);
        Tensor x = Ops.Ones([4, 3]), y = Ops.Zeros([4, 1]);
        switch (by)
        {
            case "apply": model.Apply(x); break;
            case "fit": model.Fit(x, y, verbose: 0); break;
            case "evaluate": model.Evaluate(x, y, verbose: 0); break;
            default: model.Predict(x, verbose: 0); break;
        }

        Assert.Equal([null, 3], model.InputShape);
        Assert.Equal([2, 1], model.Predict(Ops.Ones([2, 3]), verbose: 0).Shape);
        Assert.Contains("(None, 3)", Assert.Throws<ArgumentException>(() => model.Apply(Ops.Ones([2, 5]))).Message);
    }

    [Fact]
    public void WeightsStayWhenTheChainChanges()
    {
        Sequential model = new([new Input([2]), new Dense(3)]);
        float[] kernel = model.GetWeights()[0].ToArray<float>();
        model.Add(new Dense(2));
        Assert.Equal(kernel, model.GetWeights()[0].ToArray<float>());
        Assert.Equal(4, model.Weights.Count);
        model.Pop();
        Assert.Equal(kernel, model.GetWeights()[0].ToArray<float>());
        Assert.Equal([null, 3], model.OutputShape);
    }

    [Fact]
    public void AnOptimizerKnowsTheWeightsItWasBuiltWith()
    {
        Tensor x = Ops.Ones([4, 2]);
        Sequential model = new([new Input([2]), new Dense(3)]);
        model.Compile("adam", "mse");
        model.Fit(x, Ops.Zeros([4, 3]), verbose: 0);
        model.Add(new Dense(1));
        Assert.Contains("Compile the model again", Assert.Throws<ArgumentException>(() => model.Fit(x, Ops.Zeros([4, 1]), verbose: 0)).Message);
        model.Compile(new Adam(), "mse");
        model.Fit(x, Ops.Zeros([4, 1]), verbose: 0);
        Assert.Equal([4, 1], model.Predict(x, verbose: 0).Shape);
    }

    [Fact]
    public void LayersCanBeRemovedToTheLast()
    {
        Sequential model = new([new Input([2]), new Dense(3)], name: "m");
        Assert.IsType<Dense>(model.Pop());
        Assert.False(model.Built);
        Assert.IsType<InputLayer>(model.Pop());
        Assert.Contains("'m' has no layer", Assert.Throws<InvalidOperationException>(() => model.Pop()).Message);
        Assert.Contains("'m'", Assert.Throws<InvalidOperationException>(() => model.Build([null, 2])).Message);
        Assert.Contains("'m'", Assert.Throws<InvalidOperationException>(() => model.Apply(Ops.Zeros([1, 2]))).Message);
        Assert.Contains("'m'", Assert.Throws<TrainingException>(() => model.Predict(Ops.Zeros([1, 2]), verbose: 0)).Message);
        model.Add(new Dense(1));
        Assert.Equal([1, 1], model.Apply(Ops.Zeros([1, 2])).Shape);
    }

    [Fact]
    public void AnInputAloneGivesWhatItGets() =>
        Assert.Equal([1f, 2f], new Sequential([new Input([2])]).Apply(Tensor.From([1f, 2f], [1, 2])).ToArray<float>());

    [Fact]
    public void ALayerCanComeTwice()
    {
        Dense dense = new(4);
        Sequential model = new([new Input([4]), dense, dense]);
        Assert.Equal(2, model.Weights.Count);
        Assert.Equal([dense, dense], model.Layers);
        Tensor x = Ops.Ones([1, 4]);
        Assert.Equal(dense.Apply(dense.Apply(x)).ToArray<float>(), model.Predict(x, verbose: 0).ToArray<float>());
        Model copy = Model.FromConfig(model.GetConfig());
        copy.SetWeights(model.GetWeights());
        Assert.Equal(model.Predict(x, verbose: 0).ToArray<float>(), copy.Predict(x, verbose: 0).ToArray<float>());
    }

    [Fact]
    public void SeveralResultsCanOnlyBePassedToWhatTakesThem()
    {
        Sequential ends = new([new Input([2]), new Dense(3), new Two()]);
        Assert.Equal([[null, 3], [null, 3]], ends.Outputs.Select(o => o.Shape));
        Assert.Contains("2 outputs", Assert.Throws<InvalidOperationException>(() => ends.OutputShape).Message);
        Assert.Equal(2, ends.ApplyAll(Ops.Zeros([1, 2])).Count);
        Assert.Equal([null, 2], new Sequential([new Input([2]), new Two(), new Add()]).OutputShape);
        Assert.Contains("'after'", Assert.Throws<ArgumentException>(() => new Sequential([new Input([2]), new Two(), new Dense(1, name: "after")])).Message);
        Assert.ThrowsAny<ArgumentException>(() => new Sequential([new Input([2]), new Add()]));
    }

    [Fact]
    public void AModelWithSeveralInputsIsNoChain()
    {
        Input a = new([2]), b = new([2]);
        Sequential model = new([new Model([a, b], new Add().Apply(a, b)), new Dense(1)], name: "c");
        Assert.Contains("'c' is a chain with one input", Assert.Throws<ArgumentException>(() => model.Apply(Ops.Zeros([1, 2]), Ops.Zeros([1, 2]))).Message);
    }

    [Fact]
    public void WhatDoesNotBelongInAChainIsRefused()
    {
        Assert.Contains("(None, 2)", Assert.Throws<ArgumentException>(() => new Sequential([new Input([2]), new Input([2])])).Message);
        Assert.Contains("first layer", Assert.Throws<ArgumentException>(() => new Sequential([new Dense(2), new Input([2])])).Message);
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => new Sequential([new Dense(1, name: "a"), new Dense(1, name: "a")])).Message);
        Assert.Contains("is not an Input", Assert.Throws<ArgumentException>(() => new Sequential([new Input([2]), new Dense(2).Apply(new Input([2]))])).Message);
        Sequential model = new([new Input([2]), new Dense(1)]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => model.Build([null, 3]));
        Assert.Contains("(None, 2)", error.Message);
        Assert.Contains("(None, 3)", error.Message);
        model.Build([null, 2]);
    }

    [Fact]
    public void AChangeWithoutRebuildingIsMadeUpForByTheNextCall()
    {
        Sequential model = new([new Input([4]), new Dense(3)]);
        model.Add(new Dense(2), rebuild: false);
        Assert.False(model.Built);
        Assert.Equal([5, 2], model.Predict(Ops.Zeros([5, 4]), verbose: 0).Shape);
        Assert.Equal([null, 2], model.OutputShape);
    }

    [Fact]
    public void LayersAreFoundByNameAndPosition()
    {
        Dense first = new(1, name: "first"), last = new(2, name: "last");
        Sequential model = new([new Input([2]), first, last], name: "abc");
        Assert.Same(first, model.GetLayer(index: 0));
        Assert.Same(last, model.GetLayer(index: -1));
        Assert.Same(first, model.GetLayer(index: -2));
        Assert.Same(last, model.GetLayer("last"));
        Assert.Contains("index 2", Assert.Throws<ArgumentException>(() => model.GetLayer(index: 2)).Message);
        Assert.Contains("index -3", Assert.Throws<ArgumentException>(() => model.GetLayer(index: -3)).Message);
        Assert.Contains("'first', 'last'", Assert.Throws<ArgumentException>(() => model.GetLayer("lst")).Message);
        Assert.Contains("index=0, name='first'", Assert.Throws<ArgumentException>(() => model.GetLayer("first", 0)).Message);
        Assert.Contains("either", Assert.Throws<ArgumentException>(() => model.GetLayer()).Message);
    }

    private static Sequential Chain(string name)
    {
        switch (name)
        {
            case "popped":
                Sequential popped = new([new Input([4]), new Dense(3), new Dense(2)]);
                popped.Pop();
                return popped;
            case "emptied":
                Sequential emptied = new([new Dense(3)]);
                emptied.Pop();
                return emptied;
            case "twice":
                Dense dense = new(4);
                return new([new Input([4]), dense, dense]);
            case "two":
                return new([new Input([4]), new Dense(3), new Two(name: "two")]);
            case "noreb":
                Sequential changed = new([new Input([4]), new Dense(3)]);
                changed.Add(new Dense(2), rebuild: false);
                return changed;
            case "front":
                Input x = new([4]);
                return new([new Model(x, new Dense(3).Apply(x)), new Dense(2)]);
            case "deferred":
                Sequential deferred = new([new Dense(3), new Dense(2)]);
                deferred.Build([null, 4]);
                return deferred;
            case "input_only":
                return new([new Input([2])]);
            default:
                Sequential added = new([new Input([4])]);
                added.Add(new Dense(2));
                added.Add(new Dense(1));
                return added;
        }
    }

    private sealed class Two(string? name = null) : Layer(name)
    {
        public override Tensors Call(Tensors inputs, bool training) => [inputs[0], inputs[0] * 2.0];
    }
}
