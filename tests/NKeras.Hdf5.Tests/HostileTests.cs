using System.Buffers.Binary;

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

    /// <summary>The first child of each old B-tree is made the tree itself.</summary>
    [Theory]
    [InlineData("many", 0, 8)]
    [InlineData("chunks", 1, 24)]
    public void TreesThatLeadBackToThemselvesAreRefused(string name, byte kind, int smallestKey)
    {
        byte[] bytes = Fixtures.Bytes(name);
        int sound = Whole.Read(new MemoryStream(bytes), Hdf5Limits.Default), found = 0;
        for (int at = bytes.AsSpan().IndexOf("TREE"u8); at >= 0; at = Next(bytes, at + 4))
        {
            if (bytes[at + 4] != kind || BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 6)) == 0)
                continue;

            // A chunk's key has 8 bytes more for each dimension; the address is where the first child is that lies in the file.
            int child = at + 24 + smallestKey;
            while (kind == 1 && BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(child)) < 800)
                child += 8;
            byte[] changed = [.. bytes];
            BinaryPrimitives.WriteInt64LittleEndian(changed.AsSpan(child), at);
            Assert.True(Whole.Read(new MemoryStream(changed), Hdf5Limits.Default) < sound, $"tree at {at}");
            found++;
        }

        Assert.InRange(found, 3, int.MaxValue);
    }

    [Theory]
    [InlineData(0x00, true)]
    [InlineData(0x08, true)]
    [InlineData(0x80, false)]
    public void UnknownMessagesAreRefusedIfReadersMustKnowThem(byte flags, bool isRead)
    {
        // The outermost group's attribute becomes a message of a kind that does not exist; the name comes 16 bytes after the message's beginning.
        byte[] bytes = [.. Fixtures.Bytes("superblock-1")];
        int at = bytes.AsSpan().IndexOf("\0text\0"u8) + 1 - 16;
        Assert.Equal(0x0c, bytes[at]);
        bytes[at] = 0x4e;
        bytes[at + 4] = flags;
        if (isRead)
        {
            using Hdf5File file = Hdf5File.Open(new MemoryStream(bytes));
            Assert.Empty(file.Root.Attributes);
        }
        else
        {
            Assert.Contains("unknown kind 78", Assert.Throws<Hdf5Exception>(() => Hdf5File.Open(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
        }
    }

    private static int Next(byte[] bytes, int from) => bytes.AsSpan(from).IndexOf("TREE"u8) is int next and >= 0 ? from + next : -1;
}
