namespace NKeras.Tests;

/// <summary>A new, empty folder for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("nkeras-").FullName;

    /// <summary>Every file below the folder, relative to it, sorted.</summary>
    public string[] Files => [.. Directory.EnumerateFiles(FullName, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(FullName, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public string this[string relative] => Path.Combine([FullName, .. relative.Split('/')]);

    public string Write(string relative, byte[] content)
    {
        string path = this[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
