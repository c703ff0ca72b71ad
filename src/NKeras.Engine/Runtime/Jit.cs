using NKeras.Engine.Graphs;

namespace NKeras.Engine.Runtime;

/// <summary>Traces a function and compiles it.</summary>
internal static class Jit
{
    /// <summary>Compiles a function for arguments of given shapes and types.</summary>
    /// <param name="inputs">Shapes and types of the arguments.</param>
    /// <param name="function">The function; called once.</param>
    /// <param name="data">The arguments, if the function may look at their numbers while it is traced.</param>
    public static Executable Compile(IReadOnlyList<TensorSpec> inputs, Func<Tensor[], IReadOnlyList<Tensor>> function, IReadOnlyList<Tensor>? data = null) =>
        Backend.Current.Compile(Trace.Function(inputs, function, data: data));
}
