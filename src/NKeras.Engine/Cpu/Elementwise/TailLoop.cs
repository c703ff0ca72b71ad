using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Lets a loop over whole vectors run over any number of elements.</summary>
/// <remarks>
/// The elements that do not fill a vector are computed by the same code on padded copies: a result never depends on
/// where in the run its element lies.
/// </remarks>
internal sealed unsafe class TailLoop
{
    /// <summary>The bytes of the widest vector.</summary>
    public const int VectorBytes = 64;

    private readonly ElementwiseLoop _wholeVectors;
    private readonly int _lanes;
    private readonly int _inputs;

    // Per pointer, the bytes of an element; 0 for a splat, which is used where it is.
    private readonly int[] _sizes;

    /// <summary>Wraps a loop whose count must be a whole number of vectors.</summary>
    public TailLoop(ElementwiseLoop wholeVectors, ElementwiseProgram program, ulong splats, int lanes)
    {
        _wholeVectors = wholeVectors;
        _lanes = lanes;
        _inputs = program.Inputs.Length;
        _sizes = new int[_inputs + program.Outputs.Length];
        for (int i = 0; i < _inputs; i++) _sizes[i] = (splats >> i & 1) != 0 ? 0 : program.Inputs[i].Size();
        for (int i = _inputs; i < _sizes.Length; i++) _sizes[i] = program.OutputType(i - _inputs).Size();
    }

    /// <summary>Runs the loop over any number of elements.</summary>
    public void Run(void** pointers, nint count)
    {
        nint whole = count & -_lanes;
        if (whole != 0) _wholeVectors(pointers, whole);
        if (whole != count) RunTail(pointers, whole, count - whole);
    }

    /// <summary>Copies a few bytes.</summary>
    public static void Copy(void* source, void* target, nint bytes) =>
        Buffer.MemoryCopy(source, target, bytes, bytes);

    [SkipLocalsInit]
    private void RunTail(void** pointers, nint start, nint count)
    {
        int length = _sizes.Length;
        void** padded = stackalloc void*[length];
        byte* memory = stackalloc byte[length * VectorBytes];
        for (int i = 0; i < length; i++)
        {
            int size = _sizes[i];
            padded[i] = size == 0 ? pointers[i] : memory + (i * VectorBytes);
            if (size == 0 || i >= _inputs) continue;

            // Undefined lanes would do, but denormals among them are slow.
            Unsafe.InitBlockUnaligned(padded[i], 0, VectorBytes);
            Copy((byte*)pointers[i] + (start * size), padded[i], count * size);
        }

        _wholeVectors(padded, _lanes);
        for (int i = _inputs; i < length; i++)
            Copy(padded[i], (byte*)pointers[i] + (start * _sizes[i]), count * _sizes[i]);
    }
}
