using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NKeras.Conformance.Values;

/// <summary>Reads recorded values (their form is in the README of the recordings).</summary>
/// <remarks>
/// A value becomes null, a <see cref="bool"/>, a <see cref="long"/> (Python's int), a <see cref="double"/> (its float), a <see cref="string"/>,
/// a <see cref="Complex"/>, a <see cref="Tensor"/>, or one of the <c>Recorded…</c> types; an object without a <c>$</c> key is a dictionary.
/// </remarks>
internal static class RecordedValue
{
    /// <summary>What each <c>$</c> key stands for.</summary>
    private static readonly Dictionary<string, Func<JsonElement, object?>> s_kinds = new()
    {
        ["$tensor"] = RecordedTensor.Read,
        ["$symbol"] = RecordedTensor.ReadSymbol,
        ["$tuple"] = json => new RecordedList(ReadAll(json), IsTuple: true),
        ["$slice"] = json => new RecordedSlice(Whole(json[0]), Whole(json[1]), Whole(json[2])),
        ["$ellipsis"] = _ => new RecordedEllipsis(),
        ["$float"] = json => json.GetString() switch
        {
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            string other => throw new InvalidDataException($"'{other}' is no special number."),
            null => throw new InvalidDataException("A special number has no name."),
        },
        ["$complex"] = json => new Complex(json[0].GetDouble(), json[1].GetDouble()),
        ["$object"] = json => new RecordedObject(JsonObject.Create(json)!),
    };

    /// <summary>The value that a JSON element stands for.</summary>
    /// <exception cref="InvalidDataException">It is in none of the forms known.</exception>
    public static object? Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => IsWhole(json) ? (object)json.GetInt64() : json.GetDouble(),
        JsonValueKind.Array => new RecordedList(ReadAll(json), IsTuple: false),
        JsonValueKind.Object => ReadObject(json),
        _ => throw new InvalidDataException($"A recorded value cannot be {json.ValueKind}."),
    };

    /// <summary>The values of an array.</summary>
    public static IReadOnlyList<object?> ReadAll(JsonElement json) => [.. json.EnumerateArray().Select(Read)];

    /// <summary>The values of an object, by name.</summary>
    public static IReadOnlyDictionary<string, object?> ReadNamed(JsonElement json) => json.EnumerateObject().ToDictionary(p => p.Name, p => Read(p.Value));

    /// <summary>The same value with its tensors replaced.</summary>
    public static object? Map(object? value, Func<Tensor, Tensor> map) => value switch
    {
        Tensor tensor => map(tensor),
        RecordedList list => list with { Items = [.. list.Items.Select(i => Map(i, map))] },
        IReadOnlyDictionary<string, object?> named => named.ToDictionary(p => p.Key, p => Map(p.Value, map)),
        _ => value,
    };

    /// <summary>The tensors of a value, in order.</summary>
    public static IEnumerable<Tensor> Tensors(object? value) => value switch
    {
        Tensor tensor => [tensor],
        RecordedList list => list.Items.SelectMany(Tensors),
        IReadOnlyDictionary<string, object?> named => named.Values.SelectMany(Tensors),
        _ => [],
    };

    private static object? ReadObject(JsonElement json)
    {
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!property.Name.StartsWith('$')) break;
            return s_kinds.TryGetValue(property.Name, out Func<JsonElement, object?>? read)
                ? read(property.Value)
                : throw new InvalidDataException($"The recorded value has the unknown key '{property.Name}'.");
        }

        return ReadNamed(json);
    }

    // 1 and 1.0 differ in Python, and decide about types.
    private static bool IsWhole(JsonElement json) => json.GetRawText().All(c => c == '-' || char.IsAsciiDigit(c)) && json.TryGetInt64(out _);

    private static int? Whole(JsonElement json) => json.ValueKind == JsonValueKind.Null ? null : json.GetInt32();
}
