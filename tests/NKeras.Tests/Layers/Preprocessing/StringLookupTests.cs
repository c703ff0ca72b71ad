using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing;

/// <summary>Expected values are those of Keras's documentation of StringLookup, and of its string_lookup_test.py and index_lookup_test.py, named where they are used.</summary>
public class StringLookupTests
{
    private readonly Tensor _rows = new[,] { { "a", "c", "d" }, { "d", "z", "b" } };
    private readonly Tensor _repeats = new[,] { { "a", "c", "d", "d" }, { "d", "z", "b", "z" } };
    private readonly string[] _letters = ["a", "b", "c", "d"];

    [Fact]
    public void TextsHaveThePlacesOfTheVocabulary()
    {
        // Keras's documentation: a known vocabulary, and several places for unknown texts.
        Check([1, 3, 4, 4, 0, 2], new StringLookup(vocabulary: _letters), _rows);
        Check([2, 4, 5, 0, 1, 3], new StringLookup(vocabulary: _letters, numOovIndices: 2), new[,] { { "a", "c", "d" }, { "m", "z", "b" } });
        // test_mask_token_basic; test_fixed_vocabulary; test_tensor_as_vocab.
        Check([0, 2], new StringLookup(vocabulary: ["a"], maskToken: "[MASK]"), new[] { "[MASK]", "a" });
        Check([2, 3, 0], new StringLookup(vocabulary: ["a", "b", "c"]), new[] { "b", "c", "d" });
        Check([1, 3, 4, 4, 0, 2], new StringLookup(vocabulary: (Tensor)_letters), _rows);
        // No place for unknown texts.
        Check([0, 3, 1], new StringLookup(vocabulary: _letters, numOovIndices: 0), new[] { "a", "d", "b" });
        Assert.Equal(3, new StringLookup(vocabulary: _letters).Apply(Tensor.FromStrings(["c"], Shape.Scalar)).Item<long>());
    }

    [Fact]
    public void ALearnedVocabularyIsInKerassOrder()
    {
        // Keras's documentation: by count, then by text, the last one first.
        StringLookup layer = new();
        layer.Adapt(_rows);
        Assert.Equal(["[UNK]", "d", "z", "c", "b", "a"], layer.GetVocabulary());
        Check([5, 3, 1, 1, 2, 4], layer, _rows);
        // test_basics_string_vocab of index_lookup_test.py.
        StringLookup basic = new(maxTokens: 7, maskToken: "", oovToken: "[OOV]");
        basic.Adapt(new[] { "one", "one", "one", "two", "two", "three" });
        Assert.Equal(["", "[OOV]", "one", "two", "three"], basic.GetVocabulary());
        Assert.Equal(["one", "two", "three"], basic.GetVocabulary(includeSpecialTokens: false));
        Assert.Equal(5, basic.VocabularySize());
        Check([2, 3, 1], basic, new[] { "one", "two", "four" });
        // test_adapt_flow.
        StringLookup flow = new();
        flow.Adapt(new[] { "a", "a", "a", "b", "b", "c" });
        Check([2, 3, 0], flow, new[] { "b", "c", "d" });
    }

    [Fact]
    public void TiesGoByCodePointsAsBytesDo()
    {
        // numpy.lexsort of UTF-8: U+1F600 is behind U+FF21, though its UTF-16 begins with a smaller unit.
        StringLookup layer = new();
        layer.Adapt(new[] { "Ａ", "😀", "z", "zz", "é" });
        Assert.Equal(["😀", "Ａ", "é", "zz", "z"], layer.GetVocabulary(includeSpecialTokens: false));
    }

    [Fact]
    public void ReservedTextsAreNotLearned()
    {
        StringLookup layer = new(maskToken: "", maxTokens: 4);
        layer.Adapt(new[] { "", "", "", "[UNK]", "[UNK]", "b", "b", "a", "c" });
        Assert.Equal(["", "[UNK]", "b", "c"], layer.GetVocabulary());
        Check([0, 1, 2, 1], layer, new[] { "", "[UNK]", "b", "a" });
    }

    [Fact]
    public void DataSetsAreLearnedBatchByBatch()
    {
        // test_adapt_with_tf_data, test_adapt_with_generator, test_adapt_with_infinite_generator_and_steps.
        StringLookup layer = new(maskToken: "", oovToken: "[OOV]", maxTokens: 7);
        layer.Adapt(Dataset.FromTensorSlices((Tensor)new[] { "one", "one", "one", "two", "two", "three" }).Batch(2));
        Assert.Equal(["", "[OOV]", "one", "two", "three"], layer.GetVocabulary());
        layer.Adapt(Endless(), steps: 3);
        Assert.Equal(["dog", "cat", "bird"], layer.GetVocabulary(includeSpecialTokens: false));
        layer.Adapt(Tensors.Create([(Tensor)new[] { "cat", "dog" }, (Tensor)new[] { "bird", "cat" }]));
        Assert.Equal(["cat", "dog", "bird"], layer.GetVocabulary(includeSpecialTokens: false));

        static IEnumerable<Batch> Endless()
        {
            while (true) yield return new Batch((Tensor)new[] { "cat", "dog", "bird" });
        }
    }

    [Fact]
    public void StateIsLearnedStepByStep()
    {
        StringLookup layer = new();
        layer.UpdateState(new[] { "x", "y" });
        layer.ResetState();
        layer.UpdateState(new[] { "a", "b" });
        layer.UpdateState(new[,] { { "b", "c" }, { "b", "a" } });
        Assert.Equal(1, layer.VocabularySize());
        layer.FinalizeState();
        Assert.Equal(["[UNK]", "b", "a", "c"], layer.GetVocabulary());
        // What was counted is forgotten, the vocabulary is not.
        layer.FinalizeState();
        Assert.Equal(4, layer.VocabularySize());
    }

    [Fact]
    public void EncodingsAreKerass()
    {
        // Keras's documentation.
        Check([0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0], new StringLookup(vocabulary: _letters, outputMode: "one_hot"), new[] { "a", "b", "c", "d", "z" });
        Check([0, 1, 0, 1, 1, 1, 0, 1, 0, 1], new StringLookup(vocabulary: _letters, outputMode: "multi_hot"), _repeats);
        Check([0, 1, 0, 1, 2, 2, 0, 1, 0, 1], new StringLookup(vocabulary: _letters, outputMode: "count"), _repeats);
        // test_output_modes of index_lookup_test.py: a vector is one sample, and the mask counts nowhere.
        foreach (string mode in (string[])["multi_hot", "binary", "count"])
            Check([1, 1, 1, 0], new StringLookup(maxTokens: 7, maskToken: "", oovToken: "[OOV]", vocabulary: ["one", "two", "three"], outputMode: mode), new[] { "one", "two", "four", "" });
        Check([1, 1, 2, 0], new StringLookup(maskToken: "", vocabulary: ["one", "two", "three"], outputMode: "count"), new[,] { { "one", "two", "four", "two" } });
        // test_output_mode_multi_hot_binary.
        Check([0, 1, 1], new StringLookup(vocabulary: ["a", "b"], outputMode: "multi_hot"), new[] { "a", "b" });
    }

    [Fact]
    public void CountsAreWeighted()
    {
        // Keras's documentation: unknown texts count what others count on average, unless their weight is given.
        StringLookup layer = new(outputMode: "tf_idf");
        layer.SetVocabulary(_letters, idfWeights: [0.25, 0.75, 0.6, 0.4]);
        Check([0, 0.25f, 0, 0.6f, 0.8f, 1, 0, 0.75f, 0, 0.4f], layer, _repeats);
        StringLookup given = new(outputMode: "tf-idf");
        given.SetVocabulary(["[UNK]", "a", "b", "c", "d"], idfWeights: [0.9, 0.25, 0.75, 0.6, 0.4]);
        Check([0, 0.25f, 0, 0.6f, 0.8f, 1.8f, 0, 0.75f, 0, 0.4f], given, _repeats);
        Assert.Equal([0.9f, 0.25f, 0.75f, 0.6f, 0.4f], given.IdfWeights!.ToArray<float>());
        // test_output_modes of index_lookup_test.py.
        StringLookup mask = new(maxTokens: 7, maskToken: "", oovToken: "[OOV]", vocabulary: ["one", "two", "three"], outputMode: "tf_idf", idfWeights: [0.1, 0.2, 0.3]);
        Check([0.2f, 0.1f, 0.2f, 0], mask, new[] { "one", "two", "four" });
        Check([0.2f, 0.1f, 0.4f, 0], mask, new[,] { { "one", "two", "four", "two" } });
    }

    [Fact]
    public void WeightsAreLearnedFromDocuments()
    {
        // test_adapt_tf_idf of index_lookup_test.py: in a vector every text is a document, as log(1 + documents / (1 + those with the text)).
        StringLookup layer = new(maxTokens: 7, maskToken: "", oovToken: "[OOV]", outputMode: "tf_idf");
        layer.Adapt(new[] { "one", "one", "one", "two", "two", "three" });
        Check([1.1337324f, 0.91629076f, 1.0986123f, 0], layer, new[] { "one", "two", "four" });
        StringLookup rows = new(maxTokens: 7, maskToken: "", oovToken: "[OOV]", outputMode: "tf_idf");
        rows.Adapt(new[,] { { "one", "one" }, { "one", "two" }, { "two", "three" } });
        Assert.Equal([(float)Math.Log(1 + (3 / 3.0)), (float)Math.Log(1 + (3 / 3.0)), (float)Math.Log(1 + (3 / 2.0))], rows.IdfWeights!.ToArray<float>()[1..]);
        Check([0, 0.6931472f, 0.6931472f, 0, 0.76752836f, 0, 0.6931472f, 0], rows, new[,] { { "one", "two" }, { "two", "four" } });
        // Documents of several lengths.
        StringLookup ragged = new(outputMode: "tf_idf", maxTokens: 6, padToMaxTokens: true);
        ragged.Adapt(new RaggedTensor(new[] { "one", "one", "one", "two", "two", "three", "two" }, new[] { 0, 4, 6, 6, 7 }));
        float[] expected = [.. new double[] { 3, 1, 1 }.Select(c => (float)Math.Log(1 + (4 / (1 + c))))];
        Assert.Equal(["[UNK]", "two", "one", "three"], ragged.GetVocabulary());
        Close([expected.Average(), .. expected, 0, 0], ragged.IdfWeights!.ToArray<float>());
    }

    [Fact]
    public void NumbersBecomeTexts()
    {
        // Keras's documentation; test_invert of index_lookup_test.py.
        StringLookup layer = new(vocabulary: _letters, invert: true);
        Assert.Equal(["a", "c", "d", "d", "[UNK]", "b"], layer.Apply(new[,] { { 1, 3, 4 }, { 4, 0, 2 } }).ToStrings());
        Assert.Equal(["a", "c", "d", "d", "[UNK]", "b"], layer.Apply(new StringLookup(vocabulary: _letters).Apply(_rows)).ToStrings());
        StringLookup masked = new(maxTokens: 7, maskToken: "", oovToken: "[OOV]", vocabulary: ["one", "two", "three"], invert: true);
        Assert.Equal(["one", "two", "[OOV]", "two", "", "[OOV]", "[OOV]"], masked.Apply(new[] { 2, 3, 1, 3, 0, 5, -1 }).ToStrings());
        // Learned as well.
        StringLookup learned = new(invert: true);
        learned.Adapt(new[] { "x", "y", "y" });
        Assert.Equal(["y", "x", "[UNK]"], learned.Apply(new[] { 1, 2, 3 }).ToStrings());
    }

    [Fact]
    public void SparseTextsStaySparse()
    {
        // test_sparse_inputs.
        SparseTensor texts = new(Tensor.From(new[,] { { 0, 0 }, { 1, 1 }, { 2, 2 } }), new[] { "b", "c", "d" }, [3, 3]);
        SparseTensor result = Assert.IsType<SparseTensor>(new StringLookup(vocabulary: ["a", "b", "c"]).Apply(texts));
        Assert.Equal([2, 3, 0], result.Values.ToArray<long>());
        Assert.Equal(texts.Indices.ToArray<int>(), result.Indices.ToArray<int>());
        StringLookup learned = new(outputMode: "tf_idf");
        learned.Adapt(texts);
        Assert.Equal(["d", "c", "b"], learned.GetVocabulary(includeSpecialTokens: false));
        Close(Enumerable.Repeat((float)Math.Log(1 + (3 / 2.0)), 4), learned.IdfWeights!.ToArray<float>());
    }

    [Theory]
    [InlineData("multi_hot")]
    [InlineData("count")]
    [InlineData("tf_idf")]
    [InlineData("one_hot")]
    public void SparseResultsAreTheDenseOnes(string mode)
    {
        // test_sparse_output_in_multi_hot.
        Floats? weights = mode == "tf_idf" ? [0.5, 2, 3] : null;
        StringLookup dense = new(vocabulary: ["a", "b", "c"], outputMode: mode, idfWeights: weights), sparse = new(vocabulary: ["a", "b", "c"], outputMode: mode, idfWeights: weights, sparse: true);
        Tensor texts = new[,] { { "a", "b", "a" }, { "c", "x", "c" } };
        Tensor[] inputs = mode == "one_hot" ? [texts] : [texts, new RaggedTensor(new[] { "a", "b", "b", "c", "a" }, new[] { 0, 3, 3, 5 })];
        foreach (Tensor input in inputs)
        {
            SparseTensor result = Assert.IsType<SparseTensor>(sparse.Apply(input));
            Tensor expected = dense.Apply(input);
            Assert.Equal(expected.Shape, result.Shape);
            Assert.Equal(expected.ToArray<float>(), result.ToDense().ToArray<float>());
        }
    }

    [Fact]
    public void RaggedTextsStayRagged()
    {
        RaggedTensor texts = new(new[] { "a", "x", "b", "c" }, new[] { 0, 2, 2, 4 });
        RaggedTensor result = Assert.IsType<RaggedTensor>(new StringLookup(vocabulary: ["a", "b", "c"]).Apply(texts));
        Assert.Equal([1, 0, 2, 3], result.Values.ToArray<long>());
        Assert.Equal([0, 2, 2, 4], result.RowSplits.ToArray<int>());
    }

    [Fact]
    public void AVocabularyMayHaveTheReservedTextsInFront()
    {
        // test_basics_string_vocab of index_lookup_test.py.
        foreach (string[] vocabulary in (string[][])[["one", "two", "three"], ["", "[OOV]", "one", "two", "three"]])
        {
            StringLookup made = new(maxTokens: 7, maskToken: "", oovToken: "[OOV]", vocabulary: vocabulary), set = new(maxTokens: 7, maskToken: "", oovToken: "[OOV]");
            set.SetVocabulary(vocabulary);
            foreach (StringLookup layer in new[] { made, set })
            {
                Assert.Equal(["", "[OOV]", "one", "two", "three"], layer.GetVocabulary());
                Assert.Equal(["one", "two", "three"], layer.GetVocabulary(includeSpecialTokens: false));
                Check([2, 3, 1], layer, new[] { "one", "two", "four" });
            }
        }
    }

    [Fact]
    public void UnknownTextsAreSpreadByTheirHash()
    {
        // test_salt_siphash, test_oov_method_ignored_for_string_dtype: the places are those of Hashing, whose values are TensorFlow's.
        string[] texts = ["x", "y", "z", "w", "v", "u"];
        long[] farm = new StringLookup(vocabulary: ["a"], numOovIndices: 4).Apply(texts).ToArray<long>(), sip = new StringLookup(vocabulary: ["a"], numOovIndices: 4, salt: [137, 42]).Apply(texts).ToArray<long>();
        Assert.Equal(new Hashing(4).Apply(texts).ToArray<long>(), farm);
        Assert.Equal(new Hashing(4, salt: [137, 42]).Apply(texts).ToArray<long>(), sip);
        Assert.NotEqual(farm, sip);
        Assert.Equal(farm, new StringLookup(vocabulary: ["a"], numOovIndices: 4, oovMethod: "farmhash").Apply(texts).ToArray<long>());
        Assert.Equal(farm.Select(p => p + 1), new StringLookup(vocabulary: ["a"], numOovIndices: 4, maskToken: "").Apply(texts).ToArray<long>());
    }

    [Theory]
    [InlineData("one_hot", new[] { 2, 2 }, "(None, 2, 2, 20)")]
    [InlineData("one_hot", new[] { 1 }, "(None, 20)")]
    [InlineData("multi_hot", new[] { 5 }, "(None, 20)")]
    [InlineData("count", new[] { -1 }, "(None, 20)")]
    [InlineData("int", new[] { 2, -1 }, "(None, 2, None)")]
    public void SymbolicResultsHaveTheirShape(string mode, int[] dims, string expected)
    {
        // test_one_hot_symbolic_output_shape_nested_input, test_one_hot_compute_output_shape_multi_hot_consistency.
        StringLookup layer = new(maxTokens: 20, numOovIndices: 4, vocabulary: ["a", "b", "c", "d"], outputMode: mode, padToMaxTokens: mode != "int");
        KerasTensor result = layer.Apply(new Input(new Shape(dims), dtype: "string"));
        Assert.Equal(expected, result.Shape.ToString());
        Assert.Equal(mode == "int" ? DType.Int64 : DType.Float32, result.DType);
        int[] sizes = [.. dims.Select(d => d < 0 ? 3 : d)];
        Tensor data = layer.Apply(Tensor.FromStrings([.. Enumerable.Repeat("b", 2 * sizes.Aggregate(1, (a, b) => a * b))], new Shape([2, .. sizes])));
        Assert.True(result.Shape.IsCompatibleWith(data.Shape), $"{data.Shape}");
        Assert.Equal(result.DType, data.DType);
    }

    [Theory]
    [InlineData("int", 1)]
    [InlineData("int", 0)]
    [InlineData("int", 3)]
    [InlineData("one_hot", 2)]
    [InlineData("multi_hot", 1)]
    [InlineData("count", 2)]
    [InlineData("tf_idf", 1)]
    public void ItComputesTheSameEverywhere(string mode, int unknown)
    {
        // test_tf_data_compatibility.
        StringLookup layer = new(vocabulary: _letters, numOovIndices: unknown, outputMode: mode, idfWeights: mode == "tf_idf" ? [1, 2, 3, 4] : null);
        string[] texts = [.. Enumerable.Range(0, 30).Select(i => unknown == 0 ? _letters[i % 4] : $"{(char)('a' + (i * 5 % 9))}")];
        Tensor data = Tensor.FromStrings(texts, [10, 3]);
        Tensor eager = Ops.Cast(layer.Apply(data), DType.Float32);
        Input input = new([3], dtype: "string");
        Tensor predicted = new Model(input, layer.Apply(input)).Predict(data, batchSize: 4, verbose: 0);
        Assert.Equal(eager.ToArray<float>(), Ops.Cast(predicted, DType.Float32).ToArray<float>());
        Tensor[] mapped = [.. Dataset.FromTensorSlices(data).Batch(4).Map(layer, numParallelCalls: 2).Select(b => Ops.Cast(b.X[0], DType.Float32))];
        Assert.Equal(eager.ToArray<float>(), mapped.SelectMany(t => t.ToArray<float>()));
        // In a chain that begins with strings by itself.
        Assert.Equal(eager.ToArray<float>(), Ops.Cast(new Sequential([layer]).Predict(data, verbose: 0), DType.Float32).ToArray<float>());
    }

    [Fact]
    public void AModelFollowsItsVocabulary()
    {
        StringLookup layer = new();
        Input input = new([], dtype: "string");
        Model model = new(input, layer.Apply(input));
        Tensor texts = new[] { "x", "y", "z" };
        Assert.Contains("'string_lookup", Assert.ThrowsAny<Exception>(() => model.Predict(texts, verbose: 0)).Message, StringComparison.Ordinal);
        layer.SetVocabulary(["y", "z"]);
        Assert.Equal([0, 1, 2], model.Predict(texts, verbose: 0).ToArray<long>());
        layer.Adapt(new[] { "z", "x", "x" });
        Assert.Equal([1, 0, 2], model.Predict(texts, verbose: 0).ToArray<long>());
        StringLookup padded = new(outputMode: "multi_hot", maxTokens: 5, padToMaxTokens: true);
        Input pairs = new([2], dtype: "string");
        Model rows = new(pairs, padded.Apply(pairs));
        padded.SetVocabulary(["x"]);
        Assert.Equal([1, 1, 0, 0, 0], rows.Predict(new[,] { { "x", "y" } }, verbose: 0).ToArray<float>());
        padded.SetVocabulary(["u", "y", "x"]);
        Assert.Equal([0, 0, 1, 1, 0], rows.Predict(new[,] { { "x", "y" } }, verbose: 0).ToArray<float>());
    }

    [Fact]
    public void ThreadsShareALayer()
    {
        StringLookup layer = new(vocabulary: [.. Enumerable.Range(0, 500).Select(i => $"w{i}")], numOovIndices: 3);
        Tensor texts = Tensor.FromStrings([.. Enumerable.Range(0, 2000).Select(i => $"w{i % 700}")]);
        long[] expected = layer.Apply(texts).ToArray<long>();
        Assert.Equal(Enumerable.Range(0, 500).Select(i => i + 3L), expected[..500]);
        Parallel.For(0, 16, _ => Assert.Equal(expected, layer.Apply(texts).ToArray<long>()));
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        // test_max_tokens_less_than_two … test_mask_token_in_wrong_position of index_lookup_test.py.
        Refused(() => new StringLookup(maxTokens: 1, name: "l"), "greater than 1");
        Refused(() => new StringLookup(padToMaxTokens: true, name: "l"), "padToMaxTokens");
        Refused(() => new StringLookup(numOovIndices: -1, name: "l"), "numOovIndices");
        Refused(() => new StringLookup(invert: true, outputMode: "one_hot", name: "l"), "invert");
        Refused(() => new StringLookup(invert: true, oovToken: null, name: "l"), "oovToken");
        Refused(() => new StringLookup(sparse: true, name: "l"), "sparse");
        Refused(() => new StringLookup(outputMode: "many_hot", name: "l"), "multi_hot");
        Refused(() => new StringLookup(oovMethod: "modulo", name: "l"), "oovMethod");
        Refused(() => new StringLookup(encoding: "latin-1", name: "l"), "utf-8");
        Refused(() => new StringLookup(vocabulary: ["a", "b", "c"], idfWeights: [0.5, 0.1, 0.3], name: "l"), "tf_idf");
        Refused(() => new StringLookup(vocabulary: ["a"], outputMode: "tf_idf", name: "l"), "idfWeights");
        Refused(() => new StringLookup(vocabulary: ["a", "b"], outputMode: "tf_idf", idfWeights: [1, 2, 3], name: "l"), "2 tokens", "received 3");
        Refused(() => new StringLookup(outputMode: "tf_idf", idfWeights: [1, 2, 3], name: "l"), "vocabulary");
        Refused(() => new StringLookup(vocabulary: ["token", "token", "unique"], name: "l"), "'token'", "twice");
        Refused(() => new StringLookup(vocabulary: ["token", "mask", "unique"], maskToken: "mask", name: "l"), "maskToken", "position 1");
        Refused(() => new StringLookup(vocabulary: ["token", "[UNK]"], invert: true, name: "l"), "oovToken", "position 1");
        Refused(() => new StringLookup(vocabulary: [], name: "l"), "at least one token");
        Refused(() => new StringLookup(maxTokens: 3, vocabulary: ["a", "b", "c"], name: "l"), "maxTokens=3");
        Refused(() => new StringLookup(vocabulary: new[] { 1, 2 }, name: "l"), "strings", "int32");
        Refused(() => new StringLookup(vocabulary: (Tensor)new[,] { { "a" } }, name: "l"), "vector");
        Refused(() => new StringLookup(vocabulary: ["a", "half \ud83d"], name: "l"), "d83d", "Unicode");
        Refused(() => new StringLookup(vocabulary: ["a", null!], name: "l"), "null");
    }

    [Fact]
    public void WhatItIsGivenIsChecked()
    {
        StringLookup layer = new(vocabulary: ["a"], name: "l"), strict = new(vocabulary: ["a"], numOovIndices: 0, name: "l");
        Refused(() => layer.Apply(new[] { 1, 2 }), "strings", "int32");
        Refused(() => layer.Apply(new Input([3])), "strings", "float32");
        Refused(() => strict.Apply(new[] { "a", "q", "a", "r" }), "numOovIndices=0", "'q', 'r'");
        Input input = new([], dtype: "string");
        Refused(() => new Model(input, strict.Apply(input)).Predict(new[] { "a", "q" }, verbose: 0), "'q'");
        Refused(() => layer.Apply(new[] { "a", "\udc00" }), "Unicode");
        Refused(() => new StringLookup(vocabulary: ["a"], invert: true, name: "l").Apply(new[] { "a" }), "numbers");
        Refused(() => new StringLookup(name: "l").Adapt(new[] { 1, 2 }), "strings");
        Refused(() => new StringLookup(name: "l").Adapt(Tensor.FromStrings([], [0])), "none");
        Refused(() => new StringLookup(name: "l").Adapt(new[] { "a", "\ud800" }), "Unicode");
        Assert.Contains("'l'", Assert.Throws<InvalidOperationException>(() => layer.Adapt(new[] { "a" })).Message, StringComparison.Ordinal);
        // test_ensure_known_vocab_size_without_vocabulary.
        Assert.Contains("'l'", Assert.Throws<InvalidOperationException>(() => new StringLookup(outputMode: "multi_hot", name: "l").Apply(new[] { "a" })).Message, StringComparison.Ordinal);
        Assert.Contains("'l' has no vocabulary", Assert.Throws<InvalidOperationException>(() => new StringLookup(name: "l").Apply(new[] { "a" })).Message, StringComparison.Ordinal);
        // Rows keep their length.
        StringLookup rows = new(vocabulary: ["a", "b"], outputMode: "multi_hot", name: "l");
        rows.SetVocabulary(["c", "d"]);
        Assert.Contains("'l'", Assert.Throws<InvalidOperationException>(() => rows.SetVocabulary(["c", "d", "e"])).Message, StringComparison.Ordinal);
        Assert.Equal(["[UNK]", "c", "d"], rows.GetVocabulary());
    }

    private static void Check(long[] expected, StringLookup layer, Tensor inputs)
    {
        Tensor result = layer.Apply(inputs);
        Assert.Equal(layer.OutputMode == "int" ? DType.Int64 : DType.Float32, result.DType);
        Assert.Equal(expected, Ops.Cast(result, DType.Int64).ToArray<long>());
        if (layer.OutputMode == "int") Assert.Equal(inputs.Shape, result.Shape);
    }

    private static void Check(float[] expected, StringLookup layer, Tensor inputs) => Close(expected, layer.Apply(inputs).ToArray<float>());

    private static void Close(IEnumerable<float> expected, float[] actual)
    {
        Assert.Equal(expected.Count(), actual.Length);
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    private static void Refused(Action action, params string[] words)
    {
        string message = Assert.ThrowsAny<ArgumentException>(action).Message;
        Assert.All(words.Prepend("'l'"), w => Assert.Contains(w, message, StringComparison.Ordinal));
    }
}
