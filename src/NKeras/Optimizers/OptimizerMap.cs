using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Saving;

namespace NKeras.Optimizers;

/// <summary>An optimizer for each variable by its path (<c>keras.optimizers.OptimizerMap</c>), for a <see cref="MultiOptimizer"/>.</summary>
/// <example><code>
/// OptimizerMap optimizers = new(new SGD(0.01)) { ["encoder/layer_0/.*"] = new Adam(1e-3), ["decoder/.*"] = new Adam(1e-4) };
/// Optimizer optimizer = optimizers["decoder/dense/kernel"];
/// </code></example>
[DynamicallyAccessedMembers(AutoConfig.Needed)]
public sealed class OptimizerMap : IConfigurable, IReadOnlyDictionary<string, Optimizer>
{
    private readonly Dictionary<string, Optimizer> _optimizers = [];

    /// <summary>Creates a map.</summary>
    /// <param name="defaultOptimizer">The optimizer of variables that no entry is for.</param>
    /// <param name="optimizerMap">Optimizers by the paths of variables, or by regular expressions for them; none if omitted.</param>
    /// <exception cref="ArgumentException">An optimizer is one around others, or a key is no regular expression.</exception>
    public OptimizerMap(Optimizer defaultOptimizer, IReadOnlyDictionary<string, Optimizer>? optimizerMap = null)
    {
        DefaultOptimizer = Plain(defaultOptimizer, nameof(defaultOptimizer));
        foreach ((string key, Optimizer optimizer) in optimizerMap ?? new Dictionary<string, Optimizer>()) this[key] = optimizer;
    }

    /// <summary>The optimizer of variables that no entry is for.</summary>
    public Optimizer DefaultOptimizer { get; }

    /// <inheritdoc/>
    public int Count => _optimizers.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _optimizers.Keys;

    /// <inheritdoc/>
    public IEnumerable<Optimizer> Values => _optimizers.Values;

    /// <summary>The optimizer for a path: that of the path itself, of the only regular expression that matches all of it, or the default.</summary>
    /// <exception cref="ArgumentException">When read, several regular expressions match; when set, there is an optimizer for the key already, or it is one around others.</exception>
    public Optimizer this[string key]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(key);
            if (_optimizers.TryGetValue(key, out Optimizer? optimizer)) return optimizer;
            string[] matching = [.. _optimizers.Keys.Where(pattern => PathPattern.Matches(pattern, key))];
            return matching.Length switch
            {
                0 => DefaultOptimizer,
                1 => _optimizers[matching[0]],
                _ => throw new ArgumentException($"Path '{key}' matches several entries of the OptimizerMap: {string.Join(", ", matching.Select(m => $"'{m}'"))}. At most one may match.", nameof(key)),
            };
        }

        set
        {
            ArgumentNullException.ThrowIfNull(key);
            PathPattern.Check(key);
            if (!_optimizers.TryAdd(key, Plain(value, nameof(value)))) throw new ArgumentException($"The OptimizerMap has an optimizer for '{key}' already: {_optimizers[key]}. Remove it first.", nameof(key));
        }
    }

    /// <summary>The optimizer for a variable, by its path.</summary>
    /// <param name="variable">The variable.</param>
    /// <exception cref="ArgumentException">Several regular expressions match.</exception>
    // Keras: maps are called like functions; C# has no call operator.
    public Optimizer Apply(Variable variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return this[variable.Path];
    }

    /// <summary>Removes an optimizer.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string key) => _optimizers.Remove(key);

    /// <summary>Whether there is an optimizer for exactly this key.</summary>
    public bool ContainsKey(string key) => _optimizers.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Optimizer value) => _optimizers.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Optimizer>> GetEnumerator() => _optimizers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The default optimizer and the others by their keys, in serialised form.</summary>
    public JsonObject GetConfig()
    {
        JsonObject optimizers = [];
        foreach ((string key, Optimizer optimizer) in _optimizers) optimizers[key] = KerasSerializer.Serialize(optimizer);
        return new JsonObject { ["default_optimizer"] = KerasSerializer.Serialize(DefaultOptimizer), ["optimizer_map"] = optimizers };
    }

    internal static OptimizerMap FromConfig(JsonObject config)
    {
        OptimizerMap map = new(Read(config["default_optimizer"]));
        if (config["optimizer_map"] is not { } optimizers) return map;
        foreach ((string key, JsonNode? optimizer) in optimizers as JsonObject ?? throw ConfigReader.Expected("optimizers by path", optimizers)) map[key] = Read(optimizer);
        return map;

        static Optimizer Read(JsonNode? node) => ConfigReader.Read<Optimizer>(node) ?? throw ConfigReader.Expected("an optimizer", node);
    }

    /// <summary>An optimizer that is none around others, which a <see cref="MultiOptimizer"/> cannot hold.</summary>
    internal static Optimizer Plain(Optimizer optimizer, string name)
    {
        ArgumentNullException.ThrowIfNull(optimizer, name);
        return optimizer is LossScaleOptimizer or MultiOptimizer
            ? throw new ArgumentException($"A {optimizer.GetType().Name} cannot be inside a MultiOptimizer: put a LossScaleOptimizer around the MultiOptimizer, and all optimizers into one map.", name)
            : optimizer;
    }
}
