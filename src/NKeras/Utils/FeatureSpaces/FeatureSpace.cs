using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Saving;

namespace NKeras;

/// <summary>
/// Prepares the columns of a table for a model (<c>keras.utils.FeatureSpace</c>): numbers are scaled or divided into intervals, texts and whole numbers that
/// stand for classes become vectors, combinations of features are crossed, and all of it becomes one vector for each row.
/// </summary>
/// <remarks>
/// Columns come by name, as <c>(rows)</c> or <c>(rows, 1)</c>, or as single values for one row. The result is <c>(rows, width)</c> with
/// <c>outputMode: "concat"</c>, and a tensor for each feature and cross, by name, with <c>"dict"</c>. Features that learn from data (normalized, discretized,
/// categorical) need <see cref="Adapt(Tensors, Verbosity)"/> first.
/// </remarks>
/// <example><code>
/// FeatureSpace space = new(
///     features: new() { ["age"] = "float_normalized", ["city"] = "string_categorical", ["rooms"] = FeatureSpace.IntegerCategorical(maxTokens: 10) },
///     crosses: [("city", "rooms")]);
/// space.Adapt(table);
/// Tensor vectors = space.Apply(table);
/// var model = new Model(space.GetInputs(), new Dense(1).Apply(space.GetEncodedFeatures()));
/// </code></example>
// Keras: the class sits in keras.utils; here Utils is the class of that module's functions.
public sealed partial class FeatureSpace : Layer
{
    private static readonly string[] s_outputModes = ["concat", "dict"];

    private readonly Dictionary<string, Layer> _preprocessors;
    private readonly Dictionary<string, Layer> _crossers;
    private readonly Dictionary<string, Layer> _oneHotEncoders = [];
    private bool _isAdapted;
    private KerasTensors? _encodedFeatures;

    /// <summary>Creates the space.</summary>
    /// <param name="features">The features by name: each the name of its kind, or what the static methods of this class give.</param>
    /// <param name="outputMode"><c>"concat"</c> for one vector a row, <c>"dict"</c> for each feature by itself.</param>
    /// <param name="crosses">Features to be crossed: pairs of names, or what <see cref="Cross"/> gives.</param>
    /// <param name="crossingDim">How many values a cross has that does not say so itself.</param>
    /// <param name="hashingDim">How many values a feature has that is given as <c>"integer_hashed"</c> or <c>"string_hashed"</c>.</param>
    /// <param name="numDiscretizationBins">How many intervals a feature has that is given as <c>"float_discretized"</c>.</param>
    /// <param name="name">The name; <c>feature_space</c>, … if omitted.</param>
    /// <exception cref="ArgumentException">There are no features, a kind, a mode or a crossed feature is unknown, or crosses have no dimension.</exception>
    public FeatureSpace(
        Dictionary<string, Feature> features,
        string outputMode = "concat",
        IReadOnlyList<Cross>? crosses = null,
        int? crossingDim = 32,
        int hashingDim = 32,
        int numDiscretizationBins = 32,
        string? name = null)
        : base(name)
    {
        if (features is not { Count: > 0 }) throw new ArgumentException($"FeatureSpace '{Name}': features is null or empty; name at least one.", nameof(features));
        if (!s_outputModes.Contains(outputMode))
            throw new ArgumentException($"FeatureSpace '{Name}': outputMode is 'concat' or 'dict', not '{outputMode}'. {Suggestion.For(outputMode ?? "", s_outputModes)}", nameof(outputMode));
        (OutputMode, CrossingDim, HashingDim, NumDiscretizationBins) = (outputMode, crossingDim, hashingDim, numDiscretizationBins);
        Dictionary<string, Func<string, Feature>> kinds = Kinds();
        Features = features.ToDictionary(
            f => f.Key, f => (f.Value ?? throw new ArgumentException($"FeatureSpace '{Name}': feature '{f.Key}' is null.", nameof(features))).For(f.Key, kinds));
        Crosses = [.. (crosses ?? []).Select(Standardized)];
        _preprocessors = Features.ToDictionary(f => f.Key, f => f.Value.Preprocessor);
        _crossers = Crosses.ToDictionary(c => c.Name, c => (Layer)new HashedCrossing(c.CrossingDim!.Value, name: c.Name));
        Inputs = Features.ToDictionary(f => f.Key, f => (KerasTensor)new Input(shape: [1], dtype: f.Value.DType, name: f.Key));
    }

    /// <summary>The features by name.</summary>
    public IReadOnlyDictionary<string, Feature> Features { get; }

    /// <summary>The crosses.</summary>
    public IReadOnlyList<Cross> Crosses { get; }

    /// <summary>What leaves the space: <c>"concat"</c> or <c>"dict"</c>.</summary>
    public string OutputMode { get; }

    /// <summary>How many values a cross has that does not say so itself; null if each says it.</summary>
    public int? CrossingDim { get; }

    /// <summary>How many values a hashed feature has that does not say so itself.</summary>
    public int HashingDim { get; }

    /// <summary>How many intervals a discretized feature has that does not say so itself.</summary>
    public int NumDiscretizationBins { get; }

    /// <summary>The layers that prepare the features, by name.</summary>
    public IReadOnlyDictionary<string, Layer> Preprocessors => _preprocessors;

    /// <summary>The layers that cross features, by the crosses' names.</summary>
    public IReadOnlyDictionary<string, Layer> Crossers => _crossers;

    /// <summary>The symbolic inputs by name.</summary>
    private Dictionary<string, KerasTensor> Inputs { get; }

    /// <summary>The inputs for a functional model: one of shape <c>(null, 1)</c> for each feature.</summary>
    /// <exception cref="InvalidOperationException">The space has not been adapted.</exception>
    public KerasTensors GetInputs()
    {
        GetEncodedFeatures();
        return Inputs;
    }

    /// <summary>What the space makes of <see cref="GetInputs"/>: one symbolic tensor, or those of all features by name.</summary>
    /// <exception cref="InvalidOperationException">The space has not been adapted.</exception>
    public KerasTensors GetEncodedFeatures()
    {
        if (_encodedFeatures != null) return _encodedFeatures;
        CheckAdapted();
        Tensors encoded = Encode(Inputs.ToDictionary(i => i.Key, i => (Tensor)i.Value), makesEncoders: true);
        Built = true;
        return _encodedFeatures = Symbolic(encoded);
    }

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputShapes) => GetEncodedFeatures();

    /// <inheritdoc/>
    public override Tensors Call(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Names is not { } names) throw new ArgumentException($"FeatureSpace '{Name}' takes its features by name ({string.Join(", ", Features.Keys)}); received {inputs}.", nameof(inputs));
        if (names.FirstOrDefault(n => !Features.ContainsKey(n)) is { } unknown)
            throw new ArgumentException($"FeatureSpace '{Name}' has no feature '{unknown}'. {Suggestion.For(unknown, Features.Keys)}", nameof(inputs));
        if (Features.Keys.FirstOrDefault(f => !names.Contains(f)) is { } missing)
            throw new ArgumentException($"FeatureSpace '{Name}' was not given feature '{missing}'; received {string.Join(", ", names)}.", nameof(inputs));
        bool isRow = names.Any(n => inputs[n].Rank == 0);
        Tensors encoded = Encode(names.ToDictionary(n => n, n => AsColumn(n, inputs[n])), makesEncoders: false);
        return isRow ? encoded.Select(t => t.Rank == 2 ? Ops.Squeeze(t, axis: 0) : t) : encoded;
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new()
    {
        ["features"] = new JsonObject(Features.Select(f => KeyValuePair.Create(f.Key, KerasSerializer.Serialize(f.Value)))),
        ["output_mode"] = OutputMode,
        ["crosses"] = new JsonArray([.. Crosses.Select(KerasSerializer.Serialize)]),
        ["crossing_dim"] = CrossingDim,
        ["hashing_dim"] = HashingDim,
        ["num_discretization_bins"] = NumDiscretizationBins,
    };

    /// <summary>A space from what <see cref="GetConfig"/> gave. It is to be adapted, unless its features need not.</summary>
    /// <exception cref="ArgumentException">An entry is missing or does not fit.</exception>
    public static FeatureSpace FromConfig(JsonObject config)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config["features"] is not JsonObject features) throw ConfigReader.Expected("the features by name", config["features"]);
        return new FeatureSpace(
            features.ToDictionary(f => f.Key, f => f.Value is JsonObject form ? KerasSerializer.Deserialize<Feature>(form) : (Feature)ConfigReader.Text(f.Value)),
            ConfigReader.Read<string>(config["output_mode"]) ?? "concat",
            [.. (config["crosses"] is null ? [] : ConfigReader.List(config["crosses"])).Select(c => c is JsonObject form ? KerasSerializer.Deserialize<Cross>(form) : ConfigReader.Read<string[]>(c)!)],
            config.ContainsKey("crossing_dim") ? ConfigReader.Read<int?>(config["crossing_dim"]) : 32,
            ConfigReader.Read<int?>(config["hashing_dim"]) ?? 32,
            ConfigReader.Read<int?>(config["num_discretization_bins"]) ?? 32,
            ConfigReader.Read<string>(config["name"]));
    }

    /// <inheritdoc/>
    // Keras: the shapes of the layers inside, by the names of the features.
    public override JsonObject? GetBuildConfig() => new(_preprocessors.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value.GetBuildConfig())));

    /// <inheritdoc/>
    public override void BuildFromConfig(JsonObject config)
    {
        ArgumentNullException.ThrowIfNull(config);
        foreach ((string name, JsonNode? shape) in config)
        {
            if (!_preprocessors.TryGetValue(name, out Layer? preprocessor)) throw new ArgumentException($"There is no feature '{BadConfig.Excerpt(name)}'.");
            if (!preprocessor.Built && shape is JsonObject form) preprocessor.BuildFromConfig(form);
        }

        _isAdapted = true;
    }

    private Cross Standardized(Cross cross)
    {
        ArgumentNullException.ThrowIfNull(cross);
        if (cross.FeatureNames.FirstOrDefault(f => !Features.ContainsKey(f)) is { } unknown)
            throw new ArgumentException($"FeatureSpace '{Name}': cross '{cross.Name}' names '{unknown}', which is none of the features. {Suggestion.For(unknown, Features.Keys)}", "crosses");
        return cross.CrossingDim == null && CrossingDim == null
            ? throw new ArgumentException($"FeatureSpace '{Name}': cross '{cross.Name}' has no crossingDim, and neither has the space.", "crossingDim")
            : cross.With(CrossingDim);
    }

    private void CheckAdapted()
    {
        if (_isAdapted) return;
        if (!Adaptable.Any()) _isAdapted = true;
        else throw new InvalidOperationException($"FeatureSpace '{Name}' is to be adapted to data before it is used: call Adapt. Features that learn from it: {string.Join(", ", Adaptable.Select(f => $"'{f}'"))}.");
    }

    /// <summary>A feature as a column, in numbers of its type.</summary>
    private Tensor AsColumn(string name, Tensor x)
    {
        Feature feature = Features[name];
        bool isText = x.DType == DType.String;
        if (isText != (feature.DType == DType.String))
            throw new ArgumentException($"FeatureSpace '{Name}': feature '{name}' takes {(isText ? "numbers" : "strings")}; received {x.DType} of shape {x.Shape}.", "inputs");
        Tensor typed = feature.DType.IsFloating ? Ops.Cast(x, feature.DType) : x;
        return typed.Rank switch
        {
            0 => Ops.Reshape(typed, [1, 1]),
            1 => Ops.ExpandDims(typed, axis: -1),
            _ => typed,
        };
    }
}
