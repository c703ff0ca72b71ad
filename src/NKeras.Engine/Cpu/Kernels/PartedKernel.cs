using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>A kernel whose work falls into independent parts, which the pool's threads share.</summary>
/// <param name="parts">Their number; must depend on sizes alone.</param>
internal abstract unsafe class PartedKernel(int parts) : Kernel
{
    public sealed override void Run(void** slots, WorkerPool pool)
    {
        Call call = new() { Kernel = this, Slots = slots };
        pool.Run(PartCount, &Invoke, Unsafe.AsPointer(ref call)); // On this thread's stack, which outlives the parts.
    }

    /// <summary>The number of parts.</summary>
    protected int PartCount { get; } = parts;

    /// <summary>Computes one part.</summary>
    protected abstract void RunPart(void** slots, int part);

    /// <summary>The first of a part's items; that of part <see cref="PartCount"/> is the end.</summary>
    protected long Start(int part, long items) => Parts.Start(part, PartCount, items);

    private static void Invoke(void* context, int part)
    {
        ref Call call = ref Unsafe.AsRef<Call>(context);
        call.Kernel.RunPart(call.Slots, part);
    }

    private struct Call
    {
        public PartedKernel Kernel;
        public void** Slots;
    }
}
