using System.Text.Json;
using NKeras.Optimizers;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Optimizers;

/// <summary>Single optimizer steps against recorded ones of Keras.</summary>
public sealed class OptimizerRecordingTests
{
    public static TheoryData<string> Ids => [.. RecordedData.Records("optimizer.jsonl.gz").Select(r => r.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void StepMatchesKeras(string id)
    {
        JsonElement record = RecordedData.Records("optimizer.jsonl.gz").Single(r => r.GetProperty("id").GetString() == id);
        Optimizer optimizer = Create(record.GetProperty("target").GetString()!, record.GetProperty("config").GetProperty("config"));
        Variable[] variables = [.. record.GetProperty("before").EnumerateArray().Select(v => new Variable(RecordedData.Tensor(v), name: "variable"))];
        optimizer.Build(variables);
        if (record.GetProperty("state").ValueKind == JsonValueKind.Array)
        {
            Tensor[] state = [.. record.GetProperty("state").EnumerateArray().Select(RecordedData.Tensor)];
            Assert.Equal(state.Length, optimizer.Variables.Count);
            for (int i = 0; i < state.Length; i++) optimizer.Variables[i].Assign(state[i]);
        }

        optimizer.Apply([.. record.GetProperty("grads").EnumerateArray().Select(g => g.ValueKind == JsonValueKind.Null ? null : RecordedData.Tensor(g))], variables);
        JsonElement[] results = [.. record.GetProperty("result").EnumerateArray()];
        for (int i = 0; i < results.Length; i++) RecordedData.AssertClose($"{id} variable {i}", RecordedData.Tensor(results[i]), variables[i].Value, compareType: false);
        JsonElement[] after = [.. record.GetProperty("state_after").EnumerateArray()];
        for (int i = 0; i < after.Length; i++)
        {
            // Scaled up, because averages of squares are small beside the tolerance.
            Tensor expected = Ops.Multiply(RecordedData.Tensor(after[i].GetProperty("value")), 1000.0);
            RecordedData.AssertClose($"{id} {after[i].GetProperty("path")}", expected, Ops.Multiply(optimizer.Variables[i].Value, 1000.0), compareType: false);
        }
    }

    private static Optimizer Create(string target, JsonElement c)
    {
        double rate = c.GetProperty("learning_rate").GetDouble();
        double momentum = RecordedData.Setting(c, "momentum", 0.0), epsilon = RecordedData.Setting(c, "epsilon", 1e-7);
        double? decay = RecordedData.Setting<double?>(c, "weight_decay", null), norm = RecordedData.Setting<double?>(c, "clipnorm", null);
        double? value = RecordedData.Setting<double?>(c, "clipvalue", null), global = RecordedData.Setting<double?>(c, "global_clipnorm", null);
        return target switch
        {
            "SGD" => new SGD(rate, momentum, RecordedData.Setting(c, "nesterov", false), decay, norm, value, global),
            "RMSprop" => new RMSprop(rate, RecordedData.Setting(c, "rho", 0.9), momentum, epsilon, RecordedData.Setting(c, "centered", false), decay, norm, value, global),
            _ => new Adam(rate, RecordedData.Setting(c, "beta_1", 0.9), RecordedData.Setting(c, "beta_2", 0.999), epsilon, RecordedData.Setting(c, "amsgrad", false), decay, norm, value, global),
        };
    }
}
