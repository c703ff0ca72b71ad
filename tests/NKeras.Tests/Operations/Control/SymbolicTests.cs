using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Operations.Control;

/// <summary>Branches and loops as steps of functional models; shapes are those of Keras's <c>compute_output_spec</c>.</summary>
public sealed class SymbolicTests
{
    [Fact]
    public void ShapesWithUnknownDimensions()
    {
        KerasTensor x = new([3, 5, null]), rows = new([null, 3]);
        Assert.Equal([3, 5, null], Ops.ForiLoop(0, 10, (i, v) => v + i, x).Shape);
        Assert.Equal([3, 5, null], Ops.WhileLoop(v => Ops.Sum(v) < 3, v => v + 1, x).Shape);
        Assert.Equal([null, 3], Ops.Map(v => v * v, rows).Shape);
        Assert.Equal([null, 2, 3], Ops.VectorizedMap(v => Ops.Ones([2, 1]) * v, rows).Shape);
        (Tensor carry, Tensor result) = Ops.Scan((c, v) => (c + v, c * 2), new KerasTensor([3]), rows);
        Assert.Equal([3], carry.Shape);
        Assert.Equal([null, 3], result.Shape);
        Assert.Equal([6, 3], Ops.Scan((c, v) => (c + v, c), new KerasTensor([3]), rows, length: 6).Result.Shape);
        Tensors nested = Ops.Map(v => new Tensors { ["a"] = v, ["b"] = Ops.Sum(v) }, rows);
        Assert.Equal([null, 3], nested["a"].Shape);
        Assert.Equal([null], nested["b"].Shape);
        foreach (int n in (int[])[1, 2, 3, 7, 8]) Assert.Equal([n, 4], Ops.AssociativeScan((p, q) => p + q, new KerasTensor([n, 4])).Shape);
        Assert.Equal([null, 3], Ops.AssociativeScan((p, q) => p + q, rows).Shape);
        Assert.Equal([null, 3], Ops.AssociativeScan((p, q) => p + q, rows, axis: 1).Shape);
        Assert.Equal([null, 3], Ops.Switch(new KerasTensor([], "int32"), [v => v, v => v + 1], rows).Shape);
        Assert.Equal([2], Ops.Cond(new KerasTensor([], "bool"), () => Ops.Zeros([2]), () => Ops.Ones([2])).Shape);
        Assert.Equal([null, 3], Ops.CustomGradient(v => (v * 2, up => up * 3))(rows).Shape);
        Assert.Equal([null, 3], Ops.Jvp(v => Ops.Tanh(v), rows, rows).TangentsOut.Shape);
        Assert.Equal([null, 4], Ops.Vectorize((p, q) => p + q)(new KerasTensor([null, 1]), Ops.Ones([4])).Shape);
    }

    [Fact]
    public void BranchesOfDifferentShapesAreRefusedWithBoth()
    {
        string message = Assert.Throws<ArgumentException>(() => Ops.Cond(new KerasTensor([], "bool"), () => Ops.Zeros([2]), () => Ops.Zeros([3]))).Message;
        Assert.Contains("(2,)", message, StringComparison.Ordinal);
        Assert.Contains("(3,)", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Ops.AssociativeScan((Tensors p, Tensors q) => p, (new KerasTensor([null, 5]), new KerasTensor([null, 4])), axis: 1));
    }

    [Fact]
    public void SymbolicTensorFromOutsideIsRefusedWithAHint()
    {
        Input x = new([3]);
        Assert.Contains("operand of Switch", Assert.Throws<ArgumentException>(() => Ops.Cond(Ops.Sum(x) > 0, () => x + 1, () => x - 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelRunsAndTrains()
    {
        Input x = new([4, 3]);
        Dense step = new(3, activation: "tanh");
        Tensor time = Ops.Transpose(x, [1, 0, 2]);
        (Tensor last, _) = Ops.Scan((h, v) => (step.Apply(h + v), null!), Ops.Sum(time, 0) * 0, time);
        Tensor doubled = Ops.WhileLoop(v => Ops.Max(Ops.Abs(v)) < 1, v => v * 2 + 0.1f, last, maximumIterations: 3);
        Tensor chosen = Ops.Switch(Ops.Cast(Ops.Sum(x) > 0, "int32"), [v => v - 1, v => v * 3], doubled);
        Model model = new(x, new Dense(1).Apply((KerasTensor)chosen));
        Tensor data = Ops.Cast(Programs.Random(1, 8, 4, 3), "float32"), y = Ops.Ones([8, 1]);
        Assert.Equal(model.Apply(data).ToArray<float>().Length, model.Predict(data, batchSize: 8, verbose: 0).Shape.Size);
        Programs.Close(model.Apply(data).ToArray<float>(), model.Predict(data, batchSize: 8, verbose: 0).ToArray<float>());
        model.Compile(new Adam(0.05), "mse");
        double before = model.Evaluate(data, y, verbose: 0)["loss"];
        model.Fit(data, y, epochs: 30, batchSize: 8, verbose: 0);
        Assert.True(model.Evaluate(data, y, verbose: 0)["loss"] < before / 4);
    }

    [Fact]
    public void LayerMayBranchOnTraining()
    {
        Sequential model = new([new Doubler()]);
        model.Compile("sgd", "mse");
        Assert.Equal(4.0, model.Evaluate(Ops.Ones([2, 4]), Ops.Zeros([2, 4]), batchSize: 2, verbose: 0)["loss"], 1e-6);
        Assert.Equal([1f, 1], new Doubler().Apply(Ops.Ones([2]), training: true).ToArray<float>());
    }

    private sealed class Doubler : Layer
    {
        public override Tensor Call(Tensor inputs, bool training) => Ops.Cond(training, () => inputs, () => inputs * 2);
    }
}
