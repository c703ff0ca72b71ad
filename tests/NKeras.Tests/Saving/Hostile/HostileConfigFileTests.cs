using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Saving;

namespace NKeras.Tests.Saving;

/// <summary>Configurations seen in the wild that run code, or lead to other files, in Python: in an archive, and as JSON.</summary>
public class HostileConfigFileTests
{
    private const string Source = "lambda x: open('nkeras-marker', 'w').close() or x";

    [Theory]
    // Keras 3, and what CVE-2024-3660 and CVE-2025-9905 were about: marshalled code, in each spelling that Keras ever had.
    [InlineData($$"""{"module": "keras.layers", "class_name": "Lambda", "config": {"name": "evil", "function": {"class_name": "__lambda__", "config": {"code": "{{HostileFile.Code}}", "defaults": null, "closure": null} } }, "registered_name": null}""")]
    [InlineData($$"""{"module": "keras.layers", "class_name": "Lambda", "config": {"name": "evil", "function": ["{{HostileFile.Code}}", null, null], "function_type": "lambda", "module": "__main__"}, "registered_name": null}""")]
    [InlineData($$"""{"class_name": "Lambda", "config": {"name": "evil", "function": ["{{HostileFile.Code}}", null, null], "function_type": "lambda", "module": "__main__", "output_shape": null, "output_shape_type": "raw", "output_shape_module": null, "arguments": {} } }""")]
    [InlineData($$"""{"class_name": "Lambda", "config": {"name": "evil", "function": {"class_name": "__lambda__", "config": {"code": "{{HostileFile.Code}}", "defaults": null, "closure": null} } } }""")]
    // Source code.
    [InlineData($$"""{"module": "keras.layers", "class_name": "Lambda", "config": {"name": "evil", "function": "{{Source}}", "function_type": "function", "module": "__main__"}, "registered_name": null}""")]
    [InlineData($$"""{"module": "keras.layers", "class_name": "Lambda", "config": {"name": "evil", "function": "{{Source}}", "function_type": "raw"}, "registered_name": null}""")]
    [InlineData($$"""{"module": "keras.layers", "class_name": "Lambda", "config": {"name": "evil", "function": {"class_name": "function", "config": "{{Source}}"} }, "registered_name": null}""")]
    // CVE-2025-8747: a function of Keras's that fetches a file; CVE-2025-9906: one that switches the protection off.
    [InlineData("""{"module": "keras.layers", "class_name": "Lambda", "config": {"name": "evil", "function": {"module": "keras.utils", "class_name": "function", "config": "get_file", "registered_name": "get_file"}, "arguments": {"fname": "nkeras-marker", "origin": "http://127.0.0.1:9/x"} }, "registered_name": null}""")]
    [InlineData("""{"module": "keras.layers", "class_name": "Lambda", "config": {"name": "evil", "function": {"module": "keras.config", "class_name": "function", "config": "enable_unsafe_deserialization", "registered_name": "function"} }, "registered_name": null}""")]
    [InlineData("""{"module": "keras.layers", "class_name": "Lambda", "config": {"name": "evil", "function": {"module": "os", "class_name": "function", "config": "system", "registered_name": "function"}, "arguments": {"command": "touch nkeras-marker"} }, "registered_name": null}""")]
    [InlineData("""{"module": "keras.layers", "class_name": "Lambda", "config": {"name": "evil", "function": {"module": "builtins", "class_name": "function", "config": "eval", "registered_name": "function"} }, "registered_name": null}""")]
    [InlineData($$"""{"module": "keras.layers", "class_name": "Lambda", "config": {"name": "evil", "function": {"module": "builtins", "class_name": "function", "config": "relu"}, "mask": {"class_name": "__lambda__", "config": {"code": "{{HostileFile.Code}}"} } }, "registered_name": null}""")]
    // Classes that are none of Keras's (CVE-2025-1550), or that Keras has for other libraries' programs (CVE-2025-49655).
    [InlineData("""{"module": "os", "class_name": "system", "config": {"name": "evil", "command": "touch nkeras-marker"}, "registered_name": null}""")]
    [InlineData("""{"module": "builtins", "class_name": "eval", "config": {"name": "evil"}, "registered_name": null}""")]
    [InlineData("""{"module": "subprocess", "class_name": "Popen", "config": {"name": "evil", "args": ["touch", "nkeras-marker"]}, "registered_name": "Popen"}""")]
    [InlineData("""{"module": "keras.utils", "class_name": "get_file", "config": {"name": "evil", "fname": "nkeras-marker", "origin": "http://127.0.0.1:9/x"}, "registered_name": null}""")]
    [InlineData("""{"module": "keras.src.saving.serialization_lib", "class_name": "SafeModeScope", "config": {"name": "evil", "safe_mode": false}, "registered_name": null}""")]
    [InlineData("""{"module": "keras.config", "class_name": "enable_unsafe_deserialization", "config": {"name": "evil"}, "registered_name": null}""")]
    [InlineData("""{"module": "keras.layers", "class_name": "TFSMLayer", "config": {"name": "evil", "filepath": "/tmp/saved_model", "call_endpoint": "serve"}, "registered_name": null}""")]
    [InlineData("""{"module": "keras.layers", "class_name": "TorchModuleWrapper", "config": {"name": "evil", "module": "Y2lvCm9wZW4KcDAKKFZua2VyYXMtbWFya2VyCnAxClZ3CnAyCnRwMwpScDQKLg==", "output_shape": null}, "registered_name": null}""")]
    [InlineData("""{"module": "keras.layers", "class_name": "JaxLayer", "config": {"name": "evil", "call_fn": {"module": "os", "class_name": "function", "config": "system"} }, "registered_name": null}""")]
    [InlineData("""{"module": "keras.layers", "class_name": "FlaxLayer", "config": {"name": "evil"}, "registered_name": null}""")]
    [InlineData("""{"module": "evil_package.layers", "class_name": "Evil", "config": {"name": "evil"}, "registered_name": "evil_package>Evil", "build_config": {"input_shape": [null, 3]} }""")]
    // CVE-2025-12058: a vocabulary that is a file or an address.
    [InlineData("""{"module": "keras.layers", "class_name": "StringLookup", "config": {"name": "evil", "vocabulary": "/etc/passwd", "output_mode": "int"}, "registered_name": null}""")]
    [InlineData("""{"module": "keras.layers", "class_name": "IntegerLookup", "config": {"name": "evil", "vocabulary": "http://127.0.0.1:9/x"}, "registered_name": null}""")]
    [InlineData("""{"module": "keras.layers", "class_name": "TextVectorization", "config": {"name": "evil", "vocabulary": "file:///etc/passwd"}, "registered_name": null}""")]
    // What takes memory.
    [InlineData("""{"module": "keras.layers", "class_name": "Dense", "config": {"name": "evil", "units": 2147483647}, "registered_name": null}""")]
    public void LayersThatDoMoreThanComputeAreRefusedByName(string layer)
    {
        string config = HostileFile.WithLayer(layer), className = (string)JsonNode.Parse(layer)!["class_name"]!;
        string message = HostileFile.RefusedAsModel(HostileFile.ArchiveOf(config), "'evil'");
        if (className is not ("Lambda" or "Dense")) Assert.Contains(className, message, StringComparison.Ordinal);
        HostileFile.Refused(System.Text.Encoding.UTF8.GetBytes(config), "model.json", path => Model.Load(path, policy: HostileFile.Policy), "'evil'");
        Assert.Contains("'evil'", Assert.Throws<ArgumentException>(() => Model.FromJson(config, HostileFile.Policy)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(HostileFile.Marker));
    }

    [Fact]
    public void WeightsThatThePolicyDoesNotAllowAreNamed() => HostileFile.RefusedAsModel(
        HostileFile.Archive(c => c["config"]!["layers"]![1]!["config"]!["units"] = 100_000_000), "dense/kernel'", "(3, 100000000)", "policy allows");

    [Theory]
    [InlineData("activation", """{"module": "builtins", "class_name": "function", "config": "eval", "registered_name": "function"}""")]
    [InlineData("activation", """{"module": "keras.utils", "class_name": "function", "config": "get_file", "registered_name": "function"}""")]
    [InlineData("activation", $$"""{"class_name": "__lambda__", "config": {"code": "{{HostileFile.Code}}"} }""")]
    [InlineData("activation", "\"os.system\"")]
    [InlineData("activation", "\"lambda x: x\"")]
    [InlineData("kernel_initializer", """{"module": "os", "class_name": "system", "config": {"command": "touch nkeras-marker"}, "registered_name": null}""")]
    [InlineData("kernel_regularizer", """{"module": "builtins", "class_name": "function", "config": "exec", "registered_name": "function"}""")]
    [InlineData("bias_constraint", """{"module": "keras.src.utils.file_utils", "class_name": "function", "config": "extract_archive", "registered_name": "function"}""")]
    [InlineData("dtype", """{"module": "os", "class_name": "system", "config": {"command": "touch nkeras-marker"}, "registered_name": null}""")]
    [InlineData("dtype", "\"__import__('os')\"")]
    public void ArgumentsOfLayersNameNothingOutsideOfKeras(string key, string value) => HostileFile.RefusedAsModel(
        HostileFile.Archive(c => c["config"]!["layers"]![1]!["config"]![key] = JsonNode.Parse(value)), "'dense'");

    [Theory]
    [InlineData("optimizer", """{"module": "os", "class_name": "system", "config": {"command": "touch nkeras-marker"}, "registered_name": null}""")]
    [InlineData("optimizer", """{"module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": {"module": "builtins", "class_name": "function", "config": "eval"} }, "registered_name": null}""")]
    [InlineData("loss", """{"module": "builtins", "class_name": "function", "config": "eval", "registered_name": "function"}""")]
    [InlineData("metrics", """[{"module": "subprocess", "class_name": "function", "config": "run", "registered_name": "function"}]""")]
    [InlineData("weighted_metrics", """[{"class_name": "__lambda__", "config": {"code": "x"} }]""")]
    public void WhatAModelIsCompiledWithNamesNothingOutsideOfKeras(string key, string value) => HostileFile.RefusedAsModel(
        HostileFile.Archive(c => c["compile_config"] = new JsonObject { ["optimizer"] = "adam", ["loss"] = "mse", [key] = JsonNode.Parse(value) }), "'small'");

    /// <summary>CVE-2025-1550 as it was published: a function among the arguments of a call.</summary>
    [Theory]
    [InlineData("""{"module": "os", "class_name": "function", "config": "system", "registered_name": "system"}""")]
    [InlineData("""{"class_name": "function", "config": "system", "module": "os"}""")]
    [InlineData("""{"class_name": "__lambda__", "config": {"code": "x"} }""")]
    public void CallsOfLayersTakeNoFunctions(string argument)
    {
        Input input = new(shape: [3], name: "in");
        JsonObject config = (JsonObject)JsonNode.Parse(new Model(input, new Dense(2, name: "evil").Apply(input)).ToJson())!;
        JsonNode call = config["config"]!["layers"]![1]!["inbound_nodes"]![0]!;
        call["kwargs"] = new JsonObject { ["command"] = JsonNode.Parse(argument) };
        HostileFile.RefusedAsModel(HostileFile.ArchiveOf(config.ToJsonString()), "'evil'");
        call["args"] = new JsonArray(JsonNode.Parse(argument));
        HostileFile.RefusedAsModel(HostileFile.ArchiveOf(config.ToJsonString()), "'evil'");
    }

    [Theory]
    [InlineData("""{"module": "evil_package", "class_name": "EvilModel", "config": {"name": "evil", "command": "touch nkeras-marker"}, "registered_name": "EvilModel"}""", "EvilModel")]
    [InlineData("""{"module": "evil_package", "class_name": "EvilModel", "config": {}, "registered_name": "Custom>EvilModel", "build_config": {"input_shape": [null, 3]} }""", "EvilModel")]
    [InlineData("""{"module": "os", "class_name": "system", "config": {"command": "touch nkeras-marker"}, "registered_name": null}""", "system")]
    [InlineData("""{"module": "keras", "class_name": "function", "config": "get_file", "registered_name": null}""", "get_file")]
    [InlineData("""{"class_name": "function", "module": "builtins", "config": "exec"}""", "exec")]
    [InlineData("""{"module": "keras.layers", "class_name": "Dense", "config": {"units": 2}, "registered_name": null}""", "Dense")]
    [InlineData("""{"module": "keras.optimizers", "class_name": "Adam", "config": {}, "registered_name": null}""", "Adam")]
    public void WhatIsNoModelIsNotMade(string config, string name) => HostileFile.RefusedAsModel(HostileFile.ArchiveOf(config), name);

    [Fact]
    public void RegisteredClassesDoNotTakeThePlaceOfKerass()
    {
        using TemporaryFolder folder = new();
        CustomObjects custom = new() { ["Dense"] = typeof(Impostor), ["keras.layers>Dense"] = typeof(Impostor), ["Custom>Dense"] = typeof(Impostor), ["Sequential"] = typeof(Impostor) };
        foreach (Action<JsonObject> change in new Action<JsonObject>[]
        {
            _ => { },
            c => c["config"]!["layers"]![1]!["registered_name"] = "Dense",
            c => c["config"]!["layers"]![1]!.AsObject().Remove("module"),
            c => c["config"]!["layers"]![1]!["registered_name"] = "Custom>Dense",
        })
        {
            Model model = Model.Load(folder.Write("model.keras", HostileFile.Archive(change)), custom, policy: HostileFile.Policy);
            Assert.IsType<Dense>(model.Layers[^1]);
        }
    }

    private sealed class Impostor : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false) => throw new InvalidOperationException("This is not Keras's layer.");
    }
}
