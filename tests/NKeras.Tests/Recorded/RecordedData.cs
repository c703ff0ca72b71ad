using System.IO.Compression;
using System.Reflection;
using System.Text.Json;

namespace NKeras.Tests.Recorded;

/// <summary>Behaviour of Keras 3.16 that was recorded by running it (Data/), and comparison with it.</summary>
internal static class RecordedData
{
    private const double RelativeTolerance = 1e-4;
    private const double AbsoluteTolerance = 1e-5;

    /// <summary>The records of a file with one JSON document per line.</summary>
    public static IEnumerable<JsonElement> Records(string file)
    {
        using StreamReader reader = new(new GZipStream(Open(file), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line) yield return JsonDocument.Parse(line).RootElement;
    }

    /// <summary>The records of all files whose names begin and end so.</summary>
    public static IEnumerable<JsonElement> AllRecords(string beginning, string end) => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.StartsWith(beginning, StringComparison.Ordinal) && n.EndsWith(end, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .SelectMany(Records);

    /// <summary>A text file.</summary>
    public static string Text(string file)
    {
        using StreamReader reader = new(Open(file));
        return reader.ReadToEnd();
    }

    /// <summary>The tensor of a recorded value: <c>{"$tensor": {…}}</c>, what is inside, a number, or nested lists of numbers.</summary>
    public static Tensor Tensor(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Number) return Ops.Full([], json.GetDouble(), json.GetRawText().Contains('.') ? DType.Float32 : DType.Int32);
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("$tuple", out JsonElement items)) json = items;
        if (json.ValueKind == JsonValueKind.Array) return Ops.Concatenate([.. json.EnumerateArray().Select(v => Ops.ExpandDims(Tensor(v), 0))]);
        if (json.TryGetProperty("$tensor", out JsonElement inside)) json = inside;
        byte[] bytes = json.GetProperty("data").GetBytesFromBase64();
        int[] dims = [.. json.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
        return json.GetProperty("dtype").GetString() switch
        {
            "float32" or "bfloat16" => Of<float>(),
            "float64" => Of<double>(),
            "int32" => Of<int>(),
            "int64" => Of<long>(),
            "uint32" => Of<uint>(),
            "uint8" => Of<byte>(),
            "int8" => Of<sbyte>(),
            "bool" => Of<bool>(),
            string other => throw new NotSupportedException($"Recorded tensors of type {other} are not read."),
            null => throw new InvalidDataException("A recorded tensor has no type."),
        };

        Tensor Of<T>()
            where T : unmanaged => NKeras.Tensor.From<T>(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(bytes), dims);
    }

    /// <summary>Fails unless shape, type and, within Keras's own tolerance between backends, all values agree.</summary>
    public static void AssertClose(string what, Tensor expected, Tensor actual, bool compareType = true)
    {
        Assert.True(expected.Shape == actual.Shape, $"{what}: shape {actual.Shape}, recorded {expected.Shape}");
        if (compareType) Assert.True(expected.DType == actual.DType, $"{what}: type {actual.DType}, recorded {expected.DType}");
        double[] e = Ops.Cast(expected, "float64").ToArray<double>(), a = Ops.Cast(actual, "float64").ToArray<double>();
        for (int i = 0; i < e.Length; i++)
        {
            bool close = e[i].Equals(a[i]) || Math.Abs(e[i] - a[i]) <= AbsoluteTolerance + (RelativeTolerance * Math.Abs(e[i]));
            Assert.True(close, $"{what}: element {i} is {a[i]}, recorded {e[i]}");
        }
    }

    private static Stream Open(string file) => Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
        ?? throw new FileNotFoundException($"The tests have no data file {file}.");
}
