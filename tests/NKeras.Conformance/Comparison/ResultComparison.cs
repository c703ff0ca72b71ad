using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using NKeras.Conformance.Values;

namespace NKeras.Conformance.Comparison;

/// <summary>Compares what a call returned with what was recorded.</summary>
internal static class ResultComparison
{
    /// <summary>All differences: structure, shapes, types and values.</summary>
    /// <param name="recorded">The recorded value.</param>
    /// <param name="actual">What the call returned.</param>
    /// <param name="tolerance">How far values may be apart; null where they are random and not compared.</param>
    /// <param name="path">Where in the result the two are.</param>
    public static IEnumerable<Difference> Compare(object? recorded, object? actual, Tolerance? tolerance, string path = "result")
    {
        switch (recorded)
        {
            case null:
                return actual is null ? [] : [Structure(path, actual, "None")];
            case RecordedList list:
                return Items(actual) is { } items ? CompareLists(list.Items, items, tolerance, path) : [Structure(path, actual, $"a list of {list.Items.Count}")];
            case IReadOnlyDictionary<string, object?> named:
                return Named(actual) is { } entries ? CompareNamed(named, entries, tolerance, path) : [Structure(path, actual, $"a dictionary of {string.Join(", ", named.Keys)}")];
            case Tensor tensor:
                return Single(actual) is Tensor result ? TensorComparison.Compare(tensor, result, tolerance, path)
                    : actual is IConvertible and not string && tensor.Rank == 0 ? CompareNumbers(TensorComparison.Number(tensor), actual, tolerance, path)
                    : [Structure(path, actual, $"a tensor {tensor.DType}{tensor.Shape}")];
            case string text:
                return actual?.ToString() == text ? [] : [new(DifferenceKind.Value, $"{path} is '{actual}', Keras '{text}'")];
            case IConvertible number:
                return Single(actual) is Tensor { Rank: 0 } scalar ? CompareNumbers(number, TensorComparison.Number(scalar), tolerance, path)
                    : actual is IConvertible ? CompareNumbers(number, actual, tolerance, path)
                    : [Structure(path, actual, $"the number {number}")];
            default:
                return [Structure(path, actual, recorded.ToString() ?? "")];
        }
    }

    /// <summary>The tensors in what a call returned, in order.</summary>
    public static IEnumerable<Tensor> Tensors(object? actual) =>
        Single(actual) is Tensor tensor ? [tensor]
        : actual is IDictionary named ? named.Values.Cast<object?>().SelectMany(Tensors)
        : Items(actual) is { } items ? items.SelectMany(Tensors)
        : [];

    private static object? Single(object? actual) => actual is Tensors { IsSingle: true } one ? one[0] : actual;

    private static IDictionary? Named(object? actual) => actual is Tensors { Names: { } names } tensors ? names.ToDictionary(n => n, n => tensors[n]) : actual as IDictionary;

    private static IReadOnlyList<object?>? Items(object? actual) => actual switch
    {
        Tensor or string or null => null,
        ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])],
        Tensors { IsSingle: true } => null,
        IDictionary => null,
        IEnumerable items => [.. items.Cast<object?>()],
        _ => null,
    };

    private static IEnumerable<Difference> CompareLists(IReadOnlyList<object?> recorded, IReadOnlyList<object?> actual, Tolerance? tolerance, string path) =>
        recorded.Count != actual.Count
            ? [new(DifferenceKind.Structure, $"{path} has {actual.Count} items, Keras's {recorded.Count}")]
            : recorded.SelectMany((r, i) => Compare(r, actual[i], tolerance, $"{path}[{i}]"));

    private static IEnumerable<Difference> CompareNamed(IReadOnlyDictionary<string, object?> recorded, IDictionary actual, Tolerance? tolerance, string path)
    {
        string[] keys = [.. actual.Keys.Cast<object>().Select(k => k.ToString()!)];
        return keys.Order().SequenceEqual(recorded.Keys.Order())
            ? recorded.SelectMany(r => Compare(r.Value, actual[r.Key], tolerance, $"{path}['{r.Key}']"))
            : [new(DifferenceKind.Structure, $"{path} has the keys {string.Join(", ", keys)}, Keras's {string.Join(", ", recorded.Keys)}")];
    }

    private static IEnumerable<Difference> CompareNumbers(IConvertible recorded, object actual, Tolerance? tolerance, string path)
    {
        double expected = recorded.ToDouble(CultureInfo.InvariantCulture), given = ((IConvertible)actual).ToDouble(CultureInfo.InvariantCulture);
        return (tolerance ?? new(1e-4, 1e-5)).Accepts(expected, given) ? [] : [new(DifferenceKind.Value, $"{path} is {given}, Keras {expected}")];
    }

    private static Difference Structure(string path, object? actual, string recorded) => new(
        DifferenceKind.Structure, $"{path} is {(actual is Tensor t ? $"a tensor {t.DType}{t.Shape}" : actual == null ? "null" : actual is string or IConvertible ? $"{actual}" : Binding.TypeNames.Of(actual.GetType()))}, Keras {recorded}");
}
