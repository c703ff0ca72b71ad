using NKeras.Core;
using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing;

/// <summary>Expected bins are those of Keras's documentation of Hashing and of its hashing_test.py, unless stated otherwise.</summary>
public class HashingTests
{
    private readonly Tensor _letters = new[,] { { "A" }, { "B" }, { "C" }, { "D" }, { "E" } };
    private readonly Tensor _names = new[,] { { "omar" }, { "stringer" }, { "marlo" }, { "wire" }, { "skywalker" } };

    [Fact]
    public void BinsAreKerass()
    {
        // Keras's documentation, and test_correctness.
        Check([1, 0, 1, 1, 2], new Hashing(numBins: 3), _letters);
        Check([1, 1, 0, 2, 2], new Hashing(numBins: 3, maskValue: ""), new[,] { { "A" }, { "B" }, { "" }, { "C" }, { "D" } });
        Check([1, 2, 1, 0, 2], new Hashing(numBins: 3, salt: [133, 137]), _letters);
        Check([0, 0, 2, 1, 0], new Hashing(numBins: 3, salt: 133), _letters);
        Check([0, 0, 0, 0, 0], new Hashing(numBins: 1), _letters);
    }

    [Fact]
    public void BinsOfWordsAreKerass()
    {
        // test_hash_dense_input_farmhash, …_mask_value_farmhash, …_siphash.
        Check([0, 0, 1, 0, 0], new Hashing(numBins: 2), _names);
        Check([1, 1, 2, 1, 1], new Hashing(numBins: 3, maskValue: ""), _names);
        Check([0, 1, 2, 1, 1], new Hashing(numBins: 3, maskValue: "omar"), _names);
        Check([0, 1, 0, 1, 0], new Hashing(numBins: 2, salt: (133, 137)), _names);
        Check([1, 0, 1, 0, 1], new Hashing(numBins: 2, salt: (211, 137)), _names);
    }

    [Fact]
    public void BinsOfNumbersAreKerass()
    {
        // test_hash_dense_int_input_farmhash and …_siphash: any type of whole numbers; numbers with a fraction lose it.
        foreach (string type in (string[])["int32", "int64", "uint8", "int16", "uint64", "float32", "float64"])
        {
            Tensor numbers = Ops.Cast(Tensor.From(new[,] { { 0 }, { 1 }, { 2 }, { 3 }, { 4 } }), DType.Parse(type));
            Check([1, 0, 1, 0, 2], new Hashing(numBins: 3), numbers);
            Check([1, 1, 2, 0, 1], new Hashing(numBins: 3, salt: [133, 137]), numbers);
        }

        Check([1, 0, 1, 0, 2], new Hashing(numBins: 3), new[] { 0.5f, 1.9f, 2.2f, 3f, 4.99f });
        // test_hash_list_input.
        Check([1, 1, 1, 1, 1, 1], new Hashing(numBins: 2), Tensor.From<int>([1, 2, 2, 3, 3, 4], [3, 2, 1]));
    }

    [Fact]
    public void NumbersHashLikeTheirDigits()
    {
        Hashing layer = new(numBins: 1000);
        long[] numbers = [0, -5, 12345, long.MaxValue, long.MinValue];
        Assert.Equal(
            layer.Apply(new[] { "0", "-5", "12345", "9223372036854775807", "-9223372036854775808" }).ToArray<long>(),
            layer.Apply(Tensor.From<long>(numbers)).ToArray<long>());
        // TensorFlow's as_string writes booleans as words.
        Assert.Equal(layer.Apply(new[] { "true", "false" }).ToArray<long>(), layer.Apply(Tensor.From<bool>([true, false])).ToArray<long>());
    }

    [Fact]
    public void AMaskedNumberHasBin0()
    {
        int[] numbers = [7, 0, 3, 0, 9];
        long[] bins = new Hashing(numBins: 50, maskValue: 0).Apply(numbers).ToArray<long>(), others = new Hashing(numBins: 49).Apply(numbers).ToArray<long>();
        Assert.Equal([others[0] + 1, 0, others[2] + 1, 0, others[4] + 1], bins);
    }

    [Fact]
    public void EncodingsAreKerass()
    {
        // test_one_hot_output, test_multi_hot_output, test_count_output.
        Tensor five = new[] { 0, 1, 2, 3, 4 }, row = new[,] { { 0, 1, 2, 3, 4 } };
        Assert.Equal([0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1], new Hashing(numBins: 3, outputMode: "one_hot").Apply(five).ToArray<float>());
        Assert.Equal([1, 1, 1], new Hashing(numBins: 3, outputMode: "multi_hot").Apply(row).ToArray<float>());
        Assert.Equal([2, 2, 1], new Hashing(numBins: 3, outputMode: "count").Apply(five).ToArray<float>());
        Tensor counts = new Hashing(numBins: 3, outputMode: "count").Apply(row);
        Assert.Equal([1, 3], counts.Shape);
        Assert.Equal([2, 2, 1], counts.ToArray<float>());
    }

    [Theory]
    [InlineData("one_hot")]
    [InlineData("multi_hot")]
    [InlineData("count")]
    public void SparseEncodingsAreTheDenseOnes(string mode)
    {
        Tensor words = mode == "one_hot" ? new[] { "a", "b", "a", "", "c" } : new[,] { { "a", "b", "a" }, { "", "d", "" }, { "e", "f", "g" } };
        Tensor dense = new Hashing(numBins: 7, outputMode: mode).Apply(words);
        SparseTensor sparse = Assert.IsType<SparseTensor>(new Hashing(numBins: 7, outputMode: mode, sparse: true).Apply(words));
        Assert.Equal(dense.Shape, sparse.Shape);
        Assert.Equal(dense.ToArray<float>(), sparse.ToDense().ToArray<float>());
    }

    [Fact]
    public void SparseInputsAreHashedWhereTheyHaveValues()
    {
        // test_hash_sparse_input_farmhash, …_mask_value_farmhash, …_siphash, and of numbers.
        int[,] places = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 2, 0 }, { 2, 1 } };
        SparseTensor words = new(Tensor.From(places), new[] { "omar", "stringer", "marlo", "wire", "skywalker" }, [3, 2]);
        SparseTensor numbers = new(Tensor.From(places), new[] { 0, 1, 2, 3, 4 }, [3, 2]);
        CheckSparse([0, 0, 1, 0, 0], new Hashing(numBins: 2), words);
        CheckSparse([1, 1, 2, 1, 1], new Hashing(numBins: 3, maskValue: ""), words);
        CheckSparse([0, 1, 2, 1, 1], new Hashing(numBins: 3, maskValue: "omar"), words);
        CheckSparse([0, 1, 0, 1, 0], new Hashing(numBins: 2, salt: [133, 137]), words);
        CheckSparse([1, 0, 1, 0, 2], new Hashing(numBins: 3), numbers);
        CheckSparse([1, 1, 2, 0, 1], new Hashing(numBins: 3, salt: [133, 137]), numbers);
        Assert.Equal([1, 0, 1, 1, 2, 0], new Hashing(numBins: 2, outputMode: "count").Apply(words).ToArray<float>());

        void CheckSparse(long[] expected, Hashing layer, SparseTensor input)
        {
            SparseTensor result = Assert.IsType<SparseTensor>(layer.Apply(input));
            Assert.Equal(input.Indices.ToArray<int>(), result.Indices.ToArray<int>());
            Assert.Equal(expected, result.Values.ToArray<long>());
        }
    }

    [Fact]
    public void RaggedInputsAreHashedRowByRow()
    {
        RaggedTensor words = new(new[] { "omar", "stringer", "marlo", "wire", "marlo", "skywalker", "wire" }, new[] { 0, 4, 7 });
        // The commented test_hash_ragged_string_input_farmhash of hashing_test.py.
        RaggedTensor bins = Assert.IsType<RaggedTensor>(new Hashing(numBins: 2).Apply(words));
        Assert.Equal([0, 0, 1, 0, 1, 0, 0], bins.Values.ToArray<long>());
        Assert.Equal([0, 4, 7], bins.RowSplits.ToArray<int>());
        Assert.Equal([3, 1, 2, 1], new Hashing(numBins: 2, outputMode: "count").Apply(words).ToArray<float>());
        Assert.Equal([1, 1, 1, 1], new Hashing(numBins: 2, outputMode: "multi_hot").Apply(words).ToArray<float>());
    }

    [Fact]
    public void RaggedTextsAreHashedInAModelBatchByBatch()
    {
        RaggedTensor words = new(new[] { "omar", "stringer", "marlo", "wire", "marlo", "skywalker", "wire" }, new[] { 0, 4, 4, 7 });
        Input input = new([null], dtype: "string", ragged: true);
        Model counts = new(input, new Hashing(numBins: 2, outputMode: "count").Apply(input));
        Assert.Equal([3, 1, 0, 0, 2, 1], counts.Predict(words, batchSize: 2, verbose: 0).ToArray<float>());
        Model bins = new(input, new Hashing(numBins: 2).Apply(input));
        RaggedTensor all = Assert.IsType<RaggedTensor>(bins.Predict(words, batchSize: 2, verbose: 0));
        Assert.Equal([0, 0, 1, 0, 1, 0, 0], all.Values.ToArray<long>());
        Assert.Equal([0, 4, 4, 7], all.RowSplits.ToArray<int>());
    }

    [Fact]
    public void SparseTextsHaveOneAtAPlace() =>
        Assert.Contains("place twice", Assert.Throws<ArgumentException>(() => new SparseTensor(Tensor.From(new[,] { { 0, 0 }, { 0, 0 } }), new[] { "a", "b" }, [1, 2])).Message);

    [Theory]
    [InlineData("int", new[] { 4 }, "(None, 4)", "int64")]
    [InlineData("one_hot", new[] { 4 }, "(None, 4, 5)", "float32")]
    [InlineData("one_hot", new[] { 4, 1 }, "(None, 4, 5)", "float32")]
    [InlineData("one_hot", new[] { 1 }, "(None, 5)", "float32")]
    [InlineData("multi_hot", new[] { 4 }, "(None, 5)", "float32")]
    [InlineData("count", new[] { -1 }, "(None, 5)", "float32")]
    public void SymbolicResultsHaveTheirShape(string mode, int[] dims, string expected, string type)
    {
        Input input = new(shape: new Shape(dims), dtype: "string");
        KerasTensor output = new Hashing(numBins: 5, outputMode: mode).Apply(input);
        Assert.Equal(expected, output.Shape.ToString());
        Assert.Equal(type, output.DType.Name);
        string[] words = [.. Enumerable.Range(0, 24).Select(i => $"w{i % 7}")];
        Tensor data = Tensor.FromStrings(words.AsSpan(0, 2 * dims.Aggregate(1, (a, b) => a * Math.Abs(b))), new Shape([2, .. dims.Select(Math.Abs)]));
        Assert.True(output.Shape.IsCompatibleWith(new Hashing(numBins: 5, outputMode: mode).Apply(data).Shape));
    }

    [Theory]
    [InlineData("int32")]
    [InlineData("int64")]
    public void NumbersOfBinsHaveTheTypeAskedFor(string type)
    {
        // test_int_output_dtype.
        Input input = new(batchShape: [16, 4], dtype: "string");
        Assert.Equal(type, new Hashing(numBins: 3, dtype: type).Apply(input).DType.Name);
        Assert.Equal(type, new Hashing(numBins: 3, dtype: type).Apply(_letters).DType.Name);
    }

    [Theory]
    [InlineData("int", false)]
    [InlineData("one_hot", false)]
    [InlineData("multi_hot", false)]
    [InlineData("count", false)]
    [InlineData("count", true)]
    public void InAModelItComputesTheSame(string mode, bool numeric)
    {
        Hashing layer = new(numBins: 11, maskValue: numeric ? 3 : "w3", outputMode: mode, salt: mode == "count" ? 5 : null);
        Tensor data = numeric
            ? RandomOps.Randint([9, 4], 0, 20, DType.Int32, seed: 3)
            : Tensor.FromStrings([.. Enumerable.Range(0, 36).Select(i => $"w{i * 7 % 13}")], [9, 4]);
        Input input = new(shape: [4], dtype: numeric ? "int32" : "string");
        Model model = new(input, layer.Apply(input));
        Tensor eager = layer.Apply(data), predicted = model.Predict(data, batchSize: 4, verbose: 0);
        Assert.Equal(eager.Shape, predicted.Shape);
        Assert.Equal(Ops.Cast(eager, DType.Float32).ToArray<float>(), Ops.Cast(predicted, DType.Float32).ToArray<float>());
    }

    [Fact]
    public void AModelWithItComesBackFromAFile()
    {
        // test_saving.
        Tensor names = new[] { "omar", "stringer", "marlo", "wire", "skywalker" };
        Input input = new([], dtype: "string");
        Model model = new(input, new Hashing(numBins: 100, salt: [7, 8], maskValue: "wire").Apply(input));
        using MemoryStream file = new();
        model.Save(file);
        file.Position = 0;
        Assert.Equal(model.Predict(names, verbose: 0).ToArray<long>(), Model.Load(file).Predict(names, verbose: 0).ToArray<long>());
    }

    [Fact]
    public void ItsConfigurationIsKerass()
    {
        Hashing layer = new(numBins: 8, salt: 3, maskValue: "", name: "h");
        Assert.Equal(
            """{"name":"h","trainable":true,"dtype":{"module":"keras","class_name":"DTypePolicy","config":{"name":"int64"},"registered_name":null},"num_bins":8,"salt":[3,3],"mask_value":"","output_mode":"int","sparse":false}""",
            layer.GetConfig().ToJsonString());
        Assert.Null(new Hashing(numBins: 8).GetConfig()["mask_value"]);
        Assert.Equal(-1, (long)new Hashing(numBins: 8, maskValue: -1).GetConfig()["mask_value"]!);
        Assert.Equal(layer.GetConfig().ToJsonString(), Layer.FromConfig<Hashing>(layer.GetConfig()).GetConfig().ToJsonString());
        Hashing numbers = new(numBins: 8, maskValue: 5, outputMode: "count");
        Assert.Equal((MaskValue)5, Layer.FromConfig<Hashing>(numbers.GetConfig()).MaskValue);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        // test_invalid_inputs, test_hashing_invalid_num_bins and those after it.
        Refused(() => new Hashing(numBins: 0, name: "h"), "'h'", "numBins");
        Refused(() => new Hashing(numBins: -1, name: "h"), "'h'", "numBins");
        Refused(() => new Hashing(numBins: 2, salt: [1]), "one whole number or two");
        Refused(() => new Hashing(numBins: 1, salt: [133, 137, 177]), "one whole number or two");
        Refused(() => new Hashing(numBins: 3, outputMode: "unsupported_mode", name: "h"), "'h'", "outputMode");
        Refused(() => new Hashing(numBins: 3, outputMode: "int", dtype: "float32", name: "h"), "'h'", "int64");
        Refused(() => new Hashing(numBins: 3, outputMode: "int", sparse: true, name: "h"), "'h'", "sparse");
        Refused(() => new Hashing(numBins: 3, maskValue: 5, name: "h").Apply(_letters), "'h'", "maskValue", "texts");
        Refused(() => new Hashing(numBins: 3, maskValue: "", name: "h").Apply(new[] { 1, 2 }), "'h'", "maskValue");
        Refused(() => new Hashing(numBins: 3, name: "h").Apply(new[] { "a", "\ud83d" }), "'h'", "surrogate");
    }

    private static void Refused(Action action, params string[] words)
    {
        ArgumentException e = Assert.ThrowsAny<ArgumentException>(action);
        Assert.All(words, w => Assert.Contains(w, e.Message));
    }

    private static void Check(long[] expected, Hashing layer, Tensor input)
    {
        Tensor bins = layer.Apply(input);
        Assert.Equal(input.Shape, bins.Shape);
        Assert.Equal(expected, bins.ToArray<long>());
    }
}
