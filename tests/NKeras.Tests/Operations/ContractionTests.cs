namespace NKeras.Tests.Operations;

/// <summary>Products summed over axes: against plain loops, and what is refused.</summary>
public sealed class ContractionTests
{
    private static Tensor Numbers(params int[] dims) =>
        Tensor.From<double>([.. Enumerable.Range(0, dims.Aggregate(1, (n, d) => n * d)).Select(i => Math.Sin(i + 1) + (0.1 * i))], Shape.Create([.. dims.Select(d => (int?)d)]));

    /// <summary>The definition: a loop over every value of every letter.</summary>
    private static double[] Loop(string[] operands, string result, Dictionary<char, int> sizes, double[][] values)
    {
        char[] letters = [.. sizes.Keys];
        double[] sum = new double[result.Aggregate(1, (n, c) => n * sizes[c])];
        int[] index = new int[letters.Length];
        int At(string term) => term.Aggregate(0, (at, c) => (at * sizes[c]) + index[Array.IndexOf(letters, c)]);
        for (int count = sizes.Values.Aggregate(1, (n, d) => n * d); count > 0; count--)
        {
            sum[At(result)] += operands.Zip(values, (o, v) => v[At(o)]).Aggregate(1.0, (product, x) => product * x);
            for (int i = letters.Length - 1; i >= 0 && ++index[i] == sizes[letters[i]]; i--) index[i] = 0;
        }

        return sum;
    }

    [Theory]
    [InlineData("ij,jk->ik")]
    [InlineData("bij,bjk->bik")]
    [InlineData("bij,bkj->bki")]
    [InlineData("ij,kl->jlik")]
    [InlineData("ij,ij->")]
    [InlineData("ij->ji")]
    [InlineData("ijk->j")]
    [InlineData("ab,bc,cd->ad")]
    [InlineData("ab,cb,cd,e->dae")]
    [InlineData("i,i,i->i")]
    [InlineData("abc,cd,bd->a")]
    [InlineData("cab,bd->acd")]
    [InlineData("i,->i")]
    public void EinsumIsTheSumOverLetters(string subscripts)
    {
        string[] sides = subscripts.Split("->"), operands = sides[0].Split(',');
        Dictionary<char, int> sizes = sides[0].Where(char.IsLetter).Distinct().OrderBy(c => c).Select((c, i) => (c, i)).ToDictionary(p => p.c, p => 2 + (p.i % 3));
        Tensor[] tensors = [.. operands.Select(o => Numbers([.. o.Select(c => sizes[c])]))];
        double[] expected = Loop(operands, sides[1], sizes, [.. tensors.Select(t => t.ToArray<double>())]);
        float[] actual = Ops.Einsum(subscripts, tensors).ToArray<float>();
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4 * (1 + Math.Abs(expected[i])));
        GradientCheck.Of(t => [Ops.Einsum(subscripts, t)], tensors);
    }

    [Fact]
    public void EinsumTakesDiagonalsEllipsesAndImplicitResults()
    {
        Tensor m = Tensor.From(new double[,] { { 1, 2 }, { 3, 4 } });
        Assert.Equal([5f], Ops.Einsum("ii", m).ToArray<float>());
        Assert.Equal([1f, 4f], Ops.Einsum("ii->i", m).ToArray<float>());
        Assert.Equal([1f, 3f, 2f, 4f], Ops.Einsum("ba", m).ToArray<float>());
        Assert.Equal([7f, 10f, 15f, 22f], Ops.Einsum(" i j , j k ", m, m).ToArray<float>());
        Assert.Equal([1f, 3f, 2f, 4f], Ops.Einsum("...ij->...ji", m).ToArray<float>());
        Tensor x = Numbers(3, 1, 2, 4), y = Numbers(5, 4, 2);
        Tensor product = Ops.Einsum("...ij,...jk->...ik", x, y);
        Assert.Equal("(3, 5, 2, 2)", product.Shape.ToString());
        Assert.Equal(Ops.Matmul(x, y).ToArray<float>(), product.ToArray<float>());
        Assert.Equal("(3, 4)", Ops.Einsum("i...,i...->...", Numbers(2, 3, 1), Numbers(2, 1, 4)).Shape.ToString());
        Assert.Equal("(0, 3)", Ops.Einsum("ij,jk", Numbers(0, 2), Numbers(2, 3)).Shape.ToString());
        Assert.Equal([0f, 0f, 0f, 0f], Ops.Einsum("ij,jk", Numbers(2, 0), Numbers(0, 2)).ToArray<float>());
        Assert.Equal("int32", Ops.Einsum("i,i", Ops.Cast(Tensor.From([100, 100]), "int8"), Ops.Cast(Tensor.From([100, 100]), "int8")).DType.Name);
        Assert.Equal("(None, 2, None)", Ops.Einsum("bij,jk->bik", new KerasTensor([null, 2, 3]), new KerasTensor([3, null])).Shape.ToString());
    }

    [Theory]
    [InlineData("ij,jk->ik->")]
    [InlineData("ij")]
    [InlineData("ij,jk,kl")]
    [InlineData("ijk,jk->i")]
    [InlineData("ij,jk->il")]
    [InlineData("ij,jk->ii")]
    [InlineData("i1,jk")]
    [InlineData("...i...,jk")]
    [InlineData("i...,jk->ik")]
    [InlineData("ij,ik->jk")]
    public void EinsumRefusesWhatDoesNotFit(string subscripts)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Ops.Einsum(subscripts, Numbers(2, 3), Numbers(3, 4)));
        Assert.Contains(subscripts, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RearrangeSplitsReordersAndJoins()
    {
        Tensor x = Tensor.From<int>([.. Enumerable.Range(0, 12)], [2, 6]);
        // Rows of two halves: [0..2], [3..5] and so on.
        Assert.Equal([0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11], Ops.Rearrange(x, "b (h w) -> b (w h)", ("h", 2)).ToArray<int>());
        Assert.Equal("(12,)", Ops.Rearrange(x, "b c -> (c b)").Shape.ToString());
        Assert.Equal("(3, 2, 2)", Ops.Rearrange(x, "b (h w)->w b h", ("w", 3)).Shape.ToString());
        Assert.Equal("(None, 4, 3)", Ops.Rearrange(new KerasTensor([null, 2, 6]), "b h (w v) -> b (h v) w", ("v", 2)).Shape.ToString());
        foreach (string pattern in (string[])["b c", "b (c -> b c", "b c -> b c d", "b b -> b", "b c d -> b c d", "b (c d) -> b c d", "b * -> b *"])
            Assert.Throws<ArgumentException>(() => Ops.Rearrange(x, pattern));
        Assert.Throws<ArgumentException>(() => Ops.Rearrange(x, "b (c d) -> b c d", ("c", 4)));
        Assert.Throws<ArgumentException>(() => Ops.Rearrange(x, "b c -> c b", ("e", 4)));
    }

    [Fact]
    public void ProductsOverAxesAreThoseOfTheirDefinitions()
    {
        Tensor a = Numbers(2, 3, 4), b = Numbers(5, 4, 3);
        Assert.Equal(Ops.Einsum("ijk,lkm->ijlm", a, b).ToArray<float>(), Ops.Dot(a, b).ToArray<float>());
        Assert.Equal(Ops.Einsum("ijk,lkj->il", a, b).ToArray<float>(), Ops.Tensordot(a, b, ([1, 2], [2, 1])).ToArray<float>());
        Assert.Equal("(2, 3, 4, 5, 4, 3)", Ops.Tensordot(a, b, 0).Shape.ToString());
        Assert.Equal(32f, Ops.Vdot(Tensor.From([1.0, 2, 3]), Tensor.From([4.0, 5, 6])).Item<float>());
        Assert.Equal([3f, 6f], Ops.Inner(3f, Tensor.From([1.0, 2])).ToArray<float>());
        Assert.Equal([4, 5, 8, 10], Ops.Outer(Tensor.From([1, 2]), Tensor.From([4, 5])).ToArray<int>());
        Assert.Equal([1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4], Ops.Kron(Tensor.From(new[,] { { 1, 0 }, { 0, 1 } }), Tensor.From(new[,] { { 1, 2 }, { 3, 4 } })).ToArray<int>());
        Assert.Equal([-3f, 6f, -3f], Ops.Cross(Tensor.From([1.0, 2, 3]), Tensor.From([4.0, 5, 6])).ToArray<float>());
        Assert.Equal([-3f], Ops.Cross(Tensor.From([1.0, 2]), Tensor.From([4.0, 5])).ToArray<float>());
        Assert.Equal([6f, -3f, -3f], Ops.Cross(Tensor.From([1.0, 2]), Tensor.From([4.0, 5, 3])).ToArray<float>());
        Assert.Equal([5f, 0f], Ops.Cdist(Tensor.From(new double[,] { { 3, 4 } }), Tensor.From(new double[,] { { 0, 0 }, { 3, 4 } })).ToArray<float>());
        Assert.Throws<ArgumentException>(() => Ops.Dot(a, Numbers(3, 5)));
        Assert.Throws<ArgumentException>(() => Ops.Tensordot(a, b, 2));
        Assert.Throws<ArgumentException>(() => Ops.Tensordot(a, b, ([1, 1], [2, 1])));
        Assert.Throws<ArgumentException>(() => Ops.Cross(Numbers(4), Numbers(4)));
        Assert.Throws<ArgumentException>(() => Ops.Matmul(a, 2f));
        Assert.Equal("(None, 2, 5)", Ops.Dot(new KerasTensor([null, 2, 3]), new KerasTensor([3, 5])).Shape.ToString());
        Assert.Equal("(None, 12)", Ops.Outer(new KerasTensor([null]), new KerasTensor([3, 4])).Shape.ToString());
    }

    [Fact]
    public void GradientsAgreeWithDifferences()
    {
        GradientCheck.Of(Ops.Dot, Numbers(2, 3), Numbers(4, 3, 2));
        GradientCheck.Of((a, b) => Ops.Tensordot(a, b, ([0], [1])), Numbers(2, 3), Numbers(4, 2));
        GradientCheck.Of((a, b) => Ops.Cross(a, b), Numbers(2, 3), Numbers(4, 1, 2));
        GradientCheck.Of(Ops.Kron, Numbers(2, 2), Numbers(3));
        GradientCheck.Of(x => Ops.Rearrange(x, "a (b c) -> c (a b)", ("b", 2)), Numbers(3, 4));
        GradientCheck.Of(x => Ops.Einsum("iij->j", x), Numbers(3, 3, 2));
    }
}
