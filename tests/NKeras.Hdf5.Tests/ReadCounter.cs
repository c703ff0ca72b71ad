namespace NKeras.Hdf5.Tests;

/// <summary>A file in memory that counts what is read of it.</summary>
internal sealed class ReadCounter(byte[] bytes) : MemoryStream(bytes, writable: false)
{
    public long BytesRead { get; private set; }

    public int Reads { get; private set; }

    // A MemoryStream that is derived from reads spans through this too.
    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = base.Read(buffer, offset, count);
        BytesRead += read;
        Reads++;
        return read;
    }
}
