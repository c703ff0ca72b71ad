using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing;

/// <summary>Expected bins are those of Keras's documentation of HashedCrossing and of its hashed_crossing_test.py, unless stated otherwise.</summary>
public class HashedCrossingTests
{
    private static readonly float[] s_oneHot = [0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0];
    private readonly Tensor _letters = new[] { "A", "B", "A", "B", "A" };
    private readonly Tensor _numbers = new[] { 101, 101, 101, 102, 102 };

    [Fact]
    public void BinsAreKerass()
    {
        // Keras's documentation, test_correctness and test_tf_string.
        HashedCrossing layer = new(numBins: 5);
        Tensor bins = layer.Apply(_letters, _numbers);
        Assert.Equal([1, 4, 1, 1, 3], bins.ToArray<long>());
        Assert.Equal(_letters.Shape, bins.Shape);
        Tensor columns = layer.Apply(Ops.ExpandDims(_letters, -1), Ops.ExpandDims(Ops.Cast(_numbers, DType.Int64), -1));
        Assert.Equal([5, 1], columns.Shape);
        Assert.Equal([1, 4, 1, 1, 3], columns.ToArray<long>());
        Tensor one = new HashedCrossing(numBins: 10).Apply(Tensor.FromStrings(["A"], Shape.Scalar), 101);
        Assert.Equal(Shape.Scalar, one.Shape);
        Assert.Equal(1, one.Item<long>());
    }

    [Fact]
    public void OneHotRowsAreKerass()
    {
        HashedCrossing layer = new(numBins: 5, outputMode: "one_hot");
        Tensor rows = layer.Apply(_letters, _numbers);
        Assert.Equal([5, 5], rows.Shape);
        Assert.Equal(s_oneHot, rows.ToArray<float>());
        Assert.Equal(s_oneHot, layer.Apply(Ops.ExpandDims(_letters, -1), Ops.ExpandDims(_numbers, -1)).ToArray<float>());
        SparseTensor sparse = Assert.IsType<SparseTensor>(new HashedCrossing(numBins: 5, outputMode: "one_hot", sparse: true).Apply(_letters, _numbers));
        Assert.Equal(s_oneHot, sparse.ToDense().ToArray<float>());
    }

    [Fact]
    public void ThreeTextsMakeTensorFlowsCross()
    {
        // TensorFlow's sparse_cross_op_test.py: test_hashed_zero_bucket_no_hash_key, whose cross of all 63 bits is 1971693436396284976 modulo 2^63 - 1.
        const ulong Cross = 1971693436396284976;
        long bin = new HashedCrossing(numBins: 1000).Apply(new[] { "batch1-FC1-F1" }, new[] { "batch1-FC2-F1" }, new[] { "batch1-FC3-F1" }).Item<long>();
        Assert.Contains((ulong)bin, (ulong[])[Cross % 1000, (Cross + long.MaxValue) % 1000, unchecked(Cross + (2UL * long.MaxValue)) % 1000]);
    }

    [Fact]
    public void TheOrderOfInputsMatters()
    {
        HashedCrossing layer = new(numBins: 1 << 30);
        Assert.NotEqual(layer.Apply(_letters, _numbers).ToArray<long>(), layer.Apply(_numbers, _letters).ToArray<long>());
    }

    [Fact]
    public void InAModelItComputesTheSame()
    {
        Input letters = new([1], dtype: "string"), numbers = new([1], dtype: "int32");
        Model model = new([letters, numbers], new HashedCrossing(numBins: 5, outputMode: "one_hot").Apply(letters, numbers));
        Assert.Equal([null, 5], model.Outputs[0].Shape);
        Tensor rows = model.Predict((Ops.ExpandDims(_letters, -1), Ops.ExpandDims(_numbers, -1)), batchSize: 2, verbose: 0);
        Assert.Equal(s_oneHot, rows.ToArray<float>());
        Assert.Equal([null, 1], new HashedCrossing(numBins: 5).Apply(letters, numbers).Shape);
        Assert.Equal(DType.Int64, new HashedCrossing(numBins: 5).Apply(letters, numbers).DType);
    }

    [Fact]
    public void ItsConfigurationIsKerass()
    {
        HashedCrossing layer = new(numBins: 5, outputMode: "one_hot", name: "c");
        Assert.Equal("""{"num_bins":5,"output_mode":"one_hot","sparse":false,"name":"c","dtype":"float32"}""", layer.GetConfig().ToJsonString());
        Assert.Equal("int64", (string)new HashedCrossing(numBins: 5).GetConfig()["dtype"]!);
        HashedCrossing again = Layer.FromConfig<HashedCrossing>(layer.GetConfig());
        Assert.Equal(layer.GetConfig().ToJsonString(), again.GetConfig().ToJsonString());
        Assert.Equal(s_oneHot, again.Apply(_letters, _numbers).ToArray<float>());
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        HashedCrossing layer = new(numBins: 10, name: "c");
        Refused(() => new HashedCrossing(numBins: 0, name: "c"), "'c'", "numBins");
        Refused(() => new HashedCrossing(numBins: 3, outputMode: "count", name: "c"), "'c'", "outputMode");
        // test_non_list_input_fails, test_single_input_fails, test_sparse_input_fails, test_float_input_fails, test_unsupported_shape_input_fails.
        Refused(() => layer.Apply((Tensor)1), "'c'", "two inputs");
        Refused(() => layer.Apply([_letters], training: null), "'c'", "two inputs");
        SparseTensor sparse = SparseTensor.FromDense(new[] { 1 });
        Refused(() => layer.Apply(sparse, sparse), "'c'", "dense");
        Refused(() => layer.Apply(new[] { 1f }, new[] { 1f }), "'c'", "whole numbers");
        Refused(() => layer.Apply(Ops.Ones([1, 1, 1], DType.Int32), Ops.Ones([1, 1, 1], DType.Int32)), "'c'", "(batch, 1)");
        Refused(() => layer.Apply(_letters, new[] { 1, 2 }), "'c'", "one shape");
        Refused(() => layer.Apply(new[] { "\udc00" }, new[] { 1 }), "'c'", "surrogate");
    }

    private static void Refused(Action action, params string[] words)
    {
        ArgumentException e = Assert.ThrowsAny<ArgumentException>(action);
        Assert.All(words, w => Assert.Contains(w, e.Message));
    }
}
