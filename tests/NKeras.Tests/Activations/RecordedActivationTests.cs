using System.Reflection;
using System.Text.Json;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Activations;

/// <summary>Activations compute what Keras computes.</summary>
public sealed class RecordedActivationTests
{
    private static readonly RecordedCalls s_records = new("activations.jsonl.gz");

    public static TheoryData<string, string> Calls
    {
        get
        {
            TheoryData<string, string> calls = [];
            foreach ((string id, JsonElement record) in s_records.All)
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
    public void FunctionGivesTheRecordedResultAndGradient(string name, string id)
    {
        JsonElement record = s_records[id];
        Func<Tensor, Tensor> function = Function(name, record);
        Tensor x = RecordedData.Tensor(record.GetProperty("args")[0]);
        RecordedData.AssertClose(name, RecordedData.Tensor(record.GetProperty("result")), function(x));
        if (!record.TryGetProperty("vjp", out JsonElement vjp) || !x.DType.IsFloating) return;

        Tensor gradient = FunctionGradients.Of(function, x, RecordedData.Tensor(vjp.GetProperty("cotangents")[0]));
        RecordedData.AssertClose($"{name}, gradient", RecordedData.Tensor(vjp.GetProperty("grads")[0]), gradient, compareType: false);
    }

    /// <summary>The activation with a Keras name, with the record's further arguments filled in.</summary>
    private static Func<Tensor, Tensor> Function(string name, JsonElement record)
    {
        string pascal = string.Concat(name.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
        Delegate function = (Delegate)typeof(NKeras.Activations).GetProperty(pascal)!.GetValue(null)!;
        JsonElement[] positional = [.. record.GetProperty("args").EnumerateArray()];
        ParameterInfo[] parameters = function.GetType().GetMethod("Invoke")!.GetParameters();
        object?[] further = [.. parameters.Skip(1).Select((p, i) => Argument(p, i + 1 < positional.Length ? positional[i + 1] : Named(record, p)))];
        return x => (Tensor)function.DynamicInvoke([x, .. further])!;
    }

    private static JsonElement? Named(JsonElement record, ParameterInfo parameter)
    {
        string snake = string.Concat(parameter.Name!.Select(c => char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}"));
        return record.GetProperty("kwargs").TryGetProperty(snake, out JsonElement value) ? value : null;
    }

    private static object? Argument(ParameterInfo parameter, JsonElement? given)
    {
        if (given is not { } json) return parameter.DefaultValue;
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type == typeof(int) ? json.GetInt32() : type == typeof(bool) ? json.GetBoolean() : json.GetDouble();
    }
}
