using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;
using NKeras.Regularizers;

namespace NKeras.Tests.Models;

/// <summary>What a debugger shows: Keras's <c>repr</c> where it says something.</summary>
public sealed class DescriptionTests
{
    [Fact]
    public void LayersModelsAndVariablesAreDescribedAsKerasDoes()
    {
        Sequential model = new([new Input([2], name: "x"), new Dense(1, name: "d")], name: "abc");
        Assert.Equal("<Sequential name=abc, built=True>", model.ToString());
        Assert.Equal("<Dense name=d, built=True>", model.Layers[0].ToString());
        Assert.Equal("<Dense name=e, built=False>", new Dense(1, name: "e").ToString());
        Assert.Equal("<InputLayer name=i, built=True>", new InputLayer([2], name: "i").ToString());
        Assert.Equal("<Functional name=f, built=True>", new Model([.. model.Inputs], [.. model.Outputs], name: "f").ToString());
        Assert.Equal("<KerasTensor shape=(None, 2), dtype=string, sparse=False, ragged=False, name=s>", new Input([2], dtype: "string", name: "s").ToString());
        Assert.Equal("<Variable path=abc/d/kernel, shape=(2, 1), dtype=float32>", model.Weights[0].ToString());
        Assert.Equal("<Mean name=m>", new Mean(name: "m").ToString());
        Assert.Equal("<DTypePolicy \"mixed_float16\">", new DTypePolicy("mixed_float16").ToString());
    }

    [Fact]
    public void OthersTellTheirSettings()
    {
        Assert.Equal("<L2 l2=0.5>", new L2(0.5).ToString());
        Assert.Equal("<NonNeg>", new NonNeg().ToString());
        Assert.Equal("<Constant value=2>", new Constant(2).ToString());
        Assert.Equal("<Adam name=a, built=False>", new Adam(name: "a").ToString());
        Assert.Equal("<Huber name=h, reduction=sum>", new Huber(name: "h", reduction: "sum").ToString());
        Assert.Equal("<SeedGenerator name=g, seed=3>", new SeedGenerator(3, name: "g").ToString());
        Assert.StartsWith("<ExponentialDecay initial_learning_rate=0.5, decay_steps=2, ", new ExponentialDecay(0.5, 2, 0.25).ToString());
    }

    [Fact]
    public void AClassThatCannotTellItsSettingsTellsItsName() => Assert.Equal("<Silent>", new Silent().ToString());

    private sealed class Silent : Constraint
    {
        public override Tensor Apply(Tensor value) => value;

        public override JsonObject GetConfig() => throw new InvalidOperationException("I do not tell.");
    }
}
