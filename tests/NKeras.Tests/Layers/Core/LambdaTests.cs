using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Layers;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Layers.Core;

/// <summary>Functions as layers: what they take, and how files name them.</summary>
public sealed class LambdaTests
{
    private static readonly Tensor s_x = Tensor.From<float>([1, 2, 3, 4], [2, 2]);

    [Fact]
    public void FunctionsTakeOneTensorSeveralOrACall()
    {
        Assert.Equal([2f, 4, 6, 8], new Lambda(x => x * 2).Apply(s_x).ToArray<float>());
        Assert.Equal([1f, 4, 9, 16], new Lambda((Tensors x) => x[0] * x[1]).Apply(s_x, s_x).ToArray<float>());
        Lambda trains = new((LambdaCall call) => call.Training ? call.Inputs[0] * (double)call.Arguments["by"]! : call.Inputs[0], arguments: new Dictionary<string, object?> { ["by"] = 3.0 });
        Assert.Equal([3f, 6, 9, 12], trains.Apply(s_x, training: true).ToArray<float>());
        Assert.Equal([1f, 2, 3, 4], trains.Apply(s_x).ToArray<float>());
        Assert.Equal(2, new Lambda((Tensors x) => (Tensors)(x[0], x[0] + 1)).ApplyAll(s_x).Count);
    }

    [Fact]
    public void ShapesAreFoundOutAndChecked()
    {
        Input x = new([null, 3]);
        Assert.Equal([null, null], new Lambda(v => Ops.Sum(v, -1)).Apply(x).Shape);
        Assert.Equal([null, 4], new Lambda(v => Ops.Concatenate([v, v], -1), outputShape: [4]).Apply(s_x.Shape is { } ? new Input([2]) : x).Shape);
        Assert.Contains("outputShape", Assert.Throws<ArgumentException>(() => new Lambda(v => v, outputShape: [3], name: "f").Apply(s_x)).Message);
        Assert.Contains("'f'", Assert.Throws<ArgumentException>(() => new Lambda(v => v, name: "f").Apply(s_x, s_x)).Message);
        Assert.Contains("arguments", Assert.Throws<ArgumentException>(() => new Lambda(v => v, arguments: new Dictionary<string, object?> { ["a"] = 1 })).Message);
    }

    [Fact]
    public void MasksEndUnlessAFunctionMakesOne()
    {
        Tensor x = Ops.Ones([2, 3, 4]);
        KerasMask.Set(x, Ops.Ones([2, 3], DType.Bool));
        Assert.Null(KerasMask.Of(new Lambda(v => v * 1).Apply(x)));
        Tensor kept = new Lambda(v => v * 1, mask: (_, mask) => Ops.LogicalNot(mask![0])).Apply(x);
        Assert.All(KerasMask.Of(kept)!.ToArray<bool>(), Assert.False);
        Lambda uses = new((LambdaCall call) => call.Inputs[0] * Ops.Cast(Ops.ExpandDims(call.Mask![0], -1), DType.Float32));
        Assert.Equal(x.ToArray<float>(), uses.Apply(x).ToArray<float>());
    }

    [Fact]
    public void RegisteredFunctionsAreSaved()
    {
        TensorFunction cube = x => x * x * x;
        Utils.RegisterKerasSerializable(cube, "lambdas", "cube");
        Sequential model = new([new Input([2]), new Lambda(cube, outputShape: [2])]);
        Sequential again = (Sequential)Model.FromJson(model.ToJson());
        Assert.Equal([1f, 8, 27, 64], again.Predict(s_x, verbose: 0).ToArray<float>());
        Assert.Equal([2], ((Lambda)again.Layers[0]).OutputShape);
        Assert.Contains("Register", Assert.Throws<ArgumentException>(() => new Sequential([new Input([2]), new Lambda(x => x)]).ToJson()).Message);
        Assert.Contains("Unknown function 'nothing'", Assert.Throws<ArgumentException>(() => Read(new JsonObject { ["class_name"] = "function", ["config"] = "nothing" })).Message);
    }

    [Fact]
    public void TheFormIsThatOfKeras()
    {
        TensorFunction twice = x => x * 2;
        Utils.RegisterKerasSerializable(twice, "forms", "twice");
        Lambda layer = new(twice, outputShape: [3], name: "lambda_1");
        layer.Apply(new Input([3]));
        JsonAssert.Equal(JsonNode.Parse("""
            {"module": "keras.layers", "class_name": "Lambda", "config": {"name": "lambda_1", "trainable": true,
             "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": null},
             "function": {"module": "builtins", "class_name": "function", "config": "forms>twice", "registered_name": "function"},
             "output_shape": [3], "arguments": {}}, "registered_name": null, "build_config": {"input_shape": [null, 3]}}
            """), LayerFunctions.Serialize(layer));
    }

    [Fact]
    public void ScopesNameFunctionsToo()
    {
        Func<Tensors, Tensors> first = x => x[0];
        JsonObject form = new() { ["module"] = null, ["class_name"] = "function", ["config"] = "first", ["registered_name"] = "first" };
        using (new CustomObjectScope(new Dictionary<string, Delegate> { ["first"] = first }))
        {
            Assert.Equal(s_x.ToArray<float>(), Read(form).Apply(s_x).ToArray<float>());
            Assert.Equal("first", Read(form).GetConfig()["function"]!["config"]!.GetValue<string>());
        }

        Assert.Throws<ArgumentException>(() => Read(form));
        using CustomObjectScope wrong = new(new Dictionary<string, Delegate> { ["first"] = (Func<int>)(() => 1) });
        Assert.Contains("does not fit", Assert.Throws<ArgumentException>(() => Read(form)).Message);
    }

    [Theory]
    [InlineData("""{"class_name":"__lambda__","config":{"code":"4wEAAAAA","defaults":null,"closure":null}}""")] // Keras 3.
    [InlineData("""["4wEAAAAA", null, null]""")] // Keras 2.
    public void PythonCodeIsNeverRunButCanBeReplaced(string python)
    {
        string message = Assert.Throws<ArgumentException>(() => Read(JsonNode.Parse(python)!)).Message;
        Assert.Contains("'mine'", message);
        Assert.Contains("never run", message);
        using CustomObjectScope scope = new(new Dictionary<string, Delegate> { ["mine"] = (TensorFunction)(x => x + 1) });
        Assert.Equal([2f, 3, 4, 5], Read(JsonNode.Parse(python)!).Apply(s_x).ToArray<float>());
    }

    [Fact]
    public void ArgumentsAreReadAsWhatTheyAre()
    {
        Func<LambdaCall, Tensors> call = c => c.Inputs;
        using CustomObjectScope scope = new(new Dictionary<string, Delegate> { ["f"] = call });
        Lambda layer = Layer.FromConfig<Lambda>((JsonObject)JsonNode.Parse("""{"name":"l","function":{"class_name":"function","config":"f"},"arguments":{"a":1,"b":2.5,"c":"x","d":[true,null]}}""")!);
        Assert.Equal([1, 2.5, "x"], new[] { layer.Arguments["a"], layer.Arguments["b"], layer.Arguments["c"] });
        Assert.Equal([true, null], Assert.IsType<object?[]>(layer.Arguments["d"]));
    }

    private static Lambda Read(JsonNode function) => Layer.FromConfig<Lambda>(new JsonObject
    {
        ["name"] = "mine",
        ["function"] = function.DeepClone(),
        ["function_type"] = "lambda",
        ["module"] = "__main__",
        ["output_shape"] = null,
        ["output_shape_type"] = "raw",
        ["arguments"] = new JsonObject(),
    });
}
