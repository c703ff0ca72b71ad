using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras;

/// <summary>Features that a <see cref="FeatureSpace"/> crosses: their values together are hashed into one more feature. A pair, a triple or an array of names converts.</summary>
// Keras: the class is not public there; FeatureSpace.cross() makes one.
public sealed class Cross : IConfigurable
{
    private static readonly string[] s_outputModes = ["int", "one_hot"];

    /// <summary>Creates the description.</summary>
    /// <param name="featureNames">The names of the features.</param>
    /// <param name="crossingDim">How many values the new feature has; the space's number if omitted.</param>
    /// <param name="outputMode"><c>"one_hot"</c> for vectors, <c>"int"</c> for class numbers.</param>
    /// <exception cref="ArgumentException">There are fewer than two names, or there is no such mode.</exception>
    public Cross(IReadOnlyList<string> featureNames, int? crossingDim = null, string outputMode = "one_hot")
    {
        ArgumentNullException.ThrowIfNull(featureNames);
        if (featureNames.Count < 2) throw new ArgumentException($"Cross: two or more features are crossed; received {featureNames.Count}.", nameof(featureNames));
        if (!s_outputModes.Contains(outputMode)) throw new ArgumentException($"Cross: outputMode is 'int' or 'one_hot', not '{outputMode}'.", nameof(outputMode));
        if (crossingDim < 1) throw new ArgumentException($"Cross: crossingDim is at least 1, not {crossingDim}.", nameof(crossingDim));
        (FeatureNames, CrossingDim, OutputMode) = ([.. featureNames], crossingDim, outputMode);
    }

    /// <summary>The names of the features.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>How many values the new feature has; null for the space's number.</summary>
    public int? CrossingDim { get; }

    /// <summary>What leaves the space: <c>"int"</c> or <c>"one_hot"</c>.</summary>
    public string OutputMode { get; }

    /// <summary>The new feature's name: <c>a_X_b</c>.</summary>
    public string Name => string.Join("_X_", FeatureNames);

    /// <summary>Two features.</summary>
    public static implicit operator Cross((string, string) names) => new([names.Item1, names.Item2]);

    /// <summary>Three features.</summary>
    public static implicit operator Cross((string, string, string) names) => new([names.Item1, names.Item2, names.Item3]);

    /// <summary>Any number of features.</summary>
    public static implicit operator Cross(string[] names) => new(names);

    /// <summary>What it was made with, by Keras's names.</summary>
    public JsonObject GetConfig() => new()
    {
        ["feature_names"] = ConfigValue.Of(FeatureNames),
        ["crossing_dim"] = CrossingDim,
        ["output_mode"] = OutputMode,
    };

    /// <summary>The same features with a number of values.</summary>
    internal Cross With(int? crossingDim) => new(FeatureNames, CrossingDim ?? crossingDim, OutputMode);
}
