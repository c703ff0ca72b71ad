using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace NKeras.Callbacks.TensorBoardFormat;

/// <summary>A file of TFRecords: before each record its length, and checksums of both.</summary>
/// <remarks>
/// It is open only while <see cref="Flush"/> writes, so nobody has to close it, whatever happens between two calls, and who reads it
/// meanwhile sees whole records.
/// </remarks>
internal sealed class RecordFile(string path)
{
    private const uint MaskDelta = 0xA282EAD8;

    private readonly ArrayBufferWriter<byte> _waiting = new();

    /// <summary>Adds a record, which <see cref="Flush"/> is to write.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)record.Length);
        _waiting.Write(length);
        AddChecksum(length);
        _waiting.Write(record);
        AddChecksum(record);
    }

    /// <summary>Writes the records that were added.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Flush()
    {
        if (_waiting.WrittenCount == 0) return;
        using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Write(_waiting.WrittenSpan);
        _waiting.ResetWrittenCount();
    }

    /// <summary>The CRC-32C of some bytes, changed so that files which hold checksums can be summed up themselves.</summary>
    internal static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte b in bytes) sum = BitOperations.Crc32C(sum, b);
        return BitOperations.RotateRight(~sum, 15) + MaskDelta;
    }

    private void AddChecksum(ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_waiting.GetSpan(sizeof(uint)), MaskedChecksum(bytes));
        _waiting.Advance(sizeof(uint));
    }
}
