using NKeras.Engine;
using NKeras.Hdf5;

namespace NKeras.Saving.Files;

/// <summary>Arrays of HDF5 files as tensors, and tensors as arrays.</summary>
internal static class DatasetTensors
{
    // What Keras says of bytes without a meaning.
    private const string TypeAttribute = "dtype", BFloat16Name = "bfloat16";

    /// <summary>HDF5's type of each of ours. HDF5 had no bfloat16 for long: h5py keeps its bytes without a meaning, and newer versions as numbers.</summary>
    private static readonly (DType Ours, Hdf5Type Theirs)[] s_types =
    [
        (DType.Float32, Hdf5Type.Float32), (DType.Float64, Hdf5Type.Float64), (DType.Float16, Hdf5Type.Float16), (DType.BFloat16, Hdf5Type.Opaque(2)),
        (DType.Int8, Hdf5Type.Int8), (DType.Int16, Hdf5Type.Int16), (DType.Int32, Hdf5Type.Int32), (DType.Int64, Hdf5Type.Int64),
        (DType.UInt8, Hdf5Type.UInt8), (DType.UInt16, Hdf5Type.UInt16), (DType.UInt32, Hdf5Type.UInt32), (DType.UInt64, Hdf5Type.UInt64),
        (DType.Bool, Hdf5Type.Boolean), (DType.BFloat16, Hdf5Type.BFloat16),
    ];

    /// <summary>The type of an array's elements; null if no tensor holds such.</summary>
    public static DType? TypeOf(Hdf5Dataset dataset)
    {
        DType? type = s_types.FirstOrDefault(t => t.Theirs == dataset.Type).Ours;
        bool isOther = type == DType.BFloat16 && dataset.Attributes.TryGetValue(TypeAttribute, out Hdf5Attribute? attribute) && !(attribute.Type.Class == Hdf5TypeClass.String && attribute.ReadTexts() is [BFloat16Name]);
        return isOther ? null : type;
    }

    /// <summary>HDF5's type for a type of ours.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    public static Hdf5Type TypeOf(DType dtype) => s_types.FirstOrDefault(t => t.Ours == dtype).Theirs ?? throw new ArgumentException($"HDF5 files hold no elements of type {dtype}.");

    /// <summary>Whether an array has a shape.</summary>
    public static bool HasShape(Hdf5Dataset dataset, Shape shape) => new Hdf5Array(dataset).HasShape(shape);

    /// <summary>The shape of an array in Python's spelling, for messages.</summary>
    public static string ShapeText(Hdf5Dataset dataset) => new Hdf5Array(dataset).ShapeText;

    /// <inheritdoc cref="StoredArray.ToTensor"/>
    public static ConcreteTensor Read(Hdf5Dataset dataset, Shape shape, string what) => new Hdf5Array(dataset).ToTensor(shape, what);

    /// <inheritdoc cref="StoredArray.AssignTo"/>
    public static void Assign(Variable variable, Hdf5Dataset dataset) => new Hdf5Array(dataset).AssignTo(variable);

    /// <summary>Adds a tensor to what is to be written. It is not copied before that.</summary>
    public static void Add(Hdf5Content content, string path, Tensor tensor)
    {
        long[] dims = [.. tensor.Shape.Dims];
        // As h5py writes it, and Keras reads it.
        Dictionary<string, string>? attributes = tensor.DType == DType.BFloat16 ? new() { [TypeAttribute] = BFloat16Name } : null;
        content.AddDataset(path, TypeOf(tensor.DType), dims, stream => stream.Write(((HostStorage)tensor.Data).Bytes), attributes);
    }
}
