using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Losses;

namespace NKeras.Tests.Models;

/// <summary>Configurations of the user's own layers, models and functions.</summary>
public sealed class CustomConfigTests
{
    private static readonly Tensor s_x = Ops.Ones([2, 3]);
    private static readonly TensorFunction s_twice = x => x * 2;

    [Fact]
    public void ALayersConfigurationIsItsConstructorsParameters()
    {
        Projection layer = new(4, [1, 2], "tanh", new Dense(4, name: "inner"), name: "p", scale: 0.5);
        JsonObject config = layer.GetConfig();
        Assert.Equal(["name", "trainable", "dtype", "units", "sizes", "activation", "inner", "scale"], config.Select(p => p.Key));
        Assert.Equal("""[1,2]""", config["sizes"]!.ToJsonString());
        Assert.Equal("Dense", (string?)config["inner"]!["class_name"]);
        JsonNode form = Utils.SerializeKerasObject(layer)!;
        Assert.Equal("tests>Projection", (string?)form["registered_name"]);
        Assert.Null(form["module"]);
        Projection copy = Utils.DeserializeKerasObject<Projection>(form)!;
        Assert.Equal((4, "p", 0.5, "inner"), (copy.Units, copy.Name, copy.Scale, copy.Inner.Name));
        Assert.Equal("tanh", copy.Activation.Name);
        Assert.True(JsonNode.DeepEquals(form, Utils.SerializeKerasObject(copy)));
    }

    [Fact]
    public void ModelsWithCustomLayersRoundTrip()
    {
        Input x = new([3]);
        Model functional = new(x, new Projection(4, [], "relu", new Dense(4)).Apply(x));
        Sequential chain = new([new Input([3]), new Projection(4, [1], "relu", new Dense(4))]);
        foreach (Model model in (Model[])[functional, chain])
        {
            foreach (Model copy in (Model[])[Model.FromJson(model.ToJson()), Model.Clone(model), Model.FromConfig(model.GetConfig())])
            {
                Assert.Equal(model.Weights.Select(w => w.Shape), copy.Weights.Select(w => w.Shape));
                copy.SetWeights(model.GetWeights());
                Assert.Equal(model.Predict(s_x, verbose: 0).ToArray<float>(), copy.Predict(s_x, verbose: 0).ToArray<float>());
            }
        }

        int seen = 0;
        Model shared = Model.Clone(functional, cloneFunction: l => (seen += l is Projection ? 1 : 0) > 0 ? l : l);
        Assert.Equal(1, seen);
        Assert.Same(functional.Layers[1], shared.Layers[1]);
    }

    [Fact]
    public void SubclassedModelsRoundTripWithTheirWeightsMade()
    {
        Utils.RegisterKerasSerializable<Perceptron>("tests");
        Perceptron model = new([4, 2]);
        model.Predict(s_x, verbose: 0);
        model.Compile("adam", "mse");
        Perceptron copy = (Perceptron)Model.FromJson(model.ToJson());
        Assert.Equal(model.Units, copy.Units);
        Assert.True(copy.Built);
        Assert.True(copy.Compiled);
        copy.SetWeights(model.GetWeights());
        Assert.Equal(model.Predict(s_x, verbose: 0).ToArray<float>(), copy.Predict(s_x, verbose: 0).ToArray<float>());
        Input x = new([3]);
        Model around = new(x, model.Apply(x));
        Assert.Equal(4, Model.FromJson(around.ToJson()).Weights.Count);
        Assert.Equal([4, 2], ((Perceptron)Model.Clone(model)).Units);
        Assert.Contains("subclassed", Assert.Throws<ArgumentException>(() => Model.Clone(model, cloneFunction: l => l)).Message);
    }

    [Fact]
    public void ASubclassMadeOfInputsAndOutputsKeepsItsClass()
    {
        Utils.RegisterKerasSerializable<Named>("tests");
        Input x = new([3]);
        Named model = new(x, new Dense(2).Apply(x), "n");
        Assert.Equal(["name", "trainable", "layers", "input_layers", "output_layers"], model.GetConfig().Select(p => p.Key));
        Named copy = (Named)Model.FromJson(model.ToJson());
        Assert.Equal(("n", 2), (copy.Name, copy.Layers.Count));
    }

    [Fact]
    public void FunctionsAreRegisteredUnderAName()
    {
        Utils.RegisterKerasSerializable(Halve, "tests");
        Utils.RegisterKerasSerializable(s_twice, "tests", "twice");
        Assert.Contains("lambda", Assert.Throws<ArgumentException>(() => Utils.RegisterKerasSerializable(x => x + 1)).Message);
        foreach ((TensorFunction function, string name, float expected) in new (TensorFunction, string, float)[] { (Halve, "tests>Halve", 1.5f), (s_twice, "tests>twice", 6) })
        {
            Assert.Equal(name, Utils.GetRegisteredName(function));
            Assert.Equal(function, Utils.GetRegisteredObject(name));
            Sequential model = new([new Input([3]), new Dense(1, activation: function)]);
            Assert.Contains($"\"config\":\"{name}\"", model.ToJson());
            Model copy = Model.FromJson(model.ToJson());
            copy.SetWeights([Ops.Ones([3, 1]), Ops.Zeros([1])]);
            Assert.Equal(expected, copy.Predict(s_x, verbose: 0).ToArray<float>()[0]);
        }

        Sequential unknown = new([new Dense(1, activation: new ActivationFunction(x => x * 3, "relu"))]);
        Assert.Contains("Register", Assert.Throws<ArgumentException>(() => unknown.ToJson()).Message);
    }

    [Fact]
    public void NamesDoNotHideKerass()
    {
        Utils.RegisterKerasSerializable(s_twice, name: "tanh");
        Utils.RegisterKerasSerializable<Own.Dense>();
        Assert.Equal("Custom>Dense", Utils.GetRegisteredName(typeof(Own.Dense)));
        Sequential model = new([new Input([3]), new Dense(1, activation: "tanh"), new Own.Dense()]);
        Model copy = Model.FromJson(model.ToJson());
        Assert.Equal([typeof(Dense), typeof(Own.Dense)], copy.Layers.Select(l => l.GetType()));
        Assert.Equal("tanh", ((Dense)copy.Layers[0]).Activation!.Name);
        Assert.Equal("tanh", Utils.DeserializeKerasObject<ActivationFunction>(JsonNode.Parse("""{"class_name":"function","config":"tanh"}"""))!.Name);
    }

    [Fact]
    public void RegistrationIsChecked()
    {
        Assert.Contains("Keras's own", Assert.Throws<ArgumentException>(() => Utils.RegisterKerasSerializable<Dense>()).Message);
        Utils.RegisterKerasSerializable<Perceptron>("tests");
        Assert.Contains("tests>Perceptron", Assert.Throws<ArgumentException>(() => Utils.RegisterKerasSerializable<Named>("tests", "Perceptron")).Message);
        Assert.Throws<ArgumentException>(() => Utils.RegisterKerasSerializable<Named>("a>b"));
        Assert.Equal("Unregistered", Utils.GetRegisteredName(typeof(Unregistered)));
        Assert.Equal("tests>Projection", Utils.GetRegisteredName(typeof(Projection)));
        Assert.Equal(typeof(Projection), Utils.GetRegisteredObject("tests>Projection"));
        Assert.Null(Utils.GetRegisteredObject("tests>nothing"));
    }

    [Fact]
    public void AScopeLetsClassesBeNamedWithoutRegistration()
    {
        string json = new Sequential([new Input([3]), new Unregistered(7)]).ToJson();
        Assert.Contains("'Unregistered'", Assert.Throws<ArgumentException>(() => Model.FromJson(json)).Message);
        using (new CustomObjectScope(new Dictionary<string, Type> { ["Unregistered"] = typeof(Unregistered) }))
        {
            Assert.Equal(7, ((Unregistered)Model.FromJson(json).Layers[0]).Times);
            using CustomObjectScope inner = new(new Dictionary<string, Type> { ["Other"] = typeof(Named) });
            Assert.Equal(typeof(Unregistered), Utils.GetRegisteredObject("Unregistered"));
        }

        Assert.Throws<ArgumentException>(() => Model.FromJson(json));
    }

    [Fact]
    public void AConfigurationCanBeWrittenAndReadByHand()
    {
        Utils.RegisterKerasSerializable("tests", null, config => new ByHand((int)config["times"]! + 1));
        Sequential model = new([new Input([3]), new ByHand(2)]);
        Assert.Equal(3, ((ByHand)Model.FromJson(model.ToJson()).Layers[0]).Times);
        // What the constructor needs must be there.
        Utils.RegisterKerasSerializable<Forgetful>("tests");
        Assert.Contains("'times'", Assert.Throws<ArgumentException>(() => new Sequential([new Forgetful(2)]).ToJson()).Message);
    }

    [Fact]
    public void OtherObjectsAndPlainValuesHaveAForm()
    {
        Assert.Equal("MeanSquaredError", (string?)Utils.SerializeKerasObject(new MeanSquaredError())!["class_name"]);
        Assert.IsType<MeanSquaredError>(Utils.DeserializeKerasObject<Loss>(Utils.SerializeKerasObject(new MeanSquaredError())));
        Assert.Equal([1, 2], Utils.DeserializeKerasObject<int[]>(Utils.SerializeKerasObject(new int[] { 1, 2 }))!);
        Assert.Null(Utils.SerializeKerasObject(null));
        Assert.Equal("relu", Utils.DeserializeKerasObject<ActivationFunction>("relu")!.Name);
        Assert.Contains("Loss", Assert.Throws<ArgumentException>(() => Utils.DeserializeKerasObject<Loss>(Utils.SerializeKerasObject(new Dense(1)))).Message);
    }

    private static Tensor Halve(Tensor x) => x / 2;

    [RegisterKerasSerializable("tests")]
    public sealed class Projection(int units, int[] sizes, ActivationFunction activation, Layer inner, string? name = null, double scale = 1) : Layer(name)
    {
        public int Units { get; } = units;

        public int[] Sizes { get; } = sizes;

        public ActivationFunction Activation { get; } = activation;

        public Layer Inner { get; } = inner;

        public double Scale { get; } = scale;

        public override Tensor Call(Tensor inputs, bool training = false) => Activation.Apply(Inner.Apply(inputs) * Scale);
    }

    public sealed class Perceptron(int[] units) : Model(name: null)
    {
        private readonly Dense[] _layers = [.. units.Select(u => new Dense(u))];

        public int[] Units { get; } = units;

        public override Tensor Call(Tensor inputs, bool training = false) => _layers.Aggregate(inputs, (x, layer) => layer.Apply(x));
    }

    public sealed class Named(KerasTensors inputs, KerasTensors outputs, string? name = null, bool? trainable = null) : Model(inputs, outputs, name, trainable);

    public sealed class Unregistered(int times) : Layer
    {
        public int Times { get; } = times;

        public override Tensor Call(Tensor inputs, bool training = false) => inputs * Times;
    }

    public sealed class ByHand(int count) : Layer
    {
        public int Times { get; } = count;

        public override Tensor Call(Tensor inputs, bool training = false) => inputs * Times;

        public override JsonObject GetConfig() => new() { ["times"] = Times };
    }

    public sealed class Forgetful(int times) : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false) => inputs * times;
    }

    public static class Own
    {
        public sealed class Dense : Layer
        {
            public override Tensor Call(Tensor inputs, bool training = false) => inputs;
        }
    }
}
