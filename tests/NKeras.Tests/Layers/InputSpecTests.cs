using NKeras.Layers;

namespace NKeras.Tests.Layers;

/// <summary>What layers demand of their inputs.</summary>
public sealed class InputSpecTests
{
    [Fact]
    public void DemandsArePrintedAsKerasPrintsThem()
    {
        Assert.Equal("InputSpec()", new InputSpec().ToString());
        Assert.Equal("InputSpec(ndim=2)", new InputSpec(ndim: 2).ToString());
        Assert.Equal("InputSpec(dtype=int32, max_ndim=4, min_ndim=2, axes={-1: 3})", new InputSpec("int32", maxNdim: 4, minNdim: 2, axes: new Dictionary<int, int> { [-1] = 3 }).ToString());
        Assert.Equal("InputSpec(shape=(None, 3), ndim=2)", new InputSpec(shape: [null, 3]).ToString());
    }

    [Fact]
    public void AnAxisBeyondTheRankIsRefused()
    {
        Assert.Contains("Axis 2", Assert.Throws<ArgumentException>(() => new InputSpec(ndim: 2, axes: new Dictionary<int, int> { [2] = 3 })).Message);
        Assert.Contains("Axis 4", Assert.Throws<ArgumentException>(() => new InputSpec(maxNdim: 4, axes: new Dictionary<int, int> { [4] = 3 })).Message);
    }

    [Fact]
    public void EachInputIsCheckedAgainstItsOwnDemands()
    {
        Demanding layer = new(new InputSpec(ndim: 2), new InputSpec(shape: [null, 3]));
        Assert.Equal([1, 3], layer.Apply(Ops.Ones([1, 3]), Ops.Ones([1, 3])).Shape);
        Assert.Contains("rank 2", Assert.Throws<ArgumentException>(() => layer.Apply(Ops.Ones([1, 3, 3]), Ops.Ones([1, 3]))).Message);
        Assert.Contains("(None, 3)", Assert.Throws<ArgumentException>(() => layer.Apply(Ops.Ones([1, 4]), Ops.Ones([1, 4]))).Message);
        Assert.Contains("takes 2 inputs", Assert.Throws<ArgumentException>(() => layer.Apply([Ops.Ones([1, 3]), Ops.Ones([1, 3]), Ops.Ones([1, 3])])).Message);
    }

    [Fact]
    public void InputsByNameAreCheckedByName()
    {
        Demanding layer = new(new InputSpec(ndim: 2, name: "b"), new InputSpec(ndim: 2, name: "a"));
        Assert.Equal([1, 3], layer.Apply(new Dictionary<string, Tensor> { ["a"] = Ops.Ones([1, 3]), ["b"] = Ops.Ones([1, 3]) }).Shape);
        Assert.Contains("'b'", Assert.Throws<ArgumentException>(() => layer.Apply(new Dictionary<string, Tensor> { ["a"] = Ops.Ones([1, 3]), ["c"] = Ops.Ones([1, 3]) })).Message);
    }

    [Fact]
    public void OnlyAnOptionalInputCanBeLeftOut()
    {
        Assert.Equal([1, 3], new Demanding(new InputSpec(ndim: 2), new InputSpec(optional: true)).Apply([Ops.Ones([1, 3]), null]).Shape);
        Assert.Throws<ArgumentNullException>(() => new Demanding(new InputSpec(ndim: 2), new InputSpec()).Apply([Ops.Ones([1, 3]), null]));
    }

    private sealed class Demanding : Layer
    {
        public Demanding(params InputSpec[] demands) => InputSpecs = demands;

        public override Tensors Call(Tensors inputs, bool training) => inputs.Where(t => t is not null).Aggregate(Ops.Add);
    }
}
