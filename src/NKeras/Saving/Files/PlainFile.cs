namespace NKeras.Saving.Files;

/// <summary>Opens files that a folder of anybody's has: neither links, which lead elsewhere, nor pipes and devices, at which reading waits or does not end.</summary>
internal static class PlainFile
{
    /// <summary>Opens a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">Its name in messages.</param>
    /// <exception cref="InvalidDataException">It is a link.</exception>
    public static Stream Open(string path, string name)
    {
        FileInfo file = new(path);
        CheckNoLink(file, name);
        // Pipes and devices have no length, either, and opening them can take forever.
        return file.Exists && file.Length == 0
            ? new MemoryStream([], writable: false)
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
    }

    /// <summary>Refuses links.</summary>
    public static void CheckNoLink(FileSystemInfo entry, string name)
    {
        if (entry.LinkTarget != null) throw new InvalidDataException($"'{BadConfig.Excerpt(name)}' is a link to another file.");
    }
}
