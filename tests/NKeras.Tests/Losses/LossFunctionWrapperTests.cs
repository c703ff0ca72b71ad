using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Losses;

/// <summary>Functions of one's own as losses and metrics. Names and scores recorded with Keras 3.16 for the same model and functions.</summary>
public sealed class LossFunctionWrapperTests
{
    private static readonly Tensor s_x = new float[,] { { 1, 1 }, { 1, 0 } };
    private static readonly Tensor s_y = new float[,] { { 1 }, { 1 } };

    [Fact]
    public void FunctionsGiveScoresUnderTheirNames()
    {
        // Predictions are 2 and 1.
        Sequential model = Ones();
        Func<Tensor, Tensor, Tensor> lambda = (yTrue, yPred) => (yTrue - yPred)[.., 0];
        model.Compile("sgd", loss: new LossFunctionWrapper(MyLoss), metrics: [MetricFunctions.Get(MyLoss), new NKeras.Losses.MeanSquaredError(), lambda, "mse"]);
        Scores scores = model.Evaluate(s_x, s_y, verbose: 0);
        Assert.Equal(["loss", "my_loss", "mean_squared_error", "lambda", "mse"], scores.Keys);
        Assert.Equal([0.5, 0.5, 0.5, -0.5, 0.5], scores.Values);
    }

    [Fact]
    public void AFunctionTrainsLikeTheLossThatItIs()
    {
        Sequential own = Ones(), keras = Ones();
        own.Compile("sgd", loss: LossFunctions.Get(MyLoss));
        keras.Compile("sgd", loss: "mse");
        Assert.Equal(keras.Fit(s_x, s_y, epochs: 3, verbose: 0)["loss"], own.Fit(s_x, s_y, epochs: 3, verbose: 0)["loss"]);
    }

    [Fact]
    public void CompileTakesMethodsAndLambdas()
    {
        Sequential model = Ones();
        model.Compile("sgd", MyLoss, metrics: ["mae"]);
        Assert.Equal(0.5, model.Evaluate(s_x, s_y, verbose: 0)["loss"]);
        model.Compile("sgd", loss: (yTrue, yPred) => Ops.Mean(Ops.Abs(yTrue - yPred), -1) * 4);
        Assert.Equal(2, model.Evaluate(s_x, s_y, verbose: 0)["loss"]);
        // What the other overload takes still reaches it.
        model.Compile("sgd", loss: null);
        model.Compile("sgd", loss: new() { [model.Layers[^1].Name] = "mse" });
        model.Compile("sgd", ["mse"]);
        Assert.Equal(0.5, model.Evaluate(s_x, s_y, verbose: 0)["loss"]);
    }

    [Fact]
    public void FunctionsServeSingleOutputs()
    {
        Input x = new([2]);
        Model model = new(x, [new Dense(1, kernelInitializer: "ones", name: "p").Apply(x), new Dense(1, kernelInitializer: "ones", name: "q").Apply(x)]);
        model.Compile("sgd", loss: new() { ["p"] = new LossFunctionWrapper(MyLoss, reduction: "sum"), ["q"] = "mse" }, metrics: new() { ["q"] = [MetricFunctions.Get(MyLoss)] });
        Scores scores = model.Evaluate(s_x, (s_y, s_y), verbose: 0);
        Assert.Equal(["loss", "p_loss", "q_loss", "q_my_loss"], scores.Keys);
        Assert.Equal([1.5, 1, 0.5, 0.5], scores.Values);
    }

    [Fact]
    public void NamesAreThoseOfFunctions()
    {
        static Tensor LocalOne(Tensor yTrue, Tensor yPred) => yTrue;

        Assert.Equal("my_loss", new LossFunctionWrapper(MyLoss).Name);
        Assert.Equal("local_one", new LossFunctionWrapper(LocalOne).Name);
        Assert.Equal("lambda", new LossFunctionWrapper((yTrue, yPred) => yTrue).Name);
        Assert.Equal("kl_divergence", LossFunctions.Get(LossFunctions.KlDivergence).Name);
        Assert.Equal("sparse_categorical_accuracy", MetricFunctions.Get(MetricFunctions.SparseCategoricalAccuracy).Name);
        Assert.Equal("other", new LossFunctionWrapper(MyLoss, name: "other").Name);
    }

    [Fact]
    public void TargetsWithoutTheLastAxisFit() =>
        // As Keras's wrapper does, before the function is called.
        RecordedData.AssertClose("ranks", new float[] { 1, 4 }, new LossFunctionWrapper((t, p) => Ops.Mean(Ops.Square(t - p), -1), reduction: "none").Apply(new float[] { 1, 2 }, new float[,] { { 2 }, { 4 } }));

    [Fact]
    public void RegisteredFunctionsAreWrittenByNameAndReadAgain()
    {
        Func<Tensor, Tensor, Tensor> function = Registered;
        Utils.RegisterKerasSerializable(function, "tests", "registered_loss");
        JsonObject form = LossFunctions.Serialize(LossFunctions.Get(Registered));
        Assert.Equal("""{"module":"builtins","class_name":"function","config":"tests\u003Eregistered_loss","registered_name":"function"}""", form.ToJsonString());
        Loss again = LossFunctions.Deserialize(form);
        Assert.Equal("registered_loss", again.Name);
        Assert.Equal(3, again.Apply(s_y, s_x).Item<float>());

        // One's own reduction needs the class.
        LossFunctionWrapper wrapper = (LossFunctionWrapper)LossFunctions.Deserialize(LossFunctions.Serialize(new LossFunctionWrapper(Registered, "sum", "w")));
        Assert.Equal(("sum", "w"), (wrapper.Reduction, wrapper.Name));
        Assert.Equal(6, wrapper.Apply(s_y, s_x).Item<float>());

        Metric metric = MetricFunctions.Deserialize(MetricFunctions.Serialize(new MeanMetricWrapper(Registered, "m")));
        Assert.Equal(3, metric.Apply(s_y, s_x).Item<float>());
        Assert.Equal("m", metric.Name);
    }

    [Fact]
    public void CompiledModelsKeepFunctions()
    {
        Func<Tensor, Tensor, Tensor> function = Kept;
        using CustomObjectScope scope = new(new Dictionary<string, Delegate> { ["kept"] = function });
        Sequential model = Ones();
        model.Compile("sgd", loss: function, metrics: [function, new NKeras.Losses.Huber(delta: 2), MetricFunctions.Get(LossFunctions.Poisson)]);
        JsonObject config = model.GetCompileConfig();
        Assert.Equal("kept", config["loss"]!["config"]!.GetValue<string>());
        Assert.Equal(["function", "Huber", "function"], config["metrics"]!.AsArray().Select(m => m!["class_name"]!.GetValue<string>()));
        Sequential again = Ones();
        again.CompileFromConfig(config);
        JsonAssert.Equal(config, again.GetCompileConfig(), "compile config");
        Assert.Equal(["loss", "kept", "huber_loss", "poisson"], again.Evaluate(s_x, s_y, verbose: 0).Keys);
    }

    [Fact]
    public void FunctionsThatAreNotRegisteredCannotBeWritten()
    {
        Assert.Contains("Register it", Assert.Throws<ArgumentException>(() => LossFunctions.Serialize(new LossFunctionWrapper(MyLoss))).Message);
        Assert.Contains("'nowhere'", Assert.Throws<ArgumentException>(() => LossFunctions.Deserialize(JsonNode.Parse("""{"module":"builtins","class_name":"function","config":"nowhere","registered_name":"function"}""")!)).Message);
        Assert.Throws<ArgumentNullException>(() => new LossFunctionWrapper(null!));
        Assert.Throws<ArgumentNullException>(() => new MeanMetricWrapper(null!));
    }

    [Fact]
    public void KerasFunctionsAreKnownByName()
    {
        JsonNode form = JsonNode.Parse("""{"module":"builtins","class_name":"function","config":"mean_absolute_error","registered_name":"function"}""")!;
        Assert.Equal("mean_absolute_error", LossFunctions.Deserialize(form).Name);
        Assert.Equal(0.5, LossFunctions.Deserialize(form).Apply(s_y, s_x[.., 1..]).Item<float>());
        Metric metric = MetricFunctions.Deserialize(form);
        Assert.Equal(0.5, metric.Apply(s_y, s_x[.., 1..]).Item<float>());
    }

    private static Tensor MyLoss(Tensor yTrue, Tensor yPred) => Ops.Mean(Ops.Square(yTrue - yPred), -1);

    private static Tensor Registered(Tensor yTrue, Tensor yPred) => Ops.Mean(Ops.ZerosLike(yPred), -1) + 3f;

    private static Tensor Kept(Tensor yTrue, Tensor yPred) => Ops.Mean(yTrue - yPred, -1);

    private static Sequential Ones() => new([new Input([2]), new Dense(1, kernelInitializer: "ones")]);
}
