using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing;

/// <summary>Expected values are those of Keras's documentation of IntegerLookup, and of its integer_lookup_test.py and index_lookup_test.py, named where they are used.</summary>
public class IntegerLookupTests
{
    private readonly Tensor _rows = new[,] { { 12, 1138, 42 }, { 42, 1000, 36 } };
    private readonly Tensor _repeats = new[,] { { 12, 1138, 42, 42 }, { 42, 7, 36, 7 } };

    [Fact]
    public void NumbersHaveThePlacesOfTheVocabulary()
    {
        // Keras's documentation: a known vocabulary, and several places for unknown numbers.
        Check([1, 3, 4, 4, 0, 2], new IntegerLookup(vocabulary: [12, 36, 1138, 42]), _rows);
        Check([2, 4, 5, 1, 0, 3], new IntegerLookup(vocabulary: [12, 36, 1138, 42], numOovIndices: 2), new[,] { { 12, 1138, 42 }, { 37, 1000, 36 } });
        // test_fixed_vocabulary, test_mask_token, test_num_oov_indices_zero, test_basics_integer_vocab.
        Check([2, 3, 4, 0], new IntegerLookup(vocabulary: [1, 2, 3, 4]), new[] { 2, 3, 4, 5 });
        Check([0, 2, 3, 4], new IntegerLookup(vocabulary: [1, 2, 3], maskToken: 0), new[] { 0, 1, 2, 3 });
        Check([0, 1, 2], new IntegerLookup(vocabulary: [1, 2, 3], numOovIndices: 0), new[] { 1, 2, 3 });
        Check([2, 3, 1], new IntegerLookup(vocabulary: [0, -1, 1, 2, 3], maskToken: 0, maxTokens: 7), new[] { 1, 2, 4 });
        Assert.Equal(2, new IntegerLookup(vocabulary: [7, 8]).Apply((Tensor)8).Item<long>());
    }

    [Fact]
    public void NumbersOf64BitsStayWhatTheyAre()
    {
        long[] vocabulary = [long.MaxValue, long.MinValue, (1L << 53) + 1, 1L << 53, -1, 1L << 32];
        IntegerLookup layer = new(vocabulary: vocabulary, oovToken: 5);
        Check([1, 2, 3, 4, 5, 6, 0, 0], layer, Tensor.From<long>([.. vocabulary, 0, long.MaxValue - 1]));
        Assert.Equal([.. vocabulary, 5], new IntegerLookup(vocabulary: vocabulary, oovToken: 5, invert: true).Apply(new[] { 1, 2, 3, 4, 5, 6, 0 }).ToArray<long>());
        // Other types, and numbers with a fraction, which they lose.
        Check([1, 0], new IntegerLookup(vocabulary: [200]), Tensor.From<byte>([200, 3]));
        Check([2, 1, 0], new IntegerLookup(vocabulary: [1, 2]), new[] { 2.5f, 1f, -0.5f });
    }

    [Fact]
    public void ALearnedVocabularyIsInKerassOrder()
    {
        // Keras's documentation; test_get_vocabulary, test_max_tokens_adapt of index_lookup_test.py, test_adapt_with_steps.
        IntegerLookup layer = new();
        layer.Adapt(_rows);
        Assert.Equal([-1, 42, 1138, 1000, 36, 12], layer.GetVocabulary());
        Check([5, 2, 1, 1, 3, 4], layer, _rows);
        IntegerLookup few = new(maxTokens: 4, maskToken: 0);
        few.Adapt(new[] { 1, 1, 1, 2, 2, 3 });
        Assert.Equal([0, -1, 1, 2], few.GetVocabulary());
        Assert.Equal([1, 2], few.GetVocabulary(includeSpecialTokens: false));
        Check([2, 3, 1, 1], few, new[] { 1, 2, 3, 4 });
        IntegerLookup steps = new();
        steps.Adapt(Dataset.FromTensorSlices((Tensor)new[] { 1, 2, 3, 1, 1 }).Batch(2), steps: 2);
        Assert.Equal([-1, 1, 3, 2], steps.GetVocabulary());
    }

    [Fact]
    public void LearnedEncodingsAreKerass()
    {
        // test_adapt_flow.
        Tensor data = new[] { 1, 1, 1, 2, 2, 3 }, sample = new[] { 1, 2, 4 };
        Check([1, 2, 0, 2, 3, 0], Learned("int"), new[,] { { 1, 2, 4 }, { 2, 3, 5 } });
        Check([0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0], Learned("one_hot"), sample);
        Check([1, 1, 1, 0], Learned("multi_hot"), sample);
        Check([1, 3, 2, 1], Learned("count"), new[] { 1, 2, 3, 4, 1, 2, 1 });
        Close([1.133732f, 0.916291f, 1.098612f, 0], Learned("tf_idf").Apply(sample).ToArray<float>());

        IntegerLookup Learned(string mode)
        {
            IntegerLookup layer = new(outputMode: mode);
            layer.Adapt(data);
            return layer;
        }
    }

    [Fact]
    public void EncodingsAreKerass()
    {
        // Keras's documentation.
        long[] vocabulary = [12, 36, 1138, 42];
        Check([0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0], new IntegerLookup(vocabulary: vocabulary, outputMode: "one_hot"), new[] { 12, 36, 1138, 42, 7 });
        Check([0, 1, 0, 1, 1, 1, 0, 1, 0, 1], new IntegerLookup(vocabulary: vocabulary, outputMode: "multi_hot"), _repeats);
        Check([0, 1, 0, 1, 2, 2, 0, 1, 0, 1], new IntegerLookup(vocabulary: vocabulary, outputMode: "count"), _repeats);
        Close([0, 0.25f, 0, 0.6f, 0.8f, 1, 0, 0.75f, 0, 0.4f], new IntegerLookup(vocabulary: vocabulary, outputMode: "tf_idf", idfWeights: [0.25, 0.75, 0.6, 0.4]).Apply(_repeats).ToArray<float>());
        Close([0, 0.25f, 0, 0.6f, 0.8f, 1.8f, 0, 0.75f, 0, 0.4f], new IntegerLookup(vocabulary: [-1, .. vocabulary], outputMode: "tf_idf", idfWeights: [0.9, 0.25, 0.75, 0.6, 0.4]).Apply(_repeats).ToArray<float>());
        // test_pad_to_max_tokens of index_lookup_test.py.
        Check([0, 1, 1, 0, 0], new IntegerLookup(maxTokens: 5, maskToken: 0, vocabulary: [1, 2], padToMaxTokens: true, outputMode: "multi_hot"), new[] { 1, 2, 0 });
        // test_one_hot_output_with_higher_rank_input.
        Tensor hot = new IntegerLookup(vocabulary: [1, 2, 3], outputMode: "one_hot").Apply(new[,] { { 1, 2 }, { 3, 0 } });
        Assert.Equal([2, 2, 4], hot.Shape);
        Assert.Equal([0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0], hot.ToArray<float>());
    }

    [Fact]
    public void PlacesBecomeNumbers()
    {
        // Keras's documentation; test_invert.
        IntegerLookup layer = new(vocabulary: [12, 36, 1138, 42], invert: true);
        Assert.Equal([12, 1138, 42, 42, -1, 36], layer.Apply(new[,] { { 1, 3, 4 }, { 4, 0, 2 } }).ToArray<long>());
        Assert.Equal([10, 20, 30, -1, -1, -1], new IntegerLookup(vocabulary: [10, 20, 30], invert: true).Apply(new[] { 1, 2, 3, 0, 4, -7 }).ToArray<long>());
        IntegerLookup forward = new(vocabulary: [12, 36, 1138, 42]);
        Assert.Equal([12, 1138, 42, 42, -1, 36], new IntegerLookup(vocabulary: [.. forward.GetVocabulary()], invert: true).Apply(forward.Apply(_rows)).ToArray<long>());
        Assert.Equal([0, -1, 12], new IntegerLookup(vocabulary: [12], maskToken: 0, invert: true).Apply(new[] { 0, 1, 2 }).ToArray<long>());
    }

    [Fact]
    public void UnknownNumbersAreSpreadAsTensorFlowDoes()
    {
        // Keras's documentation, "Uniform OOV distribution with FarmHash"; test_oov_method_farmhash_output_is_correct, whose values are TensorFlow's.
        int[] unknown = [100, 300, 700, 1100, 1700, 2000];
        Check([0, 0, 0, 0, 0, 0], new IntegerLookup(vocabulary: [10, 20, 30], numOovIndices: 4), unknown);
        Check([3, 3, 2, 2, 0, 1], new IntegerLookup(vocabulary: [10, 20, 30], numOovIndices: 4, oovMethod: "farmhash"), unknown);
        Check([3, 1, 3, 1], new IntegerLookup(vocabulary: [10, 20, 30], numOovIndices: 4, oovMethod: "farmhash"), new[] { 100, 200, 300, 400 });
        // The remainder has the divisor's sign (tf.math.floormod).
        Check([3, 1, 0, 2], new IntegerLookup(vocabulary: [10], numOovIndices: 4), new[] { -1, 5, -8, -2 });
        // test_salt_siphash: the places are those of Hashing. test_oov_method_ignored_when_single_oov_index.
        Check(new Hashing(4, salt: [137, 42]).Apply(unknown).ToArray<long>(), new IntegerLookup(vocabulary: [10, 20, 30], numOovIndices: 4, oovMethod: "farmhash", salt: [137, 42]), unknown);
        Check([0, 0, 0], new IntegerLookup(vocabulary: [1, 2, 3], oovMethod: "farmhash"), new[] { 99, 100, 101 });
    }

    [Theory]
    [InlineData("int", 1, "floormod")]
    [InlineData("int", 0, "floormod")]
    [InlineData("int", 3, "floormod")]
    [InlineData("int", 3, "farmhash")]
    [InlineData("one_hot", 2, "floormod")]
    [InlineData("multi_hot", 1, "floormod")]
    [InlineData("count", 2, "farmhash")]
    [InlineData("tf_idf", 1, "floormod")]
    public void ItComputesTheSameEverywhere(string mode, int unknown, string method)
    {
        IntegerLookup layer = new(vocabulary: [3, -1, 4, 15, 9], numOovIndices: unknown, maskToken: 0, outputMode: mode, oovMethod: method, idfWeights: mode == "tf_idf" ? [1, 2, 3, 4, 5] : null);
        int[] numbers = [.. Enumerable.Range(0, 30).Select(i => unknown == 0 ? (int)layer.GetVocabulary(false)[i % 5] : (i * 7 % 23) - 4)];
        Tensor data = Tensor.From<int>(numbers, [10, 3]);
        float[] eager = Ops.Cast(layer.Apply(data), DType.Float32).ToArray<float>();
        foreach (string type in (string[])["int32", "int64", "float32"])
        {
            Input input = new([3], dtype: type);
            Tensor predicted = new Model(input, layer.Apply(input)).Predict(Ops.Cast(data, DType.Parse(type)), batchSize: 4, verbose: 0);
            Assert.Equal(eager, Ops.Cast(predicted, DType.Float32).ToArray<float>());
        }

        Assert.Equal(eager, Dataset.FromTensorSlices(data).Batch(4).Map(layer).SelectMany(b => Ops.Cast(b.X[0], DType.Float32).ToArray<float>()));
        CompiledFunction function = new((Tensor t) => layer.Apply(t));
        Assert.Equal(eager, Ops.Cast(function.Apply(data), DType.Float32).ToArray<float>());
    }

    [Fact]
    public void AModelFollowsItsVocabulary()
    {
        IntegerLookup layer = new();
        Input input = new([], dtype: "int32");
        Model model = new(input, layer.Apply(input));
        layer.SetVocabulary([7, 8]);
        Assert.Equal([1, 2, 0], model.Predict(new[] { 7, 8, 9 }, verbose: 0).ToArray<long>());
        layer.SetVocabulary([9, 8]);
        Assert.Equal([0, 2, 1], model.Predict(new[] { 7, 8, 9 }, verbose: 0).ToArray<long>());
    }

    [Fact]
    public void AModelTrainsOnWhatItGives()
    {
        Input input = new([2], dtype: "int32");
        Dense dense = new(1, useBias: false, kernelInitializer: "zeros");
        Model model = new(input, dense.Apply(new IntegerLookup(vocabulary: [1, 2, 3], outputMode: "multi_hot").Apply(input)));
        model.Compile(new NKeras.Optimizers.SGD(0.5), "mse");
        model.Fit(new[,] { { 1, 1 } }, new float[,] { { 1 } }, epochs: 1, verbose: 0);
        // One step from zero: the gradient of (kernel[1] - 1)^2 is -2, and places without a token have none.
        Assert.Equal([0, 1, 0, 0], dense.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void SparseAndRaggedNumbersAreLookedUpWhereTheyAre()
    {
        IntegerLookup layer = new(vocabulary: [5, 6]), rows = new(vocabulary: [1, 2, 3], outputMode: "multi_hot", sparse: true);
        SparseTensor sparse = new(Tensor.From(new[,] { { 0, 1 }, { 1, 0 } }), new[] { 6, 9 }, [2, 2]);
        Assert.Equal([2, 0], Assert.IsType<SparseTensor>(layer.Apply(sparse)).Values.ToArray<long>());
        Assert.Equal([1, 0, 2], Assert.IsType<RaggedTensor>(layer.Apply(new RaggedTensor(new[] { 5, 1, 6 }, new[] { 0, 2, 3 }))).Values.ToArray<long>());
        // test_sparse_outputs of index_lookup_test.py.
        SparseTensor result = Assert.IsType<SparseTensor>(rows.Apply(new[,] { { 1, 2 }, { 3, 4 } }));
        Assert.Equal([0, 1, 1, 0, 1, 0, 0, 1], result.ToDense().ToArray<float>());
        Input input = new([2], dtype: "int32");
        Tensor predicted = new Model(input, rows.Apply(input)).Predict(new[,] { { 1, 2 }, { 3, 4 } }, verbose: 0);
        Assert.Equal([0, 1, 1, 0, 1, 0, 0, 1], (predicted is SparseTensor s ? s.ToDense() : predicted).ToArray<float>());
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        // test_invalid_max_tokens, test_invalid_num_oov_indices, test_invalid_vocabulary_dtype, test_oov_method_invalid_value, test_salt_requires_farmhash.
        Refused(() => new IntegerLookup(maxTokens: 1, name: "l"), "maxTokens");
        Refused(() => new IntegerLookup(numOovIndices: -1, name: "l"), "numOovIndices");
        Refused(() => new IntegerLookup(vocabularyDtype: "int32", name: "l"), "int64");
        Refused(() => new IntegerLookup(vocabulary: [1, 2, 3], numOovIndices: 2, oovMethod: "invalid_method", name: "l"), "oovMethod");
        Refused(() => new IntegerLookup(numOovIndices: 2, salt: [137, 42], name: "l"), "farmhash");
        Refused(() => new IntegerLookup(vocabulary: [1, 2, 1], name: "l"), "twice", "[1]");
        Refused(() => new IntegerLookup(vocabulary: [], name: "l"), "at least one token");
        Refused(() => new IntegerLookup(vocabulary: (Tensor)new[] { 1.5f }, name: "l"), "whole numbers", "float32");
        Refused(() => new IntegerLookup(vocabulary: (Tensor)new[] { "a" }, name: "l"), "whole numbers", "string");
        Refused(() => new IntegerLookup(vocabulary: [4, 0], maskToken: 0, name: "l"), "maskToken", "position 1");
        IntegerLookup layer = new(vocabulary: [1], name: "l"), strict = new(vocabulary: [1], numOovIndices: 0, name: "l");
        Refused(() => layer.Apply(new[] { "1" }), "whole numbers", "StringLookup");
        Refused(() => layer.Apply(new Input([], dtype: "string")), "whole numbers");
        Refused(() => strict.Apply(new[] { 1, 5, 6 }), "numOovIndices=0", "5, 6");
        Input input = new([], dtype: "int32");
        Refused(() => new Model(input, strict.Apply(input)).Predict(new[] { 1, 5 }, verbose: 0), "5");
        Refused(() => new IntegerLookup(name: "l").Adapt(new[] { 1, float.NaN }), "NaN");
        Refused(() => new IntegerLookup(name: "l").Adapt(new[] { "a" }), "whole numbers");
        Assert.Contains("'l'", Assert.Throws<InvalidOperationException>(() => new IntegerLookup(name: "l").Apply(new[] { 1 })).Message, StringComparison.Ordinal);
    }

    private static void Check(long[] expected, IntegerLookup layer, Tensor inputs)
    {
        Tensor result = layer.Apply(inputs);
        Assert.Equal(layer.OutputMode == "int" ? DType.Int64 : DType.Float32, result.DType);
        Assert.Equal(expected, Ops.Cast(result, DType.Int64).ToArray<long>());
        if (layer.OutputMode == "int") Assert.Equal(inputs.Shape, result.Shape);
    }

    private static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    private static void Refused(Action action, params string[] words)
    {
        string message = Assert.ThrowsAny<ArgumentException>(action).Message;
        Assert.All(words.Prepend("'l'"), w => Assert.Contains(w, message, StringComparison.Ordinal));
    }
}
