using NKeras.Engine;
using NKeras.Engine.Graphs;

namespace NKeras.Core;

/// <summary>Results whose shape depends on values: there is one for data only, and for symbolic tensors a shape with unknown dimensions.</summary>
internal static class DataDependent
{
    /// <summary>Whether only shapes are wanted, so that there are no values to look at.</summary>
    /// <param name="x">The tensor that the result's shape depends on.</param>
    /// <param name="name">What the function is called.</param>
    /// <param name="hint">What to do instead where the function is compiled.</param>
    /// <exception cref="InvalidOperationException">The function is being compiled.</exception>
    public static bool IsInferred(Tensor x, string name, string hint = "Call it on data, outside of compiled functions.") =>
        x is TracedTensor && (SymbolicCall.IsInferring
            ? true
            : throw new InvalidOperationException($"{name}: the shape of the result depends on the values of a tensor of shape {x.Shape}, which are not known while a function is compiled. {hint}"));

    /// <summary>What stands for a result while shapes are being inferred.</summary>
    public static Tensor Result(DType type, params ReadOnlySpan<int> dims) => new TracedTensor(Trace.Current!, new Value(new TensorSpec(new Shape(dims), type), null, 0));
}
