using System.Globalization;

namespace NKeras.Conformance.Files;

/// <summary>What a file keeps of an object whose class is not known: its own arrays, and those of the objects inside it.</summary>
/// <param name="Name">The last name of its path.</param>
/// <param name="Own">Its own arrays, in order.</param>
/// <param name="Inner">The objects inside it, by the name of Python's attribute.</param>
internal sealed record StandInWeights(string Name, IReadOnlyList<FileArray> Own, IReadOnlyList<StandInWeights> Inner)
{
    private const string OwnGroup = "vars";

    /// <summary>The name without its number: in collections, the class in snake case.</summary>
    public string ClassName => Number == 0 ? Name : Name[..Name.LastIndexOf('_')];

    /// <summary>The number at the end of the name; 0 if there is none.</summary>
    public int Number => Name.LastIndexOf('_') is > 0 and var at && int.TryParse(Name.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    /// <summary>What is kept below a path; every path in the form of Keras 3.</summary>
    public static StandInWeights At(string path, IEnumerable<FileArray> arrays)
    {
        string prefix = path.Length == 0 ? "" : $"{path}/";
        ILookup<string, FileArray> byName = arrays.Where(a => a.Path.StartsWith(prefix, StringComparison.Ordinal)).ToLookup(a => a.Path[prefix.Length..].Split('/')[0]);
        return new(
            path[(path.LastIndexOf('/') + 1)..],
            [.. byName[OwnGroup].OrderBy(a => int.TryParse(a.LastName, out int number) ? number : int.MaxValue)],
            [.. byName.Where(g => g.Key != OwnGroup).Select(g => At($"{prefix}{g.Key}", g)).OrderBy(w => w.ClassName, StringComparer.Ordinal).ThenBy(w => w.Number)]);
    }

    /// <summary>What a legacy file keeps of a layer: one list, in the order in which the file has it.</summary>
    public static StandInWeights OfLegacyLayer(string name, IEnumerable<FileArray> arrays) => new(name, [.. arrays.Where(a => a.Path.Split('/').SkipLast(1).Contains(name))], []);

    /// <summary>The paths of all objects of a class in snake case, whatever holds them, in the order of their numbers.</summary>
    public static IReadOnlyList<string> PathsOf(string className, IEnumerable<FileArray> arrays) =>
    [
        .. arrays
            .SelectMany(a => Prefixes(a.Path))
            .Distinct()
            .Where(p => new StandInWeights(p[(p.LastIndexOf('/') + 1)..], [], []).ClassName == className)
            .OrderBy(p => p.Count(c => c == '/'))
            .ThenBy(p => new StandInWeights(p[(p.LastIndexOf('/') + 1)..], [], []).Number),
    ];

    private static IEnumerable<string> Prefixes(string path)
    {
        for (int at = path.IndexOf('/'); at >= 0; at = path.IndexOf('/', at + 1)) yield return path[..at];
    }
}
