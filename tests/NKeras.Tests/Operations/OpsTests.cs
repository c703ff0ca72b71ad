using NKeras.Tests.Recorded;

namespace NKeras.Tests.Operations;

/// <summary>Arguments of <see cref="Ops"/> that Keras takes, and gradients where functions have kinks.</summary>
public sealed class OpsTests
{
    private static readonly Tensor s_matrix = new float[,] { { 1, 2, 3 }, { 4, 5, 6 } };

    [Fact]
    public void TakeCountsFromTheEndAndFlattens()
    {
        Assert.Equal([6f, 1], Ops.Take(s_matrix, new int[] { -1, 0 }).ToArray<float>());
        Assert.Equal([3f, 6], Ops.Take(s_matrix, new int[] { -1 }, axis: 1).ToArray<float>());
    }

    [Fact]
    public void ReshapeTakesMinusOneNullAndShapes()
    {
        Assert.Equal([3, 2], Ops.Reshape(s_matrix, [-1, 2]).Shape);
        Assert.Equal([3, 2], Ops.Reshape(s_matrix, [3, null]).Shape);
        Assert.Equal([6], Ops.Reshape(s_matrix, -1).Shape);
        Assert.Equal([2, 3], Ops.Reshape(Ops.Reshape(s_matrix, [6]), s_matrix.Shape).Shape);
        Assert.Contains("(-1, -1)", Assert.Throws<ArgumentException>(() => Ops.Reshape(s_matrix, [-1, -1])).Message);
    }

    [Fact]
    public void SoftmaxOverSeveralAxesIsThatOfTheFlattened()
    {
        float[] flat = Ops.Softmax(Ops.Reshape(s_matrix, [1, 6])).ToArray<float>();
        Assert.Equal(flat, Ops.Softmax(s_matrix, null).ToArray<float>());
        Assert.Equal(flat, Ops.Softmax(s_matrix, axis: (0, 1)).ToArray<float>());
        RecordedData.AssertClose("axis 0", Ops.Softmax(s_matrix, 0), Ops.Softmax(s_matrix, axis: [0]));
        RecordedData.AssertClose("log", Ops.Log(Ops.Softmax(s_matrix, null)), Ops.LogSoftmax(s_matrix, axis: [-1, 0]));
    }

    [Fact]
    public void ExtremesTakeAFirstValue()
    {
        Assert.Equal([7f, 7], Ops.Max(s_matrix, axis: 1, initial: 7).ToArray<float>());
        Assert.Equal(0, Ops.Min(Ops.Zeros([0]), initial: 0).Item<float>());
        Assert.Equal(DType.Bool, Ops.Max(Tensor.From([true, false])).DType);
    }

    [Fact]
    public void SmallIntegersDoNotOverflow()
    {
        Tensor bytes = Tensor.From<byte>([200, 200]);
        Assert.Equal(400u, Ops.Sum(bytes).Item<uint>());
        Assert.Equal(40000u, Ops.Prod(bytes).Item<uint>());
        Assert.Equal(40000f, Ops.Prod(bytes, dtype: "float32").Item<float>());
    }

    [Fact]
    public void ExpandDimsTakesSeveralAxes() => Assert.Equal([1, 2, 3, 1], Ops.ExpandDims(s_matrix, [0, -1]).Shape);

    [Fact]
    public void GradientsAtKinksAreKerass()
    {
        Check(Ops.Relu6, [0, 6, 3], [0, 0, 1]);
        Check(Ops.HardTanh, [-1, 1, 0], [0, 0, 1]);
        Check(Ops.HardSigmoid, [-3, 3, 0], [0, 0, 1 / 6f]);
        Check(x => Ops.Elu(x, 0.5), [0], [0.5f]);
        Check(x => Ops.Celu(x, 0.5), [0], [1]);

        static void Check(Func<Tensor, Tensor> function, float[] x, float[] gradient) =>
            RecordedData.AssertClose("gradient", gradient, FunctionGradients.Of(function, x, Ops.Ones([x.Length])));
    }

    [Fact]
    public void OperatorsOnSymbolicTensorsAreSymbolic()
    {
        Input x = new([3]);
        Tensor constant = new float[] { 1, 2, 3 };
        KerasTensor y = 1 - (2.0 / (constant + x)) * x;
        Model model = new(inputs: x, outputs: [y, Ops.Relu(x)]);
        IReadOnlyList<Tensor> results = model.PredictAll(s_matrix, verbose: 0);
        RecordedData.AssertClose("y", 1 - ((2.0 / (constant + s_matrix)) * s_matrix), results[0]);
        RecordedData.AssertClose("relu", s_matrix, results[1]);
    }

    [Fact]
    public void TensorsAreMadeOfArraysOfAnyNumbers()
    {
        Assert.Equal(DType.Int16, Tensor.From(new short[,] { { 1, 2 } }).DType);
        Assert.Equal(DType.Float16, Tensor.From(new Half[1, 1, 1, 1, 1]).DType);
        Assert.Equal([1UL, 2], Tensor.From((Array)new ulong[] { 1, 2 }).ToArray<ulong>());
        Assert.Contains("TimeSpan", Assert.Throws<ArgumentException>(() => Tensor.From(new TimeSpan[1])).Message);
    }
}
