using NKeras.Engine.Compiler;
using NKeras.Engine.Graphs;

namespace NKeras.Engine.Cpu;

/// <summary>The compiled graph of a branch or a loop's body. It runs on memory of the program around it, so that it holds no data of a run.</summary>
/// <remarks>That memory holds the table of addresses and, behind it, the arena.</remarks>
internal sealed unsafe class InnerProgram
{
    private const long Alignment = 64;

    private readonly ExecutionPlan _plan;
    private readonly long _tableBytes;
    private readonly int[] _carrySlots;

    private InnerProgram(ExecutionPlan plan, int[] carrySlots)
    {
        _plan = plan;
        _carrySlots = carrySlots;
        _tableBytes = RoundUp((long)plan.SlotCount * sizeof(void*));
    }

    /// <summary>The bytes of memory that a run takes.</summary>
    public long WorkspaceBytes => RoundUp(_tableBytes + _plan.ArenaBytes);

    /// <summary>Compiles a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="carries">How many of its first inputs become its first outputs, in place.</param>
    public static InnerProgram Compile(Subgraph graph, int carries = 0)
    {
        // What a loop carries is state of its body: computed into its own memory wherever nothing reads the old value afterwards.
        StateCell[] cells = [.. graph.Inputs.Take(carries).Select(v => new StateCell(v.Spec, () => throw new InvalidOperationException("The state of a loop has no content of its own.")))];
        GraphRewriter rewriter = new(graph.Graph);
        rewriter.Replace([.. graph.Inputs.Take(carries)], [.. cells.Select(c => new Value(c.Spec, null, 0) { Cell = c })]);
        foreach (Node node in graph.Nodes) rewriter.Keep(node);
        Graph body = new()
        {
            Inputs = [.. graph.Inputs.Skip(carries)],
            Nodes = rewriter.Finish().Nodes,
            Outputs = [.. graph.Outputs.Skip(carries).Select(rewriter.Map)],
            Updates = [.. cells.Select((c, i) => (c, rewriter.Map(graph.Outputs[i])))],
        };
        ExecutionPlan plan = ExecutionPlan.Create(Scheduler.Run(GraphOptimizer.Fuse(body)));
        return new InnerProgram(plan, [.. cells.Select(c => plan.Cells.First(s => s.Cell == c).Slot)]);
    }

    /// <summary>Makes the table of addresses; those of inputs, outputs and carried values are still to be filled in.</summary>
    /// <param name="workspace">The memory of the run.</param>
    public void** Begin(void* workspace)
    {
        void** slots = (void**)workspace;
        byte* arena = (byte*)workspace + _tableBytes;
        foreach ((int slot, long offset) in _plan.ArenaSlots) slots[slot] = arena + offset;
        foreach ((int slot, ConcreteTensor constant) in _plan.Constants) slots[slot] = ((HostStorage)constant.Data).Pointer;
        return slots;
    }

    /// <summary>Where the address of an input (carried values aside) goes.</summary>
    public int Input(int i) => _plan.InputSlots[i];

    /// <summary>Where the address of an output (carried values aside) goes.</summary>
    public int Output(int i) => _plan.OutputSlots[i];

    /// <summary>Where the address of a carried value goes.</summary>
    public int Carry(int i) => _carrySlots[i];

    public void Run(void** slots, WorkerPool pool)
    {
        foreach (Kernel kernel in _plan.Kernels) kernel.Run(slots, pool);
    }

    private static long RoundUp(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
