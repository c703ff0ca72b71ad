using System.Globalization;
using System.Text.Json;
using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Callbacks;

/// <summary>What Keras's callbacks did and printed when they were called with chosen logs.</summary>
internal static class CallbackTraces
{
    private static readonly JsonElement[] s_records = [.. RecordedData.Records("callback_traces.jsonl.gz")];

    /// <summary>The recordings of a kind.</summary>
    public static JsonElement[] Of(string kind) => [.. s_records.Where(r => r.GetProperty("kind").GetString() == kind)];

    /// <summary>The numbers of these, for theories.</summary>
    public static TheoryData<int> Cases(string kind) => [.. Enumerable.Range(0, Of(kind).Length)];

    /// <summary>A number; JSON has no NaN.</summary>
    public static double Number(JsonElement value) => value.ValueKind != JsonValueKind.String ? value.GetDouble() : value.GetString() switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        _ => double.NegativeInfinity,
    };

    /// <summary>Logs.</summary>
    public static Dictionary<string, double> Logs(JsonElement logs) => logs.EnumerateObject().ToDictionary(p => p.Name, p => Number(p.Value));

    /// <summary>An argument; the default if it was not given.</summary>
    public static T Argument<T>(this JsonElement record, string name, T otherwise)
    {
        if (!record.GetProperty("args").TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return otherwise;
        Type type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        object given = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Array => value.EnumerateArray().Select(v => v.GetString()!).ToArray(),
            JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
            _ => value.GetDouble(),
        };
        return (T)(given is string[]? given : Convert.ChangeType(given, type, CultureInfo.InvariantCulture));
    }

    /// <summary>A model with one weight that multiplies.</summary>
    public static Sequential Scale(Optimizer? optimizer = null)
    {
        Sequential model = new([new Input([1]), new Dense(1, useBias: false, kernelInitializer: "ones")]);
        model.Compile(optimizer ?? new SGD(0.0), "mse");
        return model;
    }

    /// <summary>The weight of such a model.</summary>
    public static float WeightOf(Model model) => model.GetWeights()[0].ToArray<float>()[0];

    public static void SetWeight(Model model, float value) => model.SetWeights([new float[,] { { value } }]);
}
