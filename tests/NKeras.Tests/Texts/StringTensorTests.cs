namespace NKeras.Tests.Texts;

/// <summary>Tensors of strings as data: made, moved about, read, and refused where numbers belong.</summary>
public class StringTensorTests
{
    private readonly Tensor _table = new[,] { { "a", "b", "c" }, { "d", "e", "f" } };

    [Fact]
    public void StringsAreRead()
    {
        Assert.Equal(DType.String, _table.DType);
        Assert.Equal([2, 3], _table.Shape);
        Assert.Equal(["a", "b", "c", "d", "e", "f"], _table.ToStrings());
        Assert.Equal("Tensor(shape=(2, 3), dtype=string, value=[['a', 'b', 'c'], ['d', 'e', 'f']])", _table.ToString());
        Assert.Equal(["x", "y"], Tensor.From(new[] { new[] { "x" }, ["y"] }).ToStrings());
        Assert.Equal([2, 1], Tensor.From(new[] { new[] { "x" }, ["y"] }).Shape);
        Assert.Equal([1, 2], Tensor.FromStrings(["x", "y"], [1, 2]).Shape);
        Assert.Empty(Tensor.FromStrings([]).ToStrings());
    }

    [Fact]
    public void ATensorKeepsItsStrings()
    {
        string[] words = ["a", "b"];
        Tensor tensor = words;
        words[0] = "changed";
        tensor.ToStrings()[1] = "changed";
        Assert.Equal(["a", "b"], tensor.ToStrings());
    }

    [Fact]
    public void StringsAreMoved()
    {
        Assert.Equal(["a", "d", "b", "e", "c", "f"], Ops.Transpose(_table).ToStrings());
        Assert.Equal(["d", "e", "f"], _table[1].ToStrings());
        Assert.Equal(["b", "c", "e", "f"], _table[.., 1..].ToStrings());
        Assert.Equal(["c", "b", "a"], Ops.Flip(_table, axis: 1)[0].ToStrings());
        Assert.Equal(["d", "e", "f", "a", "b", "c"], Ops.Take(_table, new[] { 1, 0 }, axis: 0).ToStrings());
        Assert.Equal([3, 2], Ops.Reshape(_table, [3, 2]).Shape);
        Assert.Equal(["a", "b", "c", "d", "e", "f", "a", "b", "c", "d", "e", "f"], Ops.Concatenate([_table, _table], axis: 0).ToStrings());
        Assert.Equal(["x", "x"], Ops.BroadcastTo((Tensor)new[] { "x" }, [2]).ToStrings());
        Assert.Equal([1, 2, 3], Ops.ExpandDims(_table, axis: 0).Shape);
        Assert.Equal(["a", "", "d", ""], Ops.Where(Tensor.From(new[,] { { true, false }, { true, false } }), _table[.., ..2], Tensor.FromStrings([""], [1, 1])).ToStrings());
        Assert.Equal(["a", "a", "b", "b"], Ops.Stack([_table[0, ..2], _table[0, ..2]], axis: 1).ToStrings());
    }

    [Fact]
    public void StringsAreCompared()
    {
        Assert.Equal([true, false], Ops.Equal((Tensor)new[] { "a", "b" }, new[] { "a", "c" }).ToArray<bool>());
        Assert.Equal([false, true], Ops.NotEqual((Tensor)new[] { "a", "b" }, new[] { "a", "c" }).ToArray<bool>());
    }

    [Fact]
    public void ArithmeticIsRefused()
    {
        foreach (Action action in (Action[])[() => Ops.Add(_table, _table), () => Ops.Sum(_table), () => Ops.Exp(_table), () => Ops.Cast(_table, "float32"), () => Ops.Matmul(_table, Ops.Transpose(_table)), () => Ops.Cast(new[] { 1f }, "string")])
            Assert.Contains("string", Assert.ThrowsAny<ArgumentException>(action).Message);
    }

    [Fact]
    public void OtherTypesAreNotRead()
    {
        Assert.Contains("ToStrings", Assert.Throws<ArgumentException>(_table.ToArray<float>).Message);
        Assert.Contains("ToArray", Assert.Throws<ArgumentException>(((Tensor)new[] { 1f }).ToStrings).Message);
    }

    [Fact]
    public void NullIsNoString()
    {
        Assert.Contains("null", Assert.Throws<ArgumentException>(() => Tensor.FromStrings(["a", null!])).Message);
        Assert.Contains("2 values", Assert.Throws<ArgumentException>(() => Tensor.FromStrings(["a", "b"], [3])).Message);
    }
}
