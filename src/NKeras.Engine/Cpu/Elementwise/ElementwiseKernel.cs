using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>A program over tensors of any shape, with broadcasting and threads.</summary>
/// <remarks>
/// The loops below want long runs. Rows that are long are run one by one; short ones are joined, which takes expanding
/// the inputs that are broadcast into a buffer first. Parts have a fixed size: results do not depend on the threads.
/// </remarks>
internal sealed unsafe class ElementwiseKernel
{
    private const int PartLength = 16 * 1024;
    private const int ChunkLength = 2 * 1024;
    private const int ShortestRow = 512;

    private readonly ElementwiseProgram _program;
    private readonly BroadcastLayout _layout;
    private readonly ElementwiseLoop _loop;
    private readonly Access[] _access;
    private readonly nint[] _periods;
    private readonly bool _byRows;
    private readonly nint _bufferBytes;

    /// <summary>Prepares a program for a shape.</summary>
    /// <param name="program">What is computed.</param>
    /// <param name="shape">The shape of the outputs, which are row-major.</param>
    /// <param name="strides">Per input and dimension, the elements from one to the next; 0 where the input is broadcast.</param>
    /// <param name="level">The vector width.</param>
    public ElementwiseKernel(ElementwiseProgram program, ReadOnlySpan<int> shape, ReadOnlySpan<int[]> strides, SimdLevel level)
    {
        if (strides.Length != program.Inputs.Length)
            throw new ArgumentException($"There are strides for {strides.Length} inputs; the program has {program.Inputs.Length}.", nameof(strides));
        _program = program;
        _layout = new BroadcastLayout(shape, strides);
        _byRows = _layout.Dimensions.Length > 1 && _layout.InnerLength >= ShortestRow;
        _access = new Access[strides.Length];
        _periods = new nint[strides.Length];
        ulong splats = 0;
        for (int i = 0; i < strides.Length; i++)
        {
            _access[i] = AccessOf(i);
            _periods[i] = _access[i] == Access.Pattern ? _layout.Period(i) : 0;
            if (_access[i] == Access.Splat) splats |= 1UL << i;
            if (_access[i] is Access.Pattern or Access.Expand) _bufferBytes += BufferBytes(i);
        }

        _loop = ElementwiseLoops.Get(program, splats, level);
    }

    /// <summary>How a run of elements gets at an input.</summary>
    private enum Access : byte
    {
        /// <summary>The input lies as the output does, or at least within a row.</summary>
        Direct,

        /// <summary>The input is one value for the run.</summary>
        Splat,

        /// <summary>The input repeats after few elements; the repetition is written out once.</summary>
        Pattern,

        /// <summary>The input is written out chunk by chunk.</summary>
        Expand,
    }

    /// <summary>The number of elements of an output.</summary>
    public nint Count => _layout.Count;

    /// <summary>The program.</summary>
    public ElementwiseProgram Program => _program;

    /// <summary>Computes all elements. Allocates nothing.</summary>
    /// <param name="pointers">The inputs, then the outputs. An output may be the very memory of an input that is not broadcast.</param>
    /// <param name="pool">The threads.</param>
    public void Run(void** pointers, WorkerPool pool)
    {
        RunContext context = new(this, pointers);
        pool.Run((int)((Count + PartLength - 1) / PartLength), &RunPart, Unsafe.AsPointer(ref context));
    }

    /// <summary>Computes the elements [start, start + count) on this thread.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="outputs">Per output, where its first computed element goes.</param>
    /// <param name="start">The first element.</param>
    /// <param name="count">The number of elements.</param>
    [SkipLocalsInit]
    public void Evaluate(void** inputs, void** outputs, nint start, nint count)
    {
        int inputCount = _access.Length, outputCount = _program.Outputs.Length;
        void** pointers = stackalloc void*[inputCount + outputCount];
        for (int i = 0; i < outputCount; i++) pointers[inputCount + i] = outputs[i];
        if (_byRows) RunRows(inputs, pointers, start, count);
        else RunChunks(inputs, pointers, start, count);
    }

    private static void RunPart(void* context, int part)
    {
        ref RunContext run = ref Unsafe.AsRef<RunContext>(context);
        ElementwiseKernel kernel = run.Kernel;
        nint start = (nint)part * PartLength;
        int inputs = kernel._access.Length, outputs = kernel._program.Outputs.Length;
        void** targets = stackalloc void*[outputs];
        for (int i = 0; i < outputs; i++)
            targets[i] = (byte*)run.Pointers[inputs + i] + (start * kernel._program.OutputType(i).Size());
        kernel.Evaluate(run.Pointers, targets, start, Math.Min(PartLength, kernel.Count - start));
    }

    private Access AccessOf(int input)
    {
        if (_layout.IsScalar(input)) return Access.Splat;
        if (_byRows) return _layout.Strides(input)[^1] == 0 ? Access.Splat : Access.Direct;
        if (_layout.IsContiguous(input)) return Access.Direct;
        return _layout.Period(input) <= ChunkLength ? Access.Pattern : Access.Expand;
    }

    private nint BufferBytes(int input)
    {
        nint bytes = ((ChunkLength + _periods[input]) * _program.Inputs[input].Size()) + InputExpansion.Slack;
        return (bytes + TailLoop.VectorBytes - 1) & -TailLoop.VectorBytes;
    }

    private void RunChunks(void** inputs, void** pointers, nint start, nint count)
    {
        byte* buffers = _bufferBytes == 0 ? null : (byte*)Scratch.Get(ScratchUse.Elementwise, (nuint)_bufferBytes);
        nint chunk = _bufferBytes == 0 ? count : ChunkLength;
        if (_bufferBytes != 0) WritePatterns(inputs, buffers, Math.Min(count, ChunkLength));
        for (nint done = 0; done < count; done += chunk)
        {
            nint length = Math.Min(chunk, count - done), first = start + done;
            byte* buffer = buffers;
            for (int i = 0; i < _access.Length; i++)
            {
                ElementwiseType type = _program.Inputs[i];
                switch (_access[i])
                {
                    case Access.Splat:
                        pointers[i] = inputs[i];
                        break;
                    case Access.Direct:
                        pointers[i] = (byte*)inputs[i] + (first * type.Size());
                        break;
                    case Access.Pattern:
                        pointers[i] = buffer + (first % _periods[i] * type.Size());
                        buffer += BufferBytes(i);
                        break;
                    default:
                        InputExpansion.Expand(_layout, i, type, inputs[i], first, length, buffer);
                        pointers[i] = buffer;
                        buffer += BufferBytes(i);
                        break;
                }
            }

            _loop(pointers, length);
            AdvanceOutputs(pointers, length);
        }
    }

    /// <summary>Writes the repeating inputs out, far enough for a run of the length that starts anywhere in the period.</summary>
    private void WritePatterns(void** inputs, byte* buffers, nint length)
    {
        byte* buffer = buffers;
        for (int i = 0; i < _access.Length; i++)
        {
            if (_access[i] is not (Access.Pattern or Access.Expand)) continue;
            if (_access[i] == Access.Pattern)
            {
                ElementwiseType type = _program.Inputs[i];
                InputExpansion.Expand(_layout, i, type, inputs[i], 0, _periods[i], buffer);
                InputExpansion.Repeat(buffer, _periods[i] * type.Size(), (_periods[i] + length) * type.Size());
            }

            buffer += BufferBytes(i);
        }
    }

    private void RunRows(void** inputs, void** pointers, nint start, nint count)
    {
        nint rowLength = _layout.InnerLength;
        while (count > 0)
        {
            nint row = start / rowLength, column = start % rowLength;
            nint length = Math.Min(rowLength - column, count);
            for (int i = 0; i < _access.Length; i++)
            {
                nint offset = RowOffset(i, row) + (_access[i] == Access.Direct ? column : 0);
                pointers[i] = (byte*)inputs[i] + (offset * _program.Inputs[i].Size());
            }

            _loop(pointers, length);
            AdvanceOutputs(pointers, length);
            start += length;
            count -= length;
        }
    }

    private nint RowOffset(int input, nint row)
    {
        ReadOnlySpan<nint> dimensions = _layout.Dimensions, strides = _layout.Strides(input);
        nint offset = 0;
        for (int d = dimensions.Length - 2; d >= 0; d--)
        {
            offset += row % dimensions[d] * strides[d];
            row /= dimensions[d];
        }

        return offset;
    }

    private void AdvanceOutputs(void** pointers, nint length)
    {
        for (int i = 0; i < _program.Outputs.Length; i++)
            pointers[_access.Length + i] = (byte*)pointers[_access.Length + i] + (length * _program.OutputType(i).Size());
    }

    /// <summary>What the parts of one run share. It lives on the stack of the caller, which waits for all parts.</summary>
    private readonly struct RunContext(ElementwiseKernel kernel, void** pointers)
    {
        public ElementwiseKernel Kernel { get; } = kernel;

        public void** Pointers { get; } = pointers;
    }
}
