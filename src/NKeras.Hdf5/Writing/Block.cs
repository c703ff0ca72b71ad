namespace NKeras.Hdf5.Writing;

/// <summary>A piece of the file with its own address: its size is known before anything is written, its content may name others' addresses.</summary>
internal abstract class Block
{
    public const long Undefined = -1;

    public long Address { get; set; } = Undefined;

    /// <summary>Its size in bytes.</summary>
    public abstract long Size { get; }

    public abstract void Write(ByteWriter writer);
}
