using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NKeras.Engine;
using NKeras.Engine.Graphs;

namespace NKeras;

/// <summary>
/// An array of numbers (or strings) with a shape and an element type: data (this class's factories), a symbolic tensor of a functional
/// model (<c>KerasTensor</c>), or a value inside a function that is being compiled.
/// </summary>
/// <remarks>Tensors are immutable and need no disposal. Every function of <c>Ops</c> accepts all three kinds.</remarks>
public abstract partial class Tensor
{
    private protected Tensor(TensorSpec spec) => Spec = spec;

    /// <summary>The dimensions.</summary>
    public Shape Shape => Spec.Shape;

    /// <summary>The element type.</summary>
    public DType DType => Spec.DType;

    /// <summary>The number of dimensions.</summary>
    public int Rank => Spec.Shape.Rank;

    internal TensorSpec Spec { get; }

    /// <summary>A part of the tensor, as in Python: <c>x[0]</c>, <c>x[.., 1..3]</c>, <c>x[^1, TensorIndex.Ellipsis]</c>, <c>x[mask]</c>.</summary>
    /// <param name="index">One index for each axis; axes that are left over stay whole.</param>
    /// <exception cref="ArgumentException">There are more indices than axes, a position is out of range, or tensors do not fit each other.</exception>
    // The name that indexers have by default is taken by the method Item.
    [IndexerName("Part")]
    public Tensor this[params ReadOnlySpan<TensorIndex> index] => GetItem(new TensorKey(index.ToArray()));

    /// <summary>A tensor that copies <paramref name="values"/>, in row-major order.</summary>
    /// <param name="values">The elements.</param>
    /// <param name="shape">The dimensions; a vector if omitted.</param>
    /// <exception cref="ArgumentException">The number of elements does not fit the shape.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape? shape = null)
        where T : unmanaged
    {
        shape ??= new Shape([values.Length]);
        if (shape.Size != values.Length)
            throw new ArgumentException($"{values.Length} values do not fill a tensor of shape {shape}, which takes {shape.Size}.", nameof(values));
        HostStorage storage = new(MemoryMarshal.AsBytes(values).Length);
        MemoryMarshal.AsBytes(values).CopyTo(storage.Bytes);
        return new ConcreteTensor(new TensorSpec(shape, DType.Of<T>()), storage);
    }

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, Shape?)"/>
    public static Tensor From<T>(T[] values, Shape? shape = null)
        where T : unmanaged => From<T>(values.AsSpan(), shape);

    /// <summary>A tensor that copies a rectangular array, or arrays of arrays of equal lengths; its shape is theirs.</summary>
    /// <exception cref="ArgumentException">The elements are of a type that no tensor holds, or lengths differ.</exception>
    public static Tensor From(Array values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values is Array[] rows) return FromRows(rows);
        if (values.GetType().GetElementType() == typeof(string)) return FromStrings([.. values.Cast<string>()], new Shape(Lengths(values)));
        ConcreteTensor copy = ConcreteTensor.Allocate(SpecOf(values));
        BytesOf(values).CopyTo(((HostStorage)copy.Data).Bytes);
        return copy;
    }

    /// <summary>A tensor of strings that copies <paramref name="values"/>, in row-major order.</summary>
    /// <param name="values">The elements; none is null.</param>
    /// <param name="shape">The dimensions; a vector if omitted.</param>
    /// <exception cref="ArgumentException">The number of elements does not fit the shape, or one is null.</exception>
    public static Tensor FromStrings(ReadOnlySpan<string> values, Shape? shape = null)
    {
        shape ??= new Shape([values.Length]);
        if (shape.Size != values.Length)
            throw new ArgumentException($"{values.Length} values do not fill a tensor of shape {shape}, which takes {shape.Size}.", nameof(values));
        int missing = values.IndexOf((string?)null);
        return missing < 0
            ? ConcreteTensor.OfTexts(values.ToArray(), shape)
            : throw new ArgumentException($"String {missing} of {values.Length} is null. A tensor holds texts only; say what a missing one is, such as \"\".", nameof(values));
    }

    /// <summary>The elements of a tensor of strings, in row-major order, as a new array.</summary>
    /// <exception cref="ArgumentException">The elements are numbers.</exception>
    /// <exception cref="InvalidOperationException">The tensor holds no data: it is symbolic, or a function is being traced.</exception>
    public string[] ToStrings() => DType == DType.String
        ? [.. ((TextStorage)Data).Texts]
        : throw new ArgumentException($"This tensor's elements are {DType}, not strings. Read them with ToArray.");

    /// <summary>The elements, in row-major order, as a new array.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the element type.</exception>
    /// <exception cref="InvalidOperationException">The tensor holds no data: it is symbolic, or a function is being traced.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        CheckType<T>();
        Storage data = Data;
        T[] result = new T[Shape.Size];
        data.CopyTo(MemoryMarshal.AsBytes(result.AsSpan()));
        return result;
    }

    /// <summary>The only element of a tensor of size one.</summary>
    /// <exception cref="InvalidOperationException">The tensor has another size.</exception>
    public T Item<T>()
        where T : unmanaged => ToArray<T>() is [T only]
        ? only
        : throw new InvalidOperationException($"Item needs a tensor with one element; this one has shape {Shape}.");

    /// <summary>A literal: a float32 scalar that takes the floating-point type of the tensor it meets.</summary>
    public static implicit operator Tensor(float value) => ConcreteTensor.Literal(value);

    /// <summary>A literal: a float32 scalar that takes the floating-point type of the tensor it meets.</summary>
    public static implicit operator Tensor(double value) => ConcreteTensor.Literal(value);

    /// <summary>A literal: an int32 scalar that takes the type of the tensor it meets.</summary>
    public static implicit operator Tensor(int value) => ConcreteTensor.Literal(value);

    /// <summary>A vector of type float32.</summary>
    public static implicit operator Tensor(float[] values) => From<float>(values);

    /// <summary>A matrix of type float32.</summary>
    public static implicit operator Tensor(float[,] values) => From(values);

    /// <summary>A tensor of rank 3 and type float32.</summary>
    public static implicit operator Tensor(float[,,] values) => From(values);

    /// <summary>A tensor of rank 4 and type float32.</summary>
    public static implicit operator Tensor(float[,,,] values) => From(values);

    /// <summary>A vector of type int32.</summary>
    public static implicit operator Tensor(int[] values) => From<int>(values);

    /// <summary>A matrix of type int32.</summary>
    public static implicit operator Tensor(int[,] values) => From(values);

    /// <summary>A vector of type float64.</summary>
    public static implicit operator Tensor(double[] values) => From<double>(values);

    /// <summary>A matrix of type float64.</summary>
    public static implicit operator Tensor(double[,] values) => From(values);

    /// <summary>A vector of strings.</summary>
    public static implicit operator Tensor(string[] values) => From(values);

    /// <summary>A matrix of strings.</summary>
    public static implicit operator Tensor(string[,] values) => From(values);

    /// <summary>The data.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    internal abstract Storage Data { get; }

    private void CheckType<T>()
        where T : unmanaged
    {
        if (DType == DType.String) throw new ArgumentException($"This tensor's elements are strings, not {typeof(T).Name}. Read them with ToStrings().");
        if (DType.ClrType != typeof(T))
            throw new ArgumentException($"This tensor's elements are {DType}, not {typeof(T).Name}. Convert first: Ops.Cast(x, \"{DType.Of<T>()}\").");
    }

    /// <summary>What a key picks.</summary>
    internal virtual Tensor GetItem(TensorKey key) => key.Tensors.FirstOrDefault(t => t is not (ConcreteTensor or TracedTensor)) is { } other
        ? other.PickFrom(this, key)
        : key.Apply(this);

    /// <summary>What a key that holds this tensor picks of another.</summary>
    internal virtual Tensor PickFrom(Tensor x, TensorKey key) => throw new ArgumentException($"x[{key}]: a {GetType().Name} cannot be an index. Make it dense first.");

    private static Tensor FromRows(Array[] values)
    {
        Tensor[] parts = Array.ConvertAll(values, r => r is null ? throw new ArgumentException("A tensor cannot be made of arrays of which one is null.", nameof(values)) : From(r));
        if (parts.Length == 0) throw new ArgumentException("A tensor cannot be made of no arrays: its shape is not known. Use a rectangular array.", nameof(values));
        int different = Array.FindIndex(parts, p => p.Spec != parts[0].Spec);
        if (different >= 0) throw new ArgumentException($"A tensor is rectangular, but array {different} has shape {parts[different].Shape}, and array 0 {parts[0].Shape}. Rows that differ make a RaggedTensor.", nameof(values));
        ConcreteTensor result = ConcreteTensor.Allocate(new TensorSpec(new Shape([values.Length, .. parts[0].Shape.Dims]), parts[0].DType));
        int size = parts[0].Shape.Size;
        for (int i = 0; i < parts.Length; i++) ((ConcreteTensor)parts[i]).CopyElements(0, result, i * size, size);
        return result;
    }

    /// <summary>The shape and type of a rectangular array.</summary>
    private static TensorSpec SpecOf(Array values) => new(new Shape(Lengths(values)), DType.Of(values.GetType().GetElementType()));

    private static int[] Lengths(Array values) => [.. Enumerable.Range(0, values.Rank).Select(values.GetLength)];

    private static Span<byte> BytesOf(Array values) => values.Length == 0 ? [] : MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(values), checked((int)SpecOf(values).ByteLength));
}
