using NKeras.Initializers;

namespace NKeras.Tests.Initializers;

/// <summary>Values, moments, bounds and reproducibility of initializers.</summary>
public sealed class InitializerTests
{
    public static TheoryData<Initializer, double, double> Distributions => new()
    {
        // Initializer, standard deviation, bound; the kernel has 90 inputs and 360 outputs per window position.
        { new RandomNormal(0, 0.3, seed: 1), 0.3, double.PositiveInfinity },
        { new RandomUniform(-0.6, 0.6, seed: 1), 0.6 / Math.Sqrt(3), 0.6 },
        { new TruncatedNormal(0, 0.3, seed: 1), 0.3 * 0.87962566103423978, 0.6 },
        { new GlorotUniform(seed: 1), Math.Sqrt(2.0 / 450), Math.Sqrt(6.0 / 450) },
        { new GlorotNormal(seed: 1), Math.Sqrt(2.0 / 450), 2 * Math.Sqrt(2.0 / 450) / 0.87962566103423978 },
        { new HeUniform(seed: 1), Math.Sqrt(2.0 / 90), Math.Sqrt(6.0 / 90) },
        { new HeNormal(seed: 1), Math.Sqrt(2.0 / 90), 2 * Math.Sqrt(2.0 / 90) / 0.87962566103423978 },
        { new LecunUniform(seed: 1), Math.Sqrt(1.0 / 90), Math.Sqrt(3.0 / 90) },
        { new LecunNormal(seed: 1), Math.Sqrt(1.0 / 90), 2 * Math.Sqrt(1.0 / 90) / 0.87962566103423978 },
        { new VarianceScaling(3, "fan_out", "untruncated_normal", seed: 1), Math.Sqrt(3.0 / 360), double.PositiveInfinity },
        { new VarianceScaling(1, "fan_in", "uniform", seed: 1, inputAxes: [3], outputAxes: [0]), Math.Sqrt(1.0 / 40), Math.Sqrt(3.0 / 40) },
    };

    [Theory]
    [MemberData(nameof(Distributions))]
    public void DistributionHasItsMomentsAndBounds(Initializer initializer, double stddev, double bound)
    {
        float[] values = initializer.Apply([3, 3, 10, 40]).ToArray<float>();
        double mean = values.Average(v => (double)v);
        double deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        double error = stddev / Math.Sqrt(values.Length);
        Assert.InRange(mean, -4 * error, 4 * error);
        Assert.InRange(deviation, stddev * 0.95, stddev * 1.05);
        Assert.All(values, v => Assert.InRange(v, -bound * 1.000001, bound * 1.000001));
        Assert.True(double.IsInfinity(bound) || values.Max() > 0.9 * bound, "values reach the bound");
    }

    [Fact]
    public void TruncatedNormalHasTheRightQuantiles()
    {
        float[] values = RandomOps.TruncatedNormal([40000], seed: new SeedGenerator(3)).ToArray<float>();
        Array.Sort(values);
        // Of a standard normal within ±2, half lies within ±0.6392 and 90 % within ±1.4722.
        Assert.InRange(values[10000], -0.6592, -0.6192);
        Assert.InRange(values[20000], -0.02, 0.02);
        Assert.InRange(values[38000], 1.4522, 1.4922);
    }

    [Fact]
    public void OneSeedGivesTheSameValuesAtEveryCallAndAnotherSeedOthers()
    {
        HeNormal initializer = new(seed: 5);
        float[] first = initializer.Apply([20, 20]).ToArray<float>();
        Assert.Equal(first, initializer.Apply([20, 20]).ToArray<float>());
        Assert.Equal(first, new HeNormal(seed: 5).Apply([20, 20]).ToArray<float>());
        Assert.NotEqual(first, new HeNormal(seed: 6).Apply([20, 20]).ToArray<float>());
        Assert.NotEqual(new HeNormal().Apply([20, 20]).ToArray<float>(), new HeNormal().Apply([20, 20]).ToArray<float>());
    }

    [Theory]
    [InlineData(6, 6)]
    [InlineData(4, 9)]
    [InlineData(9, 4)]
    public void OrthogonalHasOrthonormalRowsOrColumns(int rows, int columns)
    {
        Tensor q = new Orthogonal(gain: 2, seed: 3).Apply([rows, columns]);
        Tensor t = Ops.Transpose(q);
        float[] product = (rows < columns ? Ops.Matmul(q, t) : Ops.Matmul(t, q)).ToArray<float>();
        int n = Math.Min(rows, columns);
        for (int i = 0; i < product.Length; i++) Assert.Equal(i / n == i % n ? 4 : 0, product[i], 1e-5);
        Assert.Equal([rows * columns / 2, 2], new Orthogonal(seed: 3).Apply([rows * columns / 2, 2]).Shape);
    }

    [Fact]
    public void FixedValuesAreWhatTheirNamesSay()
    {
        Assert.Equal([0f, 0], new Zeros().Apply([2]).ToArray<float>());
        Assert.Equal([1, 1], new Ones().Apply([2], "int32").ToArray<int>());
        Assert.Equal([7f, 7], new Constant(7).Apply([2]).ToArray<float>());
        Assert.Equal([0.1], new Constant(0.1).Apply([1], "float64").ToArray<double>());
        Assert.Equal([1f, 2, 1, 2], new Constant(new float[] { 1, 2 }).Apply([2, 2]).ToArray<float>());
        Assert.Equal([3f, 0, 0, 0, 3, 0], new Identity(gain: 3).Apply([2, 3]).ToArray<float>());
        Assert.Equal("float64", new GlorotUniform(seed: 1).Apply([2], "float64").DType.Name);
    }

    [Theory]
    [InlineData("glorot_uniform", typeof(GlorotUniform))]
    [InlineData("GlorotUniform", typeof(GlorotUniform))]
    [InlineData("he_normal", typeof(HeNormal))]
    [InlineData("lecun_normal", typeof(LecunNormal))]
    [InlineData("orthogonal", typeof(Orthogonal))]
    [InlineData("zeros", typeof(Zeros))]
    [InlineData("uniform", typeof(RandomUniform))]
    public void NamesAreKeras(string name, Type type) => Assert.IsType(type, (Initializer)name);

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        Assert.Contains("Did you mean 'he_normal'?", Assert.Throws<ArgumentException>(() => (Initializer)"he_norml").Message);
        Assert.Contains("fan_in", Assert.Throws<ArgumentException>(() => new VarianceScaling(mode: "fan_inn")).Message);
        Assert.Contains("distribution", Assert.Throws<ArgumentException>(() => new VarianceScaling(distribution: "gauss")).Message);
        Assert.Contains("scale", Assert.Throws<ArgumentException>(() => new VarianceScaling(scale: 0)).Message);
        Assert.Contains("(3,)", Assert.Throws<ArgumentException>(() => new Identity().Apply([3])).Message);
        Assert.Contains("(3,)", Assert.Throws<ArgumentException>(() => new Orthogonal().Apply([3])).Message);
    }
}
