using NKeras.Engine.Graphs;

namespace NKeras.Engine.Runtime;

/// <summary>Traces a function and compiles it.</summary>
internal static class Jit
{
    /// <summary>Compiles a function for arguments of given shapes and types.</summary>
    public static Executable Compile(IReadOnlyList<TensorSpec> inputs, Func<Tensor[], IReadOnlyList<Tensor>> function) =>
        Backend.Current.Compile(Trace.Function(inputs, function));
}
