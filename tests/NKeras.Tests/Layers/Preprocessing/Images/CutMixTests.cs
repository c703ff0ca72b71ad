using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class CutMixTests
{
    private const int Count = 40, Size = 32;

    /// <summary>Images of one color each, their number in the batch, with labels that say so.</summary>
    private static Tensors Numbered(int channels = 1) => new()
    {
        ["images"] = Ops.BroadcastTo(Ops.Reshape(Ops.Arange(Count, dtype: DType.Float32), [Count, 1, 1, 1]), [Count, Size, Size, channels]),
        ["labels"] = Ops.OneHot(Ops.Arange(Count), Count),
        ["segmentation_masks"] = Ops.BroadcastTo(Ops.Reshape(Ops.Arange(Count, dtype: DType.UInt8), [Count, 1, 1, 1]), [Count, Size, Size, 1]),
    };

    // cut_mix_test.py, test_cut_mix_basic: every image is its own partner.
    [Fact]
    public void OwnBoxesChangeNothing()
    {
        Tensor images = Ops.Concatenate([Ops.Ones([1, 2, 2, 1]), Ops.Zeros([1, 2, 2, 1])]);
        Tensors transformation = Transformation([0, 1]);
        Assert.Equal(images.ToArray<float>(), new CutMix().TransformImages(images, transformation).ToArray<float>());
    }

    [Fact]
    public void ABoxIsThatOfThePartner()
    {
        Tensor images = Tensor.From<float>([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2, 1]);
        Tensors transformation = Transformation([1, 0]);
        CutMix layer = new();
        Assert.Equal([1, 6, 3, 4, 5, 6, 3, 8], layer.TransformImages(images, transformation).ToArray<float>());
        Assert.Equal([1, 6, 3, 4, 5, 6, 3, 8], layer.TransformSegmentationMasks(Ops.Cast(images, DType.Int32), transformation).ToArray<int>());
        Assert.Equal([0.75f, 0.25f, 0.5f, 0.5f], layer.TransformLabels(Tensor.From([1, 0, 0, 1], [2, 2]), transformation).ToArray<float>());
    }

    [Fact]
    public void LabelsAndMasksGoWithTheImages()
    {
        CutMix layer = new(seed: 4);
        for (int round = 0; round < 3; round++)
        {
            Tensors mixed = layer.ApplyAll(MixUpTests.Dictionary(Numbered()), training: true);
            Assert.Equal(DType.UInt8, mixed["segmentation_masks"].DType);
            Assert.Equal(mixed["images"].ToArray<float>(), mixed["segmentation_masks"].ToArray<byte>().Select(v => (float)v));
            float[] images = mixed["images"].ToArray<float>(), labels = mixed["labels"].ToArray<float>();
            for (int i = 0; i < Count; i++)
            {
                Span<float> label = labels.AsSpan(i * Count, Count);
                float sum = 0;
                foreach (float share in label) sum += share;
                Assert.Equal(1, sum, 4);
                float[] image = images[(i * Size * Size)..((i + 1) * Size * Size)];
                Assert.InRange(image.Distinct().Count(), 1, 2);
                // A box ends between pixels: of its border a pixel belongs to it or does not.
                Assert.InRange(image.Count(v => v == i) / (double)image.Length, label[i] - (4.0 / Size), label[i] + (4.0 / Size));
                Assert.True(IsBox(image, i));
            }
        }
    }

    // cut_mix_test.py, test_segmentation_mask_preserves_dtype_and_classes; of one channel it becomes one of as many as the images have, as recorded.
    [Fact]
    public void MasksKeepTypeAndClasses()
    {
        Tensors data = new() { ["images"] = RandomOps.Uniform([2, 8, 8, 3], seed: 1), ["segmentation_masks"] = Ops.Concatenate([Ops.Ones([1, 8, 8, 1], DType.UInt8) * (byte)4, Ops.Zeros([1, 8, 8, 1], DType.UInt8)]) };
        Tensor masks = new CutMix(seed: 1).ApplyAll(MixUpTests.Dictionary(data), training: true)["segmentation_masks"];
        Assert.Equal(DType.UInt8, masks.DType);
        Assert.Equal([2, 8, 8, 3], masks.Shape);
        Assert.Subset(new HashSet<byte> { 0, 4 }, masks.ToArray<byte>().ToHashSet());
    }

    [Fact]
    public void SizesFollowTheFactor()
    {
        Tensor images = Ops.Ones([3000, 8, 8, 1]);
        // With 1 shares are evenly spread; near 0 they are 0 or 1.
        float[] even = new CutMix((1, 1), seed: 1).GetRandomTransformation(images)!["mix_weight"].ToArray<float>();
        Assert.InRange(even.Average(), 0.47, 0.53);
        Assert.InRange(even.Average(s => (s - 0.5) * (s - 0.5)), 0.9 / 12, 1.1 / 12);
        float[] extreme = new CutMix(0, seed: 1).GetRandomTransformation(images)!["mix_weight"].ToArray<float>();
        Assert.All(extreme, s => Assert.True(s is < 1e-3f or > 0.999f, $"{s}"));
        Assert.InRange(extreme.Average(), 0.45, 0.55);
    }

    [Fact]
    public void WithoutAFactorImagesStayWholeWithTheirLabels()
    {
        Tensors mixed = new CutMix(0, seed: 2).ApplyAll(MixUpTests.Dictionary(Numbered()), training: true);
        float[] images = mixed["images"].ToArray<float>(), labels = mixed["labels"].ToArray<float>();
        for (int i = 0; i < Count; i++)
        {
            float[] image = images[(i * Size * Size)..((i + 1) * Size * Size)];
            float only = Assert.Single(image.Distinct());
            Assert.Equal(1, labels[(i * Count) + (int)only], 3);
        }
    }

    [Fact]
    public void NothingHappensToOneImageOrOutsideTraining()
    {
        Tensor images = RandomOps.Randint([5, 4, 4, 3], 0, 255, DType.UInt8, seed: 1);
        float[] expected = Ops.Cast(images, DType.Float32).ToArray<float>();
        Assert.Equal(expected, new CutMix().Apply(images, training: false).ToArray<float>());
        Assert.Equal(expected[..48], new CutMix().Apply(images[0], training: true).ToArray<float>());
    }

    [Fact]
    public void ASeedGivesTheSameEagerlyAndCompiled()
    {
        Tensor images = RandomOps.Uniform([6, 5, 4, 3], seed: 1);
        CutMix first = new(seed: 5), second = new(seed: 5), third = new(seed: 5);
        CompiledFunction compiled = new((Tensor x) => third.Apply(x, training: true));
        float[] a = first.Apply(images, training: true).ToArray<float>(), b = first.Apply(images, training: true).ToArray<float>();
        Assert.NotEqual(a, b);
        Assert.Equal(a, second.Apply(images, training: true).ToArray<float>());
        Assert.Equal(a, compiled.Apply(images).ToArray<float>());
        Assert.Equal(b, compiled.Apply(images).ToArray<float>());
    }

    [Theory]
    [InlineData("channels_last")]
    [InlineData("channels_first")]
    public void BoxesLieAcrossChannelsInBothFormats(string format)
    {
        CutMix layer = new((1, 1), seed: 1, dataFormat: format);
        Shape shape = format == "channels_last" ? [4, 16, 8, 3] : [4, 3, 16, 8];
        Tensor masks = layer.GetRandomTransformation(Ops.Ones(shape))!["batch_masks"];
        Assert.Equal(shape, masks.Shape);
        int axis = format == "channels_last" ? -1 : 1;
        Assert.True(Ops.All(Ops.Equal(Ops.Any(masks, axis), Ops.All(masks, axis))).Item<bool>());
        Assert.InRange(Ops.Mean(Ops.Cast(masks, DType.Float32)).Item<float>(), 0.02f, 0.98f);
    }

    [Fact]
    public void SizesMayBeUnknown()
    {
        Input images = new([null, null, 3]);
        KerasTensor mixed = new CutMix().Apply(images, training: true);
        Assert.Equal([null, null, null, 3], mixed.Shape);
        Model model = new(images, mixed);
        foreach (int size in new[] { 4, 9 }) Assert.All(model.Predict(Ops.Ones([3, size, 5, 3]), verbose: 0).ToArray<float>(), v => Assert.Equal(1, v));
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'cut'", Assert.ThrowsAny<ArgumentException>(() => new CutMix(1.5, name: "cut")).Message);
        Tensors boxes = new() { ["images"] = Ops.Ones([1, 4, 4, 3]), ["bounding_boxes/boxes"] = Ops.Ones([1, 1, 4]), ["bounding_boxes/labels"] = Ops.Ones([1, 1]) };
        Assert.Contains("'cut': CutMix", Assert.Throws<ArgumentException>(() => new CutMix(boundingBoxFormat: "xyxy", name: "cut").ApplyAll(MixUpTests.Dictionary(boxes), training: true)).Message);
    }

    /// <summary>The masks of cut_mix_test.py.</summary>
    private static Tensors Transformation(int[] order) => new()
    {
        ["batch_masks"] = Tensor.From([false, true, false, false, false, false, true, false], [2, 2, 2, 1]),
        ["mix_weight"] = Tensor.From([0.75f, 0.5f]),
        ["permutation_order"] = Tensor.From(order),
    };

    /// <summary>Whether what an image got from another is a rectangle.</summary>
    private static bool IsBox(float[] image, int own)
    {
        (int Row, int Column)[] others = [.. Enumerable.Range(0, image.Length).Where(p => image[p] != own).Select(p => (p / Size, p % Size))];
        return others.Length == 0
            || (others.Max(p => p.Row) - others.Min(p => p.Row) + 1) * (others.Max(p => p.Column) - others.Min(p => p.Column) + 1) == others.Length;
    }
}
