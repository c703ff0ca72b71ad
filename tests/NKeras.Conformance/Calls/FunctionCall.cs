using NKeras.Conformance.Binding;
using NKeras.Conformance.Comparison;
using NKeras.Conformance.Values;

namespace NKeras.Conformance.Calls;

/// <summary>Replays calls of functions.</summary>
internal static class FunctionCall
{
    private const string DataFormat = "data_format";

    /// <summary>Calls the function and compares result and gradients.</summary>
    /// <remarks>The recordings do not say which format of data Keras was set to: where a call does not name it, it may be either.</remarks>
    /// <exception cref="MissingNameException">There is no such function.</exception>
    public static IEnumerable<Difference> Replay(CallRecord record)
    {
        List<Difference> differences = Replay(record, record.Kwargs);
        if (differences.Count == 0 || record.Kwargs.GetValueOrDefault(DataFormat) != null || !Callable.Functions(record.Target).Any(f => f.Parameters.Any(p => p.Name == Names.Camel(DataFormat) && p.Position >= record.Args.Count))) return differences;
        try
        {
            List<Difference> others = Replay(record, new Dictionary<string, object?>(record.Kwargs) { [DataFormat] = "channels_first" });
            return others.Count == 0 ? others : differences;
        }
        catch (ArgumentException)
        {
            return differences;
        }
    }

    private static List<Difference> Replay(CallRecord record, IReadOnlyDictionary<string, object?> kwargs)
    {
        IReadOnlyList<object?> args = record.Args;
        object? result = Call(record.Target, args, kwargs), recorded = record.Result;
        Tensor[] given = [.. args.Concat(kwargs.Values).SelectMany(RecordedValue.Tensors)];
        Tolerance tolerance = Tolerance.For(record.Target, given, [.. RecordedValue.Tensors(recorded)]);
        List<Difference> differences = [.. ResultComparison.Compare(recorded, result, record.IsRandom ? null : tolerance)];
        if (record.Pullback is not { } pullback || record.IsRandom) return differences;
        Tensor[] wrt = [.. given.Where(GradientCall.IsRecorded)];
        return [.. differences, .. GradientCall.Compare(wrt, [], traced => Call(record.Target, args, kwargs, wrt, traced), pullback, tolerance)];
    }

    /// <summary>Calls the function with symbolic tensors and compares structure, shapes and types.</summary>
    /// <exception cref="MissingNameException">There is no such function.</exception>
    public static IEnumerable<Difference> ReplaySymbolic(CallRecord record) =>
        ResultComparison.Compare(record.Result, Call(record.Target, record.Args, record.Kwargs), tolerance: null)
            .Where(d => d.Kind != DifferenceKind.DType || record.ComparesTypes);

    /// <summary>Calls the function with a Keras name.</summary>
    /// <exception cref="MissingNameException">There is none.</exception>
    public static object? Call(string target, IReadOnlyList<object?> args, IReadOnlyDictionary<string, object?> kwargs)
    {
        IReadOnlyList<Callable> overloads = Callable.Functions(target);
        if (overloads.Count == 0) throw new MissingNameException(target);
        return CallBinder.Call(overloads, args, kwargs);
    }

    /// <summary>Calls the function with other tensors in place of some.</summary>
    public static object? Call(string target, IReadOnlyList<object?> args, IReadOnlyDictionary<string, object?> kwargs, Tensor[] from, Tensor[] to)
    {
        // They are told apart by identity: two may have the same data.
        Dictionary<Tensor, Tensor> replacements = new(ReferenceEqualityComparer.Instance);
        foreach ((Tensor old, Tensor replacement) in from.Zip(to)) replacements[old] = replacement;
        Tensor Replace(Tensor t) => replacements.GetValueOrDefault(t, t);
        return Call(target, [.. args.Select(a => RecordedValue.Map(a, Replace))], kwargs.ToDictionary(a => a.Key, a => RecordedValue.Map(a.Value, Replace)));
    }
}
