using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Hdf5;
using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Saving;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Saving.Legacy;

public sealed class LegacyModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Published => [.. RecordedData.Records("published.jsonl.gz").Select(r => r.GetProperty("file").GetString()!)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Published))]
    public void PublishedModelsPredictWhatTheyDid(string file)
    {
        JsonElement record = RecordedData.Records("published.jsonl.gz").Single(r => r.GetProperty("file").GetString() == file);
        Model model = Model.Load(_folder.Write(file, record.GetProperty("content").GetBytesFromBase64()));
        if (!record.TryGetProperty("inputs", out JsonElement inputs)) return;
        Tensor predicted = model.Predict(Values(inputs));
        Assert.Equal(Values(record.GetProperty("outputs")).ToArray<float>(), predicted.ToArray<float>(), (a, b) => Math.Abs(a - b) <= 1e-5f + (1e-4f * Math.Abs(a)));
    }

    [Fact]
    public void AModelOfKeras1()
    {
        JsonElement record = RecordedData.Records("published.jsonl.gz").Single(r => r.GetProperty("version").GetString() == "1.1.2");
        Model model = Model.Load(_folder.Write("m.h5", record.GetProperty("content").GetBytesFromBase64()));
        Assert.Equal([null, 8, 8, 3], model.InputShape);
        // Read from the file with h5py.
        Assert.Equal([0.10119301f, 0.37214738f], model.GetLayer("convolution2d_1").Weights[0].Value.ToArray<float>()[..2]);
        Assert.Equal([0.8397032f, -0.51326936f], model.GetLayer("dense_1").Weights[0].Value.ToArray<float>());
        Assert.IsType<Adadelta>(model.Optimizer);
        Assert.True(model.Predict(Ops.Ones([2, 8, 8, 3])).ToArray<float>().All(float.IsFinite));
    }

    [Fact]
    public void AFileIsAsKerasWritesIt()
    {
        Input x = new([2], name: "x");
        Tensor y = new Dense(1, name: "d").Apply(x);
        Model model = new(x, new Sequential([new Input([1]), new Dense(1, name: "e")], name: "s").Apply((KerasTensor)y), name: "m");
        model.Compile("sgd", "mse", metrics: ["mae"]);
        model.Save(_folder["m.h5"]);
        using Hdf5File file = Hdf5File.Open(_folder["m.h5"]);
        // As h5py lists a file of Keras 3.16 of the same model.
        Assert.Equal(["model_weights", "optimizer_weights"], file.Root.Names);
        Assert.Equal("3.16.0", Text(file.Root, "keras_version"));
        Hdf5Group weights = (Hdf5Group)file.Root["model_weights"];
        Assert.Equal("3.16.0", Text(weights, "keras_version"));
        Assert.Equal(["x", "d", "s"], weights.Attributes["layer_names"].ReadTexts());
        Assert.Equal(["d/kernel", "d/bias"], weights["d"].Attributes["weight_names"].ReadTexts());
        Assert.Equal([2L, 1], ((Hdf5Dataset)weights["d/d/kernel"]).Shape!);
        Assert.Equal(["s/e/kernel", "s/e/bias"], weights["s"].Attributes["weight_names"].ReadTexts());
        Assert.Equal([0L], weights["x"].Attributes["weight_names"].Shape!);
        Assert.Equal([0L], weights["top_level_model_weights"].Attributes["weight_names"].Shape!);
        Assert.Equal(["iteration", "learning_rate"], file.Root["optimizer_weights"].Attributes["weight_names"].ReadTexts().Select(n => n.Split('/')[^1]));
        JsonObject config = (JsonObject)JsonNode.Parse(Text(file.Root, "model_config"))!;
        Assert.Equal(["class_name", "config"], config.Select(p => p.Key));
        JsonObject nested = (JsonObject)config["config"]!["layers"]![2]!;
        Assert.Equal(["class_name", "config", "name", "inbound_nodes"], nested.Select(p => p.Key));
        Assert.Equal(["class_name", "config"], ((JsonObject)nested["config"]!["layers"]![1]!).Select(p => p.Key));
        JsonObject training = (JsonObject)JsonNode.Parse(Text(file.Root, "training_config"))!;
        Assert.Equal(["loss", "loss_weights", "metrics", "weighted_metrics", "run_eagerly", "steps_per_execution", "jit_compile", "optimizer_config"], training.Select(p => p.Key));
        Assert.Equal("SGD", (string?)training["optimizer_config"]!["class_name"]);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    [InlineData("rmsprop")]
    [InlineData("adadelta")]
    public void TrainingGoesOnAfterLoading(string optimizer)
    {
        Tensor x = RandomOps.Normal([8, 3], seed: 1), y = RandomOps.Normal([8, 2], seed: 2);
        Sequential model = new([new Input([3]), new Dense(4, activation: "tanh"), new BatchNormalization(), new Dense(2)]);
        model.Compile(optimizer, "mse");
        model.Fit(x, y, epochs: 2, shuffle: false, verbose: 0);
        model.Save(_folder["m.h5"]);
        Model again = Model.Load(_folder["m.h5"]);
        model.Fit(x, y, epochs: 2, shuffle: false, verbose: 0);
        again.Fit(x, y, epochs: 2, shuffle: false, verbose: 0);
        Assert.Equal(model.Predict(x).ToArray<float>(), again.Predict(x).ToArray<float>());
    }

    [Fact]
    public void TheMomentsOfKeras2StandOneKindAfterTheOther()
    {
        Sequential model = new([new Input([1]), new Dense(1, name: "a"), new Dense(1, name: "b")]);
        model.Compile("adam", "mse");
        model.Fit(Ops.Ones([2, 1]), Ops.Ones([2, 1]), verbose: 0);
        Hdf5Content content = new();
        string[] names = ["Adam/iter:0", .. from kind in (string[])["m", "v"] from weight in (string[])["a/kernel", "a/bias", "b/kernel", "b/bias"] select $"Adam/{weight}/{kind}:0"];
        content.Group("optimizer_weights").SetAttribute("weight_names", names);
        content.AddDataset($"optimizer_weights/{names[0]}", Hdf5Type.Int64, [], s => s.Write(BitConverter.GetBytes(77L)));
        for (int i = 1; i < names.Length; i++)
        {
            float value = i;
            content.AddDataset($"optimizer_weights/{names[i]}", Hdf5Type.Float32, names[i].Contains("kernel", StringComparison.Ordinal) ? [1, 1] : [1], s => s.Write(BitConverter.GetBytes(value)));
        }

        using MemoryStream stream = new();
        content.Write(stream);
        stream.Position = 0;
        using Hdf5File file = Hdf5File.Open(stream);
        NKeras.Saving.Legacy.LegacyOptimizer.Restore(model.Optimizer, model.TrainableVariables, (Hdf5Group)file.Root["optimizer_weights"]);
        // Today: the number of steps, the learning rate, then both moments of each weight.
        Assert.Equal(77, model.Optimizer.Variables[0].Value.ToArray<int>()[0]);
        Assert.Equal([1f, 5, 2, 6, 3, 7, 4, 8], model.Optimizer.Variables.Skip(2).Select(v => v.Value.ToArray<float>()[0]));
    }

    [Fact]
    public void AModelWithoutAnInputIsBuiltByItsFirstWeights()
    {
        Hdf5Content content = new();
        content.SetAttribute("keras_version", "2.1.6-tf");
        content.SetAttribute("model_config", """{"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "Dropout", "config": {"name": "r", "rate": 0.5}}, {"class_name": "Dense", "config": {"name": "d", "units": 1}}]}}""");
        content.SetAttribute("training_config", """{"optimizer_config": {"class_name": "SGD", "config": {"lr": 0.5}}, "loss": "a_loss_of_mine", "metrics": []}""");
        Hdf5Content weights = content.Group("model_weights");
        weights.SetAttribute("keras_version", "2.1.6-tf");
        weights.SetAttribute("layer_names", ["r", "d"]);
        weights.Group("r").SetAttribute("weight_names", []);
        weights.Group("d").SetAttribute("weight_names", ["d/kernel:0", "d/bias:0"]);
        weights.AddDataset("d/d/kernel:0", Hdf5Type.Float64, [3, 1], s => s.Write([.. BitConverter.GetBytes(1.0), .. BitConverter.GetBytes(2.0), .. BitConverter.GetBytes(3.0)]));
        weights.AddDataset("d/d/bias:0", Hdf5Type.Float64, [1], s => s.Write(BitConverter.GetBytes(4.0)));
        using (FileStream stream = File.Create(_folder["m.hdf5"])) content.Write(stream);
        Model model = Model.Load(_folder["m.hdf5"]);
        Assert.Equal([null, 3], model.InputShape);
        Assert.Equal([10f], model.Predict(Ops.Ones([1, 3])).ToArray<float>());
        // The loss is unknown: a warning, and a model that is not compiled.
        Assert.Empty(model.GetCompileConfig());
    }

    [Fact]
    public void ErrorsNameFileVersionAndLayer()
    {
        Hdf5Content content = new();
        content.SetAttribute("keras_version", "2.2.4");
        content.SetAttribute("model_config", """{"class_name": "Sequential", "config": [{"class_name": "LocallyConnected1D", "config": {"name": "local", "filters": 2, "batch_input_shape": [null, 4, 2]}}]}""");
        using (FileStream stream = File.Create(_folder["m.h5"])) content.Write(stream);
        ModelFileException e = Assert.Throws<ModelFileException>(() => Model.Load(_folder["m.h5"]));
        Assert.Equal("2.2.4", e.KerasVersion);
        Assert.All(["m.h5", "2.2.4", "LocallyConnected1D"], part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
    }

    private static Tensor Values(JsonElement tensor)
    {
        byte[] data = tensor.GetProperty("data").GetBytesFromBase64();
        int[] dims = [.. tensor.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
        return Tensor.From(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(data).ToArray(), Shape.Create([.. dims.Select(d => (int?)d)]));
    }

    private static string Text(Hdf5Object item, string name) => item.Attributes[name].ReadTexts()[0];
}
