using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Saving;

namespace NKeras.DTypePolicies;

/// <summary>A policy for each layer by its path (<c>keras.dtype_policies.DTypePolicyMap</c>), for layers inside others.</summary>
/// <example><code>
/// DTypePolicyMap policies = new("float32") { ["encoder/dense"] = "bfloat16", ["decoder/.*"] = "mixed_bfloat16" };
/// DTypePolicy policy = policies["decoder/attention/query"];    // mixed_bfloat16
/// </code></example>
// Keras: any dict of policies; C# initializers take what has Add or an indexer.
public sealed class DTypePolicyMap : DTypePolicy, IReadOnlyDictionary<string, DTypePolicy>
{
    private readonly DTypePolicy? _given;
    private readonly Dictionary<string, DTypePolicy> _policies = [];

    /// <summary>Creates a map.</summary>
    /// <param name="defaultPolicy">The policy of layers that no entry is for; the global one if omitted.</param>
    /// <param name="policyMap">Policies by the paths of layers, or by regular expressions for them; none if omitted.</param>
    /// <exception cref="ArgumentException">The default policy is a map itself.</exception>
    public DTypePolicyMap(DTypePolicy? defaultPolicy = null, IReadOnlyDictionary<string, DTypePolicy>? policyMap = null)
        : base((defaultPolicy ?? Config.DTypePolicy()).SourceName, $"map_{(defaultPolicy ?? Config.DTypePolicy()).Name}")
    {
        if (defaultPolicy is DTypePolicyMap) throw new ArgumentException("The default policy of a DTypePolicyMap is no such map itself.", nameof(defaultPolicy));
        _given = defaultPolicy;
        DefaultPolicy = defaultPolicy ?? Config.DTypePolicy();
        foreach ((string key, DTypePolicy policy) in policyMap ?? new Dictionary<string, DTypePolicy>()) this[key] = policy;
    }

    /// <summary>The policy of layers that no entry is for.</summary>
    public DTypePolicy DefaultPolicy { get; }

    /// <inheritdoc/>
    public override string? QuantizationMode => DefaultPolicy.QuantizationMode;

    /// <inheritdoc/>
    public int Count => _policies.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _policies.Keys;

    /// <inheritdoc/>
    public IEnumerable<DTypePolicy> Values => _policies.Values;

    /// <summary>The policy for a path: that of the path itself, of the only regular expression that matches all of it, or the default.</summary>
    /// <exception cref="ArgumentException">When read, several regular expressions match; when set, there is a policy for the key already.</exception>
    public DTypePolicy this[string key]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(key);
            if (_policies.TryGetValue(key, out DTypePolicy? policy)) return policy;
            string[] matching = [.. _policies.Keys.Where(pattern => PathPattern.Matches(pattern, key))];
            return matching.Length switch
            {
                0 => DefaultPolicy,
                1 => _policies[matching[0]],
                _ => throw new ArgumentException($"Path '{key}' matches several entries of the DTypePolicyMap: {string.Join(", ", matching.Select(m => $"'{m}'"))}. At most one may match.", nameof(key)),
            };
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (!_policies.TryAdd(key, value)) throw new ArgumentException($"The DTypePolicyMap has a policy for '{key}' already: {_policies[key]}. Remove it first.", nameof(key));
        }
    }

    /// <summary>Removes a policy.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string key) => _policies.Remove(key);

    /// <summary>Whether there is a policy for exactly this key.</summary>
    public bool ContainsKey(string key) => _policies.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out DTypePolicy value) => _policies.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, DTypePolicy>> GetEnumerator() => _policies.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    // Keras: without a default policy the others leave their types open, too, until they are read.
    public override JsonObject GetConfig()
    {
        JsonObject policies = [];
        foreach ((string key, DTypePolicy policy) in _policies)
        {
            JsonObject form = DTypePolicyFunctions.Serialize(policy);
            if (_given is null && form["config"] is JsonObject config) config[config.ContainsKey("source_name") ? "source_name" : "name"] = null;
            policies[key] = form;
        }

        // Keras: the default as it was given, which is a name where a name says everything.
        JsonNode? given = _given is null ? null : QuantizationMode == null ? _given.Name : DTypePolicyFunctions.Serialize(_given);
        return new JsonObject { ["default_policy"] = given, ["policy_map"] = policies };
    }

    internal static DTypePolicyMap FromConfig(JsonObject config)
    {
        DTypePolicyMap map = new(ConfigReader.Read<DTypePolicy>(config["default_policy"]));
        if (config["policy_map"] is not { } policies) return map;
        foreach ((string key, JsonNode? policy) in policies as JsonObject ?? throw ConfigReader.Expected("policies by path", policies))
            map[key] = ConfigReader.Read<DTypePolicy>(policy) ?? throw ConfigReader.Expected("a dtype policy", policy);
        return map;
    }
}
