namespace NKeras;

/// <summary>The CRC-32 of zip and PNG, summed up piece by piece.</summary>
internal struct Crc32()
{
    private const uint Polynomial = 0xEDB88320;
    private const int ByteValues = 256;

    private static readonly uint[] s_table = [.. Enumerable.Range(0, ByteValues).Select(Entry)];

    private uint _state = uint.MaxValue;

    /// <summary>The sum of what was added so far.</summary>
    public readonly uint Value => ~_state;

    /// <summary>The sum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        Crc32 sum = new();
        sum.Add(bytes);
        return sum.Value;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint state = _state;
        foreach (byte b in bytes) state = s_table[(byte)(state ^ b)] ^ (state >> 8);
        _state = state;
    }

    private static uint Entry(int value)
    {
        uint entry = (uint)value;
        for (int bit = 0; bit < 8; bit++) entry = (entry & 1) == 0 ? entry >> 1 : (entry >> 1) ^ Polynomial;
        return entry;
    }
}
