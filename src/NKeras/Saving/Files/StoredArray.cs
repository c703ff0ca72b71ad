using NKeras.Engine;

namespace NKeras.Saving.Files;

/// <summary>An array of a file that can become a variable's value. Nothing of it is read before its shape and type are known to fit.</summary>
internal abstract class StoredArray
{
    /// <summary>Its name in the file, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>The dimensions; null for an array without any elements or shape.</summary>
    public abstract IReadOnlyList<long>? Dims { get; }

    /// <summary>The element type; null if no tensor holds such elements.</summary>
    public abstract DType? DType { get; }

    /// <summary>What the elements are, for messages.</summary>
    protected abstract string ElementKind { get; }

    /// <summary>Reads all elements, in row-major order, little-endian.</summary>
    protected abstract void Read(Span<byte> destination);

    /// <summary>The dimensions in Python's spelling.</summary>
    public string ShapeText => Dims is { } dims ? $"({string.Join(", ", dims)}{(dims.Count == 1 ? "," : "")})" : "null";

    /// <summary>Whether it has a shape.</summary>
    public bool HasShape(Shape shape) => Dims is { } dims && dims.Count == shape.Rank && dims.Select((d, i) => d == shape.Dims[i]).All(same => same);

    /// <summary>Reads it as a tensor.</summary>
    /// <param name="shape">The shape that it must have; its own if null.</param>
    /// <param name="what">What it is for, to begin a message with.</param>
    /// <exception cref="ArgumentException">It has another shape, its elements are no numbers, or it takes more memory than there may be.</exception>
    public ConcreteTensor ToTensor(Shape? shape, string what)
    {
        if (shape != null && !HasShape(shape)) throw new ArgumentException($"{what} has shape {shape}; the file's array '{BadConfig.Excerpt(Name)}' has shape {ShapeText}.");
        DType dtype = DType ?? throw new ArgumentException($"{what} is to be read from the file's array '{BadConfig.Excerpt(Name)}', whose elements ({ElementKind}) are no numbers.");
        shape ??= OwnShape(what, dtype);
        ConcreteTensor tensor = ConcreteTensor.Allocate(new TensorSpec(shape, dtype));
        Read(((HostStorage)tensor.Data).Bytes);
        return tensor;
    }

    /// <summary>Sets a variable to the array, which must have its shape; elements of another type are converted.</summary>
    /// <exception cref="ArgumentException">It does not fit.</exception>
    public void AssignTo(Variable variable)
    {
        ConcreteTensor value = ToTensor(variable.Shape, $"Variable '{variable.Path}'");
        // Nobody else has the tensor, so its memory can become the variable's: weights are held once.
        if (value.DType == variable.DType) variable.Cell.Adopt((HostStorage)value.Data);
        else variable.Assign(value);
    }

    private Shape OwnShape(string what, DType dtype)
    {
        if (Dims is not { } dims) throw new ArgumentException($"{what}: the file's array '{BadConfig.Excerpt(Name)}' has no shape.");
        double bytes = dtype.Size;
        foreach (long dim in dims) bytes *= dim;
        Reading.Current?.TakeBytes(bytes, $"{what}, the file's array '{BadConfig.Excerpt(Name)}' of shape {ShapeText}");
        return bytes <= HostStorage.MostBytes && dims.All(d => d <= int.MaxValue)
            ? new Shape([.. dims.Select(d => (int)d)])
            : throw new ArgumentException($"{what}: the file's array '{BadConfig.Excerpt(Name)}' of shape {ShapeText} is larger than a tensor can be.");
    }
}
