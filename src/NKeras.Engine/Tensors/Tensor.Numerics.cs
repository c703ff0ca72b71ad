using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NKeras.Engine;
using Numerics = System.Numerics.Tensors;

namespace NKeras;

/// <content>Memory shared with .NET's own arrays, spans and tensors.</content>
// Kept apart: the assembly of these types is loaded when a program uses one of them, and not before.
public abstract partial class Tensor
{
    /// <summary>A tensor that looks at an array instead of copying it.</summary>
    /// <remarks>
    /// Tensors are taken to be immutable: do not write to the array while the tensor, or anything that was computed from it, is in use. The array is
    /// kept in place until the tensor is collected.
    /// </remarks>
    /// <param name="values">The elements, in row-major order.</param>
    /// <param name="shape">The dimensions; a vector if omitted.</param>
    /// <exception cref="ArgumentException">The number of elements does not fit the shape, or no tensor holds such elements.</exception>
    /// <example><code>
    /// float[] pixels = new float[1000 * 28 * 28];
    /// Tensor images = Tensor.Wrap(pixels, [1000, 28, 28]);
    /// </code></example>
    public static Tensor Wrap<T>(T[] values, Shape? shape = null)
        where T : unmanaged => Wrap(new ReadOnlyMemory<T>(values ?? throw new ArgumentNullException(nameof(values))), shape);

    /// <summary>The same for memory of any kind, which must not be given back before the tensor is out of use.</summary>
    /// <inheritdoc cref="Wrap{T}(T[], Shape?)"/>
    public static Tensor Wrap<T>(Memory<T> values, Shape? shape = null)
        where T : unmanaged => Wrap((ReadOnlyMemory<T>)values, shape);

    /// <summary>The same for memory that can only be read.</summary>
    /// <inheritdoc cref="Wrap{T}(Memory{T}, Shape?)"/>
    public static Tensor Wrap<T>(ReadOnlyMemory<T> values, Shape? shape = null)
        where T : unmanaged
    {
        TensorSpec spec = new(shape ?? new Shape([values.Length]), DType.Of<T>());
        if (spec.Shape.Size != values.Length)
            throw new ArgumentException($"{values.Length} values do not fill a tensor of shape {spec.Shape}, which takes {spec.Shape.Size}.", nameof(values));
        return new ConcreteTensor(spec, new HostStorage(BorrowedMemory.Of(values)));
    }

    /// <summary>The same for a rectangular array, whose shape the tensor has.</summary>
    /// <inheritdoc cref="Wrap{T}(T[], Shape?)"/>
    public static Tensor Wrap(Array values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new ConcreteTensor(SpecOf(values), new HostStorage(new ArrayMemory(values)));
    }

    /// <summary>The same for a tensor of .NET's. One that has gaps, or whose rows do not follow each other, is copied.</summary>
    /// <inheritdoc cref="Wrap{T}(T[], Shape?)"/>
    public static Tensor Wrap<T>(Numerics.Tensor<T> values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        TensorSpec spec = SpecOf<T>(values.Lengths);
        return IsRowMajor(values.Lengths, values.Strides)
            ? new ConcreteTensor(spec, new HostStorage(new TensorMemory<T>(values)))
            : From(values.AsReadOnlyTensorSpan());
    }

    /// <summary>A tensor that copies one of .NET's, or a part of it.</summary>
    /// <param name="values">The elements.</param>
    /// <exception cref="ArgumentException">No tensor holds such elements, or so many.</exception>
    public static Tensor From<T>(in Numerics.ReadOnlyTensorSpan<T> values)
        where T : unmanaged
    {
        ConcreteTensor copy = ConcreteTensor.Allocate(SpecOf<T>(values.Lengths));
        values.FlattenTo(MemoryMarshal.Cast<byte, T>(((HostStorage)copy.Data).Bytes));
        return copy;
    }

    /// <summary>The elements, in row-major order, without copying them.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the element type.</exception>
    /// <exception cref="InvalidOperationException">The tensor holds no data: it is symbolic, or a function is being traced.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged
    {
        CheckType<T>();
        return MemoryMarshal.Cast<byte, T>(((HostStorage)Data).Bytes);
    }

    /// <summary>The elements and their shape as .NET sees them, without copying them. A scalar is a vector of one element.</summary>
    /// <inheritdoc cref="AsSpan{T}"/>
    public Numerics.ReadOnlyTensorSpan<T> AsReadOnlyTensorSpan<T>()
        where T : unmanaged => new(AsSpan<T>(), Lengths());

    /// <summary>A tensor of .NET's with copies of the elements. A scalar is a vector of one element.</summary>
    /// <inheritdoc cref="AsSpan{T}"/>
    public Numerics.Tensor<T> ToTensor<T>()
        where T : unmanaged => Numerics.Tensor.Create(ToArray<T>(), Lengths());

    /// <summary>A tensor of type float32 that shares the memory of .NET's (<see cref="Wrap{T}(Numerics.Tensor{T})"/>).</summary>
    public static implicit operator Tensor(Numerics.Tensor<float> values) => Wrap(values);

    /// <summary>A tensor of type float64 that shares the memory of .NET's (<see cref="Wrap{T}(Numerics.Tensor{T})"/>).</summary>
    public static implicit operator Tensor(Numerics.Tensor<double> values) => Wrap(values);

    /// <summary>A tensor of type float16 that shares the memory of .NET's (<see cref="Wrap{T}(Numerics.Tensor{T})"/>).</summary>
    public static implicit operator Tensor(Numerics.Tensor<Half> values) => Wrap(values);

    /// <summary>A tensor of type int8 that shares the memory of .NET's (<see cref="Wrap{T}(Numerics.Tensor{T})"/>).</summary>
    public static implicit operator Tensor(Numerics.Tensor<sbyte> values) => Wrap(values);

    /// <summary>A tensor of type int16 that shares the memory of .NET's (<see cref="Wrap{T}(Numerics.Tensor{T})"/>).</summary>
    public static implicit operator Tensor(Numerics.Tensor<short> values) => Wrap(values);

    /// <summary>A tensor of type int32 that shares the memory of .NET's (<see cref="Wrap{T}(Numerics.Tensor{T})"/>).</summary>
    public static implicit operator Tensor(Numerics.Tensor<int> values) => Wrap(values);

    /// <summary>A tensor of type int64 that shares the memory of .NET's (<see cref="Wrap{T}(Numerics.Tensor{T})"/>).</summary>
    public static implicit operator Tensor(Numerics.Tensor<long> values) => Wrap(values);

    /// <summary>A tensor of type uint8 that shares the memory of .NET's (<see cref="Wrap{T}(Numerics.Tensor{T})"/>).</summary>
    public static implicit operator Tensor(Numerics.Tensor<byte> values) => Wrap(values);

    /// <summary>A tensor of type uint16 that shares the memory of .NET's (<see cref="Wrap{T}(Numerics.Tensor{T})"/>).</summary>
    public static implicit operator Tensor(Numerics.Tensor<ushort> values) => Wrap(values);

    /// <summary>A tensor of type uint32 that shares the memory of .NET's (<see cref="Wrap{T}(Numerics.Tensor{T})"/>).</summary>
    public static implicit operator Tensor(Numerics.Tensor<uint> values) => Wrap(values);

    /// <summary>A tensor of type uint64 that shares the memory of .NET's (<see cref="Wrap{T}(Numerics.Tensor{T})"/>).</summary>
    public static implicit operator Tensor(Numerics.Tensor<ulong> values) => Wrap(values);

    /// <summary>A tensor of type bool that shares the memory of .NET's (<see cref="Wrap{T}(Numerics.Tensor{T})"/>).</summary>
    public static implicit operator Tensor(Numerics.Tensor<bool> values) => Wrap(values);

    private static TensorSpec SpecOf<T>(ReadOnlySpan<nint> lengths)
        where T : unmanaged
    {
        int[] dims = new int[lengths.Length];
        for (int i = 0; i < dims.Length; i++) dims[i] = checked((int)lengths[i]);
        return new TensorSpec(new Shape(dims), DType.Of<T>());
    }

    private static bool IsRowMajor(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        nint size = 1;
        for (int i = lengths.Length - 1; i >= 0; i--)
        {
            if (lengths[i] > 1 && strides[i] != size) return false;
            size *= lengths[i];
        }

        return true;
    }

    // .NET has no scalars: without lengths there are no elements.
    private nint[] Lengths() => Rank == 0 ? [1] : Array.ConvertAll(Shape.Dims.ToArray(), d => (nint)d);

    private sealed class ArrayMemory(Array values) : BorrowedMemory(Pin(values))
    {
        public override Span<byte> Bytes => BytesOf(values);
    }

    private sealed unsafe class TensorMemory<T> : BorrowedMemory
        where T : unmanaged
    {
        private readonly Numerics.Tensor<T> _values;

        public TensorMemory(Numerics.Tensor<T> values)
            : base(values.GetPinnedHandle(), Unsafe.AsPointer(ref First(values))) => _values = values;

        public override Span<byte> Bytes => MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref First(_values), checked((int)_values.FlattenedLength)));

        // What a part itself says, and its handle, is where the whole begins.
        private static ref T First(Numerics.Tensor<T> values) => ref Unsafe.AsRef(in values.AsReadOnlyTensorSpan().GetPinnableReference());
    }
}
