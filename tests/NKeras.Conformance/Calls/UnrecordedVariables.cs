using System.Text.RegularExpressions;
using NKeras.Conformance.Values;
using NKeras.Constraints;
using NKeras.Optimizers;

namespace NKeras.Conformance.Calls;

/// <summary>
/// Makes the variables that an optimizer changes: the recordings hold their values alone. Their paths are found in those of the state; what else is
/// known of them is guessed, and must then fit in full.
/// </summary>
internal static partial class UnrecordedVariables
{
    /// <summary>How many variables at most are tried with settings and without.</summary>
    private const int MostVariables = 4;

    private static readonly Constraint[] s_constraints = ["non_neg", "max_norm", "unit_norm", "min_max_norm"];

    /// <summary>The variables, with the recorded values.</summary>
    public static IReadOnlyList<Variable> Create(CallRecord record)
    {
        Tensor[] values = [.. RecordedValue.ReadAll(record.Json.GetProperty("before")).Cast<Tensor>()];
        string[] paths = [.. Paths(record, values)];
        return [.. values.Select((v, i) => new Variable(v, name: paths.Length == values.Length ? paths[i] : "variable"))];
    }

    /// <summary>What a test may have done besides: some of the variables excluded from weight decay, under a constraint, or overwritten with their gradients.</summary>
    public static IEnumerable<Action<Optimizer, IReadOnlyList<Variable>>> Settings(CallRecord record)
    {
        int count = record.Json.GetProperty("before").GetArrayLength();
        return count > MostVariables ? [] : Enumerable.Range(1, (1 << count) - 1).SelectMany(choice => s_settings.Select<Action<Optimizer, IReadOnlyList<Variable>>, Action<Optimizer, IReadOnlyList<Variable>>>(
            set => (optimizer, variables) => set(optimizer, [.. variables.Where((_, i) => (choice & (1 << i)) != 0)])));
    }

    /// <summary>Whether a path is the recorded one. Variables without name are numbered by what the test had made before.</summary>
    public static bool IsSamePath(string recorded, string path) => recorded == path || (Unnamed().IsMatch(recorded) && Unnamed().IsMatch(path));

    private static readonly Action<Optimizer, IReadOnlyList<Variable>>[] s_settings =
    [
        (optimizer, some) => optimizer.ExcludeFromWeightDecay(some),
        (_, some) => ForEach(some, v => v.OverwriteWithGradient = true),
        .. s_constraints.Select<Constraint, Action<Optimizer, IReadOnlyList<Variable>>>(constraint => (_, some) => ForEach(some, v => v.Constraint = constraint)),
    ];

    /// <summary>The paths of the variables, with <c>_</c> for <c>/</c>, as the names of the state begin with them.</summary>
    private static IEnumerable<string> Paths(CallRecord record, Tensor[] values)
    {
        string[] endings = [.. Endings(record, values)];
        return record.Json.GetProperty("state_after").EnumerateArray().Skip(1)
            .Select(s => s.GetProperty("path").GetString()!.Split('/', 2)[^1])
            .Where(name => name != "learning_rate")
            .Select(name => endings.FirstOrDefault(e => name.EndsWith(e, StringComparison.Ordinal)) is { } ending ? name[..^ending.Length] : "")
            .Where(path => path.Length > 0)
            .Distinct();
    }

    /// <summary>What comes after the path of a variable in the names of the optimizer's state, the longest first.</summary>
    private static IEnumerable<string> Endings(CallRecord record, Tensor[] values)
    {
        const string Name = "\u0001";
        Optimizer optimizer = RecordedObjects.Create<Optimizer>(record, "keras.optimizers");
        optimizer.Build([.. values.Append(Ops.Zeros([1])).Select(v => new Variable(v, name: Name))]);
        return optimizer.Variables.Where(v => v.Name.StartsWith(Name, StringComparison.Ordinal)).Select(v => v.Name[Name.Length..]).Distinct().OrderByDescending(e => e.Length);
    }

    private static void ForEach(IReadOnlyList<Variable> variables, Action<Variable> set)
    {
        foreach (Variable variable in variables) set(variable);
    }

    [GeneratedRegex("/variable(_[0-9]+)?(_[a-z_]+)?$")]
    private static partial Regex Unnamed();
}
