using NKeras.Engine.Graphs;

namespace NKeras.Engine.Cpu;

/// <summary>One step of a compiled program. Holds no data of a run, so that several runs can use it at once.</summary>
internal abstract unsafe class Kernel
{
    /// <summary>What the kernel computes; null for copies that the planner adds.</summary>
    public Node? Node { get; set; }

    /// <summary>Computes. Allocates nothing once warm.</summary>
    /// <param name="slots">The addresses of the program's buffers.</param>
    /// <param name="pool">The threads that may help.</param>
    public abstract void Run(void** slots, WorkerPool pool);
}
