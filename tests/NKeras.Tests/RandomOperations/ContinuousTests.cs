using NKeras.Engine.Primitives;
using static NKeras.Tests.RandomOperations.Distributions;

namespace NKeras.Tests.RandomOperations;

/// <summary>Continuous distributions: fit, ranges, types, parameters, gradients.</summary>
public sealed class ContinuousTests
{
    private const int Count = 20_000;

    [Theory]
    [InlineData("float32")]
    [InlineData("float64")]
    public void UniformNumbersFillTheirInterval(string dtype)
    {
        double[] x = Numbers(RandomOps.Uniform([Count], -2, 3, dtype, seed: 1));
        AssertFits(x, v => (v + 2) / 5);
        Assert.All(x, v => Assert.True(v is >= -2 and < 3));
    }

    [Theory]
    [InlineData("float16", 11)]
    [InlineData("bfloat16", 8)]
    [InlineData("float32", 24)]
    [InlineData("float64", 53)]
    public void UniformNumbersAreMultiplesThatTheTypeHolds(string dtype, int bits)
    {
        Tensor x = RandomOps.Uniform([5000], dtype: dtype, seed: 2);
        Assert.Equal(dtype, x.DType.Name);
        double[] numbers = Numbers(x);
        Assert.All(numbers, v => Assert.True(v is >= 0 and < 1 && double.IsInteger(v * Math.Pow(2, bits))));
        if (bits <= 11) Assert.Equal(Math.Pow(2, bits), numbers.Distinct().Count(), Math.Pow(2, bits) * 0.1); // All but those that 5000 draws miss: 2048 e^-2.4.
        else Assert.InRange(numbers.Distinct().Count(), 4995, 5000); // 5000² / 2 / 2^24 = 0.7 pairs are alike.
    }

    [Fact]
    public void TheUpperEndIsNeverReached()
    {
        // Here every number but the least rounds to one end or the other.
        float least = 1, next = MathF.BitIncrement(1);
        Assert.All(RandomOps.Uniform([1000], least, next, seed: 3).ToArray<float>(), v => Assert.Equal(least, v));
        Assert.All(RandomOps.Uniform([10], 5.0, 5.0, seed: 3).ToArray<float>(), v => Assert.Equal(5, v));
    }

    [Theory]
    [InlineData("float32")]
    [InlineData("float64")]
    public void NormalNumbersAreNormal(string dtype)
    {
        double[] x = Numbers(RandomOps.Normal([Count], 3, 0.5, dtype, seed: 4));
        AssertFits(x, v => 0.5 * ScalarMath.Erfc(-(v - 3) / 0.5 / Math.Sqrt(2)));
        AssertMoments(x, 3, 0.25, 3);
    }

    [Theory]
    [InlineData("float32")]
    [InlineData("float64")]
    [InlineData("float16")]
    public void TruncatedNormalNumbersStayWithinTwoDeviations(string dtype)
    {
        double[] x = Numbers(RandomOps.TruncatedNormal([Count], 3, 0.5, dtype, seed: 5));
        Assert.All(x, v => Assert.InRange(v, 2, 4));
        if (dtype == "float16") return; // Its steps are too coarse to be taken for continuous.
        double bound = ScalarMath.Erf(Math.Sqrt(2));
        AssertFits(x, v => 0.5 + (ScalarMath.Erf((v - 3) / 0.5 / Math.Sqrt(2)) / bound / 2));
        // 1 - 2 · 2 φ(2) / (Φ(2) - Φ(-2)) = 0.77374, and 2.06 for the fourth moment.
        AssertMoments(x, 3, 0.25 * 0.773741, 2.37);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(3.7)]
    [InlineData(200)]
    public void GammaNumbersFitTheIncompleteGammaFunction(double alpha)
    {
        double[] x = Numbers(RandomOps.Gamma([Count], alpha, "float64", seed: 6));
        AssertFits(x, v => v == 0 ? 0 : ScalarMath.Gammainc(alpha, v));
        AssertMoments(x, alpha, alpha, 3 + (6 / alpha));
    }

    [Fact]
    public void BetaNumbersFit()
    {
        AssertFits(Numbers(RandomOps.Beta([Count], 1.0, 1.0, seed: 7)), v => v);
        AssertFits(Numbers(RandomOps.Beta([Count], 3.0, 1.0, seed: 7)), v => v * v * v);
        AssertFits(Numbers(RandomOps.Beta([Count], 1.0, 0.2, "float64", seed: 7)), v => 1 - Math.Pow(1 - v, 0.2));
        AssertFits(Numbers(RandomOps.Beta([Count], 0.5, 0.5, "float64", seed: 7)), v => 2 / Math.PI * Math.Asin(Math.Sqrt(v)));
        // Half of them are 0 and half 1, but for the few in between.
        double[] extreme = Numbers(RandomOps.Beta([1000], 1e-3, 1e-3, seed: 7));
        Assert.All(extreme, v => Assert.InRange(v, 0, 1));
        Assert.InRange(extreme.Count(v => v > 0.5), 437, 563); // 500 ± 4 · √250.
        // a b / (a + b)² / (a + b + 1); for a = 2 and b = 5 the fourth moment is 2.88 times its square.
        AssertMoments(Numbers(RandomOps.Beta([Count], 2.0, 5.0, seed: 8)), 2 / 7.0, 10 / 49.0 / 8, 2.88);
    }

    [Fact]
    public void ParametersStretchToTheShape()
    {
        Tensor means = Tensor.From(new float[,] { { 0 }, { 1000 } }), deviations = Tensor.From([1f, 0, 2]);
        float[] x = RandomOps.Normal([2, 3], means, deviations, seed: 9).ToArray<float>();
        Assert.Equal(0, x[1]);
        Assert.Equal(1000, x[4]);
        Assert.All(x[3..], v => Assert.InRange(v, 980, 1020));
        float[] gamma = RandomOps.Gamma([2, 2], Tensor.From([0f, 1e8f]), seed: 9).ToArray<float>();
        Assert.Equal(0, gamma[0]);
        Assert.InRange(gamma[1], 0.999e8, 1.001e8);
        Assert.Equal([3, 2], RandomOps.Beta([3, 2], Tensor.From([1f, 2]), 3.0, seed: 9).Shape);
        Assert.Equal([2, 2], RandomOps.Uniform([2, 2], Tensor.From([1, 2]), 5, seed: 9).Shape);
        Assert.Throws<ArgumentException>(() => RandomOps.Normal([2, 3], Tensor.From([1f, 2]), 1, seed: 9));
        Assert.Throws<ArgumentException>(() => RandomOps.Gamma([3], Tensor.From(new float[,] { { 1, 2, 3 } }), seed: 9));
    }

    [Fact]
    public void ParametersOutOfRangeAreRefused()
    {
        Assert.Contains("alpha", Assert.Throws<ArgumentOutOfRangeException>(() => RandomOps.Gamma([3], -1.0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomOps.Gamma([3], double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomOps.Beta([3], 0.0, 1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomOps.Beta([3], 1.0, Tensor.From([1f, 2, -3])));
        Assert.Throws<ArgumentException>(() => RandomOps.Uniform([3], dtype: "int32"));
        Assert.Throws<ArgumentException>(() => RandomOps.Normal([3], dtype: "bool"));
        Assert.Throws<ArgumentException>(() => RandomOps.TruncatedNormal([3], dtype: "int8"));
        Assert.Throws<ArgumentException>(() => RandomOps.Normal([null, 3]));
        Assert.Throws<ArgumentException>(() => RandomOps.Gamma([3], new Input([3])));
    }

    [Fact]
    public void EmptyAndScalarShapesAreFine()
    {
        foreach (Shape shape in (Shape[])[[], [0], [2, 0, 3], [1]])
        {
            Assert.Equal(shape, RandomOps.Uniform(shape).Shape);
            Assert.Equal(shape, RandomOps.Normal(shape, dtype: "float64").Shape);
            Assert.Equal(shape, RandomOps.TruncatedNormal(shape, dtype: "bfloat16").Shape);
            Assert.Equal(shape, RandomOps.Gamma(shape, 2.0, "float16").Shape);
            Assert.Equal(shape, RandomOps.Beta(shape, 2.0, 1.0).Shape);
        }
    }

    [Fact]
    public void GradientsFlowToParameters()
    {
        // x = low + u (high - low) and x = mean + z deviation.
        Tensor low = Tensor.From([1.0]), high = Tensor.From([3.0]);
        double u = (Numbers(RandomOps.Uniform([1], low, high, "float64", seed: 1))[0] - 1) / 2;
        Assert.Equal([1 - u, u], Gradients(t => RandomOps.Uniform([1], t[0], t[1], "float64", seed: 1), low, high), Close);
        double z = (Numbers(RandomOps.Normal([1], low, high, "float64", seed: 1))[0] - 1) / 3;
        Assert.Equal([1, z], Gradients(t => RandomOps.Normal([1], t[0], t[1], "float64", seed: 1), low, high), Close);
        z = (Numbers(RandomOps.TruncatedNormal([1], low, high, "float64", seed: 1))[0] - 1) / 3;
        Assert.Equal([1, z], Gradients(t => RandomOps.TruncatedNormal([1], t[0], t[1], "float64", seed: 1), low, high), Close);
    }

    [Fact]
    public void GradientsOfMeansAreTheSlopesOfTheMeans()
    {
        // E G(a) = a and E B(a, b) = a / (a + b): with many draws the means of the gradients are close to the slopes.
        Tensor a = Tensor.From<double>([2.5], []), b = Tensor.From<double>([1.5], []);
        Assert.Equal(1, Gradients(t => Ops.Mean(RandomOps.Gamma([200_000], t[0], "float64", seed: 1)), a)[0], 0.01);
        double[] slopes = Gradients(t => Ops.Mean(RandomOps.Beta([200_000], t[0], t[1], "float64", seed: 1)), a, b);
        Assert.Equal(1.5 / 16, slopes[0], 0.002);
        Assert.Equal(-2.5 / 16, slopes[1], 0.002);
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-12;

    private static double[] Gradients(Func<Tensor[], Tensor> function, params Tensor[] inputs) =>
        Engine.Runtime.Jit.Compile([.. inputs.Select(t => t.Spec)], t =>
        {
            using Core.WideScope scope = Core.WideScope.Wanted();
            Tensor y = function(t);
            return [.. Engine.Graphs.Differentiation.Pullback([y], [Ops.Ones(y.Shape, y.DType)], t).Select(g => g!)];
        }).Run(inputs).SelectMany(g => g.ToArray<double>()).ToArray();
}
