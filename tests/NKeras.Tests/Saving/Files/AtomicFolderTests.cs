using NKeras.Saving.Files;

namespace NKeras.Tests.Saving.Files;

public sealed class AtomicFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => Path.Combine(_folder.FullName, "model");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnErrorLeavesWhatWasThereAndNothingElse()
    {
        AtomicFolder.Write(Target, f => File.WriteAllText(Path.Combine(f, "config.json"), "before"));
        IOException error = Assert.Throws<IOException>(() => AtomicFolder.Write(Target, f =>
        {
            File.WriteAllText(Path.Combine(f, "config.json"), "half");
            throw new IOException("No space left on device");
        }));
        Assert.StartsWith($"'{Target}' cannot be written: No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Contains("unchanged", error.Message, StringComparison.Ordinal);
        Assert.Equal("before", File.ReadAllText(Path.Combine(Target, "config.json")));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void AFileInItsPlaceIsAClearError()
    {
        File.WriteAllText(Target, "a file");
        Assert.Contains("is a file", Assert.Throws<IOException>(() => AtomicFolder.Write(Target, _ => { })).Message, StringComparison.Ordinal);
        Assert.Equal("a file", File.ReadAllText(Target));
    }

    [Fact]
    public void AMissingFolderAroundItIsAClearError() =>
        Assert.Contains("there is no folder", Assert.Throws<DirectoryNotFoundException>(() => AtomicFolder.Write(Path.Combine(Target, "inner"), _ => { })).Message, StringComparison.Ordinal);

    [Fact]
    public void AnEmptyFolderIsTaken()
    {
        Directory.CreateDirectory(Target);
        AtomicFolder.Write(Target, f => File.WriteAllText(Path.Combine(f, "config.json"), "new"));
        Assert.Equal("new", File.ReadAllText(Path.Combine(Target, "config.json")));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder.FullName));
    }
}
