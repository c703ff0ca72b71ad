using System.Text.Json.Nodes;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;

namespace NKeras.Tests.Optimizers;

/// <summary>Optimizers and schedules by name and by their forms in files.</summary>
public sealed class OptimizerFunctionTests
{
    [Fact]
    public void GetTakesNamesFormsAndOptimizers()
    {
        Adam adam = new();
        Assert.Same(adam, OptimizerFunctions.Get(adam));
        Assert.Null(OptimizerFunctions.Get((Optimizer?)null));
        Assert.IsType<SGD>(OptimizerFunctions.Get("sgd"));
        Assert.IsType<Muon>(OptimizerFunctions.Get("Muon"));
        Assert.Contains("typo", Assert.Throws<ArgumentException>(() => OptimizerFunctions.Get("typo")).Message);
        // As Keras's tests write them: in small letters, without a module.
        Assert.Equal(0.05, ((AdamW)OptimizerFunctions.Get(JsonNode.Parse("""{"class_name": "adamw", "config": {"weight_decay": 0.05}}""")!.AsObject())).WeightDecay);
        Assert.Equal(0.5, ((PolynomialDecay)ScheduleFunctions.Deserialize(JsonNode.Parse(
            """{"class_name": "PolynomialDecay", "config": {"cycle": false, "decay_steps": 10000, "end_learning_rate": 0.01, "initial_learning_rate": 0.1, "name": null, "power": 0.5}}""")!)).Power);
        Assert.Contains("'Adamm'", Assert.Throws<ArgumentException>(() => OptimizerFunctions.Deserialize(JsonNode.Parse("""{"module": "keras.optimizers", "class_name": "Adamm", "config": {}}""")!)).Message);
    }

    [Fact]
    public void FormsKeepNamesAndRates()
    {
        Adam read = (Adam)OptimizerFunctions.Deserialize(OptimizerFunctions.Serialize(new Adam(0.25, name: "mine") { LearningRate = 0.5 }));
        Assert.Equal(("mine", 0.5), (read.Name, read.LearningRate.Value));
        ExponentialDecay schedule = new(0.5, 10, 0.25);
        read = (Adam)OptimizerFunctions.Deserialize(OptimizerFunctions.Serialize(new Adam(schedule)));
        Assert.Equal(ScheduleFunctions.Serialize(schedule).ToJsonString(), ScheduleFunctions.Serialize(read.LearningRate.Schedule!).ToJsonString());
    }

    [Fact]
    public void ClassesOfOnesOwnAreFoundWhereTheyAreGiven()
    {
        JsonObject form = OptimizerFunctions.Serialize(new Stepwise(0.125));
        Assert.Throws<ArgumentException>(() => OptimizerFunctions.Deserialize(form));
        Assert.Equal(0.125, ((Stepwise)OptimizerFunctions.Deserialize(form, new Dictionary<string, Type> { [nameof(Stepwise)] = typeof(Stepwise) })).LearningRate.Value);
    }

    [Fact]
    public void FunctionsGiveLearningRates()
    {
        Variable rate = new(0.5f), w = new(Tensor.From<float>([1]));
        Func<Tensor> half = () => rate / 2;
        SGD sgd = new(new LearningRate(half));
        sgd.Apply([Tensor.From<float>([1])], [w]);
        Assert.Equal(0.75f, w.Value.Item<float>());
        rate.Assign(1f);
        sgd.Apply([Tensor.From<float>([1])], [w]);
        Assert.Equal(0.25f, w.Value.Item<float>());
        Assert.Equal(0.5, sgd.LearningRate.Value);
        Assert.Throws<InvalidOperationException>(() => sgd.LearningRate = 0.1);

        Assert.Throws<ArgumentException>(() => OptimizerFunctions.Serialize(sgd));
        Utils.RegisterKerasSerializable(half, "tests", "half_a_rate");
        Assert.Equal(0.5, OptimizerFunctions.Deserialize(OptimizerFunctions.Serialize(sgd)).LearningRate.Value);
        Assert.Contains("one number", Assert.Throws<InvalidOperationException>(() => new SGD(new LearningRate(() => Ops.Ones([2]))).Apply([Tensor.From<float>([1])], [w])).Message);
    }

    /// <summary>An optimizer of the user's own.</summary>
    private sealed class Stepwise(LearningRate learningRate) : Optimizer(learningRate)
    {
        protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate) => variable.AssignSub(gradient * learningRate);
    }
}
