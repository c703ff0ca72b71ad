namespace NKeras.Hdf5.Writing;

/// <summary>The part of a stream that a dataset's elements go to: exactly their size.</summary>
internal sealed class SizedStream(Stream stream, DatasetContent dataset) : Stream
{
    private long _written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _written;
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidOperationException">Less was written than the dataset's size.</exception>
    public void CheckComplete()
    {
        if (_written != dataset.Bytes)
            throw new InvalidOperationException($"Dataset \"{dataset.Path}\" takes {dataset.Bytes} bytes, but only {_written} were written.");
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > dataset.Bytes - _written)
            throw new InvalidOperationException($"Dataset \"{dataset.Path}\" takes {dataset.Bytes} bytes, but {_written + buffer.Length} or more were written.");
        stream.Write(buffer);
        _written += buffer.Length;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
