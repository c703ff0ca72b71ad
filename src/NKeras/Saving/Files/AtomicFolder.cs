namespace NKeras.Saving.Files;

/// <summary>
/// Writes a folder so that a reader finds either what was there before or all of the new content: it is made under another name and renamed. As no
/// system can exchange two folders at once, there is a moment at which the old one has the name <see cref="Previous"/>, where readers look, too.
/// </summary>
internal static class AtomicFolder
{
    /// <summary>Writes a folder, which is replaced if it is a model's.</summary>
    /// <param name="path">Where.</param>
    /// <param name="write">Gets the folder to write into.</param>
    /// <exception cref="IOException">It cannot be written, or something else is in its place.</exception>
    public static void Write(string path, Action<string> write)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(target)) throw new IOException($"'{path}' is a file; a folder cannot be written in its place.");
        if (Directory.Exists(target) && !FolderParts.Is(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new IOException($"The folder '{path}' holds something else than a model, so it is not replaced. Choose another, or empty it.");
        if (!Directory.Exists(Path.GetDirectoryName(target))) throw new DirectoryNotFoundException($"'{path}' cannot be written: there is no folder '{Path.GetDirectoryName(target)}'.");
        string temporary = AtomicFile.TemporaryBeside(target);
        try
        {
            Directory.CreateDirectory(temporary);
            write(temporary);
            Replace(target, temporary);
        }
        catch (Exception e)
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
            if (e is IOException) throw new IOException($"'{path}' cannot be written: {e.Message}{(Directory.Exists(target) ? " What was there is unchanged." : "")}", e);
            throw;
        }
    }

    /// <summary>Where the content of a folder is: in it or, if a process was killed in the middle of replacing it, under the other name.</summary>
    public static string Find(string path)
    {
        string target = Path.TrimEndingDirectorySeparator(path);
        return !Directory.Exists(target) && FolderParts.Is(Previous(target)) ? Previous(target) : target;
    }

    private static string Previous(string target) => Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.nkeras-previous");

    private static void Replace(string target, string temporary)
    {
        string previous = Previous(target);
        if (FolderParts.Is(target))
        {
            // What was left of an earlier replacement is older than what is there.
            if (FolderParts.Is(previous)) Directory.Delete(previous, recursive: true);
            Directory.Move(target, previous);
        }
        else if (Directory.Exists(target))
        {
            Directory.Delete(target);
        }

        Directory.Move(temporary, target);
        if (FolderParts.Is(previous)) Directory.Delete(previous, recursive: true);
    }
}
