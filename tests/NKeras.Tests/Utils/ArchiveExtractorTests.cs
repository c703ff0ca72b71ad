using System.Formats.Tar;
using System.IO.Compression;
using NKeras.Downloads;

namespace NKeras.Tests;

public sealed class ArchiveExtractorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("zip")]
    [InlineData("tar")]
    [InlineData("tar.gz")]
    public void Files_and_folders_are_extracted(string kind)
    {
        string archive = _folder.Write("archive", Archive(kind, "a.txt", "sub/deep/b.txt", "./c.txt"));
        ArchiveExtractor.Extract(archive, _folder["out"], ArchiveFormat.Auto, CancellationToken.None);
        Assert.Equal(["archive", "out/a.txt", "out/c.txt", "out/sub/deep/b.txt"], _folder.Files);
        Assert.Equal("sub/deep/b.txt", File.ReadAllText(_folder["out/sub/deep/b.txt"]));
    }

    [Fact]
    public void Files_replace_those_of_the_same_name_and_leave_the_others()
    {
        _folder.Write("out/a.txt", [1]);
        _folder.Write("out/own.txt", [2]);
        ArchiveExtractor.Extract(_folder.Write("archive", Archive("zip", "a.txt")), _folder["out"], ArchiveFormat.Zip, CancellationToken.None);
        Assert.Equal("a.txt", File.ReadAllText(_folder["out/a.txt"]));
        Assert.Equal(["archive", "out/a.txt", "out/own.txt"], _folder.Files);
    }

    [Theory]
    [InlineData("zip", "../evil.txt")]
    [InlineData("tar", "../evil.txt")]
    [InlineData("tar.gz", "sub/../../evil.txt")]
    [InlineData("zip", "/tmp/nkeras-evil.txt")]
    [InlineData("tar", "/tmp/nkeras-evil.txt")]
    [InlineData("zip", @"..\evil.txt")]
    [InlineData("zip", @"C:\evil.txt")]
    [InlineData("tar", "C:evil.txt")]
    public void An_entry_that_leads_outside_refuses_the_whole_archive(string kind, string name)
    {
        InvalidDataException error = Refuses(Archive(kind, "good.txt", name));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists("/tmp/nkeras-evil.txt"));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.CharacterDevice)]
    public void Links_and_devices_in_a_tar_are_refused(TarEntryType type)
    {
        using MemoryStream stream = new();
        using (TarWriter tar = new(stream, leaveOpen: true))
        {
            PaxTarEntry entry = new(type, "link");
            if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink) entry.LinkName = "/etc/passwd";
            tar.WriteEntry(entry);
        }

        Refuses(stream.ToArray());
    }

    [Fact]
    public void Links_in_a_zip_are_refused()
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            ZipArchiveEntry entry = zip.CreateEntry("link");
            entry.ExternalAttributes = 0xA1FF << 16;
            using StreamWriter target = new(entry.Open());
            target.Write("/etc/passwd");
        }

        Refuses(stream.ToArray());
    }

    [Fact]
    public void Another_kind_of_file_is_no_archive()
    {
        Refuses([.. Enumerable.Repeat((byte)'x', 2000)]);
        Refuses([]);
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(new byte[2000]);
        Refuses(stream.ToArray());
    }

    [Theory]
    [InlineData("zip", "sub")]
    [InlineData("tar", "sub")]
    [InlineData("tar", ".")]
    public void A_file_named_like_a_folder_is_refused(string kind, string name) => Refuses(Archive(kind, "sub/a.txt", name));

    [Fact]
    public void A_size_that_no_file_can_have_is_refused()
    {
        byte[] tar = Archive("tar", "a.txt");
        // The size field of the first header, in tar's binary notation for large numbers; then the header's checksum.
        Span<byte> header = tar.AsSpan(..512);
        header[124..136].Fill(0xFF);
        header[124] = 0x80;
        header[148..156].Fill((byte)' ');
        int sum = 0;
        foreach (byte b in header) sum += b;
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ", header[148..156]);
        Refuses(tar);
    }

    [Theory]
    [InlineData("zip", ArchiveFormat.Tar)]
    [InlineData("tar", ArchiveFormat.Zip)]
    internal void An_archive_of_another_format_than_asked_for_is_refused(string kind, ArchiveFormat format)
    {
        string archive = _folder.Write("archive", Archive(kind, "a.txt"));
        Assert.Throws<InvalidDataException>(() => ArchiveExtractor.Extract(archive, _folder["out"], format, CancellationToken.None));
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar")]
    [InlineData("tar.gz")]
    public void Damaged_archives_are_refused_or_extracted_but_never_crash(string kind)
    {
        byte[] good = Archive(kind, "a.txt", "sub/b.txt", "c.txt");
        Random random = new(7);
        for (int round = 0; round < 300; round++)
        {
            byte[] bad = good.AsSpan(..(round % 2 == 0 ? random.Next(good.Length) : good.Length)).ToArray();
            for (int i = 0; i < 3 && bad.Length > 0; i++) bad[random.Next(bad.Length)] = (byte)random.Next(256);
            string archive = _folder.Write("archive", bad);
            try
            {
                ArchiveExtractor.Extract(archive, _folder["out"], ArchiveFormat.Auto, CancellationToken.None);
            }
            catch (Exception e) when (e is InvalidDataException || (e is IOException && e is not EndOfStreamException))
            {
                // An IOException is a name that the file system refuses.
            }

            Assert.DoesNotContain(_folder.Files, f => f.Contains(".part", StringComparison.Ordinal));
            Assert.All(_folder.Files, f => Assert.True(f == "archive" || f.StartsWith("out/", StringComparison.Ordinal), f));
        }
    }

    [Theory]
    [InlineData("data.tar.gz", "data.tar.gz", "data_extracted")]
    [InlineData("data", "data_archive", "data")]
    [InlineData(null, "data.bin_archive", "data.bin")]
    public void GetFile_downloads_and_extracts_where_Keras_does(string? name, string target, string extracted)
    {
        using LoopbackServer server = LoopbackServer.Sending(Archive("tar.gz", "a.txt"));
        Assert.Equal(_folder["datasets/" + extracted], Utils.GetFile(name, server.Url, extract: true, cacheDir: _folder.FullName));
        Assert.Equal(new[] { $"datasets/{target}", $"datasets/{extracted}/a.txt" }.Order(StringComparer.Ordinal), _folder.Files);
        Utils.GetFile(name, server.Url, untar: true, cacheDir: _folder.FullName);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public void GetFile_refuses_an_unknown_archive_format() =>
        Assert.Throws<ArgumentException>(() => Utils.GetFile("a", "http://127.0.0.1/a", extract: true, archiveFormat: "rar", cacheDir: _folder.FullName));

    private static byte[] Archive(string kind, params string[] names)
    {
        using MemoryStream stream = new();
        if (kind == "zip")
        {
            using ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (string name in names)
            {
                using StreamWriter content = new(zip.CreateEntry(name).Open());
                content.Write(name);
            }
        }
        else
        {
            using Stream target = kind == "tar" ? new BufferedStream(stream) : new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            using TarWriter tar = new(target, TarEntryFormat.Pax, leaveOpen: true);
            foreach (string name in names) tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(name)) });
            tar.Dispose();
            target.Flush();
            if (kind == "tar.gz") target.Dispose();
            return stream.ToArray();
        }

        return stream.ToArray();
    }

    private InvalidDataException Refuses(byte[] content)
    {
        string archive = _folder.Write("archive", content);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ArchiveExtractor.Extract(archive, _folder["out"], ArchiveFormat.Auto, CancellationToken.None));
        Assert.Equal(["archive"], _folder.Files);
        Assert.False(Directory.Exists(_folder["out"]));
        Assert.Contains(archive, error.Message, StringComparison.Ordinal);
        return error;
    }
}
