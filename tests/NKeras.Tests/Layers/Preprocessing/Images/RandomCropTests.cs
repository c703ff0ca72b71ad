using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomCropTests
{
    private readonly Tensor _numbered = Ops.Reshape(Ops.Arange(2 * 7 * 6, dtype: DType.Float32), [2, 7, 6, 1]);

    [Fact]
    public void AllImagesOfABatchAreCutAtTheSamePlace()
    {
        RandomCrop layer = new(3, 2, seed: 1);
        HashSet<int> starts = [];
        for (int call = 0; call < 60; call++)
        {
            float[] y = layer.Apply(_numbered, training: true).ToArray<float>();
            int start = (int)y[0];
            starts.Add(start);
            Assert.InRange(start / 6, 0, 4);
            Assert.InRange(start % 6, 0, 4);
            Assert.Equal([.. new[] { 0, 42 }.SelectMany(i => Enumerable.Range(0, 3).SelectMany(r => Enumerable.Range(0, 2).Select(c => (float)(i + start + (6 * r) + c))))], y);
        }

        // There are 25 places.
        Assert.InRange(starts.Count, 18, 25);
    }

    [Fact]
    public void EachPlaceIsAsLikelyAsTheOthers()
    {
        RandomCrop layer = new(5, 5, seed: 1);
        int[] tops = [.. Enumerable.Range(0, 900).Select(_ => layer.GetRandomTransformation(_numbered)!["top"].Item<int>())];
        for (int top = 0; top <= 2; top++) Assert.InRange(tops.Count(t => t == top), 250, 350);
    }

    // random_crop_test.py, test_random_crop_full.
    [Fact]
    public void ImagesPassOutsideTraining()
    {
        Assert.Equal(_numbered.ToArray<float>(), new RandomCrop(3, 2).Apply(_numbered, training: false).ToArray<float>());
        Assert.Equal(_numbered.ToArray<float>(), new RandomCrop(7, 6).Apply(_numbered, training: true).ToArray<float>());
    }

    // random_crop_test.py, test_predicting_with_longer_height, test_predicting_with_longer_width: what is too small is cut to the proportions and resized.
    [Theory]
    [InlineData(14, 12)]
    [InlineData(10, 4)]
    [InlineData(3, 12)]
    public void SmallerImagesAreResized(int height, int width)
    {
        Tensor y = new RandomCrop(height, width).Apply(_numbered, training: true);
        Assert.Equal([2, height, width, 1], y.Shape);
        if ((height, width) == (14, 12)) Close.To(Ops.Resize(_numbered, (14, 12)).ToArray<float>(), y);
        Assert.Equal([height, width, 1], new RandomCrop(height, width).Apply(_numbered[0], training: true).Shape);
    }

    [Fact]
    public void MasksKeepTheirClassesWhereImagesAreResized()
    {
        Tensor masks = Ops.Cast(RandomOps.Randint([2, 8, 8, 1], 0, 2, seed: 1) * 4, DType.UInt8);
        Tensors y = new RandomCrop(16, 12, seed: 1).ApplyAll(new Dictionary<string, Tensor> { ["images"] = Ops.Ones([2, 8, 8, 3]), ["segmentation_masks"] = masks }, training: true);
        Assert.Equal(DType.UInt8, y["segmentation_masks"].DType);
        Assert.Equal([2, 16, 12, 1], y["segmentation_masks"].Shape);
        Assert.Equal<byte>([0, 4], y["segmentation_masks"].ToArray<byte>().Distinct().Order());
    }

    [Fact]
    public void BoxesGoWithTheMask()
    {
        for (int seed = 0; seed < 6; seed++) MaskAndBox.Agree(new RandomCrop(8, 7, seed: seed, boundingBoxFormat: "xyxy"), (16, 15), 0, [2, 3, 9, 8], [0, 0, 15, 16], [5, 7, 10, 12], [0, 0, 3, 2]);
        // Twice as large.
        MaskAndBox.Agree(new RandomCrop(16, 12, boundingBoxFormat: "xyxy"), (8, 6), 0, [1, 2, 4, 7], [0, 0, 6, 8]);
        // Cut, then resized.
        MaskAndBox.Agree(new RandomCrop(16, 8, boundingBoxFormat: "xyxy"), (8, 12), 1, [5, 2, 7, 7]);
        MaskAndBox.Agree(new RandomCrop(4, 24, boundingBoxFormat: "xyxy"), (8, 12), 1, [1, 2, 4, 7]);
    }

    [Fact]
    public void TheSeedIsPartOfTheConfiguration()
    {
        Assert.Equal(5, new RandomCrop(2, 2, seed: 5).Seed);
        Assert.NotNull(new RandomCrop(2, 2).Seed);
        Assert.Equal("height, width, seed", string.Join(", ", new RandomCrop(2, 2).GetConfig().Select(p => p.Key).Where(k => k is "height" or "width" or "seed")));
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'cut': height", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomCrop(0, 2, name: "cut")).Message);
        Assert.Contains("'cut': width", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomCrop(2, -1, name: "cut")).Message);
    }
}
