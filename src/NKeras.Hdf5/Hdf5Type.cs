namespace NKeras.Hdf5;

/// <summary>The type of a dataset's or attribute's elements.</summary>
/// <param name="Class">The kind.</param>
/// <param name="Size">The bytes that an element takes once it is read; 0 for texts of their own length.</param>
/// <param name="IsSigned">Whether whole numbers can be negative.</param>
public sealed record Hdf5Type(Hdf5TypeClass Class, int Size, bool IsSigned = false)
{
    /// <summary>Whole numbers of 1 byte.</summary>
    public static Hdf5Type Int8 { get; } = new(Hdf5TypeClass.Integer, 1, IsSigned: true);

    /// <summary>Whole numbers of 2 bytes.</summary>
    public static Hdf5Type Int16 { get; } = new(Hdf5TypeClass.Integer, 2, IsSigned: true);

    /// <summary>Whole numbers of 4 bytes.</summary>
    public static Hdf5Type Int32 { get; } = new(Hdf5TypeClass.Integer, 4, IsSigned: true);

    /// <summary>Whole numbers of 8 bytes.</summary>
    public static Hdf5Type Int64 { get; } = new(Hdf5TypeClass.Integer, 8, IsSigned: true);

    /// <summary>Whole numbers of 1 byte, from 0 on.</summary>
    public static Hdf5Type UInt8 { get; } = new(Hdf5TypeClass.Integer, 1);

    /// <summary>Whole numbers of 2 bytes, from 0 on.</summary>
    public static Hdf5Type UInt16 { get; } = new(Hdf5TypeClass.Integer, 2);

    /// <summary>Whole numbers of 4 bytes, from 0 on.</summary>
    public static Hdf5Type UInt32 { get; } = new(Hdf5TypeClass.Integer, 4);

    /// <summary>Whole numbers of 8 bytes, from 0 on.</summary>
    public static Hdf5Type UInt64 { get; } = new(Hdf5TypeClass.Integer, 8);

    /// <summary>IEEE half precision.</summary>
    public static Hdf5Type Float16 { get; } = new(Hdf5TypeClass.Float, 2);

    /// <summary>IEEE single precision.</summary>
    public static Hdf5Type Float32 { get; } = new(Hdf5TypeClass.Float, 4);

    /// <summary>IEEE double precision.</summary>
    public static Hdf5Type Float64 { get; } = new(Hdf5TypeClass.Float, 8);

    /// <summary>Half-size numbers with the exponent of single precision, as machine learning uses them.</summary>
    public static Hdf5Type BFloat16 { get; } = new(Hdf5TypeClass.BFloat16, 2);

    /// <summary>Numbers of 1 byte with 4 bits of exponent and 3 of mantissa.</summary>
    public static Hdf5Type Float8E4M3 { get; } = new(Hdf5TypeClass.Float8E4M3, 1);

    /// <summary>Numbers of 1 byte with 5 bits of exponent and 2 of mantissa.</summary>
    public static Hdf5Type Float8E5M2 { get; } = new(Hdf5TypeClass.Float8E5M2, 1);

    /// <summary>Truth values of 1 byte.</summary>
    public static Hdf5Type Boolean { get; } = new(Hdf5TypeClass.Boolean, 1);

    /// <summary>UTF-8 texts of their own length each.</summary>
    public static Hdf5Type Text { get; } = new(Hdf5TypeClass.String, 0);

    /// <summary>Elements of a number of bytes without a meaning to HDF5.</summary>
    /// <param name="size">The bytes of an element.</param>
    public static Hdf5Type Opaque(int size) => new(Hdf5TypeClass.Opaque, size);
}
