using NKeras.Engine.Graphs;

namespace NKeras.Engine.Compiler;

/// <summary>The passes that make a traced graph smaller and faster, in order.</summary>
internal static class GraphOptimizer
{
    /// <summary>Rules feed each other; real graphs settle in two or three rounds.</summary>
    private const int MostRounds = 10;

    public static Graph Optimize(Graph graph) => Scheduler.Run(Fuse(Simplify(graph)));

    /// <summary>The passes that give the same primitives, until nothing changes.</summary>
    public static Graph Simplify(Graph graph)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            Graph before = graph;
            graph = DeadCode.Run(InnerGraphs.Run(CommonSubexpressions.Run(Simplifier.Run(graph))));
            if (graph == before) break;
        }

        return graph;
    }

    /// <summary>The passes that make one kernel of several.</summary>
    public static Graph Fuse(Graph graph)
    {
        graph = DeadCode.Run(BiasFusion.Run(graph));
        graph = ElementwiseFusion.Run(graph);
        graph = DeadCode.Run(TailFusion.Run(graph));
        graph = FilterGradientFusion.Run(PoolingFusion.Run(graph));
        return DeadCode.Run(ReductionFusion.Run(graph));
    }
}
