namespace NKeras.Engine.Graphs;

/// <summary>A call of a function on the host within a graph, whose results enter the graph like arguments.</summary>
/// <param name="Function">The function.</param>
/// <param name="Inputs">Its arguments.</param>
/// <param name="Outputs">Its results.</param>
internal sealed record HostCall(HostFunction Function, Value[] Inputs, Value[] Outputs);
