using System.Text.Json;

namespace NKeras.Hdf5.Tests;

/// <summary>Every file made by h5py or h5repack reads as h5py reads it: members and their order, attributes, types, shapes, elements.</summary>
public class FixtureTests
{
    public static TheoryData<string> Names => [.. Fixtures.Expected.EnumerateObject().Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void FilesReadAsH5pyReadsThem(string name)
    {
        using Hdf5File file = Fixtures.Open(name);
        List<string> paths = [];
        Compare(file.Root, Fixtures.Expected.GetProperty(name), paths);
        Assert.Equal(Fixtures.Expected.GetProperty(name).EnumerateObject().Select(entry => entry.Name), paths);
    }

    private static void Compare(Hdf5Object found, JsonElement expected, List<string> paths)
    {
        paths.Add(found.Path);
        JsonElement entry = expected.GetProperty(found.Path);
        Dictionary<string, JsonElement> attributes = entry.GetProperty("attributes").EnumerateObject().ToDictionary(item => item.Name, item => item.Value);
        Assert.Equal(attributes.Keys.Order(StringComparer.Ordinal), found.Attributes.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, Hdf5Attribute attribute) in found.Attributes)
        {
            Assert.Equal(name, attribute.Name);
            CompareContent($"{found.Path}@{name}", attributes[name], attribute.Type, attribute.Shape, attribute.ReadBytes, attribute.ReadTexts);
        }

        if (found is Hdf5Dataset dataset)
            CompareDataset(dataset, entry.GetProperty("data"));
        else
            CompareGroup((Hdf5Group)found, entry.GetProperty("members"), expected, paths);
    }

    private static void CompareDataset(Hdf5Dataset dataset, JsonElement expected)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            byte[] destination = new byte[dataset.Count * dataset.Type.Size];
            Assert.Matches("refused|not supported", Assert.Throws<Hdf5Exception>(() => dataset.Read(destination)).Message);
            return;
        }

        CompareContent(dataset.Path, expected, dataset.Type, dataset.Shape, () =>
        {
            byte[] destination = new byte[dataset.Count * dataset.Type.Size];
            destination.AsSpan().Fill(0xcd);
            dataset.Read(destination);
            return destination;
        }, dataset.ReadTexts);
    }

    private static void CompareContent(string path, JsonElement expected, Hdf5Type type, IReadOnlyList<long>? shape, Func<byte[]> read, Func<string[]> readTexts)
    {
        JsonElement[] parts = [.. expected.EnumerateArray()];
        Assert.True(NameOf(type) == parts[0].GetString(), $"{path}: type {NameOf(type)}, not {parts[0]}");
        Assert.Equal(parts[1].ValueKind == JsonValueKind.Null ? null : parts[1].EnumerateArray().Select(dimension => dimension.GetInt64()), shape);
        switch (parts[2].ValueKind)
        {
            case JsonValueKind.Null:
                Assert.Contains("not supported", Assert.Throws<Hdf5Exception>(read).Message, StringComparison.Ordinal);
                break;
            case JsonValueKind.Array:
                Assert.Equal(parts[2].EnumerateArray().Select(text => text.GetString()), readTexts());
                break;
            default:
                Assert.True(parts[2].GetBytesFromBase64().AsSpan().SequenceEqual(read()), $"{path}: elements differ");
                break;
        }
    }

    private static void CompareGroup(Hdf5Group group, JsonElement members, JsonElement expected, List<string> paths)
    {
        Assert.Equal(members.EnumerateObject().Select(member => member.Name), group.Names);
        foreach (JsonProperty member in members.EnumerateObject())
        {
            string kind = member.Value.GetString()!;
            Assert.Equal(kind switch { "Cycle" => "Group", _ => kind }, group.KindOf(member.Name).ToString());
            if (kind is "Group" or "Dataset")
                Compare(group[member.Name], expected, paths);
            else
                Assert.Throws<Hdf5Exception>(() => group[member.Name]);
        }
    }

    private static string NameOf(Hdf5Type type) => type.Class switch
    {
        Hdf5TypeClass.Integer => $"{(type.IsSigned ? "int" : "uint")}{8 * type.Size}",
        Hdf5TypeClass.Float => $"float{8 * type.Size}",
        Hdf5TypeClass.Boolean => "bool",
        Hdf5TypeClass.Opaque => $"opaque{type.Size}",
        _ => type.Class.ToString().ToLowerInvariant(),
    };
}
