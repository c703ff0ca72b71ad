using NKeras.Regularizers;

namespace NKeras.Tests.Regularizers;

/// <summary>Names, values that can be checked by hand, and mistakes.</summary>
public sealed class RegularizerTests
{
    public static TheoryData<string, Func<Regularizer>> Mistakes => new()
    {
        { "l1", () => new L1(-0.1) },
        { "l2", () => new L2(double.NaN) },
        { "l1", () => new L1L2(l1: double.PositiveInfinity) },
        { "l2", () => new L1L2(0.1, -1) },
        { "factor", () => new OrthogonalRegularizer(-1) },
        { "mode", () => new OrthogonalRegularizer(mode: "diagonal") },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void TheArgumentIsNamed(string argument, Func<Regularizer> create) => Assert.Equal(argument, Assert.ThrowsAny<ArgumentException>(create).ParamName);

    [Theory]
    [InlineData("l1", typeof(L1))]
    [InlineData("L2", typeof(L2))]
    [InlineData("l1_l2", typeof(L1L2))]
    [InlineData("orthogonal_regularizer", typeof(OrthogonalRegularizer))]
    public void NamesConvert(string name, Type type) => Assert.IsType(type, (Regularizer)name);

    [Fact]
    public void UnknownNamesAreRefused() =>
        Assert.Contains("Unknown regularizer 'l3'", Assert.Throws<ArgumentException>(() => (Regularizer)"l3").Message);

    [Fact]
    public void PenaltiesAreScalarsOfTheWeightsType()
    {
        Tensor x = Tensor.From<double>([1, -2, 3]);
        Tensor penalty = new L1L2(0.5, 0.25).Apply(x);
        Assert.Equal(DType.Float64, penalty.DType);
        Assert.Equal(0, penalty.Rank);
        Assert.Equal((0.5 * 6) + (0.25 * 14), penalty.Item<double>(), 1e-12);
        Assert.Equal(0, new L1L2().Apply(x).Item<double>());
    }

    [Fact]
    public void RowsAndColumnsAtRightAnglesCostNothing()
    {
        Tensor rows = new float[,] { { 2, 0, 0 }, { 0, 3, 3 } };
        Assert.Equal(0, new OrthogonalRegularizer(1).Apply(rows).Item<float>(), 1e-6f);
        // Columns: (2, 0), (0, 3), (0, 3): one pair of three is parallel.
        Assert.Equal(1 / 3f, new OrthogonalRegularizer(1, "columns").Apply(rows).Item<float>(), 1e-6f);
        Assert.Contains("(3,)", Assert.Throws<ArgumentException>(() => new OrthogonalRegularizer().Apply(Ops.Ones([3]))).Message);
    }
}
