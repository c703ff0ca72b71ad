using System.Runtime.InteropServices;
using System.Text.Json;

namespace NKeras.Conformance.Values;

/// <summary>Reads recorded tensors.</summary>
internal static class RecordedTensor
{
    /// <summary>The data as it is stored, by the name of the type; types that .NET lacks travel as float32.</summary>
    private static readonly Dictionary<string, Func<byte[], Shape, Tensor>> s_readers = new()
    {
        ["bool"] = Of<bool>,
        ["uint8"] = Of<byte>,
        ["uint16"] = Of<ushort>,
        ["uint32"] = Of<uint>,
        ["uint64"] = Of<ulong>,
        ["int8"] = Of<sbyte>,
        ["int16"] = Of<short>,
        ["int32"] = Of<int>,
        ["int64"] = Of<long>,
        ["float16"] = Of<Half>,
        ["float32"] = Of<float>,
        ["float64"] = Of<double>,
        ["complex64"] = Complex<float>,
        ["complex128"] = Complex<double>,
    };

    /// <summary>The tensor of what stands behind <c>$tensor</c>.</summary>
    /// <exception cref="NotSupportedException">NKeras has no tensors of the type.</exception>
    public static Tensor Read(JsonElement json)
    {
        string type = json.GetProperty("dtype").GetString()!;
        Shape shape = Shape.Create([.. json.GetProperty("shape").EnumerateArray().Select(d => (int?)d.GetInt32())]);
        if (!json.TryGetProperty("data", out JsonElement data)) throw new NotSupportedException($"Recorded tensors of type {type} have no numbers.");
        byte[] bytes = data.GetBytesFromBase64();
        if (s_readers.TryGetValue(type, out Func<byte[], Shape, Tensor>? read)) return read(bytes, shape);
        return type == "bfloat16" || type.StartsWith("float8", StringComparison.Ordinal)
            ? Ops.Cast(Of<float>(bytes, shape), type)
            : throw new NotSupportedException($"Recorded tensors of type {type} cannot be read.");
    }

    /// <summary>The symbolic tensor of what stands behind <c>$symbol</c>.</summary>
    public static KerasTensor ReadSymbol(JsonElement json) => new(
        Shape.Create([.. json.GetProperty("shape").EnumerateArray().Select(d => d.ValueKind == JsonValueKind.Null ? (int?)null : d.GetInt32())]),
        json.GetProperty("dtype").GetString()!);

    /// <summary>Real and imaginary parts in turn.</summary>
    private static ComplexTensor Complex<T>(byte[] bytes, Shape shape)
        where T : unmanaged
    {
        T[] parts = MemoryMarshal.Cast<byte, T>(bytes).ToArray();
        return new ComplexTensor(Tensor.From<T>([.. parts.Where((_, i) => i % 2 == 0)], shape), Tensor.From<T>([.. parts.Where((_, i) => i % 2 == 1)], shape));
    }

    private static Tensor Of<T>(byte[] bytes, Shape shape)
        where T : unmanaged => Tensor.From<T>(MemoryMarshal.Cast<byte, T>(bytes), shape);
}
