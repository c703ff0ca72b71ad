using NKeras.Layers;

namespace NKeras.Tests.Composite;

/// <summary>Sparse tensors and what functions and layers do with them, against the same numbers given dense.</summary>
public sealed class SparseTensorTests
{
    private static readonly float[,] s_numbers = { { 0, 2, 0, -1 }, { 0, 0, 0, 0 }, { 3, 0, 0, 4 } };

    private static SparseTensor Sparse => SparseTensor.FromDense(s_numbers);

    public static TheoryData<string, Func<Tensor, Tensor>, bool> Functions => new()
    {
        { "relu", x => Ops.Relu(x), true },
        { "square", x => Ops.Square(x), true },
        { "tanh", x => Ops.Tanh(x), true },
        { "negative", x => -x, true },
        { "abs", x => Ops.Abs(x), true },
        { "cast", x => Ops.Cast(x, "float64"), true },
        { "half", x => x * 0.5, true },
        { "halved", x => x / 2, true },
        { "by columns", x => x * Tensor.From<float>([1, 2, 3, 4]), true },
        { "by rows", x => Tensor.From<float>([1, 2, 3], [3, 1]) * x, true },
        { "by itself", x => x * x, true },
        { "sum of two", x => x + Ops.Relu(x), true },
        { "difference of two", x => x - Ops.Square(x), true },
        { "side by side", x => Ops.Concatenate([x, Ops.Square(x)], 1), true },
        { "one below the other", x => Ops.Concatenate([x, Ops.Square(x)], 0), false },
        { "reshaped", x => Ops.Reshape(x, [6, 2]), true },
        { "expanded", x => Ops.ExpandDims(x, 1), true },
        { "sigmoid", x => Ops.Sigmoid(x), false },
        { "plus one", x => x + 1, false },
        { "maximum", x => Ops.Maximum(x, -x), false },
        { "greater", x => Ops.Greater(x, 1), false },
        { "stretched", x => x * Ops.Ones([2, 3, 4]), false },
        { "times a matrix", x => Ops.Matmul(x, Tensor.From<float>([1, 2, 3, 4, 5, 6, 7, 8], [4, 2])), false },
        { "times a matrix, in three dimensions", x => Ops.Matmul(Ops.Reshape(x, [3, 2, 2]), Tensor.From<float>([1, 2, 3, 4], [2, 2])), false },
        { "from the left", x => Ops.Matmul(Tensor.From<float>([1, 2, 3, 4, 5, 6], [2, 3]), x), false },
        { "looked up", x => Ops.Take(Tensor.From<float>([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [5, 2]), Ops.Abs(x), axis: 0), false },
        { "converted", x => Ops.ConvertToTensor(x, sparse: false), false },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void AFunctionGivesWhatItGivesForDenseNumbers(string name, Func<Tensor, Tensor> function, bool staysSparse)
    {
        Tensor result = function(Sparse), expected = function(s_numbers);
        Assert.True(result is SparseTensor == staysSparse, name);
        Tensor dense = result is SparseTensor sparse ? sparse.ToDense() : result;
        Assert.Equal(expected.Shape, dense.Shape);
        Assert.Equal(Ops.Cast(expected, "float32").ToArray<float>(), Ops.Cast(dense, "float32").ToArray<float>());

        KerasTensor symbolic = (KerasTensor)function(new Input(batchShape: [3, 4], sparse: true));
        Assert.Equal((expected.Shape, expected.DType, staysSparse), (symbolic.Shape, symbolic.DType, symbolic.Sparse));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void AModelOfFunctionsPredictsTheSameInBatches(string name, Func<Tensor, Tensor> function, bool staysSparse)
    {
        // Those that need all three rows at once.
        if (name is "by rows" or "one below the other" or "reshaped" or "from the left" or "times a matrix, in three dimensions" or "stretched") return;
        Input sparse = new([4], sparse: true), dense = new([4]);
        Tensor expected = new Model(dense, (KerasTensor)function(dense)).Predict(s_numbers, verbose: 0);
        Tensor result = new Model(sparse, (KerasTensor)function(sparse)).Predict(Sparse, batchSize: 2, verbose: 0);
        Assert.Equal(staysSparse, result is SparseTensor);
        Tensor given = result is SparseTensor s ? s.ToDense() : result;
        Assert.Equal(Ops.Cast(expected, "float32").ToArray<float>(), Ops.Cast(given, "float32").ToArray<float>());
    }

    [Fact]
    public void ValuesAtOnePlaceAddUpAndPlacesArePutInOrder()
    {
        SparseTensor x = new(new[,] { { 1, 2 }, { 0, 1 }, { 1, 2 } }, new[] { 5f, 1f, 2f }, [2, 3]);
        Assert.Equal([0, 1, 1, 2], x.Indices.ToArray<int>());
        Assert.Equal([1f, 7f], x.Values.ToArray<float>());
        Assert.Equal([0f, 1f, 0f, 0f, 0f, 7f], x.ToDense().ToArray<float>());
    }

    /// <summary>In a compiled function a sum may hold two values at one place, of which a function that is not linear must see the sum.</summary>
    [Fact]
    public void AFunctionOfASumSeesTheSum()
    {
        float[,] other = { { 0, -3, 0, 4 }, { 1, 0, 0, 0 }, { -1, 0, 0, -5 } };
        float[] expected = Ops.Relu(Ops.Add(s_numbers, other)).ToArray<float>();
        Assert.Equal(expected, ((SparseTensor)Ops.Relu(Sparse + SparseTensor.FromDense(other))).ToDense().ToArray<float>());
        Input a = new([4], sparse: true), b = new([4], sparse: true);
        Assert.Equal(expected, new Model((a, b), (KerasTensor)Ops.Relu(a + b)).Predict(new Tensor[] { Sparse, SparseTensor.FromDense(other) }, verbose: 0).ToArray<float>());
    }

    [Fact]
    public void CompressedRowsAreRead()
    {
        SparseTensor x = SparseTensor.FromCsr([0, 2, 2, 3], [1, 3, 0], new[] { 1f, 2f, 3f }, [3, 4]);
        Assert.Equal([0f, 1f, 0f, 2f, 0f, 0f, 0f, 0f, 3f, 0f, 0f, 0f], x.ToDense().ToArray<float>());
        Assert.Contains("rowOffsets", Assert.Throws<ArgumentException>(() => SparseTensor.FromCsr([0, 2, 1, 3], [1, 3, 0], new[] { 1f, 2f, 3f }, [3, 4])).Message);
        Assert.Contains("(1, 9)", Assert.Throws<ArgumentException>(() => SparseTensor.FromCsr([0, 0, 1, 1], [9], new[] { 1f }, [3, 4])).Message);
    }

    [Fact]
    public void WrongPlacesAreRefused()
    {
        Assert.Contains("indices[1] is (0, 4)", Assert.Throws<ArgumentException>(() => new SparseTensor(new[,] { { 0, 0 }, { 0, 4 } }, new[] { 1f, 2f }, [3, 4])).Message);
        Assert.Contains("values", Assert.Throws<ArgumentException>(() => new SparseTensor(new[,] { { 0, 0 } }, new[] { 1f, 2f }, [3, 4])).Message);
        Assert.Contains("2 dimensions", Assert.Throws<ArgumentException>(() => new SparseTensor(new[] { 0 }, new[] { 1f }, [3, 4])).Message);
    }

    [Fact]
    public void WhatCannotTakeSparseTensorsSaysHowToMakeThemDense()
    {
        Assert.Contains("ToDense", Assert.Throws<ArgumentException>(() => Ops.Softmax(Sparse)).Message);
        Assert.Contains("ToDense", Assert.Throws<ArgumentException>(() => Ops.Moments(Sparse, [0])).Message);
        Assert.Contains("ToDense", Assert.Throws<InvalidOperationException>(() => Sparse.ToArray<float>()).Message);
        Assert.Contains("'softmax'", Assert.Throws<ArgumentException>(() => new Softmax(name: "softmax").Apply(Sparse)).Message);
    }

    [Fact]
    public void ASymbolicResultSaysWhetherItIsSparse()
    {
        Input x = new([4], sparse: true, name: "x");
        Assert.Equal("<KerasTensor shape=(None, 4), dtype=float32, sparse=True, ragged=False, name=x>", x.ToString());
        Assert.True(new Activation("relu").Apply(x).Sparse);
        Assert.True(new Add().Apply(x, x).Sparse);
        Assert.True(new Multiply().Apply(x, x).Sparse);
        Assert.True(new Concatenate().Apply(x, x).Sparse);
        Assert.True(new Flatten().Apply(x).Sparse);
        Assert.True(new Dropout(0.5).Apply(x).Sparse);
        Assert.False(new Dense(2).Apply(x).Sparse);
        Assert.False(new Add().Apply(x, new Input([4])).Sparse);
    }

    [Fact]
    public void SparseNumbersAreLookedUpAsIfZerosWereWrittenOut()
    {
        Embedding embedding = new(5, 2);
        Tensor numbers = Ops.Abs(s_numbers);
        Assert.Equal(embedding.Apply(numbers).ToArray<float>(), embedding.Apply((Tensor)SparseTensor.FromDense(numbers)).ToArray<float>());
    }
}
