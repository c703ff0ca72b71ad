using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using NKeras.Engine.Runtime;

namespace NKeras.Engine.Tests.Primitives;

/// <summary>What is drawn one by one: streams of random numbers, and how numbers move with their parameters.</summary>
public sealed class RandomSampleTests
{
    private static readonly Tensor s_key = Tensor.From([3u, 4u]);

    [Fact]
    public void StreamsAreBlocksOfTheirOwnCounters()
    {
        RandomStream stream = new(7, 9, 5);
        foreach (uint block in (uint[])[1, 2, 3])
        {
            (uint a, uint b) = Threefry.Block(7, 9, block, 5);
            Assert.Equal(((ulong)a << 32) | b, stream.NextBits());
        }
    }

    [Fact]
    public void NumbersBelowABoundAreAllAsLikely()
    {
        // 2^64 is five times this bound and almost one more: cutting off would make some numbers a fifth likelier.
        const ulong Bound = (ulong)(0.1693 * ulong.MaxValue);
        RandomStream stream = new(1, 2, 3);
        int[] counts = new int[8];
        for (int i = 0; i < 80_000; i++) counts[(int)(stream.NextBelow(Bound) / (Bound / 8 + 1))]++;
        // χ² with 7 degrees of freedom exceeds 29.9 with probability 10^-4.
        Assert.InRange(counts.Sum(c => (c - 1e4) * (c - 1e4) / 1e4), 0, 29.9);
        for (int i = 0; i < 1000; i++) Assert.InRange(stream.NextUnit(), double.Epsilon, 1 - double.Epsilon);
        Assert.Equal(0ul, stream.NextBelow(1));
    }

    /// <summary>The rule against its definition: with a slightly different parameter, the number at the same place of the distribution.</summary>
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(40)]
    [InlineData(3000)]
    public void NumbersOfTheGammaDistributionMoveWithTheirPlace(double shape)
    {
        RandomGamma primitive = new([50], Logarithm: false);
        Tensor a = PrimitiveOps.Filled(new TensorSpec(new([50]), DType.Float64), shape);
        double[] x = primitive.Apply(s_key, a).ToArray<double>(), slopes = Slopes(primitive, a), logSlopes = Slopes(primitive with { Logarithm = true }, a);
        double h = 1e-5 * shape;
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] < 1e-200) continue; // Too small to look for.
            double place = ScalarMath.Gammainc(shape, x[i]);
            if (place is < 1e-6 or > 1 - 1e-6) continue; // Differences say nothing there.
            double expected = (Inverse(shape + h, place, x[i]) - Inverse(shape - h, place, x[i])) / (2 * h);
            Assert.InRange(slopes[i], expected - (1e-3 * Math.Abs(expected)), expected + (1e-3 * Math.Abs(expected)));
            Assert.Equal(slopes[i] / x[i], logSlopes[i], 1e-6 * Math.Abs(logSlopes[i]));
        }
    }

    [Fact]
    public void NumbersTooSmallForATypeHaveSlopesStill()
    {
        Tensor a = PrimitiveOps.Filled(new TensorSpec(new([20]), DType.Float64), 1e-5);
        double[] x = new RandomGamma([20], Logarithm: true).Apply(s_key, a).ToArray<double>();
        // P(a, x) is x^a there, so that a · log x stays.
        double[] slopes = Slopes(new RandomGamma([20], Logarithm: true), a);
        for (int i = 0; i < x.Length; i++) Assert.Equal(-x[i] / 1e-5, slopes[i], Math.Abs(x[i] / 1e-5) * 1e-3);
        Assert.All(Slopes(new RandomGamma([20], Logarithm: false), a), s => Assert.True(double.IsFinite(s)));
    }

    [Fact]
    public void OneParameterForAllGathersTheirSlopes()
    {
        Tensor one = PrimitiveOps.Scalar(DType.Float64, 2.5), each = PrimitiveOps.Filled(new TensorSpec(new([50]), DType.Float64), 2.5);
        RandomGamma primitive = new([50], Logarithm: false);
        Assert.Equal(Slopes(primitive, each).Sum(), Slopes(primitive, one)[0], 1e-9);
    }

    private static double[] Slopes(RandomGamma primitive, Tensor a) => Jit.Compile([s_key.Spec, a.Spec], inputs =>
    {
        Tensor y = primitive.Apply(inputs[0], inputs[1]);
        return [Differentiation.Pullback([y], [PrimitiveOps.Filled(y.Spec, 1)], [inputs[1]])[0]!];
    }).Run([s_key, a])[0].ToArray<double>();

    /// <summary>Where the distribution reaches a place, by bisection.</summary>
    private static double Inverse(double a, double place, double near)
    {
        double low = near / 2, high = near * 2;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            if (ScalarMath.Gammainc(a, middle) < place) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }
}
