using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// Turns texts into numbers of their words (<c>keras.layers.TextVectorization</c>): each text is standardized and split into tokens, and each token
/// is looked up in a vocabulary, which is given or learned by <c>Adapt</c>.
/// </summary>
/// <remarks>
/// Input () or (batch), or with a last dimension of 1. With <c>"int"</c> the result is (batch, tokens), where 0 fills up shorter texts and 1 stands
/// for tokens outside the vocabulary; with <c>"multi_hot"</c>, <c>"count"</c> and <c>"tf_idf"</c> it is (batch, vocabulary). As TensorFlow does,
/// <c>"lower"</c>, punctuation and white space concern ASCII only. Where texts are not split, each is a token, and rows of them are
/// along the last axis.
/// </remarks>
/// <example><code>
/// TextVectorization words = new(outputSequenceLength: 4);
/// words.Adapt(new[] { "foo bar", "bar baz", "baz bada boom" });
/// Tensor numbers = words.Apply(new[] { "foo qux bar", "qux baz" });   // [[4, 1, 3, 0], [1, 2, 0, 0]]
/// </code></example>
public sealed class TextVectorization : AdaptedLayer
{
    private readonly StringLookup _lookupLayer;
    private readonly Tokenizer _tokenizer;

    /// <summary>Creates the layer.</summary>
    /// <param name="maxTokens">The greatest size of the vocabulary, with the entries for padding and unknown tokens; no limit if omitted.</param>
    /// <param name="standardize">How texts are brought to one form; in lower case without punctuation if omitted.</param>
    /// <param name="split">How texts are split into tokens; at white space if omitted.</param>
    /// <param name="ngrams">Neighbouring tokens that are put together, with spaces between them: a number for up to so many, a list for exactly those; none if omitted.</param>
    /// <param name="outputMode"><c>"int"</c>, <c>"multi_hot"</c>, <c>"count"</c>, <c>"tf_idf"</c>, or <c>"one_hot"</c>.</param>
    /// <param name="outputSequenceLength">With <c>"int"</c>, to how many tokens each text is cut or filled up; as many as the longest of a batch has if omitted.</param>
    /// <param name="padToMaxTokens">Whether rows are as long as <paramref name="maxTokens"/> even if the vocabulary is smaller; not with <c>"int"</c>.</param>
    /// <param name="vocabulary">The vocabulary, or the path of a text file with a token on each line; learned by <c>Adapt</c> if omitted.</param>
    /// <param name="idfWeights">With <c>"tf_idf"</c>, a weight for each entry of the vocabulary.</param>
    /// <param name="sparse">Whether rows are a <see cref="SparseTensor"/>; not with <c>"int"</c>.</param>
    /// <param name="ragged">With <c>"int"</c>, whether the result is a <see cref="RaggedTensor"/>, which is not filled up.</param>
    /// <param name="encoding">Kept for the layer's configuration: .NET's texts are Unicode.</param>
    /// <param name="name">The name; <c>text_vectorization</c>, <c>text_vectorization_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">Kept for the layer's configuration; the result is int64 with <c>"int"</c>, otherwise <see cref="Config.Floatx"/>.</param>
    /// <exception cref="ArgumentException">An argument is out of range, or does not go with another; the message says which.</exception>
    public TextVectorization(
        int? maxTokens = null,
        TextStandardization standardize = default,
        TextSplitting split = default,
        Ints? ngrams = null,
        string outputMode = "int",
        int? outputSequenceLength = null,
        bool padToMaxTokens = false,
        Vocabulary<string>? vocabulary = null,
        Floats? idfWeights = null,
        bool sparse = false,
        bool ragged = false,
        string encoding = "utf-8",
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        if (ngrams != null && (ngrams.Count == 0 || ngrams.Any(n => n < 1)))
            throw new ArgumentException($"Layer '{Name}': ngrams is a positive number, or a list of such; received {ngrams}.", nameof(ngrams));
        _lookupLayer = new StringLookup(
            maxTokens, maskToken: "", vocabulary: vocabulary, idfWeights: idfWeights, outputMode: outputMode, padToMaxTokens: padToMaxTokens, sparse: sparse, encoding: encoding, name: Name);
        // Keras: the lookup inside has a name of its own, which layers that are made later count on.
        Naming.Skip("string_lookup", 1);
        if (OutputMode != "int" && outputSequenceLength != null)
            throw new ArgumentException($"Layer '{Name}': outputSequenceLength goes with outputMode \"int\" only; received {outputSequenceLength} with \"{OutputMode}\".", nameof(outputSequenceLength));
        if (outputSequenceLength is { } length) LayerArguments.Positive(this, length, nameof(outputSequenceLength));
        if (OutputMode != "int" && ragged)
            throw new ArgumentException($"Layer '{Name}': ragged goes with outputMode \"int\" only; received \"{OutputMode}\".", nameof(ragged));
        (Standardize, Split, Ngrams, OutputSequenceLength, Ragged) = (standardize, split, ngrams, outputSequenceLength, ragged);
        _tokenizer = new Tokenizer($"Layer '{Name}'", standardize, split, ngrams is { IsNumber: true } ? [.. Enumerable.Range(1, ngrams[0])] : ngrams);
    }

    /// <summary>The greatest size of the vocabulary; null for no limit.</summary>
    public int? MaxTokens => _lookupLayer.MaxTokens;

    /// <summary>How texts are brought to one form.</summary>
    public TextStandardization Standardize { get; }

    /// <summary>How texts are split into tokens.</summary>
    public TextSplitting Split { get; }

    /// <summary>How many neighbours are put together; null for none.</summary>
    public Ints? Ngrams { get; }

    /// <summary>What the result is.</summary>
    public string OutputMode => _lookupLayer.OutputMode;

    /// <summary>To how many tokens each text is cut or filled up; null for as many as the longest of a batch has.</summary>
    public int? OutputSequenceLength { get; }

    /// <summary>Whether rows are as long as <see cref="MaxTokens"/> even if the vocabulary is smaller.</summary>
    public bool PadToMaxTokens => _lookupLayer.PadToMaxTokens;

    /// <summary>Whether rows are sparse.</summary>
    public bool Sparse => _lookupLayer.Sparse;

    /// <summary>Whether the result is ragged.</summary>
    public bool Ragged { get; }

    /// <summary>The name of the encoding.</summary>
    public string Encoding => _lookupLayer.Encoding;

    /// <summary>The type of the texts.</summary>
    public override DType ComputeDType => DType.String;

    /// <summary>The type of the vocabulary.</summary>
    public override DType VariableDType => DType.String;

    /// <inheritdoc/>
    private protected override bool AutocastsInputs => false;

    private protected override bool TakesRagged => true;

    // Keras's attribute has an underscore in front, which is a part of the path of its files.
    internal override string AttributeName(string field) => field == "lookup_layer" ? "_lookup_layer" : field;

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        // There is nothing to build.
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        Check(inputs);
        bool isInt = OutputMode == "int", rowsDiffer = inputs is RaggedTensor || (Split.Splits && inputs.Rank is 1 or 2);
        if (rowsDiffer && (isInt ? Ragged : OutputMode != "one_hot")) return _lookupLayer.Call(_tokenizer.Ragged(inputs, OutputSequenceLength));
        // Keras: declares that texts which are not split make a row each, and makes one row of all.
        Tensor rows = !Split.Splits && inputs.Rank == 1 && (!isInt || OutputSequenceLength != null) ? Ops.ExpandDims(inputs, -1) : inputs;
        return _lookupLayer.Call(_tokenizer.Dense(rows, OutputSequenceLength, fillsUp: !Ragged));
    }

    /// <summary>The tokens of the vocabulary, in the order of their numbers.</summary>
    /// <param name="includeSpecialTokens">Whether the first are those for padding and unknown tokens, as in the results.</param>
    public IReadOnlyList<string> GetVocabulary(bool includeSpecialTokens = true) => _lookupLayer.GetVocabulary(includeSpecialTokens);

    /// <summary>Sets the vocabulary instead of learning it.</summary>
    /// <param name="vocabulary">The tokens, with or without the special ones in front, or the path of a text file with a token on each line.</param>
    /// <param name="idfWeights">With <c>"tf_idf"</c>, a weight for each.</param>
    /// <exception cref="ArgumentException">It is empty, has a token twice, or is larger than <see cref="MaxTokens"/>; or weights do not fit.</exception>
    public void SetVocabulary(Vocabulary<string> vocabulary, Floats? idfWeights = null) => _lookupLayer.SetVocabulary(vocabulary, idfWeights);

    /// <summary>The size of the vocabulary, with the entries for padding and unknown tokens.</summary>
    public int VocabularySize() => _lookupLayer.VocabularySize();

    /// <inheritdoc/>
    public override void ResetState() => _lookupLayer.ResetState();

    /// <inheritdoc/>
    public override void UpdateState(Tensor data)
    {
        Check(data);
        _lookupLayer.UpdateState(Split.Splits ? _tokenizer.Ragged(Ops.Reshape(data, [-1])) : data is RaggedTensor ? _tokenizer.Ragged(data) : _tokenizer.Dense(data));
    }

    /// <inheritdoc/>
    public override void FinalizeState() => _lookupLayer.FinalizeState();

    // Keras: what the lookup keeps is in files twice, at the layer's path and at that of the lookup inside.

    /// <inheritdoc/>
    public override void SaveOwnVariables(IDictionary<string, Tensor> store) => _lookupLayer.SaveOwnVariables(store);

    /// <inheritdoc/>
    public override void LoadOwnVariables(IReadOnlyDictionary<string, Tensor> store) => _lookupLayer.LoadOwnVariables(store);

    /// <inheritdoc/>
    public override void SaveAssets(IDictionary<string, byte[]> assets) => _lookupLayer.SaveAssets(assets);

    /// <inheritdoc/>
    public override void LoadAssets(IReadOnlyDictionary<string, byte[]> assets) => _lookupLayer.LoadAssets(assets);

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig(), lookup = _lookupLayer.GetConfig();
        foreach (string key in (string[])["vocabulary", "idf_weights"]) config.Placed(key, lookup[key]?.DeepClone(), before: "encoding");
        config["vocabulary_size"] = VocabularySize();
        return config;
    }

    internal override bool NeedsAdapting => _lookupLayer.NeedsAdapting;

    internal override object? Learned => _lookupLayer.Learned;

    /// <summary>A layer of a configuration, which may say how large a vocabulary is that comes from elsewhere.</summary>
    internal static TextVectorization Read(JsonObject config)
    {
        TextVectorization layer = (TextVectorization)AutoConfig.Create(typeof(TextVectorization), config);
        layer._lookupLayer.ReadSize(config);
        return layer;
    }

    // Where texts are not split, each of a vector is a row, as in Keras.
    private protected override Tensor InMemory(Tensor data) => !Split.Splits && data is not CompositeTensor && data.Rank == 1 ? Ops.ExpandDims(data, -1) : data;

    private void Check(Tensor inputs)
    {
        if (inputs.DType != DType.String) throw new ArgumentException($"Layer '{Name}' takes texts; received {inputs.DType} of shape {inputs.Shape}.", nameof(inputs));
        if (inputs is SparseTensor) throw new ArgumentException($"Layer '{Name}' takes dense or ragged texts; received {inputs}.", nameof(inputs));
        if (!Split.Splits) return;
        if (inputs is RaggedTensor) throw new ArgumentException($"Layer '{Name}' splits texts, so it takes them dense, (batch) or (batch, 1); received {inputs}. For rows of tokens say split: null.", nameof(inputs));
        if (inputs.Rank > 1 && inputs.Shape[-1] is not (1 or null))
            throw new ArgumentException($"Layer '{Name}' splits texts, so its input has the shape (batch), or a last dimension of 1; received {inputs.Shape}. For rows of tokens say split: null.", nameof(inputs));
    }
}
