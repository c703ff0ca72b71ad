using System.Text.Json.Nodes;
using A = NKeras.Activations;

namespace NKeras.Tests.Operations;

/// <summary>Activations where they are hard to compute, their types, gradients, and how configurations name them.</summary>
public sealed class NnActivationTests
{
    private static readonly Tensor s_x = Tensor.From([-10.0, -6, -3, -0.5, 0, 0.5, 3, 6]);

    [Fact]
    public void GeluKeepsItsDigitsFarBelowZero()
    {
        // SciPy: x / 2 · erfc(-x / √2), and x / (1 + exp(-2u)) with u of the approximation.
        double[] exact = [-7.619853024160583e-23, -5.919525870226211e-09, -0.004049694094890288, -0.15426876936299347, 0.0, 0.3457312306370065, 2.99595030590511, 5.999999994080474];
        double[] approximate = [-1.2040923482098021e-37, -8.43964670076231e-11, -0.003637392081773019, -0.15428599017485609, 0.0, 0.34571400982514394, 2.9963626079182273, 5.9999999999156035];
        Close(exact, A.Gelu(s_x), 1e-11);
        Close(approximate, A.Gelu(s_x, approximate: true), 1e-11);
        Close(exact, Ops.Cast(Ops.Gelu(s_x, approximate: false), "float64"), 1e-4);
        Assert.Equal([-0f, 1e30f], Ops.Gelu(Tensor.From([-1e4f, 1e30f])).ToArray<float>());
        Assert.Equal([-0f, 1e30f], Ops.Gelu(Tensor.From([-1e4f, 1e30f]), approximate: false).ToArray<float>());
    }

    [Fact]
    public void LogarithmsOfSigmoidsAreLinearFarOut()
    {
        Tensor far = Tensor.From([-1e4f, 1e4f, float.NegativeInfinity, float.PositiveInfinity]);
        Assert.Equal([-1e4f, 0, float.NegativeInfinity, 0], Ops.LogSigmoid(far).ToArray<float>().Select(v => v + 0f));
        Assert.Equal([0f, 1e4f, 0, float.PositiveInfinity], Ops.Softplus(far).ToArray<float>());
        Assert.Equal([0f, 1, 0, 1], Ops.Sigmoid(far).ToArray<float>());
        Assert.Equal(4.0 / 4e4, A.Squareplus(Tensor.From([-1e4])).ToArray<double>()[0], 1e-11);
    }

    [Fact]
    public void SoftmaxTakesGreatLogitsAndMasks()
    {
        Assert.Equal([1f, 0, 0], Ops.Softmax(Tensor.From([1e38f, -1e38f, 1e4f])).ToArray<float>());
        Assert.Equal([0f, -2e38f, -1e38f], Ops.LogSoftmax(Tensor.From([1e38f, -1e38f, 1e4f])).ToArray<float>());
        Assert.Equal([0.5f, 0.5f, 0], Ops.Softmax(Tensor.From([1e4f, 1e4f, float.NegativeInfinity])).ToArray<float>());
        // As in Keras, a row of nothing but minus infinity is 0 / 0.
        Assert.All(Ops.Softmax(Tensor.From([float.NegativeInfinity, float.NegativeInfinity])).ToArray<float>(), v => Assert.True(float.IsNaN(v)));
        Assert.Equal([0, 3], Ops.Softmax(Ops.Zeros([0, 3])).Shape);
    }

    [Fact]
    public void SparsemaxIsTheProjectionOntoTheSimplex()
    {
        // By hand: the threshold of (1, 0.9, 0.1) is (1 + 0.9 - 1) / 2.
        Close([0.55, 0.45, 0], A.Sparsemax(Tensor.From([1.0, 0.9, 0.1])), 1e-14);
        Close([0, 1, 0], A.Sparsemax(Tensor.From([1.0, 3, double.NegativeInfinity])), 0);
        Tensor x = RandomOps.Normal([3, 4, 5], seed: new SeedGenerator(1));
        foreach (int axis in (int[])[0, 1, -1])
        {
            Tensor y = Ops.Sparsemax(x, axis);
            Assert.All(Ops.Sum(y, axis).ToArray<float>(), v => Assert.Equal(1, v, 1e-5));
            Assert.True(y.ToArray<float>().Min() >= 0 && y.ToArray<float>().Contains(0));
        }

        GradientCheck.Of(v => Ops.Sparsemax(v), Tensor.From([1.0, 0.9, 0.7, -2], [2, 2]));
    }

    [Fact]
    public void GluHalvesAnAxis()
    {
        Tensor x = new float[,] { { 1, 2, 0, 0 }, { 3, 4, 1000, -1000 } };
        Assert.Equal([0.5f, 1, 3, 0], Ops.Glu(x).ToArray<float>());
        Assert.Equal([1, 4], Ops.Glu(x, axis: 0).Shape);
        Assert.Contains("has 3 elements", Assert.Throws<ArgumentException>(() => Ops.Glu(Ops.Ones([2, 3]))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Glu(x, axis: 5));
        Assert.Equal([null, 2], Ops.Glu(new Input([4])).Shape);
        Assert.Equal([null, null], Ops.Glu(new Input([null])).Shape);
        GradientCheck.Of(v => Ops.Glu(v, 0), Tensor.From([0.3, -1, 2, 0.5], [2, 2]));
    }

    [Fact]
    public void FunctionsOfOpsBringFloat64DownWhereNumPyKerasDoesAndActivationsKeepIt()
    {
        Assert.Equal(DType.Float32, Ops.Relu(s_x).DType);
        Assert.Equal(DType.Float32, Ops.Sigmoid(s_x).DType);
        Assert.Equal(DType.Float64, Ops.Softmax(s_x).DType);
        foreach (string name in (string[])["linear", "relu", "relu6", "leaky_relu", "elu", "celu", "selu", "sigmoid", "log_sigmoid", "hard_sigmoid", "sparse_sigmoid", "tanh", "hard_tanh", "tanh_shrink", "softmax", "log_softmax", "sparsemax", "glu", "softplus", "softsign", "silu", "hard_silu", "gelu", "exponential", "mish", "hard_shrink", "soft_shrink", "sparse_plus", "squareplus"])
        {
            ActivationFunction function = name;
            Assert.Equal(DType.Float64, function.Apply(s_x).DType);
            Assert.Equal(DType.Float16, function.Apply(Ops.Cast(s_x, "float16")).DType);

            // A step of a model computes in the type in which it was made.
            Input input = new(shape: [8], dtype: "float64");
            KerasTensor output = (KerasTensor)function.Apply(input);
            Assert.Equal(DType.Float64, output.DType);
            Assert.Equal(DType.Float64, name == "linear" ? DType.Float64 : new Model(input, output).Apply(Ops.Reshape(s_x, [1, 8])).DType);
        }
    }

    [Fact]
    public void WholeNumbersBecomeFractionsAsInNumPy()
    {
        Assert.Equal(DType.Float16, Ops.Sigmoid(Ops.Cast(Tensor.From([1, 0]), DType.Int8)).DType);
        Assert.Equal(DType.Float32, Ops.Silu(Ops.Cast(Tensor.From([1, 0]), DType.UInt16)).DType);
        Assert.Equal(DType.Float64, Ops.Softmax(Tensor.From([1, 0])).DType);
        Assert.Equal(DType.Int32, Ops.Relu(Tensor.From([1, -1])).DType);
        Assert.Equal([6, 0], Ops.Relu6(Tensor.From([9, -1])).ToArray<int>());
        Assert.Equal([3, 0], Ops.HardShrink(Tensor.From([3, 1]), threshold: 1.5).ToArray<int>());
    }

    [Fact]
    public void GradientsAgreeWithDifferences()
    {
        Tensor x = Tensor.From([-2.3, -0.7, -0.1, 0.2, 0.8, 2.6]);
        foreach (TensorFunction function in (TensorFunction[])
        [
            Ops.Relu, Ops.Relu6, Ops.Sigmoid, Ops.Softplus, Ops.Silu, v => Ops.LeakyRelu(v), v => Ops.Elu(v, 0.7), v => Ops.Celu(v, 0.7), Ops.Selu, Ops.Softsign, Ops.LogSigmoid,
            v => Ops.Gelu(v), v => Ops.Gelu(v, false), Ops.HardSigmoid, Ops.HardSilu, Ops.HardTanh, Ops.TanhShrink, v => Ops.HardShrink(v), v => Ops.SoftShrink(v), Ops.SparsePlus,
            Ops.SparseSigmoid, v => Ops.Squareplus(v), v => Ops.Threshold(v, 0.5, 3), A.Mish, v => A.Relu(v, 0.1, 2, 0.3), v => Ops.Softmax(v), v => Ops.LogSoftmax(v),
        ])
        {
            GradientCheck.Of(v => function(v), x);
        }
    }

    [Fact]
    public void ActivationsAreWrittenAndRead()
    {
        Assert.Equal("sparsemax", A.Serialize(A.Sparsemax).GetValue<string>());
        Assert.Equal("glu", A.Deserialize(JsonValue.Create("glu")).Name);
        Assert.Equal("relu", A.Get("relu").Name);
        Assert.Equal("linear", A.Get(null).Name);
        Assert.Throws<ArgumentException>(() => A.Get("reluu"));
    }

    [Fact]
    public void BoundsBelowZeroDoNotWrapForUnsignedNumbers()
    {
        Assert.Equal(new byte[] { 0, 1, 1, 1 }, Ops.HardTanh(Tensor.From<byte>([0, 1, 2, 255])).ToArray<byte>());
        Assert.Equal(new byte[] { 0, 6, 6 }, Ops.Relu6(Tensor.From<byte>([0, 6, 255])).ToArray<byte>());
    }

    private static void Close(double[] expected, Tensor actual, double relative)
    {
        double[] values = actual.ToArray<double>();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++) Assert.Equal(expected[i], values[i], Math.Abs(expected[i]) * relative);
    }
}
