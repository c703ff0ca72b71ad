namespace NKeras.Hdf5.Tests;

/// <summary>Files that are well formed and say what nobody should believe.</summary>
public class HostileTests
{
    [Theory]
    [InlineData("huge")]
    [InlineData("huge chunks")]
    public void SizesAreToldAndNotBelieved(string name)
    {
        using Hdf5File file = Fixtures.Open("hostile");
        Hdf5Dataset dataset = (Hdf5Dataset)file.Root[name];
        Assert.Equal(1L << 40, dataset.Count);
        Assert.Equal(0, dataset.StoredBytes);
        Assert.Throws<ArgumentException>(() => dataset.Read(new byte[1024]));
    }

    [Theory]
    [InlineData("huge texts")]
    [InlineData("many texts")]
    [InlineData("huge text")]
    public void TextsTakeNoMoreThanTheLimit(string name)
    {
        using Hdf5File file = Fixtures.Open("hostile");
        Hdf5Dataset dataset = (Hdf5Dataset)file.Root[name];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("MaxMetadataBytes", Assert.Throws<Hdf5Exception>(dataset.ReadTexts).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Hdf5Limits.Default.MaxMetadataBytes);
    }

    [Theory]
    [InlineData("bomb")]
    [InlineData("short")]
    [InlineData("noise")]
    [InlineData("byte")]
    [InlineData("cut")]
    [InlineData("dictionary")]
    [InlineData("lzf")]
    public void ChunksThatDoNotInflateToTheirSizeAreRefused(string name)
    {
        using Hdf5File file = Fixtures.Open("hostile");
        byte[] destination = new byte[1000];
        Hdf5Dataset dataset = (Hdf5Dataset)file.Root[name];
        Assert.Contains($"'/{name}': a chunk", Assert.Throws<Hdf5Exception>(() => dataset.Read(destination)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWrongChecksumIsRefused()
    {
        using Hdf5File file = Fixtures.Open("hostile");
        Hdf5Dataset dataset = (Hdf5Dataset)file.Root["checksum"];
        Assert.Contains("checksum of a chunk is wrong", Assert.Throws<Hdf5Exception>(() => dataset.Read(new byte[10])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GroupsWithMorePathsThanAnyoneCanWalkEnd()
    {
        using Hdf5File file = Fixtures.Open("hostile", new Hdf5Limits { MaxObjects = 10_000 });
        Assert.Contains("MaxObjects", Assert.Throws<Hdf5Exception>(() => Walk((Hdf5Group)file.Root["ways"])).Message, StringComparison.Ordinal);

        static void Walk(Hdf5Group group)
        {
            foreach (string name in group.Names)
                Walk((Hdf5Group)group[name]);
        }
    }

    /// <summary>In a file with checksums, a byte that has changed anywhere in a header is found.</summary>
    [Fact]
    public void ChecksumsFindChangedBytes()
    {
        byte[] bytes = Fixtures.Bytes("swmr");
        for (int at = 8; at < 48 + 100; at++)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 1;
            Assert.Throws<Hdf5Exception>(() => Hdf5File.Open(new MemoryStream(changed)));
        }
    }
}
