using System.Text.Json.Nodes;
using NKeras.Callbacks;
using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing;

/// <summary>Expected results are those of Keras's documentation of TextVectorization and of its text_vectorization_test.py, unless stated otherwise.</summary>
[Collection(NamesCollection.Name)]
public class TextVectorizationTests
{
    private readonly Tensor _sentences = new[,] { { "foo qux bar" }, { "qux baz" } };

    [Fact]
    public void AdaptedToTextsItGivesTheNumbersOfTheDocumentation()
    {
        TextVectorization layer = new(maxTokens: 5000, outputSequenceLength: 4);
        layer.Adapt(new[] { "foo bar", "bar baz", "baz bada boom" });
        Tensor numbers = layer.Apply(_sentences);
        Assert.Equal([2, 4], numbers.Shape);
        Assert.Equal([4, 1, 3, 0, 1, 2, 0, 0], numbers.ToArray<long>());
        Assert.Equal(["", "[UNK]", "baz", "bar", "foo", "boom", "bada"], layer.GetVocabulary());
    }

    [Fact]
    public void AGivenVocabularyIsThatOfTheDocumentation()
    {
        TextVectorization layer = new(maxTokens: 5000, outputSequenceLength: 4, vocabulary: new[] { "earth", "wind", "and", "fire" });
        Assert.Equal(["", "[UNK]", "earth", "wind", "and", "fire"], layer.GetVocabulary());
        Assert.Equal(["earth", "wind", "and", "fire"], layer.GetVocabulary(includeSpecialTokens: false));
        Assert.Equal(6, layer.VocabularySize());
    }

    [Fact]
    public void WaysToStandardizeAreKerass()
    {
        // test_lower_and_strip_punctuation_standardization and those after it.
        string[] sentence = ["Hello, World!. This is just a nice test!"];
        Check([2, 3, 4, 5, 1, 1, 6, 7], new(vocabulary: new[] { "hello", "world", "this", "is", "nice", "test" }), sentence);
        Check([2, 1, 5, 6, 1, 1, 7, 1], new(standardize: "lower", vocabulary: new[] { "hello,", "hello", "world", "this", "is", "nice", "test" }), sentence);
        Check([2, 3, 4], new(standardize: "strip_punctuation", vocabulary: new[] { "Hello", "World", "Test" }), ["Hello, World! Test."]);
        Check([2, 1], new(standardize: null, vocabulary: new[] { "Hello", "world" }), ["Hello hello"]);
        Check([2, 3], new(standardize: new TextStandardization(t => t.Replace('-', ' ')), vocabulary: new[] { "foo", "bar" }), ["foo-bar"]);
    }

    [Fact]
    public void WaysToSplitAreKerass()
    {
        // test_char_splitting, test_custom_splitting, test_no_split.
        Check([2, 3, 4, 1], new(split: "character", vocabulary: new[] { "a", "b", "c", "d", "e" }), ["abcf"]);
        Check([2, 3], new(split: new TextSplitting(t => t.Split('|')), standardize: null, vocabulary: new[] { "foo", "bar", "foobar" }), ["foo|bar"]);
        Tensor whole = new TextVectorization(split: null, vocabulary: new[] { "foo", "bar", "baz" }).Apply(new[,] { { "foo" }, { "bar" }, { "unknown" } });
        Assert.Equal([3, 1], whole.Shape);
        Assert.Equal([2, 3, 1], whole.ToArray<long>());
    }

    [Fact]
    public void NeighboursAreWordsOfTheVocabulary()
    {
        // test_ngrams_integer, test_ngrams_tuple.
        TextVectorization pairs = new(ngrams: 2), triples = new(ngrams: (1, 3));
        pairs.Adapt(new[] { "foo bar baz" });
        triples.Adapt(new[] { "foo bar baz" });
        Assert.Equal(["bar", "bar baz", "baz", "foo", "foo bar"], pairs.GetVocabulary(includeSpecialTokens: false).Order(StringComparer.Ordinal));
        Assert.Equal(["bar", "baz", "foo", "foo bar baz"], triples.GetVocabulary(includeSpecialTokens: false).Order(StringComparer.Ordinal));
        Assert.Equal(["foo", "bar", "baz", "foo bar", "bar baz"], pairs.Apply(new[] { "foo bar baz" }).ToArray<long>().Select(i => pairs.GetVocabulary()[(int)i]));
    }

    [Fact]
    public void RowsForTheVocabularyAreKerass()
    {
        // test_multi_hot_output, test_output_mode_count_output, test_output_mode_tf_idf_output, test_pad_to_max_tokens.
        string[] vocabulary = ["foo", "bar", "baz"];
        Tensor texts = new[] { "foo bar", "baz foo foo" };
        CheckRows([0, 1, 1, 0, 0, 1, 0, 1], new(outputMode: "multi_hot", vocabulary: vocabulary));
        CheckRows([0, 1, 1, 0, 0, 2, 0, 1], new(outputMode: "count", vocabulary: vocabulary));
        CheckRows([0, .3f, .5f, 0, 0, .6f, 0, .2f], new(outputMode: "tf_idf", vocabulary: vocabulary, idfWeights: new[] { 0.3, 0.5, 0.2 }));
        Assert.Equal([1, 8], new TextVectorization(outputMode: "multi_hot", vocabulary: new[] { "foo", "bar" }, maxTokens: 8, padToMaxTokens: true).Apply(new[] { "foo bar" }).Shape);
        // Without a token of the vocabulary a text counts unknown ones.
        Assert.Equal([2, 0, 0, 0], new TextVectorization(outputMode: "count", vocabulary: vocabulary).Apply(new[] { "Qux, quux" }).ToArray<float>());

        void CheckRows(float[] expected, TextVectorization layer)
        {
            foreach (Tensor input in new[] { texts, Ops.ExpandDims(texts, -1) })
            {
                Tensor rows = layer.Apply(input);
                Assert.Equal([2, 4], rows.Shape);
                Assert.Equal(DType.Float32, Ops.Cast(rows, DType.Float32).DType);
                Assert.All(expected.Zip(Ops.Cast(rows, DType.Float32).ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-6));
            }
        }
    }

    [Fact]
    public void SparseRowsAreTheDenseOnes()
    {
        Tensor texts = new[] { "foo bar", "", "baz foo foo qux" };
        foreach (string mode in (string[])["multi_hot", "count"])
        {
            Tensor dense = new TextVectorization(outputMode: mode, vocabulary: new[] { "foo", "bar", "baz" }).Apply(texts);
            SparseTensor sparse = Assert.IsType<SparseTensor>(new TextVectorization(outputMode: mode, vocabulary: new[] { "foo", "bar", "baz" }, sparse: true).Apply(texts));
            Assert.Equal(Ops.Cast(dense, DType.Float32).ToArray<float>(), Ops.Cast(sparse.ToDense(), DType.Float32).ToArray<float>());
        }
    }

    [Fact]
    public void RaggedResultsAreKerass()
    {
        // test_ragged_tensor, test_ragged_tensor_output_length.
        Tensor texts = new[,] { { "foo qux bar" }, { "qux baz" }, { "foo" } };
        RaggedTensor rows = Assert.IsType<RaggedTensor>(new TextVectorization(vocabulary: new[] { "baz", "bar", "foo" }, ragged: true).Apply(texts));
        Assert.Equal([4, 1, 3, 1, 2, 4], rows.Values.ToArray<long>());
        Assert.Equal([0, 3, 5, 6], rows.RowSplits.ToArray<int>());
        RaggedTensor cut = Assert.IsType<RaggedTensor>(new TextVectorization(vocabulary: new[] { "baz", "bar", "foo" }, ragged: true, outputSequenceLength: 2).Apply(texts));
        Assert.Equal([4, 1, 1, 2, 4], cut.Values.ToArray<long>());
        Assert.Equal([0, 2, 4, 5], cut.RowSplits.ToArray<int>());
    }

    [Theory]
    [InlineData("whitespace")]
    [InlineData(null)]
    public void TheLengthOfResultsIsKnownIfItIsGiven(string? split)
    {
        // test_static_output_sequence_length.
        TextVectorization layer = new(maxTokens: 5000, outputSequenceLength: 4, split: split, vocabulary: new[] { "baz", "bar", "foo" });
        Assert.Equal([null, 4], layer.Apply(new Input([1], dtype: "string")).Shape);
        Tensor numbers = layer.Apply(split == null ? new[,] { { "foo" }, { "baz" } } : _sentences);
        Assert.Equal([2, 4], numbers.Shape);
        Assert.Equal(split == null ? [4, 0, 0, 0, 2, 0, 0, 0] : [4, 1, 3, 0, 1, 2, 0, 0], numbers.ToArray<long>());
    }

    [Fact]
    public void ResultsAreAsLongAsTheLongestText()
    {
        TextVectorization layer = new(vocabulary: new[] { "a", "b" });
        Assert.Equal([3, 3], layer.Apply(new[] { "a", "", "b b c" }).Shape);
        Assert.Equal([2, 0], layer.Apply(new[] { "", " \t" }).Shape);
        Tensor one = layer.Apply(Tensor.FromStrings(["a b"], Shape.Scalar));
        Assert.Equal([2], one.Shape);
        Assert.Equal([2, 3], one.ToArray<long>());
        Assert.Equal([null, null], layer.Apply(new Input([], dtype: "string")).Shape);
        Assert.Equal(DType.Int64, layer.Apply(new Input([], dtype: "string")).DType);
    }

    [Fact]
    public void TheVocabularyHasAGreatestSize()
    {
        // test_max_tokens, with the order of ties: high to low.
        TextVectorization layer = new(maxTokens: 5);
        layer.Adapt(new[] { "a b c d e f g h i j" });
        Assert.Equal(["", "[UNK]", "j", "i", "h"], layer.GetVocabulary());
    }

    [Fact]
    public void ItAdaptsToBatches()
    {
        // test_adapt_with_tf_dataset, test_adapt_with_steps.
        Dataset data = Dataset.FromTensorSlices(new[] { "foo bar", "bar baz", "unique_word" }).Batch(1);
        TextVectorization all = new(), some = new();
        all.Adapt(data);
        some.Adapt(data, steps: 2);
        Assert.Equal(["bar", "uniqueword", "foo", "baz"], all.GetVocabulary(includeSpecialTokens: false));
        Assert.Equal(["bar", "foo", "baz"], some.GetVocabulary(includeSpecialTokens: false));
        all.Adapt(new[] { "x" });
        Assert.Equal(["x"], all.GetVocabulary(includeSpecialTokens: false));
    }

    [Fact]
    public void WeightsOfTokensAreLearned()
    {
        // log(1 + documents / (1 + documents with the token)), from the documentation of StringLookup.
        TextVectorization layer = new(outputMode: "tf_idf");
        layer.Adapt(new[] { "a a b", "a c", "d" });
        Assert.Equal(["[UNK]", "a", "d", "c", "b"], layer.GetVocabulary());
        double a = Math.Log(1 + (3.0 / 3)), others = Math.Log(1 + (3.0 / 2));
        double[] expected = [(a + (3 * others)) / 4, 2 * a, others, 0, 0];
        Assert.All(expected.Zip(layer.Apply(new[] { "a a d x" }).ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    [Fact]
    public void AVocabularyMayComeFromAFile()
    {
        // test_vocabulary_from_file.
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "foo\nbar\nbaz\n");
            TextVectorization layer = new(vocabulary: path);
            Check([2, 3, 4, 1], layer, ["foo bar baz unknown"]);
            Assert.Null(layer.GetConfig()["vocabulary"]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("int")]
    [InlineData("multi_hot")]
    [InlineData("count")]
    [InlineData("tf_idf")]
    public void InAModelItComputesTheSame(string mode)
    {
        Tensor texts = new[] { "Foo bar!", "", "baz foo foo", "the 水 the", "a b c d e f g" };
        TextVectorization layer = new(outputMode: mode, ngrams: 2);
        layer.Adapt(texts);
        foreach (Input input in new Input[] { new([], dtype: "string"), new([1], dtype: "string") })
        {
            Tensor data = input.Shape.Rank == 1 ? texts : Ops.ExpandDims(texts, -1);
            Model model = new(input, Ops.Cast(layer.Apply(input), "float32") * 2);
            Tensor eager = Ops.Cast(layer.Apply(data), DType.Float32) * 2;
            Assert.Equal(eager.ToArray<float>(), model.Predict(data, batchSize: 5, verbose: 0).ToArray<float>());
            if (mode != "int") Assert.Equal(eager.ToArray<float>(), model.Predict(data, batchSize: 2, verbose: 0).ToArray<float>());
        }
    }

    [Fact]
    public void ASequentialModelMayBeginWithIt()
    {
        // test_tf_as_first_sequential_layer.
        TextVectorization layer = new(maxTokens: 10, outputSequenceLength: 3);
        layer.SetVocabulary(new[] { "baz", "bar", "foo" });
        Sequential model = new([layer, new Embedding(5, 4)]);
        Assert.Equal([2, 3, 4], model.Apply(_sentences).Shape);
        Assert.Equal([2, 3, 4], model.Predict(_sentences, verbose: 0).Shape);
    }

    [Fact]
    public void AModelThatReadsTextsIsTrained()
    {
        Utils.SetRandomSeed(3);
        Tensor texts = new[] { "good fine", "fine day good", "good good", "bad awful", "awful night", "bad bad night" };
        TextVectorization words = new();
        words.Adapt(texts);
        Sequential model = new([new Input([], dtype: "string"), words, new Embedding(words.VocabularySize(), 4), new GlobalAveragePooling1D(), new Dense(1, "sigmoid")]);
        model.Compile(new NKeras.Optimizers.Adam(0.1), "binary_crossentropy", metrics: ["accuracy"]);
        History history = model.Fit(texts, new float[] { 1, 1, 1, 0, 0, 0 }, batchSize: 2, epochs: 20, verbose: 0);
        Assert.Equal(1, history["accuracy"][^1]);
        Assert.True(model.Predict(new[] { "a fine day", "an awful night" }, verbose: 0).ToArray<float>() is [> 0.5f, < 0.5f]);
    }

    [Theory]
    [InlineData("int", true)]
    [InlineData("int", false)]
    [InlineData("tf_idf", true)]
    [InlineData("tf_idf", false)]
    [InlineData("count", false)]
    public void ItComesBackFromAFileWithItsVocabulary(string mode, bool given)
    {
        Tensor texts = new[] { "foo bar", "bar baz Ω", "baz bada 水 boom" };
        TextVectorization layer = given
            ? new(outputMode: mode, vocabulary: new[] { "bar", "Ω" }, idfWeights: mode == "tf_idf" ? (Floats)new[] { 0.5, 2 } : null, ngrams: (1, 2), split: "character")
            : new(outputMode: mode, standardize: null);
        if (!given) layer.Adapt(texts);
        Input input = new([], dtype: "string");
        Model model = new(input, layer.Apply(input));
        using MemoryStream file = new();
        model.Save(file);
        file.Position = 0;
        Model again = Model.Load(file);
        TextVectorization loaded = (TextVectorization)again.Layers[^1];
        Assert.Equal(layer.GetVocabulary(), loaded.GetVocabulary());
        Assert.Equal(model.ToJson(), again.ToJson());
        Assert.Equal(Ops.Cast(model.Predict(texts, verbose: 0), DType.Float32).ToArray<float>(), Ops.Cast(again.Predict(texts, verbose: 0), DType.Float32).ToArray<float>());
    }

    [Fact]
    public void ItsVocabularyIsInTheArchiveWhereKerasPutsIt()
    {
        // As in published files of Keras: the layer's folder and that of the lookup inside both have it.
        TextVectorization layer = new();
        layer.Adapt(new[] { "b a a" });
        Input input = new([], dtype: "string");
        using MemoryStream file = new();
        new Model(input, layer.Apply(input)).Save(file);
        file.Position = 0;
        using System.IO.Compression.ZipArchive archive = new(file);
        foreach (string path in (string[])["assets/layers/text_vectorization/vocabulary.txt", "assets/layers/text_vectorization/_lookup_layer/vocabulary.txt"])
        {
            using StreamReader text = new(archive.GetEntry(path)!.Open());
            Assert.Equal("\n[UNK]\na\nb", text.ReadToEnd());
        }
    }

    [Fact]
    public void ItsConfigurationIsKerass()
    {
        TextVectorization layer = new(maxTokens: 9, ngrams: (1, 2), standardize: null, outputSequenceLength: 4, vocabulary: new[] { "a" }, name: "t");
        Assert.Equal(
            """{"name":"t","trainable":true,"dtype":{"module":"keras","class_name":"DTypePolicy","config":{"name":"float32"},"registered_name":null},"max_tokens":9,"standardize":null,"split":"whitespace","ngrams":[1,2],"output_mode":"int","output_sequence_length":4,"pad_to_max_tokens":false,"sparse":false,"ragged":false,"vocabulary":["a"],"idf_weights":null,"encoding":"utf-8","vocabulary_size":3}""",
            layer.GetConfig().ToJsonString());
        Assert.Equal(layer.GetConfig().ToJsonString(), Layer.FromConfig<TextVectorization>(layer.GetConfig()).GetConfig().ToJsonString());
        TextVectorization plain = new(name: "t");
        Assert.Equal("lower_and_strip_punctuation", (string)plain.GetConfig()["standardize"]!);
        Assert.Equal(plain.GetConfig().ToJsonString(), Layer.FromConfig<TextVectorization>(plain.GetConfig()).GetConfig().ToJsonString());
        TextVectorization whole = new(split: null, name: "t");
        Assert.Null(Layer.FromConfig<TextVectorization>(whole.GetConfig()).Split.Name);
    }

    [Fact]
    public void FunctionsOfTheUserAreNamedIfTheyAreRegistered()
    {
        TextStandardization upper = new(t => t.ToUpperInvariant());
        TextSplitting bars = new(t => t.Split('|'));
        TextVectorization layer = new(standardize: upper, split: bars, vocabulary: new[] { "FOO" });
        Assert.Contains("Register", Assert.Throws<ArgumentException>(() => layer.GetConfig()).Message);
        Utils.RegisterKerasSerializable(upper.Function!, "Texts", "upper");
        Utils.RegisterKerasSerializable(bars.Function!, "Texts", "bars");
        JsonObject config = layer.GetConfig();
        Assert.Equal("Texts>upper", (string)config["standardize"]!["config"]!);
        Assert.Equal([1, 2], Layer.FromConfig<TextVectorization>(config).Apply(new[] { "a|foo" }).ToArray<long>());
        config["split"]!["config"] = "os.system";
        Assert.Contains("os.system", Assert.ThrowsAny<ArgumentException>(() => Layer.FromConfig<TextVectorization>(config)).Message);
    }

    [Fact]
    public void AFileInAConfigurationIsNeverOpened()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "secret\n");
            JsonObject config = new TextVectorization(name: "t").GetConfig();
            config["vocabulary"] = path;
            ArgumentException e = Assert.ThrowsAny<ArgumentException>(() => Layer.FromConfig<TextVectorization>(config));
            Assert.DoesNotContain("secret", e.ToString());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        // test_invalid_ngrams, test_output_sequence_length_with_non_int_mode.
        Refused(() => new TextVectorization(ngrams: 0, name: "t"), "'t'", "ngrams");
        Refused(() => new TextVectorization(ngrams: (1, -2), name: "t"), "'t'", "ngrams");
        Refused(() => new TextVectorization(outputMode: "multi_hot", outputSequenceLength: 5, name: "t"), "'t'", "outputSequenceLength");
        Refused(() => new TextVectorization(outputSequenceLength: 0, name: "t"), "'t'", "outputSequenceLength");
        Refused(() => new TextVectorization(outputMode: "count", ragged: true, name: "t"), "'t'", "ragged");
        Refused(() => new TextVectorization(sparse: true, name: "t"), "'t'", "sparse");
        Refused(() => new TextVectorization(outputMode: "counts", name: "t"), "'count'");
        Refused(() => new TextVectorization(maxTokens: 1, name: "t"), "maxTokens");
        Refused(() => new TextVectorization(vocabulary: new[] { "a", "a" }, name: "t"), "'a'");
        Refused(() => new TextVectorization(vocabulary: Array.Empty<string>(), name: "t"), "'t'", "at least one");
        TextVectorization layer = new(vocabulary: new[] { "a" }, name: "t");
        Refused(() => layer.Apply(new[] { 1, 2 }), "'t'", "texts", "int32");
        Refused(() => layer.Apply(new[,] { { "a", "b" } }), "'t'", "split: null");
        Refused(() => layer.Apply(new[] { "a \ud83d" }), "'t'", "surrogate");
        Refused(() => new TextVectorization(name: "t").Adapt(new[] { 1f }), "'t'", "texts");
        Assert.ThrowsAny<Exception>(() => layer.Adapt(new[] { "b" }));
    }

    [Fact]
    public void AnyTextHasTheNumbersOfItsWords()
    {
        // Whatever words and spaces a text is made of, each word has its place in the vocabulary.
        string[] words = ["naïve", "ΣΑΣ", "水", "🐱", "x\u00a0y", "ab", "é\u0301"];
        TextVectorization layer = new(vocabulary: words), counts = new(vocabulary: words, outputMode: "count");
        Random random = new(2);
        for (int i = 0; i < 100; i++)
        {
            int[] chosen = [.. Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(words.Length))];
            string text = string.Concat(chosen.Select(w => $"{words[w]}{string.Concat(random.GetItems([" ", "\t", "\n", "\v", "\f", "\r"], 1 + random.Next(2)))}"));
            Assert.Equal(chosen.Select(w => w + 2L), layer.Apply(new[] { text }).ToArray<long>());
            Assert.Equal([0, .. Enumerable.Range(0, words.Length).Select(w => (float)chosen.Count(c => c == w))], Ops.Cast(counts.Apply(new[] { text }), DType.Float32).ToArray<float>());
        }
    }

    private static void Refused(Action action, params string[] words)
    {
        ArgumentException e = Assert.ThrowsAny<ArgumentException>(action);
        Assert.All(words, w => Assert.Contains(w, e.Message));
    }

    private static void Check(long[] expected, TextVectorization layer, string[] texts) => Assert.Equal(expected, layer.Apply(texts).ToArray<long>());
}
