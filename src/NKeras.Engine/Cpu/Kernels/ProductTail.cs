using System.Runtime.CompilerServices;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>The tail of a <see cref="FusedProduct"/>: a loop over pieces of the result's rows while they are in cache.</summary>
internal sealed unsafe class ProductTail
{
    private readonly ElementwiseLoop _loop;
    private readonly Operand[] _operands;
    private readonly int _rows;
    private readonly int _columns;

    // One call is kept for the next run; runs at the same time make calls of their own.
    private Call? _idle;

    /// <summary>Prepares the tail of a node.</summary>
    public ProductTail(KernelRequest request, FusedProduct fused)
    {
        ElementwiseProgram program = fused.Tail!;
        Shape shape = request.Output().Shape;
        _columns = shape.Dims[^1];
        _rows = shape.Rank > 1 ? shape.Dims[^2] : 1;
        int inputs = fused.TailInputs, first = request.InputSlots.Length - inputs;
        _operands = new Operand[inputs + request.OutputSlots.Length];
        ulong splats = 0;
        for (int i = 0; i < inputs; i++)
        {
            Shape operand = request.Input(first + i).Shape;
            bool whole = operand == shape, perRow = !whole && operand == shape.With(-1, 1);
            bool perColumn = !whole && !perRow && operand.Size > 1;
            _operands[i] = new Operand(
                request.InputSlots[first + i],
                program.Inputs[i + 1].Size(),
                whole ? _columns : perRow ? 1 : 0,
                whole || perColumn ? 1 : 0);
            if (_operands[i].PerColumn == 0) splats |= 2UL << i;
        }

        for (int i = 0; i < request.OutputSlots.Length; i++)
            _operands[inputs + i] = new Operand(request.OutputSlots[i], program.OutputType(i).Size(), _columns, 1);
        _loop = ElementwiseLoops.Get(program, splats, Simd.Level);
    }

    /// <summary>The kernel for a <see cref="FusedProduct"/>, by what the product is.</summary>
    public static Kernel? CreateProduct(KernelRequest request) => ((FusedProduct)request.Node.Primitive).Product switch
    {
        MatMul => MatMulKernel.Create(request),
        Primitives.Convolution => ConvolutionKernel.Forward(request),
        _ => null,
    };

    /// <summary>Binds the tail to the buffers of a run.</summary>
    public Call Begin(void** slots)
    {
        Call call = Interlocked.Exchange(ref _idle, null) ?? new Call(this);
        for (int i = 0; i < _operands.Length; i++) call.Pointers[i] = (nint)slots[_operands[i].Slot];
        return call;
    }

    /// <summary>Keeps what a finished run used.</summary>
    public void End(Call call) => Volatile.Write(ref _idle, call);

    /// <summary>An operand, and how far it moves with each row and column of the result, in elements.</summary>
    private readonly record struct Operand(int Slot, int Size, int PerRow, int PerColumn);

    /// <summary>The tail in one run.</summary>
    public sealed class Call
    {
        private readonly ProductTail _tail;

        public Call(ProductTail tail)
        {
            _tail = tail;
            Pointers = new nint[tail._operands.Length];
            OfMatrix = new MatrixRows(this, tail._rows);
            OfConvolution = new Pixels(this);
        }

        public nint[] Pointers { get; }

        /// <summary>The tail as matrix products call it.</summary>
        public GemmEpilogue OfMatrix { get; }

        /// <summary>The tail as convolutions call it.</summary>
        public ConvolutionEpilogue OfConvolution { get; }

        /// <summary>Computes a piece of a row of the result; rows are counted through all leading axes.</summary>
        [SkipLocalsInit]
        public void Apply(float* result, nint row, int column, int count)
        {
            void** pointers = stackalloc void*[Pointers.Length + 1];
            pointers[0] = result;
            for (int i = 0; i < Pointers.Length; i++)
            {
                Operand operand = _tail._operands[i];
                pointers[i + 1] = (byte*)Pointers[i] + (((row * operand.PerRow) + ((nint)column * operand.PerColumn)) * operand.Size);
            }

            _tail._loop(pointers, count);
        }
    }

    private sealed class MatrixRows(Call call, int rows) : GemmEpilogue
    {
        public override void Apply(float* c, int batch, int row, int column, int count) =>
            call.Apply(c, ((nint)batch * rows) + row, column, count);
    }

    private sealed class Pixels(Call call) : ConvolutionEpilogue
    {
        public override void Apply(float* y, nint pixelIndex, int channel, int count) => call.Apply(y, pixelIndex, channel, count);
    }
}
