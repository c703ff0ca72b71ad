using System.Text;
using NKeras.Hdf5;

namespace NKeras.Saving.Files;

/// <summary>Writes weights as several files and a list of them (<c>ShardedH5IOStore</c>).</summary>
/// <remarks>
/// The list is written last, and files that an earlier list names keep their names until then: at every moment the list belongs to the files it names.
/// </remarks>
internal static class ShardWriter
{
    private const string ListEnding = ".weights.json", FileEnding = ".weights.h5";

    /// <summary>Writes them.</summary>
    /// <param name="state">The weights.</param>
    /// <param name="path">The list; its name ends in <c>.weights.json</c>.</param>
    /// <param name="overwrite">Whether a list that is there is replaced.</param>
    /// <param name="mostBytes">How many bytes the variables of a file may take.</param>
    /// <exception cref="ArgumentException">The name is another, or one variable alone takes more.</exception>
    public static void Write(SavedState state, string path, bool overwrite, double mostBytes)
    {
        // Keras: takes the name of a single file, too, and writes the list beside it.
        string list = path.EndsWith(FileEnding, StringComparison.Ordinal) ? path[..^FileEnding.Length] + ListEnding : path;
        if (!list.EndsWith(ListEnding, StringComparison.Ordinal)) throw new ArgumentException($"The name of a list of sharded weights must end in '{ListEnding}'; it is '{path}'.", nameof(path));
        if (!overwrite && File.Exists(list)) throw new IOException($"'{list}' is there already, and overwrite is false.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(list))!, name = Path.GetFileName(list)[..^ListEnding.Length];
        IReadOnlyList<string> before = ShardedVariables.FilesOf(list);
        string generation = Generation(before, name);
        IReadOnlyList<(string Name, Hdf5Content Content)> shards = state.ToShards(
            mostBytes, i => $"{name}{generation}_{i:D5}{FileEnding}", out OrderedDictionary<string, List<string>> where, out double bytes);
        try
        {
            foreach ((string file, Hdf5Content content) in shards) AtomicFile.Write(Path.Combine(folder, file), content.Write);
            AtomicFile.Write(list, s => s.Write(Encoding.UTF8.GetBytes(ShardedVariables.List(where, bytes))));
        }
        catch
        {
            // No list names them.
            foreach (string written in shards.Select(s => Path.Combine(folder, s.Name)).Where(File.Exists)) File.Delete(written);
            throw;
        }

        // Only what was written here: a list can name any file beside it.
        foreach (string file in before.Except(shards.Select(s => s.Name)).Where(f => IsOf(name, f))) File.Delete(Path.Combine(folder, file));
    }

    /// <summary>Whether a file has the name that one of a list's files gets here.</summary>
    private static bool IsOf(string list, string file) => file.StartsWith(list, StringComparison.Ordinal) && file.EndsWith(FileEnding, StringComparison.Ordinal)
        && file.AsSpan()[list.Length..^FileEnding.Length] is var number && number.LastIndexOf('_') is >= 0 and var at && number[(at + 1)..] is { Length: > 0 } digits && !digits.ContainsAnyExceptInRange('0', '9')
        && (at == 0 || (number[0] == '.' && at > 1 && !number[1..at].ContainsAnyExceptInRange('0', '9')));

    /// <summary>What makes the names of new files differ from those of the list before.</summary>
    private static string Generation(IReadOnlyList<string> before, string name)
    {
        for (int i = 0; ; i++)
        {
            string generation = i == 0 ? "" : $".{i}";
            if (!before.Any(b => b.StartsWith($"{name}{generation}_", StringComparison.Ordinal))) return generation;
        }
    }
}
