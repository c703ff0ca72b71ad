using System.Text.Json;
using NKeras.Engine.Runtime;
using NKeras.Optimizers;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Optimizers;

/// <summary>Single optimizer steps against recorded ones of Keras.</summary>
public sealed class OptimizerRecordingTests
{
    private static readonly Dictionary<string, JsonElement> s_records =
        RecordedData.Records("optimizer.jsonl.gz").ToDictionary(r => r.GetProperty("id").GetString()!);

    public static TheoryData<string, string, bool> Steps
    {
        get
        {
            TheoryData<string, string, bool> steps = [];
            foreach ((string id, JsonElement record) in s_records)
            {
                foreach (bool compiled in new[] { false, true }) steps.Add(record.GetProperty("target").GetString()!, id, compiled);
            }

            return steps;
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void StepMatchesKeras(string target, string id, bool compiled)
    {
        JsonElement record = s_records[id];
        Optimizer optimizer = RecordedObjects.Create<Optimizer>(record.GetProperty("config"));
        Variable[] variables = [.. record.GetProperty("before").EnumerateArray().Select(v => new Variable(RecordedData.Tensor(v), name: "variable"))];
        optimizer.Build(variables);
        if (record.GetProperty("state").ValueKind == JsonValueKind.Array)
        {
            Tensor[] state = [.. record.GetProperty("state").EnumerateArray().Select(RecordedData.Tensor)];
            Assert.Equal(state.Length, optimizer.Variables.Count);
            for (int i = 0; i < state.Length; i++) optimizer.Variables[i].Assign(state[i]);
        }

        Tensor?[] gradients = [.. record.GetProperty("grads").EnumerateArray().Select(g => g.ValueKind == JsonValueKind.Null ? null : RecordedData.Tensor(g))];
        if (compiled) ApplyCompiled(optimizer, gradients, variables);
        else optimizer.Apply(gradients, variables);
        JsonElement[] results = [.. record.GetProperty("result").EnumerateArray()];
        for (int i = 0; i < results.Length; i++) RecordedData.AssertClose($"{target} {id} variable {i}", RecordedData.Tensor(results[i]), variables[i].Value, compareType: false);
        JsonElement[] after = [.. record.GetProperty("state_after").EnumerateArray()];
        for (int i = 0; i < after.Length; i++)
        {
            // Scaled up, because averages of squares are small beside the tolerance.
            Tensor expected = Ops.Multiply(RecordedData.Tensor(after[i].GetProperty("value")), 1000.0);
            RecordedData.AssertClose($"{id} {after[i].GetProperty("path")}", expected, Ops.Multiply(optimizer.Variables[i].Value, 1000.0), compareType: false);
        }
    }

    private static void ApplyCompiled(Optimizer optimizer, Tensor?[] gradients, Variable[] variables)
    {
        Tensor[] given = [.. gradients.OfType<Tensor>()];
        Jit.Compile([.. given.Select(g => g.Spec)], arguments =>
        {
            int next = 0;
            optimizer.Apply([.. gradients.Select(g => g == null ? null : arguments[next++])], variables);
            return [];
        }).Run(given);
    }
}
