using NKeras.Engine.Graphs;

namespace NKeras.Engine.Compiler;

/// <summary>The passes that make a traced graph smaller and faster, in order.</summary>
internal static class GraphOptimizer
{
    public static Graph Optimize(Graph graph) => graph;
}
