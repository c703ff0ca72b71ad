using NKeras.Hdf5;
using NKeras.Saving;

namespace NKeras.Tests.Saving;

/// <summary>Files of Keras 1 and 2 with code in them, where Keras long ran it whatever was asked for, and with lists of names that lead elsewhere.</summary>
public class HostileLegacyFileTests
{
    private const string First = """{"class_name": "Dense", "config": {"name": "first", "batch_input_shape": [null, 3], "units": 2} }""";

    [Theory]
    [InlineData($$"""{"class_name": "Lambda", "config": {"name": "evil", "function": ["{{HostileFile.Code}}", null, null], "function_type": "lambda", "module": "__main__", "output_shape": null, "output_shape_type": "raw", "output_shape_module": null, "arguments": {} } }""")]
    [InlineData($$"""{"class_name": "Lambda", "config": {"name": "evil", "function": {"class_name": "__lambda__", "config": {"code": "{{HostileFile.Code}}", "defaults": null, "closure": null} } } }""")]
    [InlineData($$"""{"module": "keras.layers", "class_name": "Lambda", "config": {"name": "evil", "function": ["{{HostileFile.Code}}", null, null], "function_type": "lambda"}, "registered_name": null}""")]
    [InlineData("""{"class_name": "Lambda", "config": {"name": "evil", "function": "lambda x: open('nkeras-marker', 'w').close() or x", "function_type": "function", "module": "__main__"} }""")]
    [InlineData("""{"class_name": "Lambda", "config": {"name": "evil", "function": "os.system", "function_type": "function", "module": "os", "arguments": {"command": "touch nkeras-marker"} } }""")]
    [InlineData($$"""{"class_name": "TimeDistributed", "config": {"name": "evil", "layer": {"class_name": "Lambda", "config": {"name": "evil", "function": ["{{HostileFile.Code}}", null, null], "function_type": "lambda"} } } }""")]
    [InlineData("""{"class_name": "EvilLayer", "config": {"name": "evil"} }""")]
    [InlineData("""{"class_name": "TFOpLambda", "config": {"name": "evil", "function": "io.write_file"} }""")]
    [InlineData("""{"class_name": "TensorFlowOpLayer", "config": {"name": "evil", "node_def": "WriteFile", "constants": {} } }""")]
    [InlineData("""{"class_name": "TextVectorization", "config": {"name": "evil", "vocabulary": "/etc/passwd"} }""")]
    [InlineData("""{"class_name": "Dense", "config": {"name": "evil", "units": 2147483647} }""")]
    [InlineData("""{"class_name": "Dense", "config": {"name": "evil", "units": 2, "activation": "__import__('os').system"} }""")]
    [InlineData("""{"class_name": "Dense", "config": {"name": "evil", "units": 2, "kernel_initializer": {"class_name": "eval", "config": {"x": 1} } } }""")]
    public void LayersThatDoMoreThanComputeAreRefusedByName(string layer)
    {
        foreach (string version in new[] { "1.2.2", "2.2.4", "2.15.0", "3.0.0" }) HostileFile.Refused(File(layer, version), "model.h5", path => Model.Load(path, policy: HostileFile.Policy), "'evil'");
    }

    [Theory]
    [InlineData("""{"optimizer_config": {"class_name": "system", "config": {"command": "touch nkeras-marker"} }, "loss": "mse", "metrics": []}""")]
    [InlineData("""{"optimizer_config": {"class_name": "SGD", "config": {"lr": {"class_name": "__lambda__", "config": {"code": "x"} } } }, "loss": "mse", "metrics": []}""")]
    [InlineData("""{"optimizer_config": {"class_name": "SGD", "config": {} }, "loss": "__import__('os').system", "metrics": []}""")]
    [InlineData("""{"optimizer_config": {"class_name": "SGD", "config": {} }, "loss": {"class_name": "__lambda__", "config": {"code": "x"} }, "metrics": []}""")]
    [InlineData("""[[[[""")]
    public void WhatAModelIsCompiledWithRunsNothing(string training)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.h5", File("""{"class_name": "Dense", "config": {"name": "second", "units": 2} }""", "2.15.0", training));
        // What it was compiled with may be left out with a warning, as Keras does; it must not run.
        try
        {
            Assert.Equal(2, Model.Load(path, policy: HostileFile.Policy).Layers.Count);
        }
        catch (ModelFileException e)
        {
            Assert.InRange(e.Message.Length, 10, 10_000);
        }

        Assert.False(System.IO.File.Exists(HostileFile.Marker));
    }

    [Theory]
    [InlineData("../first", "first/kernel:0")]
    [InlineData("/etc", "passwd")]
    [InlineData("first", "../../other")]
    [InlineData("first", "")]
    [InlineData("", "")]
    [InlineData("..", "..")]
    public void NamesOfWeightsLeadNowhere(string layer, string weight)
    {
        Hdf5Content content = new();
        content.SetAttribute("layer_names", [layer]);
        content.SetAttribute("backend", "tensorflow");
        content.SetAttribute("keras_version", "2.15.0");
        content.Group("first").SetAttribute("weight_names", [weight, "first/bias:0"]);
        content.AddDataset("first/first/kernel:0", Hdf5Type.Float32, [3, 2], s => s.Write(new byte[24]));
        content.AddDataset("first/first/bias:0", Hdf5Type.Float32, [2], s => s.Write(new byte[8]));
        HostileFile.RefusedAsWeights(Bytes(content), "weights.h5");
    }

    private static byte[] File(string layer, string version, string? training = null)
    {
        Hdf5Content content = new();
        content.SetAttribute("keras_version", version);
        content.SetAttribute("backend", "tensorflow");
        content.SetAttribute("model_config", $$"""{"class_name": "Sequential", "config": {"name": "small", "layers": [{{First}}, {{layer}}]} }""");
        if (training != null) content.SetAttribute("training_config", training);
        Hdf5Content weights = content.Group("model_weights");
        weights.SetAttribute("layer_names", ["first", training == null ? "evil" : "second"]);
        weights.SetAttribute("backend", "tensorflow");
        weights.SetAttribute("keras_version", version);
        foreach ((string name, long inputs) in new[] { ("first", 3L), (training == null ? "evil" : "second", 2L) })
        {
            weights.Group(name).SetAttribute("weight_names", [$"{name}/kernel:0", $"{name}/bias:0"]);
            weights.AddDataset($"{name}/{name}/kernel:0", Hdf5Type.Float32, [inputs, 2], s => s.Write(new byte[inputs * 8]));
            weights.AddDataset($"{name}/{name}/bias:0", Hdf5Type.Float32, [2], s => s.Write(new byte[8]));
        }

        return Bytes(content);
    }

    private static byte[] Bytes(Hdf5Content content)
    {
        MemoryStream stream = new();
        content.Write(stream);
        return stream.ToArray();
    }
}
