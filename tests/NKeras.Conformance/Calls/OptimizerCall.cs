using System.Text.Json;
using NKeras.Conformance.Comparison;
using NKeras.Conformance.Values;
using NKeras.Optimizers;

namespace NKeras.Conformance.Calls;

/// <summary>Replays single steps of optimizers.</summary>
internal static class OptimizerCall
{
    /// <summary>Averages of squares are small beside an absolute tolerance.</summary>
    private static readonly Tolerance s_tolerance = new(1e-4, 1e-8);

    /// <summary>Makes the optimizer, gives it the recorded state, steps, and compares variables and state.</summary>
    public static IEnumerable<Difference> Replay(CallRecord record)
    {
        Optimizer optimizer = RecordedObjects.Create<Optimizer>(record, "keras.optimizers");
        Variable[] variables = [.. Tensors(record, "before").Select(v => new Variable(v!, name: "variable"))];
        optimizer.Build(variables);
        if (record.Json.GetProperty("state").ValueKind == JsonValueKind.Array)
        {
            Tensor?[] state = Tensors(record, "state");
            if (state.Length != optimizer.Variables.Count) return [new(DifferenceKind.Structure, $"the state has {optimizer.Variables.Count} variables, Keras's {state.Length}")];
            for (int i = 0; i < state.Length; i++) optimizer.Variables[i].Assign(state[i]!);
        }

        optimizer.Apply(Tensors(record, "grads"), variables);
        Tensor[] after = [.. record.Json.GetProperty("state_after").EnumerateArray().Select(s => (Tensor)RecordedValue.Read(s.GetProperty("value"))!)];
        return Compare(Tensors(record, "result")!, variables, "variable", new Tolerance(1e-4, 1e-5)).Concat(Compare(after, optimizer.Variables, "state", s_tolerance));
    }

    private static IEnumerable<Difference> Compare(Tensor?[] recorded, IReadOnlyList<Variable> actual, string what, Tolerance tolerance) =>
        recorded.Length > actual.Count
            ? [new(DifferenceKind.Structure, $"there are {actual.Count} {what}s, Keras has {recorded.Length}")]
            : recorded.SelectMany((r, i) => TensorComparison.Compare(r!, actual[i].Value, tolerance, $"{what} {i} ({actual[i].Path})"));

    private static Tensor?[] Tensors(CallRecord record, string name) => [.. RecordedValue.ReadAll(record.Json.GetProperty(name)).Cast<Tensor?>()];
}
