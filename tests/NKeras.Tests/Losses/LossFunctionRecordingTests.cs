using System.Reflection;
using System.Text.Json;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Losses;

/// <summary>Functions of losses and metrics against recorded calls of Keras.</summary>
public sealed class LossFunctionRecordingTests
{
    private static readonly RecordedCalls s_records = new("loss_functions.jsonl.gz");

    public static TheoryData<string, string> Calls => s_records.Cases;

    [Theory]
    [MemberData(nameof(Calls))]
    public void MatchesKeras(string target, string id)
    {
        JsonElement record = s_records[id], kwargs = record.GetProperty("kwargs");
        JsonElement[] args = [.. record.GetProperty("args").EnumerateArray()];
        Type owner = target.StartsWith("keras.losses.", StringComparison.Ordinal) ? typeof(LossFunctions) : typeof(MetricFunctions);
        MethodInfo function = owner.GetMethod(RecordedObject.Pascal(target.Split('.')[^1]))!;
        object?[] given = [.. function.GetParameters().Select((p, i) => i < args.Length ? RecordedObject.Value(p.ParameterType, args[i])
            : kwargs.TryGetProperty(RecordedObject.Snake(p.Name!), out JsonElement value) ? RecordedObject.Value(p.ParameterType, value)
            : p.DefaultValue)];
        // Keras brings float64 down to float32.
        RecordedData.AssertClose(target, RecordedData.Tensor(record.GetProperty("result")), Ops.Cast((Tensor)function.Invoke(null, given)!, Config.Floatx()));
    }
}
