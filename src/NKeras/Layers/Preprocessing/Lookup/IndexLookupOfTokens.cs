using NKeras.Engine.Graphs;
using NKeras.Layers.Preprocessing;

namespace NKeras.Layers;

/// <summary>A layer that numbers tokens by a vocabulary, which it is given or learns: what <see cref="StringLookup"/> and <see cref="IntegerLookup"/> have in common.</summary>
/// <typeparam name="TToken">What a token is: a text or a whole number.</typeparam>
public abstract class IndexLookup<TToken> : IndexLookup
    where TToken : notnull
{
    private const int MostNamed = 10;

    private readonly TToken[] _mask;
    private readonly TToken[] _oov;
    private readonly bool _isGiven;
    private Vocabulary<TToken>? _given;
    private TokenTable<TToken>? _table;
    private TokenCounts<TToken> _counts;
    private Tensor? _savedWeights;
    private string? _unopened;

    /// <summary>Sets what both layers have.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="mask">The mask's token; none if empty.</param>
    /// <param name="oov">The token for unknown ones; none if empty.</param>
    /// <param name="oovName">What stands for unknown tokens in a list if there is no token for them.</param>
    /// <param name="vocabulary">The vocabulary; null if it is to be learned.</param>
    /// <param name="idfWeights">What tokens count.</param>
    /// <param name="name">The name.</param>
    /// <param name="trainable">Kept for the configuration.</param>
    /// <param name="dtype">The types.</param>
    private protected IndexLookup(
        LookupSettings settings, TToken[] mask, TToken[] oov, TToken oovName, Vocabulary<TToken>? vocabulary, Floats? idfWeights, string? name, bool trainable, DTypePolicy? dtype)
        : base(settings, name, trainable, dtype)
    {
        (_mask, _oov, OovToUse) = (mask, oov, oov.Length > 0 ? oov[0] : oovName);
        _counts = new(OutputMode == "tf_idf");
        if (idfWeights != null && OutputMode != "tf_idf") throw new ArgumentException($"Layer '{Name}': idfWeights go with outputMode \"tf_idf\"; received {OutputMode}.", nameof(idfWeights));
        if (Invert && oov.Length == 0) throw new ArgumentException($"Layer '{Name}': with invert there is a token for unknown numbers, oovToken; received null.", nameof(oov));
        if (vocabulary?.Unopened is { } path && Saving.Reading.Current is { HasVocabularies: true })
        {
            // Keras: versions before 3.12 write the path that the constructor was given. The archive may hold the vocabulary nevertheless.
            _unopened = path;
            return;
        }

        if (vocabulary == null)
        {
            if (idfWeights != null) throw new ArgumentException($"Layer '{Name}': idfWeights belong to a vocabulary; give both.", nameof(idfWeights));
            return;
        }

        SetVocabulary(vocabulary, idfWeights);
        _isGiven = true;
        if (vocabulary.Path == null) (_given, GivenIdfWeights) = (vocabulary, idfWeights);
    }

    /// <inheritdoc/>
    public override Tensor? IdfWeights => _table is { } table ? table.IdfWeights : _savedWeights;

    /// <summary>The tokens by their numbers.</summary>
    /// <param name="includeSpecialTokens">Whether those of the mask and of unknown tokens are there, so that a token's place is its number.</param>
    public IReadOnlyList<TToken> GetVocabulary(bool includeSpecialTokens = true)
    {
        TToken[] tokens = _table?.Tokens ?? [];
        return includeSpecialTokens ? [.. Special(), .. tokens] : [.. tokens];
    }

    /// <summary>Gives the layer a vocabulary in place of the one that it has.</summary>
    /// <param name="vocabulary">The tokens, or the path of a file with one a line (which does not go with <c>"tf_idf"</c>). The tokens of the mask and of unknown ones are left out, or all of them stand at the beginning.</param>
    /// <param name="idfWeights">With <c>"tf_idf"</c>, what each token counts. If those of unknown tokens are left out they count as much as the others on average.</param>
    /// <exception cref="ArgumentException">The vocabulary is empty, too large, or has a token twice or one that is reserved; or weights do not fit. Nothing is changed then.</exception>
    /// <exception cref="InvalidOperationException">Rows would change their length.</exception>
    public void SetVocabulary(Vocabulary<TToken> vocabulary, Floats? idfWeights = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (OutputMode == "tf_idf" && vocabulary.Path != null) throw new ArgumentException($"Layer '{Name}': outputMode \"tf_idf\" takes no vocabulary file, which has no idfWeights. Give both as lists.", nameof(vocabulary));
        if (OutputMode == "tf_idf" && idfWeights == null) throw new ArgumentException($"Layer '{Name}': outputMode \"tf_idf\" takes a vocabulary with idfWeights, which are missing.", nameof(idfWeights));
        if (OutputMode != "tf_idf" && idfWeights != null) throw new ArgumentException($"Layer '{Name}': idfWeights go with outputMode \"tf_idf\"; received {OutputMode}.", nameof(idfWeights));
        TToken[] all = vocabulary.Read($"Layer '{Name}'");
        if (all.Length == 0) throw new ArgumentException($"Layer '{Name}': a vocabulary has at least one token; received {(vocabulary.Path == null ? "none" : $"the empty file '{vocabulary.Path}'")}.", nameof(vocabulary));
        bool isFile = vocabulary.Path != null, hasSpecial = !isFile && StartsWithSpecial(all);
        TToken[] tokens = hasSpecial ? all[SpecialCount..] : all;
        // Keras: takes every line of a file as a token, reserved or not.
        if (!isFile) CheckReserved(all, tokens);
        Tensor? weights = idfWeights == null ? null : GivenWeights(idfWeights, all.Length, hasSpecial);
        Use(tokens, weights);
        // Keras: goes on to write the constructor's vocabulary to configurations.
        (_given, _unopened) = (null, null);
    }

    /// <inheritdoc/>
    public override void ResetState() => _counts = new(OutputMode == "tf_idf");

    /// <summary>Counts the tokens of a batch. With <c>"tf_idf"</c> each row is a document, and so is a vector.</summary>
    /// <inheritdoc/>
    public override void UpdateState(Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (_isGiven) throw new InvalidOperationException($"Layer '{Name}' was made with a vocabulary, so it does not adapt to data. Make it without one.");
        foreach (TToken[] document in Documents(data)) _counts.Add(document);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There were no tokens, and the layer has no vocabulary yet.</exception>
    public override void FinalizeState()
    {
        if (_isGiven) return;
        if (_counts.IsEmpty)
        {
            if (_table == null) throw new ArgumentException($"Layer '{Name}' adapts to tokens; the data has none, which would make an empty vocabulary.");
            return;
        }

        TToken[] tokens = _counts.MostFrequent(except: [.. _mask, .. _oov]);
        if (MaxTokens is { } most) tokens = tokens[..Math.Clamp(most - SpecialCount, 0, tokens.Length)];
        Use(tokens, OutputMode == "tf_idf" ? LearnedWeights(tokens) : null);
        ResetState();
    }

    /// <inheritdoc/>
    public override void SaveOwnVariables(IDictionary<string, Tensor> store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (OutputMode == "tf_idf" && IdfWeights is { } weights) store["idf_weights"] = weights;
    }

    /// <inheritdoc/>
    public override void LoadOwnVariables(IReadOnlyDictionary<string, Tensor> store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (OutputMode != "tf_idf" || store.Count == 0)
        {
            base.LoadOwnVariables(store);
            return;
        }

        if (!store.TryGetValue("idf_weights", out Tensor? weights)) throw new ArgumentException($"Layer '{Name}': the store has no 'idf_weights'; it has {string.Join(", ", store.Keys.Take(MostNamed))}.", nameof(store));
        if (weights.Rank != 1 || !weights.DType.IsFloating) throw new ArgumentException($"Layer '{Name}': idf_weights are a vector of numbers; received {weights.DType} of shape {weights.Shape}.", nameof(store));
        if (_table is { } table)
        {
            CheckWeights(weights, table.Size);
            _table = table.With(weights);
        }

        _savedWeights = weights;
    }

    /// <inheritdoc/>
    public override void SaveAssets(IDictionary<string, byte[]> assets)
    {
        ArgumentNullException.ThrowIfNull(assets);
        if (_given == null) assets[VocabularyFile.AssetName] = VocabularyFile.Write($"Layer '{Name}'", GetVocabulary());
    }

    /// <inheritdoc/>
    public override void LoadAssets(IReadOnlyDictionary<string, byte[]> assets)
    {
        ArgumentNullException.ThrowIfNull(assets);
        if (_given != null) return;
        if (!assets.TryGetValue(VocabularyFile.AssetName, out byte[]? content))
        {
            throw new ArgumentException(_unopened == null
                ? $"Layer '{Name}': there is no '{VocabularyFile.AssetName}' with its vocabulary."
                : $"Layer '{Name}': its configuration names a file '{Saving.BadConfig.Excerpt(_unopened)}' as vocabulary, which is never opened, and there is no '{VocabularyFile.AssetName}' that holds it.", nameof(assets));
        }

        TToken[] all = VocabularyFile.Parse<TToken>($"Layer '{Name}': asset '{VocabularyFile.AssetName}'", content);
        TToken[] tokens = StartsWithSpecial(all) ? all[SpecialCount..] : all;
        // A layer that was saved before it had a vocabulary.
        if (tokens.Length == 0 && CurrentSize == null && ExpectedSize == null) return;
        if (_savedWeights is { } weights) CheckWeights(weights, SpecialCount + tokens.Length);
        Use(tokens, _savedWeights);
        _unopened = null;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        if (Invert) CheckNumbers(inputs);
        else CheckTokens(inputs);
        return Encoded(inputs switch
        {
            SparseTensor sparse => sparse.WithValues(Look(sparse.Values)),
            RaggedTensor ragged => ragged.WithValues(Look(ragged.Values)),
            _ => Look(inputs),
        });
    }

    internal override bool NeedsAdapting => !_isGiven;

    internal override object? Learned => _table;

    private protected override int? CurrentSize => _table?.Size;

    private protected override System.Collections.IEnumerable? GivenVocabulary => _given;

    private protected override (System.Collections.IEnumerable? Vocabulary, System.Collections.IEnumerable? Weights) InEffect =>
        _table is not { Tokens.Length: > 0 } table ? default : (GetVocabulary(), table.IdfWeights is { } weights ? Ops.Cast(weights, DType.Float64).ToArray<double>().Take(table.Size).ToArray() : null);

    private protected override bool HasMask => _mask.Length > 0;

    /// <summary>What stands for unknown tokens.</summary>
    private protected TToken OovToUse { get; }

    /// <summary>The vocabulary in effect.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    private protected TokenTable<TToken> Table => _table ?? throw new InvalidOperationException(
        $"Layer '{Name}' has no vocabulary yet: give it to the constructor or to SetVocabulary, or call Adapt.{(_unopened == null ? "" : $" The file '{Saving.BadConfig.Excerpt(_unopened)}' that its configuration names is never opened.")}");

    /// <summary>Numbers of tokens, or tokens of numbers.</summary>
    private protected abstract Tensor Look(Tensor values);

    /// <summary>Refuses tensors that hold no tokens.</summary>
    private protected abstract void CheckTokens(Tensor tokens);

    /// <summary>The elements of a tensor.</summary>
    private protected abstract TToken[] TokensOf(Tensor tensor);

    /// <summary>Refuses tokens that are none.</summary>
    private protected abstract void CheckToken(TToken token);

    /// <summary>The place of an unknown token among those that are for unknown tokens.</summary>
    private protected abstract long BucketOf(TToken token, HashBuckets buckets);

    /// <summary>Looks tokens up on the host.</summary>
    private protected Tensor LookOnHost(Tensor tokens) =>
        HostFunction.Call($"Layer '{Name}'", [tokens], s => [s[0] with { DType = DType.Int64 }], t => [Tensor.From<long>(Numbers(TokensOf(t[0])), t[0].Shape)])[0];

    private protected override Tensor InMemory(Tensor data) => data is not CompositeTensor && data.Rank == 1 ? Ops.ExpandDims(data, -1) : data;

    private long[] Numbers(TToken[] tokens)
    {
        TokenTable<TToken> table = Table;
        long[] numbers = new long[tokens.Length];
        List<TToken> unknown = [];
        HashBuckets buckets = new($"Layer '{Name}'", Math.Max(1, NumOovIndices), Salt?.Key);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (table.TryFind(tokens[i], out numbers[i])) continue;
            CheckToken(tokens[i]);
            if (NumOovIndices > 0) numbers[i] = OovStart + (NumOovIndices == 1 ? 0 : BucketOf(tokens[i], buckets));
            else if (unknown.Count < MostNamed) unknown.Add(tokens[i]);
        }

        if (unknown.Count == 0) return numbers;
        throw new ArgumentException($"Layer '{Name}': with numOovIndices=0 all tokens are in the vocabulary; received {Listed(unknown)}. With numOovIndices=1 there is a number for unknown tokens.");
    }

    private TToken[] Special() => [.. OovStart > 0 ? _mask : [], .. Enumerable.Repeat(OovToUse, NumOovIndices)];

    private bool StartsWithSpecial(TToken[] tokens) => tokens.Length >= SpecialCount && tokens.AsSpan(0, SpecialCount).SequenceEqual(Special());

    private void CheckReserved(TToken[] all, TToken[] tokens)
    {
        foreach ((TToken[] reserved, string kind) in new[] { (_mask, "maskToken"), (Invert ? _oov : [], "oovToken") })
        {
            if (reserved.Length == 0 || !tokens.Contains(reserved[0])) continue;
            throw new ArgumentException(
                $"Layer '{Name}': its vocabulary has {kind} {Listed(reserved)} at position {Array.LastIndexOf(all, reserved[0])}, which is reserved. Leave out the tokens of the mask and of unknown ones, or put all of them at the beginning: {Listed(Special())}.");
        }
    }

    /// <summary>Puts a vocabulary into effect, after a look at all of it.</summary>
    private void Use(TToken[] tokens, Tensor? weights)
    {
        foreach (TToken token in tokens) CheckToken(token);
        HashSet<TToken> seen = new(tokens.Length);
        TToken[] repeated = [.. tokens.Where(t => !seen.Add(t)).Distinct().Take(MostNamed + 1)];
        if (repeated.Length > 0) throw new ArgumentException($"Layer '{Name}': its vocabulary has tokens twice. Each is there once; repeated are {Listed(repeated)}.");
        CheckSize(SpecialCount + tokens.Length);
        (TToken, long)? mask = HasMask && !Invert ? (_mask[0], OutputMode == "int" ? 0 : long.MaxValue) : null;
        _table = new TokenTable<TToken>(Special(), tokens, mask, weights);
        TakesEffect();
    }

    private static string Listed(IReadOnlyList<TToken> tokens) =>
        $"[{string.Join(", ", tokens.Take(MostNamed).Select(t => t is string text ? $"'{Saving.BadConfig.Excerpt(text)}'" : $"{t}"))}{(tokens.Count > MostNamed ? ", …" : "")}]";

    private Tensor GivenWeights(Floats given, int count, bool hasSpecial)
    {
        if (given.IsNumber || given.Count != count) throw new ArgumentException($"Layer '{Name}': idfWeights are as many as the vocabulary's {count} tokens; received {(given.IsNumber ? "a number" : given.Count)}.", nameof(given));
        double[] front = hasSpecial ? [] : [.. Enumerable.Repeat(given.Average(), SpecialCount)];
        return Padded([.. front, .. given]);
    }

    private Tensor LearnedWeights(TToken[] tokens)
    {
        double[] weights = [.. tokens.Select(t => (double)(float)Math.Log(1 + (_counts.DocumentCount / (1.0 + _counts.DocumentsWith(t)))))];
        // What unknown tokens count cannot be learned in one pass.
        double average = weights.Length == 0 ? 0 : weights.Average();
        return Padded([.. Enumerable.Repeat(average, SpecialCount), .. weights]);
    }

    private Tensor Padded(double[] weights)
    {
        if (PadToMaxTokens && MaxTokens is { } length && length > weights.Length) System.Array.Resize(ref weights, length);
        return Ops.Cast(Tensor.From<double>(weights), RowType);
    }

    private void CheckWeights(Tensor weights, int size)
    {
        int length = PadToMaxTokens && MaxTokens is { } padded ? padded : size;
        if (weights.Shape.Size != length) throw new ArgumentException($"Layer '{Name}': there are {weights.Shape.Size} idf_weights for {length} tokens.");
    }

    /// <summary>The tokens of each row.</summary>
    private IEnumerable<TToken[]> Documents(Tensor data)
    {
        CheckTokens(data);
        if (data is SparseTensor sparse) return Rows(TokensOf(sparse.Values), sparse.Coordinates[0].ToArray<int>(), sparse.Shape.Dims[0]);
        if (data is RaggedTensor ragged) return Rows(TokensOf(ragged.Values), ragged.RowIds.ToArray<int>(), ragged.Shape.Dims[0]);
        TToken[] tokens = TokensOf(data);
        int rows = data.Rank < 2 ? 1 : data.Shape.Dims[0];
        return rows == 0 ? [] : tokens.Chunk(Math.Max(1, tokens.Length / rows));
    }

    private static IEnumerable<TToken[]> Rows(TToken[] tokens, int[] rowOf, int count)
    {
        int each = rowOf.Length == 0 ? 0 : tokens.Length / rowOf.Length, at = 0;
        for (int row = 0; row < count; row++)
        {
            int start = at;
            while (at < rowOf.Length && rowOf[at] == row) at++;
            yield return tokens[(start * each)..(at * each)];
        }
    }

    private void CheckNumbers(Tensor inputs)
    {
        if (inputs.DType == DType.String) throw new ArgumentException($"Layer '{Name}': with invert the layer takes numbers of tokens; received strings of shape {inputs.Shape}.", nameof(inputs));
    }
}
