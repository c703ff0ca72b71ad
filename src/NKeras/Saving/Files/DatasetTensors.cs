using NKeras.Engine;
using NKeras.Hdf5;

namespace NKeras.Saving.Files;

/// <summary>Arrays of HDF5 files as tensors, and tensors as arrays.</summary>
internal static class DatasetTensors
{
    /// <summary>HDF5's type of each of ours. HDF5 has no bfloat16: h5py keeps its bytes without a meaning.</summary>
    private static readonly (DType Ours, Hdf5Type Theirs)[] s_types =
    [
        (DType.Float32, Hdf5Type.Float32), (DType.Float64, Hdf5Type.Float64), (DType.Float16, Hdf5Type.Float16), (DType.BFloat16, Hdf5Type.Opaque(2)),
        (DType.Int8, Hdf5Type.Int8), (DType.Int16, Hdf5Type.Int16), (DType.Int32, Hdf5Type.Int32), (DType.Int64, Hdf5Type.Int64),
        (DType.UInt8, Hdf5Type.UInt8), (DType.UInt16, Hdf5Type.UInt16), (DType.UInt32, Hdf5Type.UInt32), (DType.UInt64, Hdf5Type.UInt64),
        (DType.Bool, Hdf5Type.Boolean),
    ];

    /// <summary>The type of an array's elements; null if no tensor holds such.</summary>
    public static DType? TypeOf(Hdf5Dataset dataset) => s_types.FirstOrDefault(t => t.Theirs == dataset.Type).Ours;

    /// <summary>HDF5's type for a type of ours.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    public static Hdf5Type TypeOf(DType dtype) => s_types.FirstOrDefault(t => t.Ours == dtype).Theirs ?? throw new ArgumentException($"HDF5 files hold no elements of type {dtype}.");

    /// <summary>The shape of an array, in Python's spelling; of no use but for messages.</summary>
    public static string ShapeText(Hdf5Dataset dataset) => dataset.Shape is { } dims ? $"({string.Join(", ", dims)}{(dims.Count == 1 ? "," : "")})" : "null";

    /// <summary>Whether an array has a shape.</summary>
    public static bool HasShape(Hdf5Dataset dataset, Shape shape) => dataset.Shape is { } dims && dims.Count == shape.Rank && dims.Select((d, i) => d == shape.Dims[i]).All(same => same);

    /// <summary>Reads an array. Nothing is allocated before its shape and type are known to fit.</summary>
    /// <param name="dataset">The array.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <param name="what">What it is for, to begin a message with.</param>
    /// <exception cref="ArgumentException">It has another shape, or its elements are no numbers.</exception>
    /// <exception cref="Hdf5Exception">The file is damaged there.</exception>
    public static ConcreteTensor Read(Hdf5Dataset dataset, Shape shape, string what)
    {
        if (!HasShape(dataset, shape)) throw new ArgumentException($"{what} has shape {shape}; the file's array '{BadConfig.Excerpt(dataset.Path)}' has shape {ShapeText(dataset)}.");
        DType dtype = TypeOf(dataset)
            ?? throw new ArgumentException($"{what} is to be read from the file's array '{BadConfig.Excerpt(dataset.Path)}', whose elements ({dataset.Type.Class}, {dataset.Type.Size} bytes) are no numbers.");
        ConcreteTensor tensor = ConcreteTensor.Allocate(new TensorSpec(shape, dtype));
        dataset.Read(((HostStorage)tensor.Data).Bytes);
        return tensor;
    }

    /// <summary>Sets a variable to an array, which must have its shape; elements of another type are converted.</summary>
    /// <inheritdoc cref="Read"/>
    public static void Assign(Variable variable, Hdf5Dataset dataset)
    {
        ConcreteTensor value = Read(dataset, variable.Shape, $"Variable '{variable.Path}'");
        if (value.DType == variable.DType) variable.Cell.Adopt((HostStorage)value.Data);
        else variable.Assign(value);
    }

    /// <summary>Adds a tensor to what is to be written. It is not copied before that.</summary>
    public static void Add(Hdf5Content content, string path, Tensor tensor)
    {
        long[] dims = [.. tensor.Shape.Dims];
        // As h5py writes it, and Keras reads it.
        Dictionary<string, string>? attributes = tensor.DType == DType.BFloat16 ? new() { ["dtype"] = "bfloat16" } : null;
        content.AddDataset(path, TypeOf(tensor.DType), dims, stream => stream.Write(((HostStorage)tensor.Data).Bytes), attributes);
    }
}
