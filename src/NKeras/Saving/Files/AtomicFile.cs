namespace NKeras.Saving.Files;

/// <summary>
/// Writes a file so that its path names either what was there before or all of the new content, whatever happens in between: to a temporary
/// file beside it, flushed to the disk, and then renamed.
/// </summary>
internal static class AtomicFile
{
    private const string Ending = ".nkeras-tmp";

    /// <summary>How old a temporary file is before it can be taken for one that a killed process left.</summary>
    private static readonly TimeSpan s_abandoned = TimeSpan.FromMinutes(10);

    /// <summary>Writes a file, which is replaced if it is there.</summary>
    /// <param name="path">Where.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">It cannot be written; what was there is untouched, and the temporary file is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">It, or its folder, may not be written.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        string target = Target(path);
        string temporary = TemporaryBeside(target);
        RemoveAbandoned(target, s_abandoned);
        try
        {
            using (FileStream stream = Create(path, temporary))
            {
                KeepMode(target, temporary);
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e)
        {
            Remove(temporary);
            // What the disk said is kept; which of the two files it was about is not the user's concern.
            if (e is IOException and not ModelFileException) throw new IOException($"'{path}' cannot be written: {e.Message}{(File.Exists(target) ? " What was there is unchanged." : "")}", e);
            throw;
        }
    }

    /// <summary>A name beside a file or folder that nothing has.</summary>
    public static string TemporaryBeside(string target) => Path.Combine(Folder(target), $".{Path.GetFileName(target)}.{Guid.NewGuid():N}{Ending}");

    /// <summary>What a path leads to in the end, which is what is replaced: links stay.</summary>
    /// <exception cref="IOException">It is a folder, or the folder it is to be in does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">It is marked read-only.</exception>
    private static string Target(string path)
    {
        string target = Path.GetFullPath(path);
        if (new FileInfo(target).LinkTarget != null) target = File.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;
        if (Directory.Exists(target)) throw new IOException($"'{path}' is a folder; a file cannot be written in its place.");
        // To rename over it would put a file in its place for everybody.
        if (target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/dev/shm/", StringComparison.Ordinal)) throw new IOException($"'{path}' is a device; a file cannot be written in its place.");
        if (!Directory.Exists(Folder(target))) throw new DirectoryNotFoundException($"'{path}' cannot be written: there is no folder '{Folder(target)}'.");
        if (File.Exists(target) && File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly)) throw new UnauthorizedAccessException($"'{path}' is read-only.");
        return target;
    }

    private static string Folder(string target) => Path.GetDirectoryName(target) ?? throw new IOException($"'{target}' is a folder; a file cannot be written in its place.");

    private static FileStream Create(string path, string temporary)
    {
        try
        {
            // Locked, by which another process can tell that it is not abandoned.
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException($"'{path}' cannot be written: files cannot be made in its folder. {e.Message}", e);
        }
    }

    private static void KeepMode(string target, string temporary)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
    }

    /// <summary>Deletes what processes that were killed while they wrote a file have left.</summary>
    /// <param name="target">The file.</param>
    /// <param name="age">How old it must be: a writer that is alive may be about to rename it.</param>
    public static void RemoveAbandoned(string target, TimeSpan age)
    {
        foreach (string left in Directory.EnumerateFiles(Folder(target), $".{Path.GetFileName(target)}.*{Ending}"))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(left) < age) continue;
            try
            {
                using FileStream unused = new(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is in use after all, or not ours to delete.
            }
        }
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that brought us here says more.
        }
    }
}
