namespace NKeras.Hdf5;

/// <summary>A file is no HDF5 file, is damaged, or uses what is refused or not supported. The message says where in the file.</summary>
public sealed class Hdf5Exception : IOException
{
    /// <summary>Creates one.</summary>
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="innerException">What it came from; null for none.</param>
    public Hdf5Exception(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
