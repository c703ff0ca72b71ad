using NKeras.Engine;
using NKeras.Engine.Primitives;
using NKeras.Layers.Preprocessing;

namespace NKeras.Layers;

/// <summary>Numbers whole numbers by a vocabulary that it is given or learns (<c>keras.layers.IntegerLookup</c>), or the other way round: identifiers become indices.</summary>
/// <remarks>
/// <para>
/// The first index is the mask's, if there is a mask token and the output mode is <c>"int"</c>; unknown tokens have the next <c>numOovIndices</c>; then come the
/// vocabulary's. In the other output modes the mask counts nowhere.
/// </para>
/// <para>
/// Any shape, dense, ragged or sparse; numbers with a fraction lose it. The result has the input's shape (int64) with <c>"int"</c>; a new last axis with <c>"one_hot"</c>; and tokens in
/// place of the last axis otherwise. The layer is compiled with the model, except where hashes or the refusal of unknown tokens need the host.
/// </para>
/// </remarks>
/// <example><code>
/// IntegerLookup layer = new(vocabulary: [12, 36, 1138, 42]);
/// Tensor indices = layer.Apply(new[,] { { 12, 1138, 42 }, { 42, 1000, 36 } });   // [[1, 3, 4], [4, 0, 2]]
/// </code></example>
public sealed class IntegerLookup : IndexLookup<long>
{
    private Keys? _keys;

    /// <summary>Creates the layer.</summary>
    /// <param name="maxTokens">How many indices there are at most, those of the mask and of unknown tokens included; no bound if omitted.</param>
    /// <param name="numOovIndices">How many indices are for unknown tokens. With none such a token is an error.</param>
    /// <param name="maskToken">The number that stands for a missing one; none if omitted.</param>
    /// <param name="oovToken">What <paramref name="invert"/> gives for indices of unknown tokens, and what stands for them in the vocabulary.</param>
    /// <param name="vocabulary">The tokens, or the path of a file with one a line; null to learn them with <c>Adapt</c>.</param>
    /// <param name="vocabularyDtype">The type of tokens; only <c>"int64"</c>.</param>
    /// <param name="idfWeights">With <c>"tf_idf"</c>, what each token of the vocabulary counts.</param>
    /// <param name="invert">Whether indices become tokens.</param>
    /// <param name="outputMode"><c>"int"</c> for indices, <c>"one_hot"</c>, <c>"multi_hot"</c>, <c>"count"</c>, or <c>"tf_idf"</c> for counts times weights.</param>
    /// <param name="sparse">Whether the result is a <see cref="SparseTensor"/>; not with <c>"int"</c>.</param>
    /// <param name="padToMaxTokens">Whether rows have <paramref name="maxTokens"/> places even if there are fewer tokens.</param>
    /// <param name="oovMethod">How unknown tokens are spread over several indices: <c>"floormod"</c> by the remainder, <c>"farmhash"</c> by the hash of their digits.</param>
    /// <param name="salt">The key of SipHash in place of FarmHash, one whole number or two; needs <c>"farmhash"</c>.</param>
    /// <param name="name">The name; <c>integer_lookup</c>, <c>integer_lookup_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type of the result but with <c>"int"</c>; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">An argument is out of range, or does not go with another; or the vocabulary is empty, has a token twice or a reserved one; or there is no such file.</exception>
    public IntegerLookup(
        int? maxTokens = null,
        int numOovIndices = 1,
        long? maskToken = null,
        long? oovToken = -1,
        Vocabulary<long>? vocabulary = null,
        string vocabularyDtype = "int64",
        Floats? idfWeights = null,
        bool invert = false,
        string outputMode = "int",
        bool sparse = false,
        bool padToMaxTokens = false,
        string oovMethod = "floormod",
        HashSalt? salt = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(
            new LookupSettings(maxTokens, numOovIndices, invert, outputMode, sparse, padToMaxTokens, oovMethod, salt),
            maskToken is { } mask ? [mask] : [], oovToken is { } oov ? [oov] : [], -1, vocabulary, idfWeights, name, trainable, dtype)
    {
        if (vocabularyDtype != "int64") throw new ArgumentException($"Layer '{Name}': the type of tokens, vocabularyDtype, is \"int64\"; received \"{vocabularyDtype}\".", nameof(vocabularyDtype));
        if (salt != null && OovMethod != "farmhash") throw new ArgumentException($"Layer '{Name}': salt goes with oovMethod \"farmhash\"; received \"{oovMethod}\".", nameof(salt));
        (MaskToken, OovToken, VocabularyDtype) = (maskToken, oovToken, vocabularyDtype);
    }

    /// <summary>The number that stands for a missing one; null for none.</summary>
    public long? MaskToken { get; }

    /// <summary>What indices of unknown tokens become.</summary>
    public long? OovToken { get; }

    /// <summary>The type of tokens.</summary>
    public string VocabularyDtype { get; }

    /// <summary>That of tokens.</summary>
    public override DType ComputeDType => DType.Int64;

    /// <inheritdoc/>
    public override DType VariableDType => DType.Int64;

    private protected override Tensor Look(Tensor values)
    {
        Tensor numbers = PrimitiveOps.Convert(values, DType.Int64);
        if (!Invert && (NumOovIndices == 0 || (NumOovIndices > 1 && OovMethod == "farmhash"))) return LookOnHost(numbers);
        // Only shapes are asked for.
        if (IsInferring) return numbers;
        Keys keys = KeysNow();
        return Invert ? TokensAt(numbers, keys) : IndicesOf(numbers, keys);
    }

    private protected override void CheckTokens(Tensor tokens)
    {
        if (tokens.DType == DType.String) throw new ArgumentException($"Layer '{Name}' takes whole numbers; received strings of shape {tokens.Shape}. Use StringLookup for strings.", nameof(tokens));
    }

    private protected override long[] TokensOf(Tensor tensor)
    {
        if (tensor.DType.IsFloating && !ElementView.Of(tensor).IsFinite()) throw new ArgumentException($"Layer '{Name}' takes whole numbers; received NaN or an infinite number.");
        long[] tokens = PrimitiveOps.Convert(tensor, DType.Int64).ToArray<long>();
        GC.KeepAlive(tensor); // A view is a bare pointer.
        return tokens;
    }

    private protected override void CheckToken(long token)
    {
    }

    private protected override long BucketOf(long token, HashBuckets buckets) => OovMethod == "farmhash" ? buckets.Of(token) : ((token % NumOovIndices) + NumOovIndices) % NumOovIndices;

    /// <summary>The indices of tokens: their places among the sorted keys, compared.</summary>
    private Tensor IndicesOf(Tensor numbers, Keys keys)
    {
        Tensor unknown = PrimitiveOps.Scalar(DType.Int64, OovStart);
        if (NumOovIndices > 1) unknown = PrimitiveOps.Binary(ElementwiseFunction.Remainder, numbers, PrimitiveOps.Scalar(DType.Int64, NumOovIndices)) + unknown;
        if (keys.Sorted.Shape.Size == 0) return PrimitiveOps.BroadcastTo(unknown, numbers.Shape);
        Tensor place = PrimitiveOps.Binary(ElementwiseFunction.Minimum, new SearchSorted(Right: false).Apply(keys.Sorted, numbers), PrimitiveOps.Scalar(DType.Int32, keys.Sorted.Shape.Size - 1));
        Tensor isKnown = PrimitiveOps.Binary(ElementwiseFunction.Equal, new Gather(0).Apply(keys.Sorted, place), numbers);
        return PrimitiveOps.Where(isKnown, new Gather(0).Apply(keys.Indices, place), unknown);
    }

    /// <summary>The tokens of indices. The last of the keys is for all that are out of range.</summary>
    private static Tensor TokensAt(Tensor numbers, Keys keys)
    {
        Tensor last = PrimitiveOps.Scalar(DType.Int64, keys.Tokens.Shape.Size - 1);
        Tensor isInside = PrimitiveOps.Binary(ElementwiseFunction.GreaterEqual, numbers, PrimitiveOps.Scalar(DType.Int64, 0));
        Tensor place = PrimitiveOps.Binary(ElementwiseFunction.Minimum, PrimitiveOps.Where(isInside, numbers, last), last);
        return new Gather(0).Apply(keys.Tokens, PrimitiveOps.Convert(place, DType.Int32));
    }

    private Keys KeysNow()
    {
        TokenTable<long> table = Table;
        return _keys is { } keys && keys.Table == table ? keys : _keys = Keys.Of(table, OovToUse);
    }

    /// <summary>A vocabulary as compiled programs read it.</summary>
    private sealed record Keys(TokenTable<long> Table, Tensor Sorted, Tensor Indices, Tensor Tokens)
    {
        public static Keys Of(TokenTable<long> table, long other)
        {
            long[] sorted = [.. table.Indices.Keys], indices = [.. table.Indices.Values];
            Array.Sort(sorted, indices);
            return new Keys(table, Tensor.From<long>(sorted), Tensor.From<long>(indices), Tensor.From<long>([.. table.Special, .. table.Tokens, other]));
        }
    }
}
