using NKeras.Saving.Files;

namespace NKeras.Callbacks.Backups;

/// <summary>The folder of one run's backups: the latest, perhaps the one before it, and a lock while the run goes on.</summary>
internal sealed class BackupFolder(string path)
{
    private const string Latest = "latest.weights.h5", Before = $"{Latest}.bkp", Lock = "backup.lock";

    private FileStream? _lock;

    /// <summary>The backups that there are, the latest first.</summary>
    public IReadOnlyList<string> Backups => [.. new[] { File(Latest), File(Before) }.Where(System.IO.File.Exists)];

    /// <summary>Takes the folder for this run. It is made if there is none.</summary>
    /// <exception cref="IOException">It cannot be written, or another run has it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Open()
    {
        Release();
        if (System.IO.File.Exists(path)) throw new IOException($"The backup folder '{path}' is a file.");
        Directory.CreateDirectory(path);
        try
        {
            _lock = new FileStream(File(Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (System.IO.File.Exists(File(Lock)))
        {
            throw new IOException($"The backup folder '{path}' is in use by another run. Each run needs its own.", e);
        }

        AtomicFile.RemoveAbandoned(File(Latest), TimeSpan.Zero);
    }

    /// <summary>Writes the latest backup. The one that was it stays until the new one is whole.</summary>
    /// <param name="write">Writes it.</param>
    /// <param name="keepsBefore">Whether it stays longer, as the one before.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(Action<FileStream> write, bool keepsBefore)
    {
        // Somebody may have tidied up.
        Directory.CreateDirectory(path);
        if (keepsBefore && System.IO.File.Exists(File(Latest))) System.IO.File.Move(File(Latest), File(Before), overwrite: true);
        AtomicFile.Write(File(Latest), write);
    }

    /// <summary>Deletes the backups, and the folder unless something else is in it.</summary>
    // Keras: deletes whatever is in it, too.
    public void Delete()
    {
        System.IO.File.Delete(File(Before));
        System.IO.File.Delete(File(Latest));
        Release();
        if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any()) Directory.Delete(path);
    }

    /// <summary>Leaves the folder to other runs.</summary>
    public void Release()
    {
        _lock?.Dispose();
        _lock = null;
    }

    private string File(string name) => Path.Combine(path, name);
}
