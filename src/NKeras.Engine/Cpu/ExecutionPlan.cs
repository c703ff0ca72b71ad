using NKeras.Engine.Graphs;

namespace NKeras.Engine.Cpu;

/// <summary>A graph as a flat list of kernels on numbered buffers with planned memory.</summary>
internal sealed class ExecutionPlan
{
    public required Kernel[] Kernels { get; init; }

    public required int SlotCount { get; init; }

    public required int[] InputSlots { get; init; }

    public required int[] OutputSlots { get; init; }

    public required CellSlot[] Cells { get; init; }

    public required (int Slot, ConcreteTensor Value)[] Constants { get; init; }

    public required (int Slot, long Offset)[] ArenaSlots { get; init; }

    /// <summary>The bytes that all intermediate results of a run take together.</summary>
    public required long ArenaBytes { get; init; }

    public static ExecutionPlan Create(Graph graph) => new ExecutionPlanner(graph).Plan();
}
