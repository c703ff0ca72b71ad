using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a body's program once for each slice, on values carried in the results' memory; slices are addresses, nothing is copied.</summary>
internal sealed unsafe class ScanKernel : Kernel
{
    private readonly KernelRequest _request;
    private readonly Scan _scan;
    private readonly long[] _inputBytes;
    private readonly long[] _outputBytes;

    private ScanKernel(KernelRequest request)
    {
        _request = request;
        _scan = (Scan)request.Node.Primitive;
        // The bytes of a carried value, or of a slice.
        _inputBytes = [.. _scan.Body.Inputs.Select(v => v.Spec.ByteLength)];
        _outputBytes = [.. _scan.Body.Outputs.Select(v => v.Spec.ByteLength)];
    }

    public static Kernel Create(KernelRequest request) => new ScanKernel(request);

    public override void Run(void** slots, WorkerPool pool)
    {
        int[] inputs = _request.InputSlots, outputs = _request.OutputSlots;
        InnerProgram body = _request.Programs[0];
        void** inner = body.Begin(slots[_request.Workspace]);
        int carries = _scan.Carries, slices = carries + _scan.Sequences;
        for (int i = 0; i < carries; i++)
        {
            void* carried = slots[outputs[i]];
            Buffer.MemoryCopy(slots[inputs[i]], carried, _outputBytes[i], _outputBytes[i]);
            inner[body.Carry(i)] = carried;
        }

        for (int i = slices; i < inputs.Length; i++) inner[body.Input(i - carries)] = slots[inputs[i]];
        for (int step = 0; step < _scan.Length; step++)
        {
            long at = _scan.Reverse ? _scan.Length - 1 - step : step;
            for (int i = carries; i < slices; i++) inner[body.Input(i - carries)] = (byte*)slots[inputs[i]] + (at * _inputBytes[i]);
            for (int i = carries; i < outputs.Length; i++) inner[body.Output(i - carries)] = (byte*)slots[outputs[i]] + (at * _outputBytes[i]);
            body.Run(inner, pool);
        }
    }
}
