using System.Text;
using NKeras.Saving.Files;

namespace NKeras.Tests.Saving.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path1 => Path.Combine(_folder.FullName, "a.bin");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WritesAndReplaces()
    {
        AtomicFile.Write(Path1, s => s.Write("one"u8));
        Assert.Equal("one", File.ReadAllText(Path1));
        AtomicFile.Write(Path1, s => s.Write("two"u8));
        Assert.Equal("two", File.ReadAllText(Path1));
        Assert.Equal([Path1], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void WhatIsThereStaysUntilAllIsWritten()
    {
        File.WriteAllText(Path1, "before");
        AtomicFile.Write(Path1, s =>
        {
            s.Write("half"u8);
            s.Flush();
            Assert.Equal("before", File.ReadAllText(Path1));
        });
        Assert.Equal("half", File.ReadAllText(Path1));
    }

    [Fact]
    public void AnErrorLeavesWhatWasThereAndNothingElse()
    {
        File.WriteAllText(Path1, "before");
        IOException error = Assert.Throws<IOException>(() => AtomicFile.Write(Path1, s =>
        {
            s.Write("half"u8);
            throw new IOException("No space left on device");
        }));
        Assert.Contains("a.bin", error.Message, StringComparison.Ordinal);
        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Contains("unchanged", error.Message, StringComparison.Ordinal);
        Assert.Equal("before", File.ReadAllText(Path1));
        Assert.Equal([Path1], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void OtherErrorsStayWhatTheyAre()
    {
        Assert.Throws<ArgumentException>(() => AtomicFile.Write(Path1, _ => throw new ArgumentException("not registered")));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void AFolderInPlaceOfTheFileIsAClearError()
    {
        Directory.CreateDirectory(Path1);
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => AtomicFile.Write(Path1, s => s.Write("x"u8))).Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path1));
    }

    [Fact]
    public void DevicesAreNotReplaced()
    {
        if (OperatingSystem.IsWindows()) return;
        string link = Path.Combine(_folder.FullName, "link");
        File.CreateSymbolicLink(link, "/dev/null");
        foreach (string path in new[] { "/dev/null", link }) Assert.Contains("is a device", Assert.Throws<IOException>(() => AtomicFile.Write(path, s => s.Write("x"u8))).Message, StringComparison.Ordinal);
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void AMissingFolderIsAClearError()
    {
        string path = Path.Combine(_folder.FullName, "none", "a.bin");
        Assert.Contains("there is no folder", Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(path, s => s.Write("x"u8))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AReadOnlyFileIsNotReplaced()
    {
        File.WriteAllText(Path1, "before");
        File.SetAttributes(Path1, FileAttributes.ReadOnly);
        try
        {
            Assert.Contains("read-only", Assert.Throws<UnauthorizedAccessException>(() => AtomicFile.Write(Path1, s => s.Write("x"u8))).Message, StringComparison.Ordinal);
            Assert.Equal("before", File.ReadAllText(Path1));
        }
        finally
        {
            File.SetAttributes(Path1, FileAttributes.Normal);
        }
    }

    [Fact]
    public void ALinkStaysAndItsTargetIsReplaced()
    {
        string link = Path.Combine(_folder.FullName, "link");
        File.WriteAllText(Path1, "before");
        File.CreateSymbolicLink(link, Path1);
        AtomicFile.Write(link, s => s.Write("after"u8));
        Assert.Equal("after", File.ReadAllText(Path1));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void TheFilesModeStays()
    {
        if (OperatingSystem.IsWindows()) return;
        File.WriteAllText(Path1, "before");
        File.SetUnixFileMode(Path1, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        AtomicFile.Write(Path1, s => s.Write("after"u8));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(Path1));
    }

    [Fact]
    public void WhatAKilledProcessLeftIsRemovedButNotWhatAnotherWrites()
    {
        string abandoned = AtomicFile.TemporaryBeside(Path1), fresh = AtomicFile.TemporaryBeside(Path1), other = AtomicFile.TemporaryBeside(Path1 + "2"), used = AtomicFile.TemporaryBeside(Path1);
        foreach (string file in new[] { abandoned, fresh, other, used }) File.WriteAllText(file, "half");
        foreach (string file in new[] { abandoned, other, used }) File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        using (new FileStream(used, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) AtomicFile.Write(Path1, s => s.Write("x"u8));
        Assert.False(File.Exists(abandoned));
        Assert.True(File.Exists(fresh));
        Assert.True(File.Exists(other));
        Assert.True(File.Exists(used));
    }

    [Fact]
    public async Task ManyWritersOfOneFileGiveOneOfTheirContents()
    {
        string[] contents = [.. Enumerable.Range(0, 8).Select(i => new string((char)('a' + i), 100_000))];
        await Task.WhenAll(contents.Select(c => Task.Run(() =>
        {
            for (int i = 0; i < 10; i++) AtomicFile.Write(Path1, s => s.Write(Encoding.ASCII.GetBytes(c)));
        })));
        Assert.Contains(File.ReadAllText(Path1), contents);
        Assert.Equal([Path1], Directory.GetFileSystemEntries(_folder.FullName));
    }
}
