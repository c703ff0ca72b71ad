namespace NKeras.Downloads;

/// <summary>Where downloaded files live: Keras's own cache, shared with Python.</summary>
internal static class CacheFolder
{
    /// <summary>The variable that moves the cache.</summary>
    public const string Variable = "KERAS_HOME";

    private const string DefaultName = ".keras";

    /// <summary>The cache of this process: <c>$KERAS_HOME</c>, else <c>~/.keras</c>, else <c>.keras</c> in the folder for temporary files.</summary>
    public static string Home() => Home(
        Environment.GetEnvironmentVariable(Variable),
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        Path.GetTempPath());

    /// <summary>The cache, given all that it depends on.</summary>
    /// <param name="variable">The value of <see cref="Variable"/>, if any.</param>
    /// <param name="userFolder">The user's home.</param>
    /// <param name="temporaryFolder">Where to go if the home cannot be written, as in many containers.</param>
    public static string Home(string? variable, string userFolder, string temporaryFolder)
    {
        // A folder that somebody chose is never silently replaced: where it cannot be written, the download says so.
        if (!string.IsNullOrEmpty(variable)) return ExpandUser(variable, userFolder);
        string preferred = Path.Combine(userFolder, DefaultName);
        try
        {
            if (userFolder.Length > 0)
            {
                Directory.CreateDirectory(preferred);
                return preferred;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No home, or one that cannot be written.
        }

        return Path.Combine(temporaryFolder, DefaultName);
    }

    /// <summary>The folder that a leading <c>~</c> stands for, and every other path as it is.</summary>
    public static string ExpandUser(string path, string userFolder) =>
        path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith(@"~\", StringComparison.Ordinal)
            ? Path.Join(userFolder, path.AsSpan(1))
            : path;

    /// <summary>The full path of a file in a folder.</summary>
    /// <param name="folder">The folder's full path.</param>
    /// <param name="name">The file's name; it may have folders in it as long as it stays inside.</param>
    /// <exception cref="ArgumentException">The name leads out of the folder, or is the folder's own.</exception>
    public static string Resolve(string folder, string name)
    {
        // A backslash is a separator on every platform, so that a name means the same everywhere.
        string full = Path.GetFullPath(Path.Combine(folder, name.Replace('\\', '/')));
        string inside = Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar;
        return full.StartsWith(inside, StringComparison.Ordinal) && full.Length > inside.Length && !Path.EndsInDirectorySeparator(full)
            ? full
            : throw new ArgumentException(
                $"The file name '{name}' leads out of the cache folder {folder}. Give a plain name; to choose another folder, use cacheDir and cacheSubdir.",
                nameof(name));
    }
}
