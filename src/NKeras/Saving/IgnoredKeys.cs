using System.Text.Json;
using System.Text.Json.Nodes;

namespace NKeras.Saving;

/// <summary>Entries of configurations that mean nothing at the value given: settings of other backends and versions, at their defaults.</summary>
internal static class IgnoredKeys
{
    private static readonly Dictionary<string, JsonValueKind> s_harmless = new()
    {
        ["autocast"] = JsonValueKind.True,
        ["jit_compile"] = JsonValueKind.Undefined,
        // Keras: warns that optimizers have no decay any more.
        ["decay"] = JsonValueKind.Number,
    };

    /// <summary>Whether an entry that a class does not take can be left out.</summary>
    public static bool Contains(Type type, string key, JsonNode value) =>
        s_harmless.TryGetValue(key, out JsonValueKind kind) && (kind == JsonValueKind.Undefined || value.GetValueKind() == kind) && type.Namespace?.StartsWith(nameof(NKeras), StringComparison.Ordinal) == true;
}
