using NKeras.Engine.Graphs;

namespace NKeras.Engine.Runtime;

/// <summary>The seam between graphs and machines: a graph goes in, an executable comes out.</summary>
internal interface IBackend
{
    /// <summary>The name in messages and test reports.</summary>
    string Name { get; }

    /// <summary>Prepares a graph for running. Every dimension in it is known.</summary>
    Executable Compile(Graph graph);
}
