namespace NKeras.Tests;

public class Crc32Tests
{
    /// <summary>Python's zlib.crc32 of bytes (7 i + n) mod 256.</summary>
    [Theory]
    [InlineData(0, 0u)]
    [InlineData(1, 0xA505DF1Bu)]
    [InlineData(15, 0xA0D418C5u)]
    [InlineData(16, 0x5A756064u)]
    [InlineData(63, 0xBEF0CA58u)]
    [InlineData(64, 0x869618E4u)]
    [InlineData(65, 0xA028EEE2u)]
    [InlineData(79, 0x96227360u)]
    [InlineData(80, 0x03419343u)]
    [InlineData(127, 0x93EA027Bu)]
    [InlineData(128, 0xAB4BF525u)]
    [InlineData(1000, 0x616D2259u)]
    [InlineData(4097, 0x2E367817u)]
    public void SumsAreZlibs(int length, uint expected)
    {
        byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)((7 * i) + length))];
        Assert.Equal(expected, Crc32.Of(bytes));
        foreach (int piece in new[] { 1, 3, 64, 100, 333 })
        {
            Crc32 sum = new();
            foreach (byte[] part in bytes.Chunk(piece)) sum.Add(part);
            Assert.Equal(expected, sum.Value);
        }
    }
}
