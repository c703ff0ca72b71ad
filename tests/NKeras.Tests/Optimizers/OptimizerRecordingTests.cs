using System.Text.Json;
using NKeras.Optimizers;

namespace NKeras.Tests.Optimizers;

/// <summary>Single optimizer steps against recorded ones of Keras.</summary>
public sealed class OptimizerRecordingTests
{
    public static TheoryData<string> Ids => [.. Recordings.Lines("optimizer.jsonl").Select(r => r.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void StepMatchesKeras(string id)
    {
        JsonElement record = Recordings.Lines("optimizer.jsonl").Single(r => r.GetProperty("id").GetString() == id);
        Optimizer optimizer = Create(record.GetProperty("target").GetString()!, record.GetProperty("config").GetProperty("config"));
        Variable[] variables = [.. record.GetProperty("before").EnumerateArray().Select(v => new Variable(Recordings.Tensor(v), name: "variable"))];
        optimizer.Build(variables);
        if (record.GetProperty("state").ValueKind == JsonValueKind.Array)
        {
            Tensor[] state = [.. record.GetProperty("state").EnumerateArray().Select(Recordings.Tensor)];
            Assert.Equal(state.Length, optimizer.Variables.Count);
            for (int i = 0; i < state.Length; i++) optimizer.Variables[i].Assign(state[i]);
        }

        optimizer.Apply([.. record.GetProperty("grads").EnumerateArray().Select(g => g.ValueKind == JsonValueKind.Null ? null : Recordings.Tensor(g))], variables);
        JsonElement[] results = [.. record.GetProperty("result").EnumerateArray()];
        for (int i = 0; i < results.Length; i++) Recordings.AssertClose(Recordings.Tensor(results[i]), variables[i].Value, $"{id} variable {i}");
        JsonElement[] after = [.. record.GetProperty("state_after").EnumerateArray()];
        for (int i = 0; i < after.Length; i++)
            Recordings.AssertClose(Recordings.Tensor(after[i].GetProperty("value")), optimizer.Variables[i].Value, $"{id} {after[i].GetProperty("path")}", absolute: 1e-7);
    }

    private static Optimizer Create(string target, JsonElement c)
    {
        double rate = c.GetProperty("learning_rate").GetDouble();
        double momentum = Recordings.Get(c, "momentum", 0.0), epsilon = Recordings.Get(c, "epsilon", 1e-7);
        double? decay = Recordings.Get<double?>(c, "weight_decay", null), norm = Recordings.Get<double?>(c, "clipnorm", null);
        double? value = Recordings.Get<double?>(c, "clipvalue", null), global = Recordings.Get<double?>(c, "global_clipnorm", null);
        return target switch
        {
            "SGD" => new SGD(rate, momentum, Recordings.Get(c, "nesterov", false), decay, norm, value, global),
            "RMSprop" => new RMSprop(rate, Recordings.Get(c, "rho", 0.9), momentum, epsilon, Recordings.Get(c, "centered", false), decay, norm, value, global),
            _ => new Adam(rate, Recordings.Get(c, "beta_1", 0.9), Recordings.Get(c, "beta_2", 0.999), epsilon, Recordings.Get(c, "amsgrad", false), decay, norm, value, global),
        };
    }
}
