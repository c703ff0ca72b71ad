using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Operations;

/// <summary>Models with functions and operators among their steps: training, sharing, cloning, configurations, and mistakes.</summary>
[Collection(NamesCollection.Name)]
public sealed class OpStepTests
{
    private const string Template = """
        {"module": "keras.src.models.functional", "class_name": "Functional", "registered_name": "Functional", "config": {"name": "functional", "trainable": true, "layers": [
          {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, 3], "dtype": "float32", "sparse": false, "ragged": false, "name": "x", "optional": false}, "name": "x", "inbound_nodes": []},
          {"module": "keras.src.ops.numpy", "class_name": "CLASS", "config": CONFIG, "registered_name": "CLASS", "name": "step", "inbound_nodes": [CALLS]}],
          "input_layers": ["x", 0, 0], "output_layers": ["step", 0, 0]}}
        """;

    private const string X = """{"class_name": "__keras_tensor__", "config": {"shape": [null, 3], "dtype": "float32", "keras_history": ["x", 0, 0]}}""";

    [Fact]
    public void StepsLetGradientsThrough()
    {
        Input x = new([2]);
        KerasTensor y = new Dense(3, useBias: false, kernelInitializer: "zeros").Apply(x);
        Model model = new(x, y[.., TensorIndex.Slice(step: -2)] * 1);
        model.Compile(new SGD(1.0), "mse");
        model.Fit(new float[,] { { 1, 2 } }, new float[,] { { -1, 1 } }, verbose: 0);
        // The mean of (y2 + 1)² and (y0 - 1)² falls with y2 and rises with y0 at the rate 1.
        Assert.Equal([1f, 0, -1, 2, 0, -2], model.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void ModelsWithStepsAreSharedNestedAndCloned()
    {
        Input a = new([2]);
        Model scale = new(a, (a * 2) + 1, name: "scale");
        Input x = new([2]);
        KerasTensor once = scale.Apply(x), twice = scale.Apply(once);
        Model model = new(x, (KerasTensor)Ops.Maximum(twice - once, 3.0));
        foreach (Model m in (Model[])[model, Model.Clone(model), Model.FromJson(model.ToJson())])
            Assert.Equal([4f, 3], m.Predict(new float[,] { { 1, -1 } }).ToArray<float>());
    }

    [Fact]
    public void OneOperationCanBeCalledSeveralTimes()
    {
        // As Keras writes keras.src.ops.numpy.Add() called twice.
        string again = X.Replace("\"x\", 0, 0", "\"step\", 0, 0", StringComparison.Ordinal);
        string json = Form("Add", """{"name": "step"}""", $$$"""{"args": [{{{X}}}, 1.0], "kwargs": {}}, {"args": [{{{again}}}, 2], "kwargs": {}}""");
        Model model = Model.FromJson(json.Replace("\"output_layers\": [\"step\", 0, 0]", "\"output_layers\": [\"step\", 1, 0]", StringComparison.Ordinal));
        Assert.Equal([4f, 5, 6], model.Apply(new float[,] { { 1, 2, 3 } }).ToArray<float>());
        JsonArray calls = (JsonArray)JsonNode.Parse(model.ToJson())!["config"]!["layers"]![1]!["inbound_nodes"]!;
        Assert.Equal(["1.0", "2"], calls.Select(c => c!["args"]![1]!.ToJsonString()));
    }

    [Fact]
    public void ArgumentsMayBeNamed()
    {
        Model model = Model.FromJson(Form("Subtract", """{"name": "step"}""", $$$"""{"args": [], "kwargs": {"x2": {{{X}}}, "x1": 1} }"""));
        Assert.Equal([0f, -1, -2], model.Apply(new float[,] { { 1, 2, 3 } }).ToArray<float>());
    }

    [Theory]
    [InlineData("Meen", "{}", "X", "unknown operation 'Meen'. Did you mean 'Mean'")]
    [InlineData("Zeros", "{}", "X", "unknown operation 'Zeros'")]
    [InlineData("GetType", "{}", "X", "unknown operation 'GetType'")]
    [InlineData("Map", "{}", "X", "unknown operation 'Map'")]
    [InlineData("Mean", """{"axis": "last"}""", "X", "wrong value for 'axis'")]
    [InlineData("Mean", """{"axis": 7}""", "X", "Axis 7 is out of range")]
    [InlineData("Mean", """{"axes": 1}""", "X", "setting 'axes'")]
    [InlineData("Mean", """{"keepdims": null}""", "X", "null for 'keepdims'")]
    [InlineData("Mean", "{}", "X, 1", "1 are too many")]
    [InlineData("Add", "{}", "X", "nothing for 'x2'")]
    [InlineData("Add", "{}", "X, \"one\"", "wrong value for 'x2'")]
    [InlineData("Add", "{}", "X, null", "null for 'x2'")]
    [InlineData("Add", "{}", "X, [[1, 2], [3]]", "wrong value for 'x2'")]
    [InlineData("Add", "{}", "1, 2", "data only")]
    [InlineData("Concatenate", """{"axis": 0}""", "X", "a list of tensors")]
    [InlineData("Reshape", """{"newshape": [-1, 4]}""", "X", null)]
    [InlineData("Reshape", """{"newshape": [-1, -1]}""", "X", "at most one is -1")]
    [InlineData("GetItem", "{}", "X, [0, 0, 0]", "too many")]
    [InlineData("GetItem", "{}", "X, [0, \"a\"]", "wrong value for 'key'")]
    [InlineData("GetItem", "{}", "X, [{\"class_name\": \"__slice__\", \"config\": {\"start\": 0, \"stop\": 1, \"step\": 0}}]", "step of a slice")]
    [InlineData("Moments", """{"axes": [1], "centered": true}""", "X", "setting 'centered'")]
    [InlineData("Cast", """{"dtype": "float99"}""", "X", "float99")]
    public void WrongStepsAreRefusedByName(string className, string config, string arguments, string? message)
    {
        string call = $$$"""{"args": [{{{arguments.Replace("X", X, StringComparison.Ordinal)}}}], "kwargs": {}}""";
        string json = Form(className, config, call);
        if (message == null)
        {
            Model.FromJson(json); // Whether the elements fill the shape depends on the batch.
            return;
        }

        string text = Assert.Throws<ArgumentException>(() => Model.FromJson(json)).Message;
        Assert.Contains("'step'", text);
        Assert.Contains(message, text);
    }

    [Fact]
    public void SymbolicBoundsAreComputedButNotWritten()
    {
        Input x = new([2]), most = new([2]);
        Model model = new([x, most], (KerasTensor)Ops.Clip(x, 0, most));
        Tensor data = new float[,] { { -1, 5 } }, bounds = new float[,] { { 3, 3 } };
        Assert.Equal([0f, 3], model.Predict([data, bounds]).ToArray<float>());
        Assert.Contains("'x_max' is a symbolic tensor", Assert.Throws<ArgumentException>(model.ToJson).Message);
    }

    [Fact]
    public void SymbolicTensorsAreNoData()
    {
        Input x = new([2], name: "x");
        KerasTensor y = x + 1;
        Assert.Contains("has no data", Assert.Throws<InvalidOperationException>(y.ToArray<float>).Message);
        Assert.Contains("has no data", Assert.Throws<InvalidOperationException>(() => y.Item<float>()).Message);
        Model model = new(x, y);
        Assert.Contains("is data, not the symbolic tensor", Assert.Throws<ArgumentException>(() => model.Predict(y)).Message);
        Assert.Contains("received data of shape (2,)", Assert.Throws<ArgumentException>(() => new Model(x, (Tensor)new float[] { 1, 2 })).Message);
        Assert.Contains("use the layer", Assert.Throws<ArgumentException>(() => RandomOps.Dropout(x, 0.5)).Message);
        Assert.Contains("traced", Assert.Throws<InvalidOperationException>(() => new Reader().Apply(x)).Message);
    }

    private static string Form(string className, string config, string calls) => Template
        .Replace("CLASS", className, StringComparison.Ordinal).Replace("CONFIG", config, StringComparison.Ordinal).Replace("CALLS", calls, StringComparison.Ordinal);

    /// <summary>Reads values while its function is being recorded.</summary>
    private sealed class Reader : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false) => inputs[.., 0] * inputs.ToArray<float>()[0];
    }
}
