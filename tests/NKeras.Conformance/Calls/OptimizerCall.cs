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
        Difference[] differences = [.. Replay(record, (_, _) => { })];
        return differences.Length > 0 && UnrecordedVariables.Settings(record).Any(set => Fits(record, set)) ? [] : differences;
    }

    private static bool Fits(CallRecord record, Action<Optimizer, IReadOnlyList<Variable>> set)
    {
        try
        {
            return !Replay(record, set).Any();
        }
        catch (ArgumentException)
        {
            // Some constraints are not for scalars.
            return false;
        }
    }

    private static IEnumerable<Difference> Replay(CallRecord record, Action<Optimizer, IReadOnlyList<Variable>> set)
    {
        Optimizer optimizer = RecordedObjects.Create<Optimizer>(record, "keras.optimizers");
        IReadOnlyList<Variable> variables = UnrecordedVariables.Create(record);
        set(optimizer, variables);
        optimizer.Build(variables);
        JsonElement[] after = [.. record.Json.GetProperty("state_after").EnumerateArray()];
        if (after.Length != optimizer.Variables.Count) return [new(DifferenceKind.Structure, $"the state has {optimizer.Variables.Count} variables, Keras's {after.Length}")];
        if (record.Json.GetProperty("state").ValueKind == JsonValueKind.Array) optimizer.SetWeights(Tensors(record, "state")!);
        optimizer.Apply(Tensors(record, "grads"), variables);
        return [
            .. Compare(Tensors(record, "result")!, variables, new Tolerance(1e-4, 1e-5)),
            .. Compare([.. after.Select(s => (Tensor)RecordedValue.Read(s.GetProperty("value"))!)], optimizer.Variables, s_tolerance),
            .. optimizer.Variables.Where((v, i) => !UnrecordedVariables.IsSamePath(after[i].GetProperty("path").GetString()!, v.Path)).Select(v => new Difference(DifferenceKind.Structure, $"Keras has no state '{v.Path}' in this place")),
        ];
    }

    private static IEnumerable<Difference> Compare(Tensor[] recorded, IReadOnlyList<Variable> actual, Tolerance tolerance) =>
        recorded.SelectMany((r, i) => TensorComparison.Compare(r, actual[i].Value, tolerance, $"{i} ({actual[i].Path})"));

    private static Tensor?[] Tensors(CallRecord record, string name) => [.. RecordedValue.ReadAll(record.Json.GetProperty(name)).Cast<Tensor?>()];
}
