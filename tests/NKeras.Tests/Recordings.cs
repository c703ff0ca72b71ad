using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace NKeras.Tests;

/// <summary>Reads what real Keras 3.16 was recorded to do. Values are JSON; an object with a "$tensor" key is a tensor.</summary>
internal static class Recordings
{
    /// <summary>The records of a file with one JSON object per line.</summary>
    public static IEnumerable<JsonElement> Lines(string file)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(file)!);
        while (reader.ReadLine() is { } line) yield return JsonDocument.Parse(line).RootElement;
    }

    /// <summary>A whole file.</summary>
    public static JsonElement Document(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)!;
        return JsonDocument.Parse(stream).RootElement;
    }

    /// <summary>A tensor, from the tensor object, a number, or nested lists of numbers.</summary>
    public static Tensor Tensor(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number) return Ops.Full([], value.GetDouble(), value.GetRawText().Contains('.') ? "float32" : "int32");
        if (value.ValueKind == JsonValueKind.Array)
        {
            Tensor[] items = [.. value.EnumerateArray().Select(v => Ops.ExpandDims(Tensor(v), 0))];
            return Ops.Concatenate(items);
        }

        JsonElement tensor = value.TryGetProperty("$tensor", out JsonElement inner) ? inner : value;
        byte[] data = tensor.GetProperty("data").GetBytesFromBase64();
        Shape shape = tensor.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()).ToArray();
        return tensor.GetProperty("dtype").GetString() switch
        {
            "float32" => NKeras.Tensor.From(MemoryMarshal.Cast<byte, float>(data), shape),
            "float64" => NKeras.Tensor.From(MemoryMarshal.Cast<byte, double>(data), shape),
            "int32" => NKeras.Tensor.From(MemoryMarshal.Cast<byte, int>(data), shape),
            "int64" => NKeras.Tensor.From(MemoryMarshal.Cast<byte, long>(data), shape),
            "uint8" => NKeras.Tensor.From<byte>(data, shape),
            "bool" => NKeras.Tensor.From(MemoryMarshal.Cast<byte, bool>(data), shape),
            string other => throw new InvalidOperationException($"No reader for dtype {other}."),
            null => throw new InvalidOperationException("A tensor without dtype."),
        };
    }

    /// <summary>A setting of a recorded object; a default where it is absent or null.</summary>
    public static T Get<T>(JsonElement config, string name, T otherwise)
    {
        if (!config.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return otherwise;
        object result = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ when typeof(T) == typeof(int) || typeof(T) == typeof(int?) => value.GetInt32(),
            _ => value.GetDouble(),
        };
        return (T)result;
    }

    /// <summary>Compares shapes, and values to the tolerance that Keras's backends meet among themselves.</summary>
    public static void AssertClose(Tensor expected, Tensor actual, string what, double relative = 1e-4, double absolute = 1e-5)
    {
        Assert.True(expected.Shape == actual.Shape, $"{what}: shape {actual.Shape}, expected {expected.Shape}");
        double[] e = Ops.Cast(expected, "float64").ToArray<double>(), a = Ops.Cast(actual, "float64").ToArray<double>();
        for (int i = 0; i < e.Length; i++)
            Assert.True(e[i] == a[i] || Math.Abs(e[i] - a[i]) <= absolute + (relative * Math.Abs(e[i])), $"{what}: element {i} is {a[i]}, expected {e[i]}");
    }
}
