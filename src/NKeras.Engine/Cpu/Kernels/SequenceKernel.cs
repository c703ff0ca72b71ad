namespace NKeras.Engine.Cpu;

/// <summary>Kernels that together compute one node, one after the other.</summary>
internal sealed unsafe class SequenceKernel(params Kernel[] steps) : Kernel
{
    public override void Run(void** slots, WorkerPool pool)
    {
        foreach (Kernel step in steps) step.Run(slots, pool);
    }
}
