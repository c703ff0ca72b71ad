using NKeras.Engine.Graphs;

namespace NKeras.Tests.Operations.Control;

/// <summary>Gradients through scans, against central differences and against the same steps written one after the other.</summary>
public sealed class ScanGradientTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CellOfARecurrentLayer(bool reverse)
    {
        Tensor x = Programs.Random(1, 5, 2, 3), h = Programs.Random(2, 2, 4), w = Programs.Random(3, 3, 4), u = Programs.Random(4, 4, 4), b = Programs.Random(5, 4);
        Programs.CheckGradients(a => Cell(a, reverse, unroll: false), x, h, w, u, b);
        float[][] unrolled = [.. Programs.Compiled(a => Gradients(a, true), x, h, w, u, b).Select(Floats)], rolled = [.. Programs.Compiled(a => Gradients(a, false), x, h, w, u, b).Select(Floats)];
        for (int i = 0; i < unrolled.Length; i++) Programs.Close(unrolled[i], rolled[i]);

        Tensor[] Gradients(Tensor[] a, bool unroll)
        {
            using Core.WideScope scope = Core.WideScope.Wanted();
            return Differentiation.Gradients(Cell(a, reverse, unroll).Select(t => Ops.Sum(Ops.Square(t))).Aggregate((p, q) => p + q), a);
        }
    }

    [Fact]
    public void WeightUsedTwiceAndCarriesThatPassThrough() => Programs.CheckGradients(
        a =>
        {
            (Tensors carry, Tensors ys) = Ops.Scan(
                (c, x) => ([Ops.Matmul(c[0], a[2]) + Ops.Matmul(x[0], a[2]), c[1], c[2] * 0.5 + Ops.Sum(c[1])], [x[0], Ops.Tanh(c[0]) * c[1], c[1]]),
                [a[0], a[1], Ops.Sum(a[1])],
                [a[3]]);
            return [.. carry, .. ys];
        },
        Programs.Random(1, 2, 3), Programs.Random(2, 2, 3), Programs.Random(3, 3, 3), Programs.Random(4, 4, 2, 3));

    [Fact]
    public void ScansWithinScansAndConditionals() => Programs.CheckGradients(
        a =>
        {
            (Tensor carry, Tensor ys) = Ops.Scan((c, x) =>
            {
                (Tensor inner, Tensor rows) = Ops.Scan((d, e) => (Ops.Tanh(d * a[1] + e), d * e), c, x);
                Tensor next = Ops.Cond(Ops.Sum(inner) > 0, () => inner * a[1], () => Ops.Square(inner) + c);
                return (next, Ops.Sum(rows, 0));
            }, a[0], a[2]);
            return [carry, ys];
        },
        Programs.Random(1, 2), Programs.Random(2, 2), Programs.Random(3, 3, 4, 2));

    [Fact]
    public void IntegersAreCarriedAlong() => Programs.CheckGradients(
        a =>
        {
            (Tensors carry, Tensor ys) = Ops.Scan((c, x) => ([c[0] * x, c[1] + 1], c[0] * Ops.Cast(c[1], "float64")), (a[0], 0), a[1]);
            return [carry[0], ys];
        },
        Programs.Random(1, 2), Programs.Random(2, 4, 2));

    [Fact]
    public void SecondDerivatives() => Programs.CheckGradients(
        a =>
        {
            (Tensor carry, Tensor ys) = Ops.Scan((c, x) => (Ops.Tanh(Ops.Matmul(c, a[2]) + x), Ops.Sum(c * x)), a[0], a[1]);
            return [.. Differentiation.Gradients(Ops.Sum(Ops.Square(carry)) + Ops.Sum(ys), [a[0], a[1], a[2]])];
        },
        Programs.Random(1, 2, 2), Programs.Random(2, 3, 2, 2), Programs.Random(3, 2, 2));

    [Fact]
    public void GradientsWithinAScanAreSteepestDescent() => Programs.Check([[1]], a =>
    {
        // w ← w - (w² )' / 4 = w / 2, four times.
        (Tensor w, _) = Ops.Scan((w, _) => (w - 0.25f * Differentiation.Gradients(Ops.Square(w), [w])[0], null!), a[0] + 0f, length: 4);
        return [w];
    }, 16f);

    [Fact]
    public void StopGradientCutsAScan()
    {
        Tensor x = Tensor.From([2f, 3]);
        Assert.Equal([0f, 2], Programs.Gradients(a => Ops.Scan((c, v) => (v, Ops.StopGradient(c) * v), 1f, a[0]).Result, x)[0].ToArray<float>().Zip([1f, 0f], (g, k) => g - k));
    }

    [Fact]
    public void PrefixesHaveGradients() => Programs.CheckGradients(
        a => [Ops.AssociativeScan((p, q) => (p[0] * q[0], (q[0] * p[1]) + q[1]), (a[0], a[1]), reverse: true)[1], Ops.AssociativeScan((p, q) => p * q, a[0])],
        Programs.Random(1, 5, 2), Programs.Random(2, 5, 2));

    private static Tensor[] Cell(Tensor[] a, bool reverse, bool unroll)
    {
        (Tensor carry, Tensor result) = Ops.Scan((h, x) =>
        {
            Tensor next = Ops.Tanh(Ops.Matmul(x, a[2]) + Ops.Matmul(h, a[3]) + a[4]);
            return (next, next);
        }, a[1], a[0], reverse: reverse, unroll: unroll);
        return [carry, result];
    }

    private static float[] Floats(Tensor x) => Ops.Cast(x, "float32").ToArray<float>();
}
