using NKeras.Core;

namespace NKeras.Tests.Operations;

/// <summary>Decompositions, systems of equations and norms: what their factors are defined by, hard cases, errors.</summary>
public sealed class LinearAlgebraTests
{
    private static Tensor Random(int seed, params int[] dims)
    {
        Random random = new(seed);
        return Tensor.From<double>([.. Enumerable.Range(0, dims.Aggregate(1, (n, d) => n * d)).Select(_ => (random.NextDouble() * 2) - 1)], Shape.Create([.. dims.Select(d => (int?)d)]));
    }

    private static Tensor Hilbert(int n)
    {
        double[,] h = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++) h[i, j] = 1.0 / (i + j + 1);
        }

        return Tensor.From(h);
    }

    private static Tensor T(Tensor x) => Ops.Transpose(x, [.. Enumerable.Range(0, x.Rank - 2), x.Rank - 1, x.Rank - 2]);

    private static Tensor Times(Tensor a, Tensor b)
    {
        using WideScope scope = WideScope.Wanted();
        return Ops.Matmul(a, b);
    }

    private static void Close(Tensor expected, Tensor actual, double tolerance = 1e-10)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        double[] e = expected.ToArray<double>(), a = actual.ToArray<double>();
        for (int i = 0; i < e.Length; i++) Assert.True(Math.Abs(e[i] - a[i]) <= tolerance, $"element {i} is {a[i]:R}, not {e[i]:R}");
    }

    private static Tensor Unit(int n) => Tensor.From<double>([.. Enumerable.Range(0, n * n).Select(i => i / n == i % n ? 1.0 : 0)], [n, n]);

    [Theory]
    [InlineData(4, 4)]
    [InlineData(7, 3)]
    [InlineData(3, 7)]
    [InlineData(5, 4)]
    [InlineData(1, 1)]
    [InlineData(40, 40)]
    public void FactorsMultiplyToTheMatrix(int m, int n)
    {
        Tensor a = Random(m + (10 * n), 2, m, n);
        foreach (string mode in (string[])["reduced", "complete"])
        {
            (Tensor q, Tensor r) = Ops.Qr(a, mode);
            Close(a, Times(q, r));
            Close(Ops.BroadcastTo(Unit(q.Shape[-1]!.Value), [2, q.Shape[-1], q.Shape[-1]]), Times(T(q), q));
        }

        foreach (bool full in (bool[])[false, true])
        {
            (Tensor u, Tensor s, Tensor v) = Ops.Svd(a, full);
            int k = Math.Min(m, n);
            double[] values = s.ToArray<double>();
            Assert.All(values, x => Assert.True(x >= 0));
            for (int i = 1; i < k; i++) Assert.True(values[i] <= values[i - 1]);
            using WideScope scope = WideScope.Wanted();
            Tensor scaled = Ops.Multiply(u[.., .., ..k], Ops.ExpandDims(s, -2));
            Close(a, Times(scaled, v[.., ..k, ..]));
            Close(Ops.BroadcastTo(Unit(u.Shape[-1]!.Value), [2, u.Shape[-1], u.Shape[-1]]), Times(T(u), u));
            Close(s, Ops.Svd(a, computeUv: false)[0]);
        }
    }

    [Fact]
    public void PermutedFactorsOfLuMultiplyToTheMatrix()
    {
        // scipy.linalg.lu_factor([[1, 2], [3, 4], [5, 9]]): pivots [2, 1], by hand.
        (Tensor lu, Tensor pivots) = Ops.LuFactor(Tensor.From(new double[,] { { 1, 2 }, { 3, 4 }, { 5, 9 } }));
        Assert.Equal([2, 1], pivots.ToArray<int>());
        Close(Tensor.From(new[,] { { 5, 9 }, { 0.6, -1.4 }, { 0.2, 1.0 / 7 * -1 } }), lu);
    }

    [Fact]
    public void SymmetricMatricesHaveOrthogonalEigenvectorsEvenForEqualEigenvalues()
    {
        Tensor q = Ops.Qr(Random(3, 6, 6)).Q, values = Tensor.From([-1.0, 2, 2, 2, 5, 5]);
        Tensor a;
        using (WideScope.Wanted()) a = Ops.Matmul(Ops.Multiply(q, values), T(q));
        (Tensor w, Tensor v) = Ops.Eigh(a);
        Close(values, w);
        Close(Unit(6), Times(T(v), v));
        using (WideScope.Wanted()) Close(Times(a, v), Ops.Multiply(v, w));
    }

    [Fact]
    public void EigenvaluesOfARotationAreComplex()
    {
        (Tensor values, Tensor vectors) = Ops.Eig(Tensor.From(new[,] { { 0.0, -1 }, { 1, 0 } }));
        ComplexTensor w = Assert.IsType<ComplexTensor>(values);
        Assert.Equal("complex128", w.DType.Name);
        Close(Tensor.From([0.0, 0]), w.Real);
        Close(Tensor.From([1.0, -1]), w.Imag);
        // A·V = V·diag(w).
        Tensor a = Random(4, 3, 5, 5);
        (values, vectors) = Ops.Eig(a);
        (ComplexTensor l, ComplexTensor v) = ((ComplexTensor)values, (ComplexTensor)vectors);
        using WideScope scope = WideScope.Wanted();
        Tensor re = Ops.ExpandDims(l.Real, -2), im = Ops.ExpandDims(l.Imag, -2);
        Close(Times(a, v.Real), (v.Real * re) - (v.Imag * im));
        Close(Times(a, v.Imag), (v.Real * im) + (v.Imag * re));
    }

    [Fact]
    public void EigenvaluesOfADefectiveMatrixAreFound()
    {
        ComplexTensor w = (ComplexTensor)Ops.Eig(Tensor.From(new double[,] { { 2, 1, 0 }, { 0, 2, 1 }, { 0, 0, 2 } })).Eigenvalues;
        Close(Tensor.From([2.0, 2, 2]), w.Real, 1e-4);
    }

    [Fact]
    public void IllConditionedSystemsAreSolvedToTheirResidual()
    {
        using WideScope scope = WideScope.Wanted();
        Tensor a = Hilbert(10), x = Ops.Cast(Ops.Ones([10, 2]), DType.Float64), b = Times(a, x);
        Close(b, Times(a, Ops.Solve(a, b)), 1e-12);
        Close(Tensor.From([2.0, 2]), Ops.SolveTriangular(Tensor.From(new double[,] { { 1, 2 }, { 0, 5 } }), Tensor.From([2.0, 10]), lower: true));
        Close(Unit(5), Times(Ops.Inv(Hilbert(5)), Hilbert(5)), 1e-8);
    }

    [Fact]
    public void PseudoinversesFulfilPenrosesConditionsAtEveryRank()
    {
        foreach (Tensor a in (Tensor[])[Random(1, 5, 3), Random(2, 3, 5), Times(Random(3, 6, 2), Random(4, 2, 4)), Ops.Cast(Ops.Zeros([3, 2]), DType.Float64)])
        {
            Tensor p = Ops.Pinv(a, rcond: 1e-12);
            Close(a, Times(Times(a, p), a));
            Close(p, Times(Times(p, a), p));
            Close(T(Times(a, p)), Times(a, p));
            Close(T(Times(p, a)), Times(p, a));
        }

        Assert.Equal(2, Ops.MatrixRank(Times(Random(3, 6, 2), Random(4, 2, 4))).Item<int>());
    }

    [Fact]
    public void LeastSquaresOfDeficientMatricesAreTheShortest()
    {
        // Both columns are equal: the coefficient 2 is shared evenly.
        Tensor a = Tensor.From(new double[,] { { 1, 1 }, { 2, 2 }, { 3, 3 } });
        Close(Tensor.From([1.0, 1]), Ops.Lstsq(a, Tensor.From([2.0, 4, 6])));
    }

    [Fact]
    public void DeterminantsNeitherOverflowNorDependOnPivots()
    {
        Close(Tensor.From([-2.0, 1]), Ops.Det(Tensor.From(new double[,,] { { { 1, 2 }, { 3, 4 } }, { { 0, -1 }, { 1, 0 } } })));
        (Tensor sign, Tensor log) = Ops.Slogdet(Tensor.From(new[,] { { -1e200, 0, 0 }, { 0, 1e200, 0 }, { 0, 0, 1e200 } }));
        Assert.Equal(-1.0, sign.Item<double>());
        Assert.Equal(600 * Math.Log(10), log.Item<double>(), 1e-9);
        Assert.Equal(1.0, Ops.Det(Ops.Cast(Ops.Zeros([0, 0]), DType.Float64)).Item<double>());
    }

    [Fact]
    public void NormsFollowTheirDefinitions()
    {
        Tensor x = Tensor.From(new[,] { { 3f, -4f }, { 0f, 12f } });
        Assert.Equal(13f, Ops.Norm(x).Item<float>(), 1e-5f);
        Assert.Equal([5f, 12f], Ops.Norm(x, axis: 1).ToArray<float>());
        Assert.Equal([7f, 12f], Ops.Norm(x, ord: 1, axis: -1).ToArray<float>());
        Assert.Equal([2f, 1f], Ops.Norm(x, ord: 0, axis: 1).ToArray<float>());
        Assert.Equal(16f, Ops.Norm(x, ord: 1, axis: (0, 1)).Item<float>());
        Assert.Equal(12f, Ops.Norm(x, ord: double.PositiveInfinity).Item<float>());
        Assert.Equal(7f, Ops.Norm(x, ord: double.NegativeInfinity).Item<float>());
        // The singular values of a matrix have the product |det| and squares that add up to those of the elements.
        float most = Ops.Norm(x, ord: 2).Item<float>(), least = Ops.Norm(x, ord: -2).Item<float>();
        Assert.Equal(36f, most * least, 1e-3f);
        Assert.Equal(most + least, Ops.Norm(x, ord: "nuc").Item<float>(), 1e-4f);
        Assert.Equal([1, 1], Ops.Norm(x, ord: "fro", axis: (0, 1), keepdims: true).Shape.Select(d => d!.Value).ToArray());
        Assert.Throws<ArgumentException>(() => Ops.Norm(x, ord: "fro", axis: 0));
        Assert.Throws<ArgumentException>(() => Ops.Norm(x, ord: 3));
        Assert.Throws<ArgumentException>(() => Ops.Norm(x, ord: "max"));
        Assert.ThrowsAny<ArgumentException>(() => Ops.Norm(x, axis: 2));
    }

    [Fact]
    public void WhatCannotBeDecomposedIsRefusedWithDataAndNaNInPrograms()
    {
        Tensor indefinite = Tensor.From(new double[,] { { 1, 2 }, { 2, 1 } });
        Assert.Contains("positive definite", Assert.Throws<ArgumentException>(() => Ops.Cholesky(indefinite)).Message, StringComparison.Ordinal);
        Assert.Contains("singular", Assert.Throws<ArgumentException>(() => Ops.Inv(Ops.Cast(Ops.Ones([2, 2]), DType.Float64))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Ops.Det(Random(1, 2, 3)));
        Assert.Throws<ArgumentException>(() => Ops.MatrixPower(Random(1, 3), 2));
        Assert.Throws<ArgumentException>(() => Ops.Qr(indefinite, "raw"));
        Tensor[] program = NKeras.Engine.Runtime.Jit.Compile([indefinite.Spec], t => [Ops.Cholesky(t[0])]).Run(indefinite);
        Assert.All(program[0].ToArray<double>(), v => Assert.True(double.IsNaN(v)));
    }

    [Fact]
    public void PowersAreRepeatedProducts()
    {
        using WideScope scope = WideScope.Wanted();
        Tensor a = Random(5, 3, 3);
        Close(Times(Times(a, a), Times(a, Times(a, a))), Ops.MatrixPower(a, 5));
        Close(Unit(3), Ops.MatrixPower(a, 0));
        Close(Ops.Inv(Times(a, a)), Ops.MatrixPower(a, -2), 1e-7);
        Assert.Equal([7, 10, 15, 22], Ops.MatrixPower(Tensor.From(new[,] { { 1, 2 }, { 3, 4 } }), 2).ToArray<int>());
    }

    [Fact]
    public void SymbolicShapesAreThoseOfKeras()
    {
        KerasTensor x = new([null, 4, 3]), square = new([null, 5, 5]), vectors = new([null, 5]);
        (Tensor q, Tensor r) = Ops.Qr(x, "complete");
        Assert.Equal("(None, 4, 4) (None, 4, 3)", $"{q.Shape} {r.Shape}");
        Tensors svd = Ops.Svd(x);
        Assert.Equal("(None, 4, 4) (None, 3) (None, 3, 3)", $"{svd[0].Shape} {svd[1].Shape} {svd[2].Shape}");
        Assert.Equal("(None, 3, 4)", Ops.Pinv(x).Shape.ToString());
        Assert.Equal("(None,)", Ops.Det(square).Shape.ToString());
        Assert.Equal("(None, 5, 5)", Ops.Inv(square).Shape.ToString());
        Assert.Equal("(None, 5)", Ops.Solve(square, vectors).Shape.ToString());
        Assert.Equal("(None,) (None,)", $"{Ops.Slogdet(square).Sign.Shape} {Ops.MatrixRank(x).Shape}");
        Assert.Equal("(None, 1, 3)", Ops.Norm(x, axis: 1, keepdims: true).Shape.ToString());
        Assert.Equal("complex64", Ops.Eig(square).Eigenvectors.DType.Name);
        Assert.Throws<ArgumentException>(() => Ops.Inv(x));
    }

    [Fact]
    public void GradientsAgreeWithDifferences()
    {
        using WideScope scope = WideScope.Wanted();
        // Far from singular, where differences would be of no use.
        Tensor a = Random(7, 3, 3) + (3 * Unit(3)), b = Random(8, 3, 2);
        GradientCheck.Of(Ops.Solve, a, b);
        GradientCheck.Of(Ops.Inv, a);
        GradientCheck.Of(Ops.Det, a);
        GradientCheck.Of(Ops.Logdet, a);
        GradientCheck.Of(x => Ops.MatrixPower(x, 3), a);
        GradientCheck.Of((x, y) => Ops.Lstsq(x, y), Random(9, 4, 2), Random(10, 4, 3));
        foreach (NormOrder order in (NormOrder[])[1, 2, 3, "fro", "nuc", -2])
        {
            GradientCheck.Of(x => Ops.Norm(x, order, order.Name == null ? 1 : (0, 1)), a);
        }

        GradientCheck.Of(x => Ops.Normalize(x, order: 3), a);
        GradientCheck.Of(Ops.Cdist, Random(11, 2, 3), Random(12, 4, 3));
    }

    [Fact]
    public void GradientsAtZeroAreFinite()
    {
        Tensor zeros = Ops.Cast(Ops.Zeros([2, 3]), DType.Float64);
        Tensor[] gradients = NKeras.Engine.Runtime.Jit.Compile([zeros.Spec], t =>
            [.. NKeras.Engine.Graphs.Differentiation.Gradients(Ops.Sum(Ops.Norm(t[0], axis: 1)) + Ops.Sum(Ops.Cdist(t[0], t[0])), [t[0]])]).Run(zeros);
        Assert.All(gradients[0].ToArray<double>(), v => Assert.True(double.IsFinite(v)));
    }
}
