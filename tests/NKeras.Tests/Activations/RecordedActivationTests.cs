using System.Reflection;
using System.Text.Json;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Activations;

/// <summary>Activations compute what Keras computes.</summary>
public sealed class RecordedActivationTests
{
    private static readonly Dictionary<string, JsonElement> s_records =
        RecordedData.Records("activations.jsonl.gz").ToDictionary(r => r.GetProperty("id").GetString()!);

    public static TheoryData<string, string> Calls
    {
        get
        {
            TheoryData<string, string> calls = [];
            foreach ((string id, JsonElement record) in s_records)
            {
                // Several axes at once are not offered.
                bool axes = record.GetProperty("kwargs").TryGetProperty("axis", out JsonElement axis) && axis.ValueKind != JsonValueKind.Number;
                if (!axes) calls.Add(record.GetProperty("target").GetString()!.Split('.')[^1], id);
            }

            return calls;
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void FunctionGivesTheRecordedResult(string name, string id)
    {
        JsonElement record = s_records[id];
        string pascal = string.Concat(name.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
        Delegate function = (Delegate)typeof(NKeras.Activations).GetProperty(pascal)!.GetValue(null)!;
        JsonElement[] positional = [.. record.GetProperty("args").EnumerateArray()];
        ParameterInfo[] parameters = function.GetType().GetMethod("Invoke")!.GetParameters();
        object?[] arguments = [.. parameters.Select((p, i) => Argument(p, i < positional.Length ? positional[i] : Named(record, p)))];
        Tensor result = (Tensor)function.DynamicInvoke(arguments)!;
        RecordedData.AssertClose(name, RecordedData.Tensor(record.GetProperty("result")), result);
    }

    private static JsonElement? Named(JsonElement record, ParameterInfo parameter)
    {
        string snake = string.Concat(parameter.Name!.Select(c => char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}"));
        return record.GetProperty("kwargs").TryGetProperty(snake, out JsonElement value) ? value : null;
    }

    private static object? Argument(ParameterInfo parameter, JsonElement? given)
    {
        if (given is not { } json) return parameter.DefaultValue;
        if (json.ValueKind == JsonValueKind.Object) return RecordedData.Tensor(json);
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type == typeof(int) ? json.GetInt32() : type == typeof(bool) ? json.GetBoolean() : json.GetDouble();
    }
}
