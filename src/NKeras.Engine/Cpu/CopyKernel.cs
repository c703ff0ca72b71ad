namespace NKeras.Engine.Cpu;

/// <summary>Copies a buffer.</summary>
internal sealed unsafe class CopyKernel(int from, int to, long bytes) : Kernel
{
    public override void Run(void** slots, WorkerPool pool) => Buffer.MemoryCopy(slots[from], slots[to], bytes, bytes);
}
