using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Saving;

namespace NKeras;

/// <summary>
/// How a <see cref="FeatureSpace"/> prepares a feature, made by the space's static methods. A string converts: <c>"float"</c>, <c>"float_rescaled"</c>,
/// <c>"float_normalized"</c>, <c>"float_discretized"</c>, <c>"integer_categorical"</c>, <c>"string_categorical"</c>, <c>"integer_hashed"</c>, <c>"string_hashed"</c>.
/// </summary>
// Keras: the class is not public there; FeatureSpace.feature() makes one.
public sealed class Feature : IConfigurable
{
    private static readonly string[] s_outputModes = ["int", "one_hot", "float"];
    private readonly Layer? _preprocessor;
    private readonly string? _kind;

    /// <summary>Creates the description.</summary>
    /// <param name="dtype">The type of the raw feature.</param>
    /// <param name="preprocessor">The layer that prepares it.</param>
    /// <param name="outputMode"><c>"float"</c> or <c>"int"</c> for what the layer gives, or <c>"one_hot"</c> to turn its class numbers into vectors.</param>
    /// <exception cref="ArgumentException">There is no such mode.</exception>
    public Feature(DType dtype, Layer preprocessor, string outputMode)
    {
        ArgumentNullException.ThrowIfNull(dtype);
        ArgumentNullException.ThrowIfNull(preprocessor);
        if (!s_outputModes.Contains(outputMode))
            throw new ArgumentException($"Feature: outputMode is one of 'int', 'one_hot' and 'float', not '{outputMode}'. {Suggestion.For(outputMode ?? "", s_outputModes)}", nameof(outputMode));
        (DType, _preprocessor, OutputMode) = (dtype, preprocessor, outputMode);
    }

    private Feature(string kind) => (_kind, DType, OutputMode) = (kind, DType.Float32, "float");

    /// <summary>The type of the raw feature.</summary>
    public DType DType { get; }

    /// <summary>The layer that prepares it.</summary>
    public Layer Preprocessor => _preprocessor ?? throw new InvalidOperationException($"The feature '{_kind}' is prepared as the feature space says that it is given to.");

    /// <summary>What leaves the space: <c>"float"</c>, <c>"int"</c> or <c>"one_hot"</c>.</summary>
    public string OutputMode { get; }

    /// <summary>A feature by the name of its kind, with what is usual for it.</summary>
    public static implicit operator Feature(string kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return new Feature(kind);
    }

    /// <summary>What it was made with, by Keras's names.</summary>
    public JsonObject GetConfig() => new()
    {
        ["dtype"] = DType.Name,
        ["preprocessor"] = KerasSerializer.Serialize(Preprocessor),
        ["output_mode"] = OutputMode,
    };

    /// <summary>The feature itself, or the one that the name of its kind stands for.</summary>
    /// <param name="name">The feature's name.</param>
    /// <param name="kinds">What names stand for.</param>
    internal Feature For(string name, IReadOnlyDictionary<string, Func<string, Feature>> kinds) => _kind == null ? this
        : kinds.TryGetValue(_kind, out Func<string, Feature>? make) ? make(name)
        : throw new ArgumentException($"FeatureSpace: feature '{name}' is of an unknown kind, '{_kind}'. {Suggestion.For(_kind, [.. kinds.Keys])}");
}
