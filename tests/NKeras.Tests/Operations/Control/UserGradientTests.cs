using NKeras.Engine.Graphs;

namespace NKeras.Tests.Operations.Control;

/// <summary><c>Ops.CustomGradient</c> and <c>Ops.Jvp</c>.</summary>
public sealed class UserGradientTests
{
    private static readonly Func<Tensor, Tensor> s_log1pexp = Ops.CustomGradient(x =>
    {
        Tensor e = Ops.Exp(x);
        return (Ops.Log(1 + e), upstream => upstream * (1 - 1 / (1 + e)));
    });

    [Fact]
    public void GradientIsTheOneThatWasGiven()
    {
        Assert.Equal(1f, Programs.Gradients(a => s_log1pexp(a[0]), 100f)[0].Item<float>());
        Assert.True(float.IsNaN(Programs.Gradients(a => Ops.Log(1 + Ops.Exp(a[0])), 100f)[0].Item<float>()));
        Programs.Check([[MathF.Log(1 + MathF.E)]], a => [s_log1pexp(a[0])], 1f);
        Programs.CheckGradients(a => [s_log1pexp(a[0])], Programs.Random(1, 3));
    }

    [Fact]
    public void VariableCanBePassed()
    {
        Variable v = new(5f, trainable: false);
        Assert.Equal(1f, Programs.Gradients(a => s_log1pexp(v) + a[0], 100f)[0].Item<float>());
    }

    [Fact]
    public void GradientWorksInBranchesLoopsAndTwice()
    {
        Programs.CheckGradients(a => [Ops.Scan((c, x) => (s_log1pexp(c * x), s_log1pexp(x)), a[0], a[1]).Carry], Programs.Random(1, 2), Programs.Random(2, 3, 2));
        Programs.CheckGradients(a => [Ops.Cond(Ops.Sum(a[0]) > -5, () => s_log1pexp(a[0]), () => a[0])], Programs.Random(1, 2));
        Programs.CheckGradients(a => [Differentiation.Gradients(Ops.Sum(s_log1pexp(a[0])), [a[0]])[0]], Programs.Random(1, 2));
    }

    [Fact]
    public void SeveralArgumentsAndResults()
    {
        Func<Tensor, Tensor, Tensor> wrong = Ops.CustomGradient((a, b) => (a * b, up => (up * 3, up * 5)));
        Tensor[] gradients = Programs.Gradients(a => wrong(a[0], a[1]), 2f, 7f);
        Assert.Equal([3f, 5f], gradients.Select(g => g.Item<float>()));
        Func<Tensors, Tensors> many = Ops.CustomGradient(x => ([x[0] + 1, x[1] + 2], up => [up[1], up[0]]));
        gradients = Programs.Gradients(a => many((a[0], a[1])) is var y ? y[0] * 10 + y[1] : y![0], 2f, 7f);
        Assert.Equal([1f, 10f], gradients.Select(g => g.Item<float>()));
    }

    [Fact]
    public void GradientThatDoesNotFitIsRefused()
    {
        Func<Tensor, Tensor> bad = Ops.CustomGradient(x => (x * 2, up => Ops.Sum(up)));
        Assert.Contains("(2,)", Assert.Throws<ArgumentException>(() => Programs.Compiled(a => [bad(a[0])], Tensor.From([1f, 2]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void JvpIsTheDirectionalDerivative()
    {
        // d/dx exp(x) = exp(x); of a product, x'y + xy'.
        Programs.Check([[1], [0.5f]], a => Ops.Jvp(x => Ops.Exp(x), a[0], a[1]) is var (y, d) ? [y, d] : [], 0f, 0.5f);
        Programs.Check([[6], [2 * 0.5f + 3 * 0.25f]], a => Ops.Jvp((x, y) => x * y, (a[0], a[1]), (a[2], a[3])) is var (y, d) ? [y, d] : [], 3f, 2f, 0.5f, 0.25f);
        Programs.Check([[4, 9], [4, 12], [5]], a =>
        {
            (Tensor y, Tensor d, Tensor aux) = Ops.Jvp(x => (Ops.Square(x), Ops.Sum(x)), a[0], a[1], hasAux: true);
            return [y, d, aux];
        }, Tensor.From([2f, 3]), Tensor.From([1f, 2]));
        Programs.Check([[2], [3], [1], [0]], a =>
        {
            (Tensors y, Tensors d) = Ops.Jvp((Tensors x) => [x[0], x[1] * 3], (a[0], 1f), (1f, 0f));
            return [.. y, .. d];
        }, 2f);
        Assert.Throws<ArgumentException>(() => Ops.Jvp(x => x, Tensor.From([1f, 2]), 1f));
        Assert.Throws<ArgumentException>(() => Ops.Jvp(x => (x, x), 1f, 1f, hasAux: false));
    }

    [Fact]
    public void JvpAgreesWithDifferencesThroughMatricesScansAndBranches()
    {
        using Core.WideScope scope = Core.WideScope.Wanted();
        Tensor x = Programs.Random(1, 2, 3), t = Programs.Random(2, 2, 3), w = Programs.Random(3, 3, 3), xs = Programs.Random(4, 4, 2, 3);
        Tensor F(Tensor p) => Ops.Cond(Ops.Sum(p) > -100, () => Ops.Scan((c, v) => (Ops.Tanh(Ops.Matmul(c, w) + v), c * c), p, xs).Result, () => xs);
        (_, Tensor direction) = Ops.Jvp(F, x, t);
        const double Step = 1e-6;
        double[] plus = F(x + Step * t).ToArray<double>(), minus = F(x - Step * t).ToArray<double>(), d = direction.ToArray<double>();
        for (int i = 0; i < d.Length; i++) Assert.Equal((plus[i] - minus[i]) / (2 * Step), d[i], 1e-7);
    }
}
