using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using NKeras.Layers.Preprocessing;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>What <see cref="StringLookup"/> and <see cref="IntegerLookup"/> have in common whatever their tokens are (<c>keras.src.layers.preprocessing.index_lookup.IndexLookup</c>).</summary>
public abstract class IndexLookup : AdaptedLayer
{
    private static readonly string[] s_modes = ["int", "one_hot", "multi_hot", "count", "tf_idf"];
    private static readonly string[] s_oovMethods = ["floormod", "farmhash"];

    /// <summary>The order of Keras's configurations.</summary>
    private static readonly string[] s_configKeys =
    [
        "name", "trainable", "dtype", "invert", "max_tokens", "num_oov_indices", "oov_token", "mask_token", "output_mode", "sparse", "pad_to_max_tokens",
        "vocabulary_dtype", "idf_weights", "vocabulary", "vocabulary_size", "oov_method", "salt", "encoding",
    ];

    private protected IndexLookup(LookupSettings settings, string? name, bool trainable, DTypePolicy? dtype)
        : base(name, trainable, dtype)
    {
        if (settings.MaxTokens <= 1) throw new ArgumentOutOfRangeException("maxTokens", $"Layer '{Name}': maxTokens is greater than 1, if given; received {settings.MaxTokens}.");
        if (settings.PadToMaxTokens && settings.MaxTokens == null) throw new ArgumentException($"Layer '{Name}': padToMaxTokens needs maxTokens, the length to pad to.", nameof(settings));
        if (settings.NumOovIndices < 0) throw new ArgumentOutOfRangeException("numOovIndices", $"Layer '{Name}': numOovIndices is zero or greater; received {settings.NumOovIndices}.");
        (MaxTokens, NumOovIndices, PadToMaxTokens, Sparse, Invert, Salt) = (settings.MaxTokens, settings.NumOovIndices, settings.PadToMaxTokens, settings.Sparse, settings.Invert, settings.Salt);
        OovMethod = LayerArguments.OneOf(this, s_oovMethods, settings.OovMethod, "oovMethod");
        // Keras: still takes the names of older versions.
        OutputMode = LayerArguments.OneOf(this, s_modes, settings.OutputMode switch { "binary" => "multi_hot", "tf-idf" => "tf_idf", var mode => mode }, "outputMode");
        if (Invert && OutputMode != "int") throw new ArgumentException($"Layer '{Name}': with invert outputMode is \"int\"; received \"{OutputMode}\".", nameof(settings));
        if (Sparse && OutputMode == "int") throw new ArgumentException($"Layer '{Name}': sparse goes with outputMode \"one_hot\", \"multi_hot\", \"count\" or \"tf_idf\", not with \"int\".", nameof(settings));
        Built = true;
    }

    /// <summary>How many numbers there are at most, those of the mask and of unknown tokens included; null for no bound.</summary>
    public int? MaxTokens { get; }

    /// <summary>How many numbers are for unknown tokens. With none such a token is an error.</summary>
    public int NumOovIndices { get; }

    /// <summary>Whether the layer turns numbers into tokens.</summary>
    public bool Invert { get; }

    /// <summary>What the result is: <c>"int"</c>, <c>"one_hot"</c>, <c>"multi_hot"</c>, <c>"count"</c> or <c>"tf_idf"</c>.</summary>
    public string OutputMode { get; }

    /// <summary>Whether the result is sparse.</summary>
    public bool Sparse { get; }

    /// <summary>Whether rows have <see cref="MaxTokens"/> places even if there are fewer tokens.</summary>
    public bool PadToMaxTokens { get; }

    /// <summary>How unknown whole numbers are spread over several places: <c>"floormod"</c> or <c>"farmhash"</c>. Texts always go by their hash.</summary>
    public string OovMethod { get; }

    /// <summary>The key of SipHash for unknown tokens; null for FarmHash.</summary>
    public HashSalt? Salt { get; }

    /// <summary>What tokens count with <c>"tf_idf"</c>, by their numbers; null if that is not known yet.</summary>
    public abstract Tensor? IdfWeights { get; }

    /// <summary>The number of numbers: of tokens, of the mask and of unknown tokens.</summary>
    public int VocabularySize() => CurrentSize ?? ExpectedSize ?? SpecialCount;

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        config["vocabulary"] = ConfigValue.Of(GivenVocabulary);
        config["idf_weights"] = ConfigValue.Of(GivenIdfWeights);
        config["vocabulary_size"] = CurrentSize ?? ExpectedSize;
        return config.Selected(s_configKeys.Where(k => k is not ("vocabulary_dtype" or "encoding") || config.ContainsKey(k)));
    }

    /// <inheritdoc/>
    // Keras: writes an empty one.
    public override JsonObject? GetBuildConfig() => [];

    /// <summary>A layer of a configuration, which may say how large a vocabulary is that comes from elsewhere.</summary>
    internal static IndexLookup Read<[DynamicallyAccessedMembers(AutoConfig.Needed)] T>(JsonObject config)
        where T : IndexLookup
    {
        T layer = (T)AutoConfig.Create(typeof(T), config);
        layer.ReadSize(config);
        return layer;
    }

    /// <summary>Reads how large the vocabulary is, for a layer whose vocabulary comes from elsewhere.</summary>
    internal void ReadSize(JsonObject config)
    {
        if (config["vocabulary_size"] is not { } size) return;
        int read = BadConfig.Within($"Layer '{Name}', vocabulary_size", () => (int)LayerArguments.NotNegative(this, ConfigReader.Integer(size), "vocabulary_size"));
        // Keras: takes that of a layer without vocabulary for that of one without tokens, which could not be adapted.
        if (read > SpecialCount) ExpectedSize = read;
    }

    /// <summary>The number of numbers in effect; null before there is a vocabulary.</summary>
    private protected abstract int? CurrentSize { get; }

    /// <summary>The tokens that the constructor was given, if the configuration is to have them.</summary>
    private protected abstract System.Collections.IEnumerable? GivenVocabulary { get; }

    /// <summary>The weights that the constructor was given.</summary>
    private protected Floats? GivenIdfWeights { get; init; }

    /// <summary>The number of numbers that a configuration says.</summary>
    private protected int? ExpectedSize { get; private set; }

    /// <summary>Whether the mask has a number.</summary>
    private protected abstract bool HasMask { get; }

    /// <summary>The first number for unknown tokens.</summary>
    private protected int OovStart => HasMask && OutputMode == "int" ? 1 : 0;

    /// <summary>The number of numbers in front of those of tokens.</summary>
    private protected int SpecialCount => OovStart + NumOovIndices;

    private protected override bool TakesRagged => true;

    private protected override bool AutocastsInputs => false;

    /// <summary>Whether only shapes are asked for, which need no vocabulary.</summary>
    private protected static bool IsInferring => Trace.Current?.OnlyInfers == true;

    /// <summary>The type of rows.</summary>
    // Keras: rows that are computed from data are int64, while a symbolic result says floatx, which what follows in a model expects.
    private protected DType RowType => Policy.VariableDType.IsFloating ? Policy.VariableDType : Config.Floatx();

    /// <summary>Checks the size of a vocabulary that is about to take effect.</summary>
    /// <exception cref="ArgumentException">It is larger than allowed.</exception>
    /// <exception cref="InvalidOperationException">Rows would change their length.</exception>
    private protected void CheckSize(int size)
    {
        if (size > MaxTokens) throw new ArgumentException($"Layer '{Name}': a vocabulary of {size} numbers, with those of the mask and of unknown tokens, is larger than maxTokens={MaxTokens}.");
        if (OutputMode == "int" || PadToMaxTokens || (CurrentSize ?? ExpectedSize) is not { } old || old == size) return;
        throw new InvalidOperationException($"Layer '{Name}': with outputMode \"{OutputMode}\" and without padToMaxTokens the size of the vocabulary is the length of rows, and cannot change: it is {old}, the new one {size}.");
    }

    /// <summary>Numbers of tokens as the result is to have them.</summary>
    private protected Tensor Encoded(Tensor indices)
    {
        if (OutputMode == "int") return indices;
        DType type = RowType;
        if (OutputMode != "tf_idf") return CategoricalEncoder.Encode(this, indices, OutputMode, Depth(), type, Sparse);
        Tensor counts = CategoricalEncoder.Encode(this, indices, "count", Depth(), type, Sparse);
        if (IdfWeights is null && IsInferring) return counts;
        using WideScope scope = WideScope.Wanted(type == DType.Float64);
        Tensor weights = Ops.Cast(IdfWeights ?? throw new InvalidOperationException($"Layer '{Name}' has no idfWeights, which outputMode \"tf_idf\" needs."), type);
        return counts is SparseTensor sparse
            ? sparse.WithValues(Ops.Multiply(sparse.Values, new Gather(0).Apply(weights, sparse.Coordinates[^1])))
            : Ops.Multiply(counts, weights);
    }

    /// <summary>The length of rows.</summary>
    private int Depth() => PadToMaxTokens && MaxTokens is { } padded ? padded : CurrentSize ?? ExpectedSize ?? throw new InvalidOperationException(
        $"Layer '{Name}': with outputMode \"{OutputMode}\" and without padToMaxTokens the layer needs its vocabulary, which is as long as rows, before it is called: give it to the constructor or to SetVocabulary, or call Adapt.");
}
