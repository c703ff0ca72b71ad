using NKeras.Engine.Primitives;

namespace NKeras.Engine.Graphs;

/// <summary>A function that programs do not compute: of strings, above all. It runs on the host, between programs.</summary>
/// <remarks>It depends on its arguments alone, changes nothing, and may run on several threads at once. No gradient flows through it.</remarks>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Infer">Shapes and types of its results from those of its arguments; dimensions may be unknown.</param>
/// <param name="Compute">Its results, from arguments with data.</param>
internal sealed record HostFunction(string Name, Func<TensorSpec[], TensorSpec[]> Infer, Func<Tensor[], Tensor[]> Compute)
{
    /// <summary>Calls a function on the host: at once if there is data, otherwise as a part of what is being traced.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="inputs">Its arguments: tensors of numbers or strings.</param>
    /// <param name="infer">Shapes and types of its results from those of its arguments; dimensions may be unknown.</param>
    /// <param name="compute">Its results, from arguments with data.</param>
    public static Tensor[] Call(string name, IReadOnlyList<Tensor> inputs, Func<TensorSpec[], TensorSpec[]> infer, Func<Tensor[], Tensor[]> compute)
    {
        Tensor[] given = [.. inputs];
        return Dispatcher.TraceOf(name, given) is { } trace ? trace.CallHost(new HostFunction(name, infer, compute), given) : compute(given);
    }
}
