using System.IO.Compression;
using System.Text.Json;

namespace NKeras.Hdf5.Tests;

/// <summary>The files of <c>Data/fixtures.zip</c>, which h5py and h5repack made, and what h5py read from them.</summary>
internal static class Fixtures
{
    private static readonly Dictionary<string, byte[]> s_members = ReadMembers();

    public static IEnumerable<string> Names => s_members.Keys.Where(name => name.EndsWith(".h5", StringComparison.Ordinal)).Select(name => name[..^3]);

    public static JsonElement Expected { get; } = JsonDocument.Parse(s_members["expected.json"]).RootElement;

    public static byte[] Bytes(string name) => s_members[$"{name}.h5"];

    public static Hdf5File Open(string name, Hdf5Limits? limits = null) => Hdf5File.Open(new MemoryStream(Bytes(name)), limits);

    private static Dictionary<string, byte[]> ReadMembers()
    {
        using Stream stream = typeof(Fixtures).Assembly.GetManifestResourceStream("fixtures.zip")!;
        using ZipArchive archive = new(stream);
        Dictionary<string, byte[]> members = [];
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream content = entry.Open();
            using MemoryStream bytes = new();
            content.CopyTo(bytes);
            members.Add(entry.Name, bytes.ToArray());
        }

        return members;
    }
}
