namespace NKeras.Saving;

/// <summary>A part of another stream, which is read in place.</summary>
/// <param name="stream">The other stream, which can seek.</param>
/// <param name="start">Where the part begins.</param>
/// <param name="length">How many bytes it has.</param>
/// <param name="reading">Bounds how long reading may take.</param>
/// <param name="leaveOpen">Whether the other stream stays open when this is disposed.</param>
internal sealed class WindowStream(Stream stream, long start, long length, Reading reading, bool leaveOpen = true) : ReadOnlyStream(length)
{
    /// <inheritdoc/>
    protected override int ReadAt(long position, Span<byte> buffer)
    {
        reading.CheckTime();
        stream.Position = start + position;
        int count = stream.Read(buffer);
        return count > 0 ? count : throw new EndOfStreamException("The file became shorter while it was read.");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen) stream.Dispose();
        base.Dispose(disposing);
    }
}
