using NKeras.Conformance.Binding;
using NKeras.Conformance.Comparison;
using NKeras.Conformance.Values;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras.Conformance.Calls;

/// <summary>Replays calls of functions.</summary>
internal static class FunctionCall
{
    /// <summary>Calls the function and compares result and gradients.</summary>
    /// <exception cref="MissingNameException">There is no such function.</exception>
    public static IEnumerable<Difference> Replay(CallRecord record)
    {
        IReadOnlyList<object?> args = record.Args;
        IReadOnlyDictionary<string, object?> kwargs = record.Kwargs;
        object? result = Call(record.Target, args, kwargs), recorded = record.Result;
        Tensor[] given = [.. GivenTensors(args, kwargs)];
        Tolerance tolerance = Tolerance.For(record.Target, given, [.. RecordedValue.Tensors(recorded)]);
        foreach (Difference difference in ResultComparison.Compare(recorded, result, record.IsRandom ? null : tolerance)) yield return difference;
        if (record.Pullback is not { } pullback || record.IsRandom) yield break;
        foreach (Difference difference in CompareGradients(record.Target, args, kwargs, given, pullback, tolerance)) yield return difference;
    }

    /// <summary>Calls the function with a Keras name.</summary>
    /// <exception cref="MissingNameException">There is none.</exception>
    public static object? Call(string target, IReadOnlyList<object?> args, IReadOnlyDictionary<string, object?> kwargs)
    {
        IReadOnlyList<Callable> overloads = Callable.Functions(target);
        if (overloads.Count == 0) throw new MissingNameException(target);
        return Binder.Call(overloads, args, kwargs);
    }

    private static IEnumerable<Tensor> GivenTensors(IReadOnlyList<object?> args, IReadOnlyDictionary<string, object?> kwargs) =>
        args.Concat(kwargs.Values).SelectMany(RecordedValue.Tensors);

    private static IEnumerable<Difference> CompareGradients(
        string target, IReadOnlyList<object?> args, IReadOnlyDictionary<string, object?> kwargs, IReadOnlyList<Tensor> given, RecordedPullback recorded, Tolerance tolerance)
    {
        Tensor[] wrt = [.. given.Where(t => t.DType.IsFloating)];
        if (wrt.Length != recorded.Gradients.Count) return [new(DifferenceKind.Gradient, $"there are {wrt.Length} floating-point arguments, and {recorded.Gradients.Count} recorded gradients")];
        Tensor[] gradients;
        try
        {
            gradients = Pullback(wrt, recorded.Cotangents, traced =>
            {
                // Arguments are told apart by identity: two may have the same data.
                Dictionary<Tensor, Tensor> replacement = new(ReferenceEqualityComparer.Instance);
                foreach ((Tensor x, Tensor stand) in wrt.Zip(traced)) replacement[x] = stand;
                Tensor Replace(Tensor t) => replacement.GetValueOrDefault(t, t);
                return Call(target, [.. args.Select(a => RecordedValue.Map(a, Replace))], kwargs.ToDictionary(a => a.Key, a => RecordedValue.Map(a.Value, Replace)));
            });
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return [new(DifferenceKind.Gradient, $"the gradient throws {e.GetType().Name}: {e.Message}")];
        }

        return recorded.Gradients.SelectMany((expected, i) => CompareGradient(expected, gradients[i], tolerance, $"gradient {i}"));
    }

    /// <summary>The gradients of Σ⟨result, cotangent⟩, compiled; zeros where nothing flows.</summary>
    private static Tensor[] Pullback(Tensor[] wrt, IReadOnlyList<Tensor?> cotangents, Func<Tensor[], object?> function)
    {
        Tensor[] weights = [.. cotangents.Select(c => c ?? Ops.Zeros([]))];
        Executable program = Jit.Compile([.. wrt.Concat(weights).Select(t => t.Spec)], inputs =>
        {
            Tensor[] arguments = inputs[..wrt.Length];
            Tensor[] results = [.. ResultComparison.Tensors(function(arguments)).Where(t => t.DType.IsFloating)];
            if (results.Length != weights.Length) throw new InvalidOperationException($"there are {results.Length} floating-point results, and {weights.Length} recorded cotangents");
            Tensor?[] gradients = Differentiation.Pullback(results, [.. results.Select((r, i) => Ops.Cast(inputs[wrt.Length + i], r.DType))], arguments);
            return [.. gradients.Select((g, i) => g ?? Ops.Zeros(wrt[i].Shape, wrt[i].DType))];
        });
        return program.Run([.. wrt, .. weights]);
    }

    private static IEnumerable<Difference> CompareGradient(Tensor? recorded, Tensor actual, Tolerance tolerance, string path)
    {
        // No gradient and a gradient of zeros are the same.
        recorded ??= Ops.Zeros(actual.Shape, actual.DType);
        if (recorded.Shape != actual.Shape) return [new(DifferenceKind.Gradient, $"{path} has shape {actual.Shape}, Keras {recorded.Shape}")];
        return TensorComparison.Values(recorded, actual, tolerance, path) is { } difference ? [difference with { Kind = DifferenceKind.Gradient }] : [];
    }
}
