namespace NKeras.Engine.Cpu;

/// <summary>Runs the program that a number picks.</summary>
internal sealed unsafe class ConditionalKernel(KernelRequest request) : Kernel
{
    public static Kernel Create(KernelRequest request) => new ConditionalKernel(request);

    public override void Run(void** slots, WorkerPool pool)
    {
        int index = Math.Clamp(*(int*)slots[request.InputSlots[0]], 0, request.Programs.Length - 1);
        InnerProgram program = request.Programs[index];
        void** inner = program.Begin(slots[request.Workspace]);
        for (int i = 1; i < request.InputSlots.Length; i++) inner[program.Input(i - 1)] = slots[request.InputSlots[i]];
        for (int i = 0; i < request.OutputSlots.Length; i++) inner[program.Output(i)] = slots[request.OutputSlots[i]];
        program.Run(inner, pool);
    }
}
