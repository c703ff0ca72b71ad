using NKeras.Engine.Graphs;

namespace NKeras.Engine.Runtime;

/// <summary>Traces a function and compiles it.</summary>
internal static class Jit
{
    /// <summary>Compiles a function for arguments of given shapes and types.</summary>
    /// <param name="inputs">Shapes and types of the arguments.</param>
    /// <param name="function">The function; called once.</param>
    /// <param name="data">The arguments, if the function may look at their numbers while it is traced.</param>
    /// <param name="hostData">Gives arguments to functions on the host, if it calls any.</param>
    public static Executable Compile(
        IReadOnlyList<TensorSpec> inputs, Func<Tensor[], IReadOnlyList<Tensor>> function, IReadOnlyList<Tensor>? data = null, Func<IReadOnlyList<Tensor>>? hostData = null) =>
        Compile(Trace.Function(inputs, function, data: data, hostData: hostData));

    /// <summary>Compiles a graph. One that calls functions on the host becomes a <see cref="HostedExecutable"/>.</summary>
    public static Executable Compile(Graph graph) => graph.HostCalls.Count == 0 ? Backend.Current.Compile(graph) : HostedExecutable.Compile(graph);
}
