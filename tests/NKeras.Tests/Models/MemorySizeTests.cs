using NKeras.Models;

namespace NKeras.Tests.Models;

public sealed class MemorySizeTests
{
    // What Keras's readable_memory_size gives.
    [Theory]
    [InlineData(0, "0.00 B")]
    [InlineData(1, "0.12 B")] // A boolean.
    [InlineData(3, "0.38 B")]
    [InlineData(8 * 1023, "1023.00 B")]
    [InlineData(8 * 1024, "1.00 KB")]
    [InlineData(8 * 1152, "1.12 KB")]
    [InlineData(8 * 1408, "1.38 KB")]
    [InlineData(8 * 1048571, "1024.00 KB")]
    [InlineData(8L * 1048576, "1.00 MB")]
    [InlineData(8L * 102764544, "98.00 MB")]
    [InlineData(8L * 1500000000000, "1.36 TB")]
    public void Texts(long bits, string expected) => Assert.Equal(expected, MemorySize.Text(bits));
}
