using System.Text.Json.Nodes;
using NKeras;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Optimizers;
using NKeras.Tests;

namespace DocumentationExamples;

/// <summary>The examples of configurations: <c>to_json</c>, <c>from_config</c>, <c>clone_model</c>, <c>register_keras_serializable</c>, <c>custom_object_scope</c>.</summary>
[Collection(NamesCollection.Name)]
public sealed class SavingExampleTests
{
    public SavingExampleTests() => Utils.ClearSession();

    [Fact]
    public void ModelsFromJson()
    {
        #region json
        var model = new Sequential([
            new Input(shape: [3]),
            new Dense(5),
            new Softmax(),
        ]);
        var config = model.ToJson();
        var loadedModel = Model.FromJson(config);
        #endregion

        Assert.IsType<Sequential>(loadedModel);
        Assert.Equal(["dense", "softmax"], loadedModel.Layers.Select(l => l.Name));
        Assert.Equal([null, 3], loadedModel.InputShape);
        Assert.Equal(config, loadedModel.ToJson());
    }

    [Fact]
    public void ClonesHaveFreshWeights()
    {
        #region clone
        var model = new Sequential([
            new Input(shape: [728]),
            new Dense(32, activation: "relu"),
            new Dense(1, activation: "sigmoid"),
        ]);
        // A copy, with weights of its own.
        var newModel = Model.Clone(model);
        #endregion

        Assert.Equal(model.Weights.Select(w => w.Shape), newModel.Weights.Select(w => w.Shape));
        Assert.NotEqual(model.Weights[0].Value.ToArray<float>(), newModel.Weights[0].Value.ToArray<float>());
    }

    [Fact]
    public void ClonesOfLayersCanBeMadeByAFunction()
    {
        Model model = new Sequential([new Input(shape: [8]), new Dense(4), new Dropout(0.5, seed: 1)]);

        #region clone function
        static Layer CloneFunction(Layer layer)
        {
            var config = layer.GetConfig();
            if (config.ContainsKey("seed")) config["seed"] = 1337;
            return Layer.FromConfig(layer.GetType(), config);
        }

        var newModel = Model.Clone(model, cloneFunction: CloneFunction);
        #endregion

        Assert.Equal(1337, Assert.IsType<Dropout>(newModel.Layers[1]).Seed);
        Assert.Equal(1, Assert.IsType<Dropout>(model.Layers[1]).Seed);
    }

    [Fact]
    public void LayersCanBePutInBetweenWhileCloning()
    {
        Input inputs = new([8]);
        KerasTensor x = new Dense(4).Apply(inputs);
        Model model = new(inputs, new Dense(2).Apply(x));

        #region call function
        var newModel = Model.Clone(
            model,
            cloneFunction: layer => layer, // The same layers.
            callFunction: (layer, inputs, call) =>
            {
                var results = call(inputs);
                return layer is Dense ? new Dropout(0.5).Apply(results[0]) : results;
            });
        #endregion

        Assert.Equal(["dense", "dropout", "dense_1", "dropout_1"], newModel.Layers.Skip(1).Select(l => l.Name));
        Assert.Same(model.Layers[1], newModel.Layers[1]);
    }

    [Fact]
    public void ModelsFromConfigurations()
    {
        Input inputs = new([8]);
        Model model = new(inputs, new Dense(2).Apply(inputs));

        #region from config
        var newModel = Model.FromConfig(model.GetConfig());
        var newLayer = Layer.FromConfig<Dense>(model.Layers[1].GetConfig());
        #endregion

        Assert.Equal(model.ToJson(), newModel.ToJson());
        Assert.Equal(2, newLayer.Units);
    }

    [Fact]
    public void AClassIsRegisteredByAttribute()
    {
        Model model = new Sequential([new Input([2]), new MyDense(3, name: "own")]);
        string json = model.ToJson();
        Assert.Equal("my_package>MyDense", JsonNode.Parse(json)!["config"]!["layers"]![1]!["registered_name"]!.GetValue<string>());
        Assert.IsType<MyDense>(Model.FromJson(json).Layers[0]);
        Assert.Equal("my_package>MyDense", Utils.GetRegisteredName(typeof(MyDense)));
        Assert.Equal(typeof(MyDense), Utils.GetRegisteredObject("my_package>MyDense"));
    }

    [Fact]
    public void AFunctionIsRegisteredByACall()
    {
        #region register function
        Utils.RegisterKerasSerializable(MyActivation, package: "my_package");
        var layer = new Dense(3, activation: new ActivationFunction(MyActivation));
        var copy = Layer.FromConfig<Dense>(layer.GetConfig());
        #endregion

        Assert.Equal([2f, 4], copy.Activation.Apply(new float[] { 1, 2 }).ToArray<float>());
        Assert.Equal("my_package>MyActivation", layer.GetConfig()["activation"]!["config"]!.GetValue<string>());
    }

    [Fact]
    public void ALossOfOnesOwn()
    {
        Model model = new Sequential([new Input([2]), new Dense(1)]);
        model.Compile("sgd", new ModifiedMeanSquaredError());
        Model copy = Model.FromJson(model.ToJson());
        Assert.IsType<Sequential>(copy);
        Assert.True(copy.Compiled);
        Assert.Equal("my_package>ModifiedMeanSquaredError", JsonNode.Parse(copy.ToJson())!["compile_config"]!["loss"]!["registered_name"]!.GetValue<string>());
    }

    [Fact]
    public void AnObjectFromItsForm()
    {
        JsonObject form = new()
        {
            ["class_name"] = "Adam",
            ["config"] = new JsonObject
            {
                ["amsgrad"] = false,
                ["beta_1"] = 0.8999999761581421,
                ["beta_2"] = 0.9990000128746033,
                ["decay"] = 0.0, // Of an older version; it means nothing any more.
                ["epsilon"] = 1e-07,
                ["learning_rate"] = 0.0010000000474974513,
                ["name"] = "Adam",
            },
            ["module"] = "keras.optimizers",
            ["registered_name"] = null,
        };
        Adam adam = Assert.IsType<Adam>(Utils.DeserializeKerasObject<Optimizer>(form));
        Assert.Equal(0.8999999761581421, adam.Beta1);
        Assert.Equal(0.0010000000474974513, adam.LearningRate, 1e-9);
    }

    private static Tensor MyActivation(Tensor x) => x * 2;

    #region register class
    [RegisterKerasSerializable("my_package")]
    public class MyDense(int units, string? name = null) : Dense(units, name: name);
    #endregion

    [RegisterKerasSerializable("my_package")]
    public sealed class ModifiedMeanSquaredError : Loss
    {
        public override Tensor Call(Tensor yTrue, Tensor yPred) => Ops.Mean(Ops.Square(yPred - yTrue), axis: -1);
    }
}
