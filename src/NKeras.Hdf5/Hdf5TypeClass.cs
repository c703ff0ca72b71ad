namespace NKeras.Hdf5;

/// <summary>The kinds of elements that datasets and attributes have.</summary>
public enum Hdf5TypeClass
{
    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Floating-point numbers of IEEE 754.</summary>
    Float,

    /// <summary>The upper halves of single-precision numbers. Libraries that do not know them as numbers write them as <see cref="Opaque"/>.</summary>
    BFloat16,

    /// <summary>Numbers of 1 byte with 4 bits of exponent and 3 of mantissa.</summary>
    Float8E4M3,

    /// <summary>Numbers of 1 byte with 5 bits of exponent and 2 of mantissa.</summary>
    Float8E5M2,

    /// <summary>Truth values, which h5py keeps as an enumeration of FALSE and TRUE.</summary>
    Boolean,

    /// <summary>Texts, each of a fixed number of bytes or of its own length.</summary>
    String,

    /// <summary>Bytes without a meaning to HDF5, which is how h5py keeps element types of other libraries.</summary>
    Opaque,

    /// <summary>Anything else: it can be listed, not read.</summary>
    Other,
}
