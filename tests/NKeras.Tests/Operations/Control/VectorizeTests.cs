namespace NKeras.Tests.Operations.Control;

/// <summary><c>Ops.Vectorize</c>; what NumPy's <c>vectorize</c> does with signatures.</summary>
public sealed class VectorizeTests
{
    [Fact]
    public void ScalarsBroadcast()
    {
        Assert.Equal([3, 4, 5, 6], Ops.Vectorize((a, b) => a + b)(new[] { 1, 2, 3, 4 }, 2).ToArray<int>());
        Tensor outer = Ops.Vectorize((a, b) => a * b)(Tensor.From([1f, 2], [2, 1]), Tensor.From([10f, 20, 30]));
        Assert.Equal([2, 3], outer.Shape);
        Assert.Equal([10f, 20, 30, 20, 40, 60], outer.ToArray<float>());
        Assert.Equal([2f], Ops.Vectorize(x => x + 1)(Tensor.From([1f])).ToArray<float>());
        Assert.Equal(Shape.Scalar, Ops.Vectorize(x => x + 1)(1f).Shape);
    }

    [Fact]
    public void SignatureSaysWhatOneCallTakes()
    {
        Tensor m = Tensor.From([1f, 2, 3, 4], [2, 1, 2]), v = Tensor.From([1f, 1, 1, -1], [2, 2]);
        Tensor y = Ops.Vectorize((a, b) => Ops.Sum(a * b, -1), signature: "(m,n),(n)->(m)")(m, v);
        Assert.Equal([2, 1], y.Shape);
        Assert.Equal([3f, -1], y.ToArray<float>());
        Assert.Equal([2, 1], Ops.Vectorize((a, b) => Ops.Sum(a * b, -1), signature: "( m, n ),(n)->(m)")(m, Tensor.From([1f, 1])).Shape);
        Assert.Throws<ArgumentException>(() => Ops.Vectorize((a, b) => Ops.Sum(a * b, -1), signature: "(m,n),(n)->(m)")(m, Ops.Ones([3, 2])));
        Assert.Throws<ArgumentException>(() => Ops.Vectorize((a, b) => Ops.Sum(a * b, -1), signature: "(m,n),(n)->(m)")(m, Ops.Ones([3])));
        Assert.Throws<ArgumentException>(() => Ops.Vectorize(x => x, signature: "(n)->()")(Ops.Ones([3])));
        Assert.Throws<ArgumentException>(() => Ops.Vectorize(x => x, signature: "(n)->(n),(n)")(Ops.Ones([3])));
        Assert.Throws<ArgumentException>(() => Ops.Vectorize(x => x, signature: "(n),(n)->(n)")(Ops.Ones([3])));
        Assert.Throws<ArgumentException>(() => Ops.Vectorize(x => x, signature: "(n->(n)"));
        Assert.Throws<ArgumentException>(() => Ops.Vectorize(x => Ops.Ones([2]) * x)(Ops.Ones([3])));
    }

    [Fact]
    public void ExcludedArgumentsArePassedOnWhole()
    {
        Tensor y = Ops.Vectorize((x, all) => x * Ops.Sum(all), excluded: [1])(Tensor.From([1f, 2]), Tensor.From([1f, 2, 3]));
        Assert.Equal([6f, 12], y.ToArray<float>());
    }

    [Fact]
    public void SeveralResultsAndGradients()
    {
        Tensors y = Ops.Vectorize((Tensors t) => [t[0] + t[1], t[0] - t[1]])([Tensor.From([1f, 2]), Tensor.From([3f])]);
        Assert.Equal([4f, 5], y[0].ToArray<float>());
        Assert.Equal([-2f, -1], y[1].ToArray<float>());
        Programs.CheckGradients(a => [Ops.Vectorize((p, q) => Ops.Tanh(p) * q)(a[0], a[1])], Programs.Random(1, 3, 1), Programs.Random(2, 2));
    }
}
