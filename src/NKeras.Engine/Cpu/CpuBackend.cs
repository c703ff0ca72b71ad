using NKeras.Engine.Compiler;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras.Engine.Cpu;

/// <summary>Compiles graphs for the processor: optimise, choose kernels, plan memory.</summary>
internal sealed class CpuBackend : IBackend
{
    private readonly WorkerPool? _pool;

    /// <summary>The backend with the process-wide thread pool.</summary>
    public CpuBackend()
    {
    }

    /// <summary>A backend with a pool of its own; for tests.</summary>
    public CpuBackend(WorkerPool pool) => _pool = pool;

    public string Name => "cpu";

    public Executable Compile(Graph graph)
    {
        Graph optimised = GraphOptimizer.Optimize(graph);
        return new CpuExecutable(graph, ExecutionPlan.Create(optimised), _pool);
    }
}
