using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="RandomSample{T}"/> node: an element takes some dozens of nanoseconds, which threads share.</summary>
internal sealed unsafe class RandomSampleKernel<T>(KernelRequest request) : PartedKernel(Parts.Count(request.Output().Shape.Size, PartLength))
    where T : unmanaged
{
    private const long PartLength = 1 << 10;

    private readonly RandomSample<T> _sample = (RandomSample<T>)request.Node.Primitive;

    public static Kernel Create(KernelRequest request) => new RandomSampleKernel<T>(request);

    protected override void RunPart(void** slots, int part)
    {
        uint* key = (uint*)slots[request.InputSlots[0]];
        T* a = (T*)slots[request.InputSlots[1]], b = (T*)slots[request.InputSlots[^1]], y = (T*)slots[request.OutputSlots[0]];
        int stepA = Step(request.Input(1)), stepB = Step(request.Input(request.InputSlots.Length - 1));
        long size = request.Output().Shape.Size;
        for (long i = Start(part, size), end = Start(part + 1, size); i < end; i++)
        {
            RandomStream stream = new(key[0], key[1], (uint)i);
            y[i] = _sample.Draw(ref stream, a[i * stepA], b[i * stepB]);
        }
    }

    private static int Step(TensorSpec parameter) => parameter.Shape.Rank == 0 ? 0 : 1;
}
