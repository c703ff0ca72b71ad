using NKeras.Conformance.Comparison;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras.Conformance.Calls;

/// <summary>Compares recorded vector-Jacobian products with those of the engine, compiled as training compiles them.</summary>
internal static class GradientCall
{
    /// <summary>Whether gradients with respect to a tensor are recorded: those of half types are not.</summary>
    public static bool IsRecorded(Tensor given) => given.DType == DType.Float32 || given.DType == DType.Float64;

    /// <summary>Differences of gradients.</summary>
    /// <param name="inputs">What the function is given; gradients are with respect to these and then <paramref name="weights"/>.</param>
    /// <param name="weights">Variables that the function reads.</param>
    /// <param name="function">The function of tensors in place of <paramref name="inputs"/>; its floating-point results meet the cotangents.</param>
    /// <param name="recorded">What was recorded.</param>
    /// <param name="tolerance">How far values may be apart.</param>
    public static IReadOnlyList<Difference> Compare(
        IReadOnlyList<Tensor> inputs, IReadOnlyList<Variable> weights, Func<Tensor[], object?> function, RecordedPullback recorded, Tolerance tolerance)
    {
        if (inputs.Count + weights.Count != recorded.Gradients.Count)
            return [new(DifferenceKind.Gradient, $"there are {inputs.Count + weights.Count} floating-point arguments, and {recorded.Gradients.Count} recorded gradients")];
        try
        {
            Tensor[] gradients = Pullback(inputs, weights, [.. recorded.Cotangents.Select(c => c ?? Ops.Zeros([]))], function);
            return [.. recorded.Gradients.SelectMany((expected, i) => Compare(expected, gradients[i], tolerance, $"gradient {i}"))];
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return [new(DifferenceKind.Gradient, $"the gradient throws {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}")];
        }
    }

    /// <summary>The gradients of Σ⟨result, cotangent⟩; zeros where nothing flows.</summary>
    private static Tensor[] Pullback(IReadOnlyList<Tensor> inputs, IReadOnlyList<Variable> weights, Tensor[] cotangents, Func<Tensor[], object?> function)
    {
        Executable program = Jit.Compile([.. inputs.Concat(cotangents).Select(t => t.Spec)], given =>
        {
            Tensor[] wrt = [.. given.Take(inputs.Count), .. weights.Select(w => w.Value)];
            Tensor[] results = [.. ResultComparison.Tensors(function(given[..inputs.Count])).Where(t => t.DType.IsFloating)];
            // PyTorch has no gradient for results that depend on no floating-point input, such as boxes given as integers.
            if (results.Length > cotangents.Length) results = [.. results.Where(t => t is TracedTensor)];
            if (results.Length != cotangents.Length) throw new InvalidOperationException($"there are {results.Length} floating-point results, and {cotangents.Length} recorded cotangents");
            Tensor?[] gradients = Differentiation.Pullback(results, [.. results.Select((r, i) => Ops.Cast(given[inputs.Count + i], r.DType))], wrt);
            return [.. gradients.Select((g, i) => g ?? Ops.Zeros(wrt[i].Shape, wrt[i].DType))];
        });
        return program.Run([.. inputs, .. cotangents]);
    }

    private static IEnumerable<Difference> Compare(Tensor? recorded, Tensor actual, Tolerance tolerance, string path)
    {
        // No gradient and a gradient of zeros are the same.
        recorded ??= Ops.Zeros(actual.Shape, actual.DType);
        if (recorded.Shape != actual.Shape) return [new(DifferenceKind.Gradient, $"{path} has shape {actual.Shape}, Keras {recorded.Shape}")];
        // Where Keras's gradient is no number there is none to compare with.
        actual = Ops.Where(Ops.Isnan(recorded), Ops.Cast(recorded, actual.DType), actual);
        Tolerance beside = tolerance.Beside(Ops.Cast(recorded, DType.Float64).ToArray<double>());
        return TensorComparison.Values(recorded, actual, beside, path) is { } difference ? [difference with { Kind = DifferenceKind.Gradient }] : [];
    }
}
