namespace NKeras.Hdf5.Tests;

public class Hdf5FileTests
{
    [Fact]
    public void FilesAreToldByTheirFirstBytes()
    {
        foreach (string name in Fixtures.Names)
            Assert.True(Hdf5File.IsHdf5(new MemoryStream(Fixtures.Bytes(name))), name);
        Assert.False(Hdf5File.IsHdf5(new MemoryStream()));
        Assert.False(Hdf5File.IsHdf5(new MemoryStream([0x89, (byte)'H'])));
        Assert.False(Hdf5File.IsHdf5(new MemoryStream(new byte[5000])));
    }

    [Fact]
    public void AskingLeavesThePositionAsItWas()
    {
        MemoryStream stream = new(Fixtures.Bytes("everyday")) { Position = 7 };
        Assert.True(Hdf5File.IsHdf5(stream));
        Assert.Equal(7, stream.Position);
    }

    [Fact]
    public void WhatIsNoHdf5FileIsRefusedByName()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string path = Path.Combine(folder, "model.h5");
            File.WriteAllText(path, "no HDF5");
            Assert.Contains(path, Assert.Throws<Hdf5Exception>(() => Hdf5File.Open(path)).Message, StringComparison.Ordinal);
            Assert.Throws<FileNotFoundException>(() => Hdf5File.Open(Path.Combine(folder, "missing.h5")));
            Assert.Throws<UnauthorizedAccessException>(() => Hdf5File.Open(folder));

            File.WriteAllBytes(path, Fixtures.Bytes("everyday"));
            using (Hdf5File file = Hdf5File.Open(path))
                Assert.Equal("3.16.0", file.Root.Attributes["keras_version"].ReadTexts().Single());
            File.Delete(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void StreamsAreClosedUnlessTheyAreToStayOpen()
    {
        MemoryStream stream = new(Fixtures.Bytes("everyday"));
        Hdf5File.Open(stream, leaveOpen: true).Dispose();
        Assert.True(stream.CanRead);
        Hdf5File.Open(stream).Dispose();
        Assert.False(stream.CanRead);

        stream = new MemoryStream(new byte[100]);
        Assert.Throws<Hdf5Exception>(() => Hdf5File.Open(stream));
        Assert.False(stream.CanRead);
    }

    [Fact]
    public void NothingIsReadAfterItIsClosed()
    {
        Hdf5File file = Fixtures.Open("everyday");
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Root["types/le f4"]);
    }

    [Fact]
    public void OpeningReadsNoDataset()
    {
        ReadCounter stream = new(Fixtures.Bytes("large-attributes"));
        using Hdf5File file = Hdf5File.Open(stream);
        Assert.InRange(stream.BytesRead, 1, 40_000);
    }

    [Fact]
    public void ListingManyGroupsReadsTheirBytesOnceOrSo()
    {
        ReadCounter stream = new(Fixtures.Bytes("many"));
        using Hdf5File file = Hdf5File.Open(stream);
        Hdf5Group groups = (Hdf5Group)file.Root["groups"];
        foreach (string name in groups.Names)
            Assert.Empty(((Hdf5Group)groups[name]).Names);
        Assert.InRange(stream.Reads, 1, 20);
    }
}
