using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using NKeras.Callbacks;
using NKeras.Conformance.Calls;
using NKeras.Conformance.Models;
using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Conformance;

/// <summary>The replay of whole models finds what differs, and knows rounding from differences.</summary>
[Collection(NamesCollection.Name)]
public sealed class ModelReplayTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nkeras-models").FullName;

    [Fact]
    public void EveryKindOfDifferenceIsFound()
    {
        JsonObject recorded = Record(Regression(), 0);
        Assert.Empty(Failed(recorded));
        Assert.Equal(["predict_initial"], Failed(recorded, r => Change(r["predict_initial"]!)));
        Assert.Equal(["evaluate_initial"], Failed(recorded, r => Scale(r["evaluate_initial"]!.AsObject(), "loss", 1.001)));
        Assert.Equal(["history"], Failed(recorded, r => Scale(r["history"]!["val_mae"]!.AsArray(), 1, 1.003)));
        Assert.Equal(["history"], Failed(recorded, r => r["history"]!.AsObject().Remove("val_mae")));
        Assert.Equal(["history"], Failed(recorded, r => r["epoch"]!.AsArray().RemoveAt(0)));
        Assert.Equal(["weights_final"], Failed(recorded, r => Change(r["weights_final"]![0]!["value"]!)));
        Assert.Equal(["predict_final"], Failed(recorded, r => Change(r["predict_final"]!)));
        Assert.Equal(["weights"], Failed(recorded, r => r["weights"]![1]!["path"] = "dense/offset"));
    }

    /// <summary>The order of scores counts, too.</summary>
    [Fact]
    public void OrderOfScoresIsCompared()
    {
        JsonObject recorded = Record(Regression(), 0);
        Assert.Equal(["history"], Failed(recorded, r => r["history"] = new JsonObject(r["history"]!.AsObject().Reverse().Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())))));
    }

    /// <summary>A bias before a batch normalization has no gradient but rounding errors, of which Adam makes steps: two fits agree in all that matters, but not in it.</summary>
    [Fact]
    public void WeightsThatRoundingDecidesAreNoDifference()
    {
        JsonObject recorded = Record(Normalized(), 1007);
        ModelCheck weights = Run(recorded).Single(c => c.Check == "weights_final");
        Assert.True(weights.Outcome == Outcome.Passed, string.Join("; ", Run(recorded).SelectMany(c => c.Messages)));
        Assert.Contains("rounding decides", Assert.Single(weights.Messages), StringComparison.Ordinal);

        // Not so the kernel, or a bias that is further off than rounding moves it.
        Assert.Equal(["weights_final"], Failed(recorded, r => Change(r["weights_final"]![0]!["value"]!)));
        Assert.Equal(["weights_final"], Failed(recorded, r => Change(r["weights_final"]![1]!["value"]!)));
    }

    [Fact]
    public void ReportHasALineForEachCheckAndEndsWithTheSum()
    {
        JsonObject recorded = Record(Regression(), 0);
        Scale(recorded["evaluate_initial"]!.AsObject(), "loss", 2);
        StringWriter output = new();
        Assert.False(new ModelReport(output, verbose: false).Print(Run(recorded)));
        string[] lines = output.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.Contains("model made history: passed", lines);
        Assert.Contains(lines, l => l.StartsWith("model made evaluate_initial: failed (evaluate_initial['loss'] is ", StringComparison.Ordinal));
        Assert.Equal("6 passed, 1 failed, 3 skipped", lines[^1]);
    }

    [Fact]
    public void ConfigurationThatCannotBeReadIsAFailure()
    {
        Write(Record(Regression(), 0));
        File.WriteAllText(Path.Combine(_folder, "made", "config.json"), "{}");
        ModelCheck check = Assert.Single(ModelReplay.Run(RecordedModel.ReadAll(_folder).Single()));
        Assert.Equal((Outcome.Failed, "model"), (check.Outcome, check.Check));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Model Regression()
    {
        Utils.ClearSession();
        Sequential model = new([new Input([3]), new Dense(4, activation: "tanh"), new Dense(1)], name: "made");
        model.Compile(new SGD(0.1), "mse", metrics: ["mae"]);
        return model;
    }

    private static Model Normalized()
    {
        Utils.ClearSession();
        // Results are far from zero, so that what rounding does to a bias does not show in them.
        Sequential model = new([new Input([3]), new Dense(4), new BatchNormalization(), new Dense(1, biasInitializer: new NKeras.Initializers.Constant(5))], name: "made");
        model.Compile(new Adam(1e-3), "mse");
        return model;
    }

    /// <summary>What Keras would have been recorded to do if it were this model, from weights moved by less than rounding.</summary>
    private JsonObject Record(Model model, int rounding)
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "made")).FullName, "config.json"), model.ToJson());
        Random random = new(1);
        Tensor x = Tensor.From([.. Enumerable.Range(0, 48).Select(_ => random.NextSingle() - 0.5f)], [16, 3]), y = Tensor.From([.. Enumerable.Range(0, 16).Select(_ => random.NextSingle())], [16, 1]);
        Tensor[] weights = model.GetWeights();
        JsonArray before = Variables(model);
        model.SetWeights(WeightRounding.Move(weights, rounding));
        JsonObject recorded = new()
        {
            ["weights"] = before,
            ["predict_inputs"] = Json(x),
            ["predict_initial"] = Json(model.Predict(x, verbose: 0)),
            ["evaluate_initial"] = new JsonObject(model.Evaluate(x, y, batchSize: 16, verbose: 0, returnDict: true).Select(s => KeyValuePair.Create(s.Key, (JsonNode?)JsonValue.Create(s.Value)))),
            ["x"] = Json(x),
            ["y"] = Json(y),
            ["fit"] = new JsonObject { ["batch_size"] = 4, ["epochs"] = 3, ["shuffle"] = false, ["validation_split"] = 0.25 },
        };
        History history = model.Fit(x, y, batchSize: 4, epochs: 3, shuffle: false, validationSplit: 0.25, verbose: 0);
        recorded["history"] = new JsonObject(history.Logs.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)new JsonArray([.. l.Value.Select(v => JsonValue.Create(v))]))));
        recorded["epoch"] = new JsonArray([.. history.Epoch.Select(e => JsonValue.Create(e))]);
        recorded["weights_final"] = Variables(model);
        recorded["predict_final"] = Json(model.Predict(x, verbose: 0));
        return recorded;
    }

    private static JsonArray Variables(Model model) => [.. model.Weights.Select(w => new JsonObject { ["path"] = w.Path, ["value"] = Json(w.Value) })];

    private static JsonObject Json(Tensor tensor) => new()
    {
        ["$tensor"] = new JsonObject
        {
            ["dtype"] = tensor.DType.Name,
            ["shape"] = new JsonArray([.. tensor.Shape.Dims.ToArray().Select(d => JsonValue.Create(d))]),
            ["data"] = Convert.ToBase64String(MemoryMarshal.AsBytes<float>(tensor.ToArray<float>())),
        },
    };

    private string[] Failed(JsonObject recorded, Action<JsonObject>? change = null)
    {
        JsonObject copy = recorded.DeepClone().AsObject();
        change?.Invoke(copy);
        return [.. Run(copy).Where(c => c.Outcome == Outcome.Failed).Select(c => c.Check)];
    }

    private ModelCheck[] Run(JsonObject recorded)
    {
        Write(recorded);
        return [.. ModelReplay.Run(RecordedModel.ReadAll(_folder).Single())];
    }

    private void Write(JsonObject recorded) => File.WriteAllText(Path.Combine(_folder, "made", "case.json"), recorded.ToJsonString());

    /// <summary>Adds 0.02 to the first element.</summary>
    private static void Change(JsonNode tensor)
    {
        JsonObject inside = tensor["$tensor"]!.AsObject();
        byte[] bytes = Convert.FromBase64String(inside["data"]!.GetValue<string>());
        Span<float> numbers = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        numbers[0] += 0.02f;
        inside["data"] = Convert.ToBase64String(bytes);
    }

    private static void Scale(JsonObject values, string key, double factor) => values[key] = values[key]!.GetValue<double>() * factor;

    private static void Scale(JsonArray values, int index, double factor) => values[index] = values[index]!.GetValue<double>() * factor;
}
