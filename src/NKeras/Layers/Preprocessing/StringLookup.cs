using NKeras.Engine;
using NKeras.Engine.Graphs;
using NKeras.Layers.Preprocessing;

namespace NKeras.Layers;

/// <summary>
/// Numbers texts by a vocabulary that it is given or learns (<c>keras.layers.StringLookup</c>), or makes texts of numbers. It neither splits nor changes
/// texts; TextVectorization does.
/// </summary>
/// <remarks>
/// <para>
/// The first number is the mask's, if there is a mask token and the output mode is <c>"int"</c>; unknown texts have the next <c>numOovIndices</c>; then come the
/// vocabulary's. In the other output modes the mask counts nowhere.
/// </para>
/// <para>Any shape, dense, ragged or sparse. The result has the input's shape (int64) with <c>"int"</c>; a new last axis with <c>"one_hot"</c>; and tokens in place of the last axis otherwise.</para>
/// </remarks>
/// <example><code>
/// StringLookup layer = new(vocabulary: ["a", "b", "c", "d"]);
/// Tensor numbers = layer.Apply(new[,] { { "a", "c", "d" }, { "d", "z", "b" } });   // [[1, 3, 4], [4, 0, 2]]
/// StringLookup learned = new();
/// learned.Adapt(new[] { "a", "b", "b" });
/// IReadOnlyList&lt;string&gt; tokens = learned.GetVocabulary();                        // [UNK], b, a
/// </code></example>
public sealed class StringLookup : IndexLookup<string>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="maxTokens">How many numbers there are at most, those of the mask and of unknown texts included; no bound if omitted.</param>
    /// <param name="numOovIndices">How many numbers are for unknown texts, which their hash spreads over them. With none such a text is an error.</param>
    /// <param name="maskToken">The text that stands for a missing one; none if omitted.</param>
    /// <param name="oovToken">What <paramref name="invert"/> gives for numbers of unknown texts, and what stands for them in the vocabulary.</param>
    /// <param name="vocabulary">The texts, or the path of a file with one a line; null to learn them with <c>Adapt</c>.</param>
    /// <param name="idfWeights">With <c>"tf_idf"</c>, what each text of the vocabulary counts.</param>
    /// <param name="invert">Whether numbers become texts.</param>
    /// <param name="outputMode"><c>"int"</c> for numbers, <c>"one_hot"</c>, <c>"multi_hot"</c>, <c>"count"</c>, or <c>"tf_idf"</c> for counts times weights.</param>
    /// <param name="padToMaxTokens">Whether rows have <paramref name="maxTokens"/> places even if there are fewer texts.</param>
    /// <param name="sparse">Whether the result is a <see cref="SparseTensor"/>; not with <c>"int"</c>.</param>
    /// <param name="encoding">How texts are written as bytes; only <c>"utf-8"</c>.</param>
    /// <param name="name">The name; <c>string_lookup</c>, <c>string_lookup_1</c>, … if omitted.</param>
    /// <param name="salt">The key of SipHash for unknown texts, one whole number or two; FarmHash, which has none, is used if omitted.</param>
    /// <param name="oovMethod">Kept for the layer's configuration: texts always go by their hash.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type of the result but with <c>"int"</c>; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">An argument is out of range, or does not go with another; or the vocabulary is empty, has a text twice or a reserved one; or there is no such file.</exception>
    public StringLookup(
        int? maxTokens = null,
        int numOovIndices = 1,
        string? maskToken = null,
        string? oovToken = "[UNK]",
        Vocabulary<string>? vocabulary = null,
        Floats? idfWeights = null,
        bool invert = false,
        string outputMode = "int",
        bool padToMaxTokens = false,
        bool sparse = false,
        string encoding = "utf-8",
        string? name = null,
        HashSalt? salt = null,
        string oovMethod = "floormod",
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(
            new LookupSettings(maxTokens, numOovIndices, invert, outputMode, sparse, padToMaxTokens, oovMethod, salt),
            maskToken == null ? [] : [maskToken], oovToken == null ? [] : [oovToken], "[UNK]", vocabulary, idfWeights, name, trainable, dtype)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        if (encoding.ToLowerInvariant() is not ("utf-8" or "utf8")) throw new ArgumentException($"Layer '{Name}': the encoding of texts is \"utf-8\"; received \"{encoding}\".", nameof(encoding));
        (MaskToken, OovToken, Encoding) = (maskToken, oovToken, encoding);
    }

    /// <summary>The text that stands for a missing one; null for none.</summary>
    public string? MaskToken { get; }

    /// <summary>What numbers of unknown texts become.</summary>
    public string? OovToken { get; }

    /// <summary>How texts are written as bytes.</summary>
    public string Encoding { get; }

    /// <summary>That of strings; of whole numbers if the layer makes strings of them.</summary>
    // Keras: that of strings even then.
    public override DType ComputeDType => Invert ? DType.Int64 : DType.String;

    /// <inheritdoc/>
    public override DType VariableDType => DType.String;

    private protected override Tensor Look(Tensor values) => Invert
        ? HostFunction.Call($"Layer '{Name}'", [values], s => [s[0] with { DType = DType.String }], t => [Texts(t[0])])[0]
        : LookOnHost(values);

    private protected override void CheckTokens(Tensor tokens)
    {
        if (tokens.DType != DType.String)
            throw new ArgumentException($"Layer '{Name}' takes strings; received numbers ({tokens.DType}) of shape {tokens.Shape}. Use IntegerLookup for whole numbers, and an Input with dtype \"string\" in a model.", nameof(tokens));
    }

    private protected override string[] TokensOf(Tensor tensor) => ((TextStorage)tensor.Data).Texts;

    private protected override void CheckToken(string token)
    {
        if (token is null) throw new ArgumentException($"Layer '{Name}': its vocabulary holds null, which is no text.");
        if (token.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 && !IsValid(token)) throw HashBuckets.Invalid($"Layer '{Name}'", token);
    }

    private protected override long BucketOf(string token, HashBuckets buckets) => buckets.Of(token);

    private static bool IsValid(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }

    private Tensor Texts(Tensor numbers)
    {
        TokenTable<string> table = Table;
        long[] indices = Engine.Primitives.PrimitiveOps.Convert(numbers, DType.Int64).ToArray<long>();
        return Tensor.FromStrings(Array.ConvertAll(indices, i => table.TokenOf(i, OovToUse)), numbers.Shape);
    }
}
