using System.Text.Json.Nodes;

namespace NKeras.Saving.Older;

/// <summary>A configuration that is being brought up to date. What was given stays as it is; a copy is made at the first change.</summary>
internal sealed class ConfigDraft(JsonObject given)
{
    private JsonObject? _copy;

    /// <summary>The configuration as it is now.</summary>
    public JsonObject Config => _copy ?? given;

    /// <summary>Whether there is an entry.</summary>
    public bool Has(string key) => Config.ContainsKey(key);

    /// <summary>An entry's value; null if there is none.</summary>
    public JsonNode? this[string key]
    {
        get => Config[key];
        set => Copy()[key] = value?.Parent == null ? value : value.DeepClone();
    }

    /// <summary>Takes an entry out.</summary>
    public void Remove(string key)
    {
        if (Has(key)) Copy().Remove(key);
    }

    /// <summary>Gives an entry another name, unless there is one of that name.</summary>
    public void Rename(string old, string name)
    {
        if (!Has(old) || Has(name)) return;
        JsonNode? value = Config[old]?.DeepClone();
        Remove(old);
        this[name] = value;
    }

    private JsonObject Copy() => _copy ??= (JsonObject)given.DeepClone();
}
