using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace NKeras.Saving.Files;

/// <summary>The files of layers in an archive or a folder, by their paths. They are read in memory, when they are asked for.</summary>
/// <param name="paths">Their paths within <c>assets</c>.</param>
/// <param name="read">Reads one.</param>
internal sealed class StoredAssets(IReadOnlyCollection<string> paths, Func<string, byte[]> read)
{
    /// <summary>The files of the object at a path, by their names.</summary>
    public IReadOnlyDictionary<string, byte[]> Of(string path)
    {
        string folder = path.Length == 0 ? "" : $"{path}/";
        return new Files([.. paths.Where(p => p.StartsWith(folder, StringComparison.Ordinal) && !p.AsSpan(folder.Length).Contains('/')).Select(p => p[folder.Length..])], name => read(folder + name));
    }

    private sealed class Files(HashSet<string> names, Func<string, byte[]> read) : IReadOnlyDictionary<string, byte[]>
    {
        public IEnumerable<string> Keys => names;

        public IEnumerable<byte[]> Values => names.Select(read);

        public int Count => names.Count;

        public byte[] this[string key] => names.Contains(key) ? read(key) : throw new ArgumentException($"There is no asset '{BadConfig.Excerpt(key)}'; there are {string.Join(", ", names.Select(n => $"'{BadConfig.Excerpt(n)}'"))}.");

        public bool ContainsKey(string key) => names.Contains(key);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out byte[] value)
        {
            value = names.Contains(key) ? read(key) : null;
            return value != null;
        }

        public IEnumerator<KeyValuePair<string, byte[]>> GetEnumerator() => names.Select(n => KeyValuePair.Create(n, read(n))).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
