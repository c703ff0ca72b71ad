using NKeras.Hdf5.Reading;

namespace NKeras.Hdf5.Tests;

public class ChecksumTests
{
    // The values that Bob Jenkins's own lookup3.c prints for hashlittle with a start of 0.
    [Theory]
    [InlineData("", 0xdeadbeef)]
    [InlineData("Four score and seven years ago", 0x17770551)]
    public void IsLookup3(string text, uint expected) => Assert.Equal(expected, Checksum.Of(System.Text.Encoding.ASCII.GetBytes(text)));
}
