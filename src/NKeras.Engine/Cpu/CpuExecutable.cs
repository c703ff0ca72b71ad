using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras.Engine.Cpu;

/// <summary>A plan with the memory to run it.</summary>
internal sealed unsafe class CpuExecutable(Graph graph, ExecutionPlan plan, WorkerPool? pool) : Executable(graph)
{
    // One idle frame is kept: a run alone reuses it; runs at the same time get frames of their own.
    private Frame? _idle;

    protected override void Execute(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<ConcreteTensor> outputs)
    {
        Frame frame = Interlocked.Exchange(ref _idle, null) ?? new Frame(plan);
        void** slots = frame.Slots;
        for (int i = 0; i < inputs.Length; i++) slots[plan.InputSlots[i]] = ((HostStorage)inputs[i].Data).Pointer;
        for (int i = 0; i < outputs.Length; i++) slots[plan.OutputSlots[i]] = ((HostStorage)outputs[i].Data).Pointer;
        for (int i = 0; i < plan.Cells.Length; i++)
        {
            // Another thread may give a state new memory meanwhile; the frame keeps the memory of this run alive.
            CellSlot cell = plan.Cells[i];
            frame.States[i] = cell.IsWritten ? cell.Cell.StorageForWriting() : cell.Cell.StorageForReading;
            slots[cell.Slot] = frame.States[i]!.Pointer;
        }

        WorkerPool team = pool ?? CpuThreads.Pool;
        if (KernelProfile.Current is { } profile) profile.Run(plan.Kernels, slots, team);
        else foreach (Kernel kernel in plan.Kernels) kernel.Run(slots, team);

        // The pointers do not keep the arguments alive; these uses after the last kernel do.
        for (int i = 0; i < inputs.Length; i++) GC.KeepAlive(inputs[i]);
        for (int i = 0; i < outputs.Length; i++) GC.KeepAlive(outputs[i]);
        Array.Clear(frame.States);
        Volatile.Write(ref _idle, frame);
    }

    /// <summary>The buffers of one run.</summary>
    private sealed class Frame
    {
        private readonly HostStorage _arena;
        private readonly nint[] _slots;

        public Frame(ExecutionPlan plan)
        {
            _arena = new HostStorage(plan.ArenaBytes);
            States = new HostStorage?[plan.Cells.Length];
            _slots = GC.AllocateArray<nint>(Math.Max(1, plan.SlotCount), pinned: true);
            foreach ((int slot, long offset) in plan.ArenaSlots) Slots[slot] = (byte*)_arena.Pointer + offset;
            foreach ((int slot, ConcreteTensor constant) in plan.Constants) Slots[slot] = ((HostStorage)constant.Data).Pointer;
        }

        /// <summary>The memory of the states during a run.</summary>
        public HostStorage?[] States { get; }

        public void** Slots => (void**)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_slots, 0);
    }
}
