using System.IO.Compression;
using System.Reflection;
using System.Text;
using NKeras.Saving;

namespace NKeras.Tests.Saving;

public class SafeArchiveTests
{
    private static readonly byte[] s_text = Encoding.UTF8.GetBytes("{\"units\": 3}");

    [Theory]
    [InlineData("python.zip")]
    [InlineData("python_streamed.zip")]
    [InlineData("python_zip64.zip")]
    [InlineData("infozip.zip")]
    [InlineData("infozip_streamed.zip")]
    [InlineData("jar.zip")]
    public void ArchivesOfOtherProgramsAreRead(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)!;
        Assert.True(SafeArchive.IsZip(stream));
        using SafeArchive archive = SafeArchive.Open(stream, LoadPolicy.Default);
        Assert.Equal(["assets/ünder/vocab.txt", "config.json", "metadata.json", "model.weights.h5"], archive.Names.Order(StringComparer.Ordinal));
        string weights = string.Concat(Enumerable.Repeat("weights", 30));
        Assert.Equal(weights, Encoding.UTF8.GetString(archive.ReadAll("model.weights.h5", 1000)));
        Assert.Equal(210, archive.SizeOf("model.weights.h5"));
        Assert.Equal("a\n", Encoding.UTF8.GetString(archive.ReadAll("assets/ünder/vocab.txt", 2)));
        using Stream opened = archive.OpenSeekable("model.weights.h5");
        Assert.Equal(210, opened.Length);
        opened.Seek(-7, SeekOrigin.End);
        byte[] last = new byte[100];
        Assert.Equal(7, opened.ReadAtLeast(last, last.Length, throwOnEndOfStream: false));
        Assert.Equal("weights", Encoding.UTF8.GetString(last, 0, 7));
        opened.Position = 3;
        opened.ReadExactly(last.AsSpan(0, 4));
        Assert.Equal("ghts", Encoding.UTF8.GetString(last, 0, 4));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void LargeMembersAreReadFromAnywhere(CompressionLevel level)
    {
        byte[] content = new byte[2_500_000];
        new Random(1).NextBytes(content.AsSpan(0, 1_300_000));
        MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("empty", level).Open().Dispose();
            using Stream entry = zip.CreateEntry("large", level).Open();
            entry.Write(content);
        }

        using SafeArchive archive = SafeArchive.Open(stream, LoadPolicy.Default);
        Assert.Empty(archive.ReadAll("empty", 0));
        Assert.Equal(content, archive.ReadAll("large", content.Length));
        using Stream opened = archive.OpenSeekable("large");
        byte[] piece = new byte[5000];
        foreach (int position in new[] { 2_495_000, 0, 1_048_570, 1_299_999, 1_048_576 })
        {
            opened.Position = position;
            opened.ReadExactly(piece);
            Assert.Equal(content[position..(position + piece.Length)], piece);
        }

        Assert.Contains("2500000", Refusal(() => archive.ReadAll("large", 2_499_999)), StringComparison.Ordinal);
    }

    [Fact]
    public void AStoredMemberIsNotHeldInMemory()
    {
        MemoryStream stream = new(ZipBytes.Of(("weights", new byte[50_000_000])));
        long before = GC.GetAllocatedBytesForCurrentThread();
        using SafeArchive archive = SafeArchive.Open(stream, new LoadPolicy { MaxMemoryBytes = 100_000 });
        using Stream opened = archive.OpenSeekable("weights");
        Assert.Equal(50_000_000, opened.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void SizesMayFollowTheData(bool signature, bool wide)
    {
        ZipMember member = new("config.json", s_text) { Flags = 8, OwnCrc = 0, OwnSize = 0, OwnStoredSize = 0, After = ZipBytes.Descriptor(s_text, signature, wide) };
        Assert.Equal(s_text, OpenOf([member, new("b", [1])]).ReadAll("config.json", 100));
        Assert.Contains("config.json", Refusal(() => OpenOf([member with { After = ZipBytes.Descriptor([1, 2], signature, wide) }])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../config.json", "straight down")]
    [InlineData("assets/../../config.json", "straight down")]
    [InlineData("assets//config.json", "straight down")]
    [InlineData("./config.json", "straight down")]
    [InlineData("..", "straight down")]
    [InlineData("a//", "straight down")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("//server/share", "absolute")]
    [InlineData("C:/config.json", "drive")]
    [InlineData("c:config.json", "drive")]
    [InlineData("assets\\config.json", "back-slash")]
    [InlineData("\\\\server\\share", "back-slash")]
    [InlineData("config.json\0.txt", "control character")]
    [InlineData("a\u001b[2J", "control character")]
    [InlineData("a\u0085", "control character")]
    [InlineData("", "empty")]
    [InlineData("CON", "device")]
    [InlineData("assets/nul", "device")]
    [InlineData("aux.txt", "device")]
    [InlineData("Com1.h5", "device")]
    [InlineData("lpt¹", "device")]
    [InlineData("CONIN$", "device")]
    [InlineData("NUL .txt", "device")]
    [InlineData("config.json.", "dot or a space")]
    [InlineData("assets /config.json", "dot or a space")]
    public void NamesThatLeadAstrayAreRefused(string name, string why)
    {
        string message = Refusal(() => OpenOf([new("config.json.gz", []), new(name, name.EndsWith('/') ? [] : s_text)]));
        Assert.Contains(why, message, StringComparison.Ordinal);
        Assert.DoesNotContain(message, char.IsControl);
    }

    [Theory]
    [InlineData("config.json", "config.json")]
    [InlineData("config.json", "CONFIG.json")]
    [InlineData("assets/", "assets")]
    public void TwoMembersOfOneNameAreRefused(string first, string second)
    {
        string message = Refusal(() => OpenOf([new(first, first.EndsWith('/') ? [] : s_text), new("other", [7]), new(second, [9])]));
        Assert.Contains($"'{second}'", message, StringComparison.Ordinal);
        Assert.Contains("same name", message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoSpellingsOfOneNameAreRefused() =>
        // Without ICU nothing is known of spellings: combining marks are refused then.
        Assert.Contains("refused", Refusal(() => OpenOf([new("é", s_text), new("other", [7]), new("e\u0301", [9])])), StringComparison.Ordinal);

    [Fact]
    public void NamesThatAreNotUtf8AreRefused() => Assert.Contains("UTF-8", Refusal(() => OpenOf([new("x", s_text) { RawName = [0x63, 0xFF] }])), StringComparison.Ordinal);

    [Fact]
    public void MembersWhoseHeaderAndDirectoryDisagreeAreRefused()
    {
        ZipMember plain = new("config.json", s_text);
        Dictionary<string, ZipMember> bad = new()
        {
            ["another name"] = plain with { OwnName = Encoding.ASCII.GetBytes("config.jso2") },
            ["another kind of compression"] = plain with { OwnMethod = 8 },
            ["size or checksum"] = plain with { OwnCrc = 1 },
            ["on its size"] = plain with { OwnSize = 3 },
            ["agree on its size"] = plain with { OwnStoredSize = 3 },
            ["where its size is said"] = plain with { OwnFlags = 8 },
            ["encrypted"] = plain with { Flags = 1 },
            ["is encrypted"] = plain with { OwnFlags = 1 },
            ["refused: it is encrypted"] = plain with { Flags = 1 << 6 },
            ["flags 0x1000"] = plain with { Flags = 1 << 12 },
            ["flags 0x0020"] = plain with { OwnFlags = 1 << 5 },
            ["method 12"] = plain with { Method = 12 },
            ["method 99"] = plain with { Method = 99 },
            ["method 9"] = plain with { Method = 9 },
            ["another disk"] = plain with { Disk = 1 },
            ["a link"] = plain with { Attributes = 0xA1FFu << 16 },
            ["no file"] = plain with { Attributes = 0x2000u << 16 },
            ["file and a folder"] = plain with { Attributes = 0x41EDu << 16 },
            ["a file and a folder at once"] = plain with { Name = "folder/" },
            ["beyond the members' end"] = plain with { Size = 100_000, StoredSize = 100_000, OwnSize = 100_000, OwnStoredSize = 100_000 },
            ["stored as it is"] = plain with { Size = 5 },
            ["not where the directory says"] = plain with { Offset = 3 },
            ["beyond"] = plain with { Offset = 100_000 },
            ["too short"] = plain with { Size = uint.MaxValue, Extra = [1, 0, 4, 0, 1, 2, 3, 4] },
            ["two fields"] = plain with { Extra = [1, 0, 0, 0, 1, 0, 0, 0] },
            ["no file's size"] = plain with { Size = uint.MaxValue, Extra = [1, 0, 8, 0, 255, 255, 255, 255, 255, 255, 255, 255] },
            ["field gives it another name"] = plain with { Extra = [0x75, 0x70, 6, 0, 1, 0, 0, 0, 0, 0x78] },
        };
        foreach ((string why, ZipMember member) in bad)
        {
            string message = Refusal(() => OpenOf([new("first", [1]), member]));
            Assert.Contains(why, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void MembersThatOverlapAreRefused()
    {
        // A member whose bytes are the next one's header and content: a quine, and how a bomb of "zblg" is made.
        byte[] inner = new byte[200], honest = ZipBytes.Of(("b", inner));
        int size = 30 + 1 + inner.Length;
        ZipMember around = new("a", honest[..size]) { Stored = [], StoredSize = (uint)size };
        Assert.Contains("overlap", Refusal(() => OpenOf([around, new("b", inner), new("c", [])])), StringComparison.Ordinal);
    }

    [Fact]
    public void EndRecordsThatAreNotWhatTheySeemAreRefused()
    {
        ZipMember[] members = [new("config.json", s_text)];
        byte[] good = ZipBytes.Of(members);
        Assert.Contains("no end record", Refusal(() => Open(good[..^1])), StringComparison.Ordinal);
        Assert.Contains("no end record", Refusal(() => Open([])), StringComparison.Ordinal);
        Assert.Contains("no end record", Refusal(() => Open([.. good, 0])), StringComparison.Ordinal);
        Assert.Contains("several files", Refusal(() => Open(ZipBytes.Of(members, disk: 1))), StringComparison.Ordinal);
        Assert.Contains("cannot hold", Refusal(() => Open(ZipBytes.Of(members, count: 2))), StringComparison.Ordinal);
        Assert.Contains("after its last", Refusal(() => Open(ZipBytes.Of([.. members, new("b", [])], count: 1))), StringComparison.Ordinal);
        Assert.Contains("end record says", Refusal(() => Open(ZipBytes.Of(members, betweenDirectoryAndEnd: new byte[10]))), StringComparison.Ordinal);
        Assert.Contains("end record says", Refusal(() => Open([0, .. good])), StringComparison.Ordinal);
        // A second archive in the comment, whose own end record ends where the file does.
        byte[] second = ZipBytes.Of(("config.json", "{}"u8.ToArray()));
        Assert.Contains("two end records", Refusal(() => Open(ZipBytes.Of(members, comment: second))), StringComparison.Ordinal);
        byte[] locator = [0x50, 0x4B, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];
        Assert.Contains("zip64", Refusal(() => Open(ZipBytes.Of(members, betweenDirectoryAndEnd: locator))), StringComparison.Ordinal);
    }

    [Fact]
    public void DamageIsFound()
    {
        byte[] content = new byte[1000];
        foreach (bool deflated in new[] { false, true })
        {
            using SafeArchive archive = OpenOf([new("config.json", content) { Deflated = deflated, Crc = 77 }]);
            Assert.Contains("'config.json': it is damaged", Refusal(() => archive.ReadAll("config.json", 1000)), StringComparison.Ordinal);
            Assert.Contains("checksum", Refusal(() => archive.OpenSeekable("config.json")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WhatIsInflatedIsCountedAsItComes()
    {
        byte[] zeros = new byte[100_000_000];
        byte[] deflated = ZipBytes.Deflate(zeros);
        ZipMember bomb = new("model.weights.h5", zeros) { Deflated = true, Stored = deflated };
        LoadPolicy policy = new() { MaxMemoryBytes = 10_000_000 };
        AssertBounded(bomb, "that the policy allows");
        AssertBounded(bomb with { Size = 5000 }, "does not");
        AssertBounded(bomb with { Size = 0 }, "does not");
        AssertBounded(bomb with { Size = 0x7FFFFFFF }, "cannot be");
        AssertBounded(bomb with { Size = 100_000_001 }, "that the policy allows");

        void AssertBounded(ZipMember member, string why)
        {
            byte[] file = ZipBytes.Of([member]);
            long before = GC.GetAllocatedBytesForCurrentThread();
            using SafeArchive archive = SafeArchive.Open(new MemoryStream(file), policy);
            string message = Refusal(() => archive.OpenSeekable("model.weights.h5"));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 15_000_000);
            Assert.Contains(why, message, StringComparison.Ordinal);
            Assert.Contains("model.weights.h5", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WhatAllMembersTakeIsCountedTogether()
    {
        using SafeArchive archive = SafeArchive.Open(new MemoryStream(ZipBytes.Of([.. Enumerable.Range(0, 20).Select(i => new ZipMember($"m{i}", new byte[1_000_000]) { Deflated = true })])), new LoadPolicy { MaxMemoryBytes = 10_000_000 });
        for (int i = 0; i < 4; i++) archive.ReadAll($"m{i}", 1_000_000);
        Assert.Contains("policy", Refusal(() =>
        {
            for (int i = 4; i < 20; i++) archive.ReadAll($"m{i}", 1_000_000);
        }), StringComparison.Ordinal);
    }

    [Fact]
    public void MembersAndTimeAreCounted()
    {
        byte[] file = ZipBytes.Of(Enumerable.Range(0, 1000).Select(i => ($"assets/{i}", Array.Empty<byte>())));
        Assert.Contains("1000 members", Refusal(() => SafeArchive.Open(new MemoryStream(file), new LoadPolicy { MaxObjects = 999 })), StringComparison.Ordinal);
        Assert.Contains("directory", Refusal(() => SafeArchive.Open(new MemoryStream(file), new LoadPolicy { MaxConfigBytes = 10_000 })), StringComparison.Ordinal);
        Assert.Contains("directory", Refusal(() => SafeArchive.Open(new MemoryStream(file), new LoadPolicy { MaxMemoryBytes = 100_000 })), StringComparison.Ordinal);
        Assert.Contains("takes longer", Refusal(() => SafeArchive.Open(new MemoryStream(file), new LoadPolicy { MaxTime = TimeSpan.Zero })), StringComparison.Ordinal);
        Assert.Equal(1000, SafeArchive.Open(new MemoryStream(file), new LoadPolicy { MaxObjects = 1000 }).Names.Count);
    }

    [Fact]
    public void OnlyExactNamesAreFound()
    {
        using SafeArchive archive = OpenOf([new("config.json", s_text), new("assets/", [])]);
        Assert.True(archive.Contains("config.json"));
        foreach (string name in new[] { "Config.json", "./config.json", "/config.json", "config.json ", "assets/", "assets", "x/../config.json" })
        {
            Assert.False(archive.Contains(name));
            Assert.Contains("It has: 'config.json'.", Refusal(() => archive.ReadAll(name, 100)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void OnlyArchivesBeginAsArchives()
    {
        Assert.True(SafeArchive.IsZip(new MemoryStream(ZipBytes.Of(("a", [1])))));
        Assert.True(SafeArchive.IsZip(new MemoryStream(ZipBytes.Of())));
        Assert.False(SafeArchive.IsZip(new MemoryStream([0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10, 26, 10])));
        Assert.False(SafeArchive.IsZip(new MemoryStream([0x50, 0x4B])));
        Assert.False(SafeArchive.IsZip(new MemoryStream()));
    }

    private static SafeArchive OpenOf(IEnumerable<ZipMember> members) => Open(ZipBytes.Of(members));

    private static SafeArchive Open(byte[] file) => SafeArchive.Open(new MemoryStream(file), LoadPolicy.Default);

    private static string Refusal(Action action) => Assert.Throws<InvalidDataException>(action).Message;

    private static string Refusal(Func<object> action) => Assert.Throws<InvalidDataException>(action).Message;
}
