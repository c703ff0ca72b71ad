using NKeras.Core;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Operations;

/// <summary>Images and arrays looked up at other places.</summary>
public sealed class ImageTransformTests
{
    private static readonly string[] s_fillModes = ["constant", "nearest", "wrap", "mirror", "reflect"];

    private static readonly Tensor s_images = Tensor.From<float>([.. Enumerable.Range(0, 2 * 4 * 5 * 3).Select(i => MathF.Sin(i))], [2, 4, 5, 3]);

    [Theory]
    [InlineData("constant", new[] { 9f, 9, 9, 1, 2, 3, 9, 9, 9, 9 })]
    [InlineData("nearest", new[] { 1f, 1, 1, 1, 2, 3, 3, 3, 3, 3 })]
    [InlineData("wrap", new[] { 1f, 2, 3, 1, 2, 3, 1, 2, 3, 1 })]
    [InlineData("mirror", new[] { 2f, 3, 2, 1, 2, 3, 2, 1, 2, 3 })]
    [InlineData("reflect", new[] { 3f, 2, 1, 1, 2, 3, 3, 2, 1, 1 })]
    public void WhatIsBeyondTheBorderIsAsDocumented(string fillMode, float[] expected)
    {
        Tensor array = new float[] { 1, 2, 3 }, places = Tensor.From<float>([-3, -2, -1, 0, 1, 2, 3, 4, 5, 6], [1, 10]);
        Assert.Equal(expected, Ops.MapCoordinates(array, places, 0, fillMode, 9).ToArray<float>());
        Assert.Equal(expected, Ops.MapCoordinates(array, places, 1, fillMode, 9).ToArray<float>());
        Assert.Equal(expected, Ops.MapCoordinates(array, Ops.Cast(places, "int32"), 1, fillMode, 9).ToArray<float>());
        Assert.Equal(expected.Select(e => (byte)e), Ops.MapCoordinates(Ops.Cast(array, "uint8"), places, 1, fillMode, 9.7).ToArray<byte>());
        // Half a place further on lies the mean of two neighbours.
        float[] between = Ops.MapCoordinates(array, places + 0.5, 1, fillMode, 9).ToArray<float>();
        Assert.Equal(expected[1..].Zip(expected, (a, b) => (a + b) / 2), between[..^1]);
        Assert.Equal([5f], Ops.MapCoordinates(new float[] { 5 }, Tensor.From<float>([0], [1, 1]), 1, fillMode).ToArray<float>());
    }

    [Fact]
    public void PlacesOfElementsGiveTheElements()
    {
        foreach (string fillMode in s_fillModes)
        {
            foreach (int order in (int[])[0, 1])
            {
                int[] axes = [2, 4, 5, 3];
                Tensor[] places = [.. axes.Select((n, axis) => Place(axis, n))];
                RecordedData.AssertClose(fillMode, s_images, Ops.MapCoordinates(s_images, Ops.Concatenate(places), order, fillMode));
            }
        }

        static Tensor Place(int axis, int count)
        {
            int[] dims = [1, 1, 1, 1, 1];
            dims[axis + 1] = count;
            return Ops.BroadcastTo(Tensor.From<float>([.. Enumerable.Range(0, count).Select(i => (float)i)], dims), [1, 2, 4, 5, 3]);
        }
    }

    [Fact]
    public void MapCoordinatesRoundsIntegersAndHalvesAwayFromZero()
    {
        Tensor places = Tensor.From<float>([0.5f, 1.5f, 0.25f], [1, 3]);
        Assert.Equal([-1, 2, -0], Ops.MapCoordinates(new int[] { 0, -1, 4 }, places, 1).ToArray<int>());
        Assert.Equal([1L << 40, 5, 1L << 40], Ops.MapCoordinates(Tensor.From<long>([1L << 40, 7, 5]), places, 0).ToArray<long>());
        // Halves go to even places.
        Assert.Equal([10f, 12, 12], Ops.MapCoordinates(new float[] { 10, 11, 12 }, Tensor.From<float>([0.5f, 1.5f, 2.4f], [1, 3]), 0).ToArray<float>());
    }

    [Fact]
    public void PlacesThatAreNoNumbersReadNothing()
    {
        Tensor places = Tensor.From<float>([float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f, 1], [1, 6]);
        foreach (string fillMode in s_fillModes)
        {
            float[] values = Ops.MapCoordinates(new float[] { 1, 2, 3 }, places, 1, fillMode).ToArray<float>();
            Assert.True(float.IsNaN(values[0]));
            Assert.Equal(2, values[5]);
            Assert.Equal(6, Ops.MapCoordinates(new int[] { 1, 2, 3 }, places, 0, fillMode).ToArray<int>().Length);
        }
    }

    [Fact]
    public void EmptyBatchesStayEmpty()
    {
        Tensor none = Ops.Zeros([0, 4, 5, 3]);
        Tensor identity = new float[] { 1, 0, 0, 0, 1, 0, 0, 0 }, corners = new float[,] { { 0, 0 }, { 4, 0 }, { 0, 3 }, { 4, 3 } };
        foreach (Tensor result in (Tensor[])
        [
            Ops.AffineTransform(none, identity), Ops.PerspectiveTransform(none, corners, corners), Ops.ElasticTransform(none), Ops.Resize(none, (4, 5)), Ops.GaussianBlur(none),
            Ops.RgbToHsv(none), Ops.PadImages(none, 0, 0, 0, 0), Ops.CropImages(none, 0, 0, 0, 0),
        ]) Assert.Equal([0, 4, 5, 3], result.Shape);
        Assert.Equal([0, 7, 9, 3], Ops.Resize(none, (7, 9), "bicubic").Shape);
        Assert.Equal([0, 2, 2, 12], Ops.ExtractPatches(none, 2).Shape);
        Assert.Equal([0, 4, 5, 3, 2], Ops.SobelEdges(none).Shape);
        Assert.Equal([0], Ops.Ssim(none, none, filterSize: 3).Shape);
        Assert.Equal([2f, 2, 2, 2], Ops.AffineTransform(Ops.Zeros([1, 4, 1]), identity - 9, "nearest", fillValue: 2).ToArray<float>());
    }

    [Fact]
    public void MapCoordinatesKnowsShapesAndRefusesOthers()
    {
        Assert.Equal([null, 7], Ops.MapCoordinates(new Input([4]), new Input(batchShape: [2, null, 7]), 1).Shape);
        Assert.Equal([0, 3], Ops.MapCoordinates(s_images, Ops.Zeros([4, 0, 3]), 1).Shape);
        Assert.Contains("(3,)", Assert.Throws<ArgumentException>(() => Ops.MapCoordinates(Ops.Zeros([2, 2, 2]), Ops.Zeros([3]), 0)).Message);
        Assert.Throws<ArgumentException>(() => Ops.MapCoordinates(Ops.Zeros([2, 2]), Ops.Zeros([3, 4]), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.MapCoordinates(Ops.Zeros([2]), Ops.Zeros([1, 4]), 2));
        Assert.Contains("mirror", Assert.Throws<ArgumentException>(() => Ops.MapCoordinates(Ops.Zeros([2]), Ops.Zeros([1, 4]), 0, "miror")).Message);
    }

    [Fact]
    public void AffineTransformsOfTheIdentityAndOfWholeElements()
    {
        foreach (string fillMode in s_fillModes)
        {
            foreach (string interpolation in (string[])["nearest", "bilinear"])
            {
                RecordedData.AssertClose("identity", s_images, Ops.AffineTransform(s_images, new float[] { 1, 0, 0, 0, 1, 0, 0, 0 }, interpolation, fillMode));
                Tensor left = Ops.AffineTransform(s_images, new float[] { 1, 0, 1, 0, 1, 0, 0, 0 }, interpolation, fillMode);
                RecordedData.AssertClose("moved", s_images[.., .., 1..], left[.., .., ..4]);
            }
        }

        // x' = y and y' = x: the image is transposed.
        Tensor square = Tensor.From<float>([1, 2, 3, 4], [2, 2, 1]);
        Assert.Equal([1f, 3, 2, 4], Ops.AffineTransform(square, new float[] { 0, 1, 0, 1, 0, 0, 0, 0 }).ToArray<float>());
        // One row for each image; k = x + 1 halves the places of the second column.
        Tensor two = Ops.Concatenate([Ops.ExpandDims(square, 0), Ops.ExpandDims(square, 0)]);
        Tensor both = Ops.AffineTransform(two, new float[,] { { 1, 0, 0, 0, 1, 0, 0, 0 }, { 1, 0, 0, 0, 1, 0, 1, 0 } });
        Assert.Equal([1f, 2, 3, 4, 1, 1.5f, 3, 2.5f], both.ToArray<float>());
    }

    [Fact]
    public void TransformsOfBytesAreRounded()
    {
        Tensor bytes = Tensor.From<byte>([10, 21], [1, 2, 1]);
        Assert.Equal([16, 7], Ops.AffineTransform(bytes, new float[] { 1, 0, 0.5f, 0, 1, 0, 0, 0 }, fillValue: -7.9).ToArray<byte>());
        Assert.Equal(DType.Float16, Ops.AffineTransform(Ops.Cast(s_images, "float16"), new float[] { 1, 0, 0, 0, 1, 0, 0, 0 }).DType);
    }

    [Fact]
    public void PerspectiveTransformsTakePointsToPoints()
    {
        Tensor corners = new float[,] { { 0, 0 }, { 4, 0 }, { 0, 3 }, { 4, 3 } };
        RecordedData.AssertClose("identity", s_images, Ops.PerspectiveTransform(s_images, corners, corners));
        // A quadrangle without parallel sides; its corners are at whole elements, and their values come with them.
        Tensor image = s_images[0], start = new float[,] { { 0, 0 }, { 4, 1 }, { 1, 3 }, { 3, 2 } };
        Tensor result = Ops.PerspectiveTransform(image, start, corners);
        RecordedData.AssertClose("corner 1", image[0, 0], result[0, 0]);
        RecordedData.AssertClose("corner 2", image[1, 4], result[0, 4]);
        RecordedData.AssertClose("corner 3", image[3, 1], result[3, 0]);
        RecordedData.AssertClose("corner 4", image[2, 3], result[3, 4]);
        Assert.Equal([null, 4, 5, 3], Ops.PerspectiveTransform(new Input([4, 5, 3]), corners, corners).Shape);
        Assert.Throws<ArgumentException>(() => Ops.PerspectiveTransform(image, corners, Ops.Zeros([2, 4, 2])));
        Assert.Throws<ArgumentException>(() => Ops.PerspectiveTransform(image, Ops.Zeros([3, 2]), Ops.Zeros([3, 2])));
        Assert.Throws<ArgumentException>(() => Ops.PerspectiveTransform(s_images, Ops.Zeros([3, 4, 2]), Ops.Zeros([3, 4, 2])));
    }

    [Fact]
    public void ElasticTransformsAreSmoothAndRepeat()
    {
        Tensor ones = Ops.Ones([2, 8, 9, 3]);
        RecordedData.AssertClose("constant", ones, Ops.ElasticTransform(ones));
        float[] first = Ops.ElasticTransform(s_images, alpha: 3, sigma: 1, seed: 7).ToArray<float>();
        Assert.Equal(first, Ops.ElasticTransform(s_images, alpha: 3, sigma: 1, seed: 7).ToArray<float>());
        Assert.NotEqual(first, Ops.ElasticTransform(s_images, alpha: 3, sigma: 1, seed: new SeedGenerator(8)).ToArray<float>());
        RecordedData.AssertClose("nothing moves", s_images, Ops.ElasticTransform(s_images, alpha: 0));
        // Images are moved as wholes: all channels of a place by the same way.
        Tensor same = Ops.ElasticTransform(Ops.Concatenate([s_images[.., .., .., ..1], s_images[.., .., .., ..1]], -1), alpha: 3, sigma: 1);
        Assert.Equal(same[.., .., .., 0].ToArray<float>(), same[.., .., .., 1].ToArray<float>());
        Assert.Equal([null, null, null, 3], Ops.ElasticTransform(new Input([null, null, 3])).Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.ElasticTransform(s_images, sigma: 0));
        Assert.Throws<ArgumentException>(() => Ops.ElasticTransform(s_images, fillMode: "none"));
    }

    [Fact]
    public void PlacesHaveGradients()
    {
        using WideScope scope = WideScope.Wanted();
        Tensor array = Tensor.From<double>([.. Enumerable.Range(0, 12).Select(i => Math.Cos(i))], [3, 4]);
        Tensor places = Tensor.From<double>([0.3, 1.7, -1.2, 4.4, 2.6, 0.1, 3.3, -0.7], [2, 4]);
        Tensor image = Ops.Reshape(array, [3, 4, 1]);
        foreach (string fillMode in s_fillModes)
        {
            GradientCheck.Of((x, c) => Ops.MapCoordinates(x, c, 1, fillMode, 2), array, places);
            GradientCheck.Of(x => Ops.MapCoordinates(x, places, 0, fillMode, 2), array);
            GradientCheck.Of((x, t) => Ops.AffineTransform(x, t, fillMode: fillMode), image, Tensor.From([0.93, 0.21, 0.37, -0.17, 1.13, 0.29, 0.01, 0.02]));
        }

        Tensor corners = Tensor.From<double>([0, 0, 3, 0, 0, 2, 3, 2], [4, 2]);
        GradientCheck.Of((x, p) => Ops.PerspectiveTransform(x, p, corners), image, corners + Tensor.From([0.13, 0.21]));
        GradientCheck.Of((x, p) => Ops.PerspectiveTransform(x, corners, p), image, corners + Tensor.From([0.13, 0.21]));
    }
}
