namespace NKeras.Tests.Operations;

/// <summary>Tensors between brackets: what converts to an index, errors, and configurations. Values are in <c>Properties</c>.</summary>
public sealed class TensorKeyTests
{
    private static readonly Tensor s_numbers = Tensor.From(Enumerable.Range(0, 24).ToArray(), [2, 3, 4]);

    [Fact]
    public void ArraysAndTensorsAreIndices()
    {
        Assert.Equal([8, 0], s_numbers[0, new[] { 2, 0 }, 0].ToArray<int>());
        Assert.Equal([0, 8], s_numbers[0, new[] { true, false, true }, 0].ToArray<int>());
        Assert.Equal([20, 21, 22, 23], s_numbers[Ops.Greater(s_numbers, 19)].ToArray<int>());
        Assert.Equal([2, 3], s_numbers[.., .., Tensor.From([3L], [])].Shape);
        Assert.Equal([2, 2, 4], s_numbers[.., Tensor.From<byte>([0, 2])].Shape);
        // NumPy: separated positions and tensors come first.
        Assert.Equal([2, 3], s_numbers[0, .., new[] { 1, 2 }].Shape);
        Assert.Equal([3, 2], s_numbers[0][.., new[] { 1, 2 }].Shape);
    }

    [Fact]
    public void MistakesAreNamed()
    {
        Input x = new([3, 4]);
        foreach (Tensor t in (Tensor[])[s_numbers, x])
        {
            Assert.Contains("index 3 is out of range for axis 1", Assert.Throws<ArgumentOutOfRangeException>(() => t[.., new[] { 0, 3 }]).Message);
            Assert.Contains("index -4 is out of range for axis 1", Assert.Throws<ArgumentOutOfRangeException>(() => t[.., new[] { -4 }]).Message);
            Assert.Contains("a mask of shape (2,) does not fit axis 1", Assert.Throws<ArgumentException>(() => t[.., new[] { true, false }]).Message);
            Assert.Contains("too many", Assert.Throws<ArgumentException>(() => t[0, 0, Ops.Ones([4, 4], "bool")]).Message);
            Assert.Contains("cannot be broadcast", Assert.Throws<ArgumentException>(() => t[.., new[] { 0, 1 }, new[] { 0, 1, 2 }]).Message);
        }

        Assert.Contains("integers or booleans, not float32", Assert.Throws<ArgumentException>(() => s_numbers[(Tensor)new float[] { 1 }]).Message);
        Assert.Throws<ArgumentException>(() => s_numbers[(TensorIndex)SparseTensor.FromDense(new int[] { 0, 1 })]);
        Assert.Throws<ArgumentException>(() => s_numbers[(Tensor)1.5]);
    }

    [Fact]
    public void ModelsKeepTensorsInKeys()
    {
        foreach (Func<KerasTensor, KerasTensor, KerasTensor> part in (Func<KerasTensor, KerasTensor, KerasTensor>[])
        [
            (a, _) => a[.., new[] { 2, 0 }, 1..],
            (a, _) => a[.., new[] { true, false, true }],
            (a, i) => a[TensorIndex.Ellipsis, i[0]],
            (a, i) => a[0, i],
            (a, i) => a[i],
            (a, i) => (KerasTensor)Ops.Slice(a, [0, i[0, 0], 1], (2, 2, 2)),
            (a, _) => (KerasTensor)Ops.Slice(a, [0, 1, 1], (2, 2, 2)),
            (a, i) => (KerasTensor)Ops.SliceUpdate(a, [0, i[0, 0], 1], -a[.., ..2, ..2]),
            (a, _) => (KerasTensor)Ops.Pad(a, [(0, 0), (1, 2), (0, 0)], "edge"),
            (a, _) => (KerasTensor)Ops.Pad(a, 1),
            (a, i) => (KerasTensor)Ops.ScatterUpdate(a, i, Ops.Zeros([2, 4], "int32"), "add"),
            (a, _) => (KerasTensor)Ops.Split(a, [1], 1)[1],
            (a, _) => (KerasTensor)Ops.Meshgrid(a[0, 0], a[1, 1])[1],
            (a, _) => (KerasTensor)Ops.Vander(a[0, 0], 3),
            (a, _) => (KerasTensor)Ops.Linspace(a, 5, 3, retstep: true).Samples,
            (a, _) => (KerasTensor)Ops.Linspace(a, 5, 3),
        ])
        {
            Utils.ClearSession();
            Input first = new([3, 4], dtype: "int32"), second = new([2], dtype: "int32");
            Model model = new([first, second], part(first, second)), read = Model.FromJson(model.ToJson());
            Tensor[] data = [s_numbers, new int[,] { { 1, 0 }, { 0, 1 } }];
            Tensor expected = model.Apply(data), actual = read.Apply(data);
            Assert.Equal(expected.Shape, actual.Shape);
            Assert.Equal(Ops.Cast(expected, "float32").ToArray<float>(), Ops.Cast(actual, "float32").ToArray<float>());
        }
    }
}
