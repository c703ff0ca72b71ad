using NKeras.Tests.Recorded;

namespace NKeras.Tests.Operations;

/// <summary>Windows as columns, and channels as blocks.</summary>
public sealed class NnPatchTests
{
    [Fact]
    public void UnfoldGivesWindowsAsColumns()
    {
        Tensor x = Tensor.From([1f, 2, 3, 4, 5, 6], [1, 1, 2, 3]);
        Assert.Equal([1f, 2, 2, 3, 4, 5, 5, 6], Ops.Unfold(x, 2).ToArray<float>());
        Assert.Equal([1, 4, 12], Ops.Unfold(x, 2, padding: 1).Shape);
    }

    // A convolution is a product of the kernel with the columns.
    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(1, 2, 3)]
    public void ProductsWithColumnsAreConvolutions(int dilation, int padding, int stride)
    {
        Tensor x = RandomOps.Normal([2, 3, 7, 6], seed: new SeedGenerator(1)), kernel = RandomOps.Normal([2, 3, 3, 4], seed: new SeedGenerator(2));
        Tensor columns = Ops.Unfold(x, (2, 3), dilation, padding, stride);
        Tensor product = Ops.Matmul(Ops.Reshape(Ops.Transpose(kernel, (int[])[3, 2, 0, 1]), [4, 18]), columns);
        Tensor padded = Ops.Transpose(x, (int[])[0, 2, 3, 1]);
        for (int i = 0; i < padding; i++)
        {
            padded = Ops.Concatenate([Ops.ZerosLike(padded[.., 0..1]), padded, Ops.ZerosLike(padded[.., 0..1])], axis: 1);
            padded = Ops.Concatenate([Ops.ZerosLike(padded[.., .., 0..1]), padded, Ops.ZerosLike(padded[.., .., 0..1])], axis: 2);
        }

        Tensor expected = Ops.Conv(padded, kernel, stride, dilationRate: dilation);
        RecordedData.AssertClose("columns", Ops.Reshape(Ops.Transpose(expected, (int[])[0, 3, 1, 2]), product.Shape), product);
    }

    // ⟨unfold(x), y⟩ = ⟨x, fold(y)⟩.
    [Fact]
    public void FoldIsTheTransposeOfUnfold()
    {
        Tensor x = RandomOps.Normal([2, 3, 7, 6], seed: new SeedGenerator(1)), columns = Ops.Unfold(x, (2, 3), (2, 1), (1, 2), (2, 1)), y = RandomOps.Normal(columns.Shape, seed: new SeedGenerator(2));
        Tensor image = Ops.Fold(y, (7, 6), (2, 3), (2, 1), (1, 2), (2, 1));
        Assert.Equal(x.Shape, image.Shape);
        RecordedData.AssertClose("products", Ops.Sum(Ops.Multiply(columns, y)), Ops.Sum(Ops.Multiply(x, image)));
        GradientCheck.Of(v => Ops.Unfold(v, 2, padding: 1), Ops.Cast(x[..1, ..1, ..3, ..2], "float64"));
        GradientCheck.Of(v => Ops.Fold(v, 3, 2), Ops.Cast(y[..1, ..4, ..4], "float64"));
    }

    [Fact]
    public void ShapesOfPatchesAreInferredAndChecked()
    {
        Assert.Equal([null, 12, 6], Ops.Unfold(new Input([3, 3, 4]), 2).Shape);
        Assert.Equal([null, null, 6], Ops.Unfold(new Input([null, 3, 4]), 2).Shape);
        Assert.Equal([null, 12, null], Ops.Unfold(new Input([3, null, 4]), 2).Shape);
        Assert.Equal([null, 3, 4, 4], Ops.Fold(new Input([12, null]), 4, 2).Shape);
        Assert.Equal([null, null, 4, 4], Ops.Fold(new Input([null, 9]), 4, 2).Shape);
        Assert.Throws<ArgumentException>(() => Ops.Unfold(Ops.Ones([3, 4, 5]), 2));
        Assert.Contains("does not fit", Assert.Throws<ArgumentException>(() => Ops.Unfold(Ops.Ones([1, 1, 2, 2]), 3)).Message);
        Assert.Contains("no multiple", Assert.Throws<ArgumentException>(() => Ops.Fold(Ops.Ones([1, 5, 9]), 4, 2)).Message);
        Assert.Contains("9 places", Assert.Throws<ArgumentException>(() => Ops.Fold(Ops.Ones([1, 4, 8]), 4, 2)).Message);
        Assert.Equal([0, 4, 6], Ops.Unfold(Ops.Ones([0, 1, 3, 4]), 2).Shape);
    }

    [Fact]
    public void BlocksOfPlacesBecomeChannelsAndBack()
    {
        Tensor x = Tensor.From([.. Enumerable.Range(0, 16).Select(i => (float)i)], [1, 4, 4, 1]);
        Tensor deep = Ops.SpaceToDepth(x, 2);
        Assert.Equal([0f, 1, 4, 5, 2, 3, 6, 7], deep.ToArray<float>()[..8]);
        Assert.Equal(x.ToArray<float>(), Ops.DepthToSpace(deep, 2).ToArray<float>());

        // Channels first: block places of one channel are neighbours, as in PyTorch's pixel shuffle.
        Tensor images = RandomOps.Normal([2, 12, 3, 5], seed: new SeedGenerator(1));
        Tensor wide = Ops.DepthToSpace(images, 2, "channels_first");
        Assert.Equal([2, 3, 6, 10], wide.Shape);
        Assert.Equal(images[1, 7, 2, 4].ToArray<float>(), wide[1, 1, 5, 9].ToArray<float>());
        Assert.Equal(images.ToArray<float>(), Ops.SpaceToDepth(wide, 2, "channels_first").ToArray<float>());
        Assert.Equal([null, null, 6, 3], Ops.DepthToSpace(new Input([null, 3, 12]), 2).Shape);
        Assert.Equal([null, 27, 2, null], Ops.SpaceToDepth(new Input([3, 6, null]), 3, "channels_first").Shape);
        Assert.Throws<ArgumentException>(() => Ops.DepthToSpace(x, 1));
        Assert.Contains("no multiple", Assert.Throws<ArgumentException>(() => Ops.DepthToSpace(Ops.Ones([1, 2, 2, 6]), 2)).Message);
        Assert.Contains("no multiples", Assert.Throws<ArgumentException>(() => Ops.SpaceToDepth(Ops.Ones([1, 3, 2, 6]), 2)).Message);
        Assert.Throws<ArgumentException>(() => Ops.SpaceToDepth(Ops.Ones([4, 4, 1]), 2));
        GradientCheck.Of(v => Ops.SpaceToDepth(v, 2), Ops.Cast(x, "float64"));
    }
}
