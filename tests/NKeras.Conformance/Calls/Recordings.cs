using System.IO.Compression;
using System.Text.Json;

namespace NKeras.Conformance.Calls;

/// <summary>A folder with recorded calls, for each kind one file, or several whose names begin with it.</summary>
internal static class Recordings
{
    /// <summary>The project's own copy of the recordings.</summary>
    public static string OwnCalls => Path.Combine(AppContext.BaseDirectory, "Recordings", "calls");

    /// <summary>The records of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="kind">Only those of a kind.</param>
    /// <param name="target">Only those of a target, or with a star at the end of targets that begin so.</param>
    /// <param name="on">Of calls that raise only those on this: <c>function</c>, <c>layer</c> or <c>construct</c>.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IEnumerable<CallRecord> Read(string folder, string? kind = null, string? target = null, string? on = null) =>
        Directory.GetFiles(folder, "*.jsonl.gz").Order(StringComparer.Ordinal)
            .Where(f => kind == null || Path.GetFileName(f) == $"{kind}.jsonl.gz" || Path.GetFileName(f).StartsWith($"{kind}_", StringComparison.Ordinal))
            .SelectMany(ReadFile)
            .Where(r => (target == null || r.Target == target || (target.EndsWith('*') && r.Target.StartsWith(target[..^1], StringComparison.Ordinal))) && (on == null || r.On == on));

    private static IEnumerable<CallRecord> ReadFile(string file)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0) yield return new CallRecord(JsonDocument.Parse(line).RootElement);
        }
    }
}
