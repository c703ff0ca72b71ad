using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a loop's program, on values carried in the results' memory, until another program says no.</summary>
internal sealed unsafe class WhileKernel : Kernel
{
    private readonly KernelRequest _request;
    private readonly int _carries;
    private readonly int _most;
    private readonly long[] _bytes;

    private WhileKernel(KernelRequest request)
    {
        WhileLoop loop = (WhileLoop)request.Node.Primitive;
        (_request, _carries, _most) = (request, loop.Carries, loop.Most ?? int.MaxValue);
        _bytes = [.. request.Node.Outputs.Select(v => v.Spec.ByteLength)];
    }

    public static Kernel Create(KernelRequest request) => new WhileKernel(request);

    public override void Run(void** slots, WorkerPool pool)
    {
        InnerProgram condition = _request.Programs[0], body = _request.Programs[1];
        byte* workspace = (byte*)slots[_request.Workspace];
        void** test = condition.Begin(workspace);
        void** step = body.Begin(workspace + condition.WorkspaceBytes);
        byte goesOn;
        test[condition.Output(0)] = &goesOn;
        for (int i = 0; i < _carries; i++)
        {
            void* carried = slots[_request.OutputSlots[i]];
            Buffer.MemoryCopy(slots[_request.InputSlots[i]], carried, _bytes[i], _bytes[i]);
            test[condition.Input(i)] = carried;
            step[body.Carry(i)] = carried;
        }

        int extras = ((WhileLoop)_request.Node.Primitive).Condition.Inputs.Count - _carries;
        for (int i = 0; i < extras; i++) test[condition.Input(_carries + i)] = slots[_request.InputSlots[_carries + i]];
        for (int i = _carries + extras; i < _request.InputSlots.Length; i++) step[body.Input(i - _carries - extras)] = slots[_request.InputSlots[i]];
        for (int done = 0; _most == int.MaxValue || done < _most; done++)
        {
            condition.Run(test, pool);
            if (goesOn == 0) break;
            body.Run(step, pool);
        }
    }
}
