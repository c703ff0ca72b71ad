using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NKeras.Saving;
using NKeras.Training;

namespace NKeras;

/// <summary>
/// What <c>Compile</c> takes as <c>lossWeights</c>: a number for the only output, a list with one for each, or numbers by
/// the outputs' names (<c>new() { ["score"] = 0.5 }</c>).
/// </summary>
[CollectionBuilder(typeof(LossWeightsByOutput), nameof(Create))]
public sealed class LossWeightsByOutput : IEnumerable<double>
{
    private readonly ByOutput<object> _weights = new();

    /// <summary>Creates an empty structure, to be filled by name.</summary>
    public LossWeightsByOutput()
    {
    }

    /// <summary>The weight of the output with a name; 1 if none is given.</summary>
    public double this[string output]
    {
        get => _weights.Get(output) as double? ?? 1;
        set => _weights.Set(output, value);
    }

    /// <summary>Collects one weight per output.</summary>
    public static LossWeightsByOutput Create(ReadOnlySpan<double> weights)
    {
        LossWeightsByOutput result = new();
        foreach (double weight in weights) result._weights.Add(weight);
        return result;
    }

    /// <summary>The weight of the only output.</summary>
    public static implicit operator LossWeightsByOutput(double weight) => Create([weight]);

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => _weights.Values.Cast<double>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal double[] For(IReadOnlyList<string> outputs) => [.. _weights.For("lossWeights", outputs).Select(w => w as double? ?? 1)];

    internal JsonNode ToConfig() => _weights.ToConfig(w => ConfigValue.Of(w));

    internal static LossWeightsByOutput? FromConfig(JsonNode? node)
    {
        if (node is null) return null;
        LossWeightsByOutput result = new();
        result._weights.ReadConfig(node, w => w is null ? null : ConfigReader.Read<double>(w));
        return result;
    }
}
