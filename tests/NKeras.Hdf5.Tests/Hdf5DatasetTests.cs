namespace NKeras.Hdf5.Tests;

public class Hdf5DatasetTests
{
    [Theory]
    [InlineData("links", "outside", "'/outside': its elements are in other files (external storage), which is refused")]
    [InlineData("virtual", "virtual", "'/virtual': its elements are those of other datasets (a virtual dataset), which is refused")]
    [InlineData("unsupported", "types/le i4", "'/types/le i4': it is written with the filter 5 ('nbit'), which is not supported")]
    [InlineData("unsupported", "types/le i2", "'/types/le i2': it is written with the filter 6 ('scaleoffset'), which is not supported")]
    [InlineData("everyday", "types/compound", "'/types/compound': elements of the type compound are not supported")]
    [InlineData("everyday", "types/sequences", "elements of the type sequence of its own length are not supported")]
    public void WhatIsNotReadIsRefusedByName(string fixture, string path, string message)
    {
        using Hdf5File file = Fixtures.Open(fixture);
        Hdf5Dataset dataset = (Hdf5Dataset)file.Root[path];
        byte[] destination = new byte[dataset.Count * dataset.Type.Size];
        Assert.Contains(message, Assert.Throws<Hdf5Exception>(() => dataset.Read(destination)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadingAsTheWrongKindIsTheCallersMistake()
    {
        using Hdf5File file = Fixtures.Open("everyday");
        Hdf5Dataset numbers = (Hdf5Dataset)file.Root["types/le f4"], texts = (Hdf5Dataset)file.Root["types/own length"];
        Assert.Contains("'/types/le f4' has 6 elements of 4 bytes; the destination has 20 bytes", Assert.Throws<ArgumentException>(() => numbers.Read(new byte[20])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(numbers.ReadTexts);
        Assert.Throws<ArgumentException>(() => texts.Read(new byte[64]));
        Assert.Throws<InvalidOperationException>(file.Root.Attributes["flag"].ReadTexts);
        Assert.Throws<InvalidOperationException>(() => file.Root.Attributes["backend"].ReadBytes());
    }

    /// <summary>h5py writes an empty list as no float64 numbers.</summary>
    [Theory]
    [InlineData("no_names")]
    [InlineData("empty")]
    public void NoElementsAreNoTexts(string name)
    {
        using Hdf5File file = Fixtures.Open("everyday");
        Assert.Equal(Hdf5TypeClass.Float, file.Root.Attributes[name].Type.Class);
        Assert.Empty(file.Root.Attributes[name].ReadTexts());
    }

    [Theory]
    [InlineData("everyday", "types/le f4", 24)]
    [InlineData("everyday", "types/compact", 16)]
    [InlineData("everyday", "types/none", 0)]
    [InlineData("chunks", "plain", 5 * 5 * (5 * 4 * 4))]
    [InlineData("chunks", "unwritten", 0)]
    [InlineData("chunks-v110", "plain", 5 * 5 * (5 * 4 * 4))]
    [InlineData("chunks-v110", "holes", 16)]
    public void StoredBytesAreThoseOfTheFile(string fixture, string path, long expected)
    {
        using Hdf5File file = Fixtures.Open(fixture);
        Assert.Equal(expected, ((Hdf5Dataset)file.Root[path]).StoredBytes);
    }

    [Fact]
    public void ChunksThatAreTooLargeAreRefused()
    {
        using Hdf5File file = Fixtures.Open("chunks", new Hdf5Limits { MaxChunkBytes = 79 });
        Hdf5Dataset dataset = (Hdf5Dataset)file.Root["plain"];
        byte[] destination = new byte[dataset.Count * 4];
        Assert.Contains("MaxChunkBytes", Assert.Throws<Hdf5Exception>(() => dataset.Read(destination)).Message, StringComparison.Ordinal);
    }
}
