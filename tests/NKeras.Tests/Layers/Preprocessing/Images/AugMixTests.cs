using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class AugMixTests
{
    private readonly Tensor _images = RandomOps.Uniform([2, 8, 8, 3], 0, 255, seed: 1);

    // aug_mix_test.py, test_aug_mix_inference.
    [Fact]
    public void NothingHappensWithoutLayersOrTraining()
    {
        Tensor whole = RandomOps.Randint([24, 24, 3], 0, 255, DType.UInt8, seed: 1);
        Assert.Equal(Ops.Cast(whole, DType.Float32).ToArray<float>(), new AugMix().Apply(whole, training: false).ToArray<float>());
        Assert.Equal(_images.ToArray<float>(), new AugMix(chainDepth: 0).Apply(_images, training: true).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    // aug_mix_test.py, test_random_augment_randomness.
    [Theory]
    [InlineData("channels_last")]
    [InlineData("channels_first")]
    public void ImagesChangeWithinTheirRange(string format)
    {
        Tensor images = (format == "channels_last" ? _images : Ops.Transpose(_images, [0, 3, 1, 2])) / 255;
        Tensor y = new AugMix((0, 1), numChains: 5, allOps: true, dataFormat: format, seed: 1).Apply(images, training: true);
        Assert.Equal(images.Shape, y.Shape);
        Assert.NotEqual(images.ToArray<float>(), y.ToArray<float>());
        Assert.All(y.ToArray<float>(), v => Assert.InRange(v, 0, 1));
    }

    [Fact]
    public void ImagesAreMixedOfTheirChains()
    {
        AugMix layer = new(numChains: 2, chainDepth: 2, factor: (0.4, 0.8), seed: 1, interpolation: "nearest");
        Tensors drawn = layer.GetRandomTransformation(_images)!;
        drawn["chain_mixing_weights"] = Tensor.From([0.25f, 0.75f]);
        drawn["weight_sample"] = (Tensor)0.5f;
        // 11 is none; 5 is the contrast spread out, which done twice is as done once.
        drawn["chain_choices"] = Tensor.From([5, 5, 11, 5], [2, 2]);
        Tensor spread = new AutoContrast().TransformImages(_images, null);
        Assert.Equal(((0.5 * _images) + (0.5 * spread)).ToArray<float>(), layer.TransformImages(_images, drawn).ToArray<float>(), (a, b) => Math.Abs(a - b) < 0.02);
        drawn["chain_choices"] = Tensor.From([11, 11, 0, 11], [2, 2]);
        Tensors shear = new();
        foreach (string name in drawn.Names!.Where(n => n.StartsWith("chain_transforms/1/0/random_shear/", StringComparison.Ordinal))) shear[name.Split('/', 5)[4]] = drawn[name];
        RandomShear alone = new((0.4, 0.8), (0.4, 0.8), interpolation: "nearest");
        Assert.Equal(
            ((0.625 * _images) + (0.375 * alone.TransformImages(_images, shear))).ToArray<float>(), layer.TransformImages(_images, drawn).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-3);
        Tensor masks = Ops.Cast(_images, DType.Int32);
        Tensor mixed = layer.TransformSegmentationMasks(masks, drawn);
        Assert.Equal(DType.Float32, mixed.DType);
        Assert.Equal(((0.625 * masks) + (0.375 * alone.TransformSegmentationMasks(masks, shear))).ToArray<float>(), mixed.ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void ChoicesAndSharesAreDrawnAnewAtEachStepOfACompiledFunction()
    {
        AugMix layer = new(numChains: 3, chainDepth: 2, allOps: false, seed: 3);
        CompiledFunction draw = new((Tensor x) =>
        {
            Tensors drawn = layer.GetRandomTransformation(x)!;
            return Tensors.Create([drawn["chain_choices"], drawn["chain_mixing_weights"], drawn["weight_sample"]]);
        });
        Tensors[] steps = [.. Enumerable.Range(0, 300).Select(_ => draw.ApplyAll(_images))];
        int[] choices = [.. steps.SelectMany(s => s[0].ToArray<int>())];
        Assert.Equal(Enumerable.Range(0, 8), choices.Distinct().Order());
        Assert.All(choices.CountBy(c => c), c => Assert.InRange(c.Value, 170, 280));
        Assert.All(steps, s => Assert.Equal(1, s[1].ToArray<float>().Sum(), 4));
        // Of three even shares each is a third on average, and has the variance 2 / 36; the other is evenly spread.
        Assert.InRange(steps.Average(s => s[1][0].Item<float>()), 0.29, 0.38);
        Assert.InRange(steps.Average(s => Math.Pow(s[1][0].Item<float>() - (1.0 / 3), 2)), 0.044, 0.067);
        Assert.InRange(steps.Average(s => s[2].Item<float>()), 0.44, 0.56);
    }

    [Fact]
    public void ASeedGivesTheSameEagerlyAndCompiled()
    {
        AugMix first = new(seed: 5, numChains: 2), second = new(seed: 5, numChains: 2), third = new(seed: 5, numChains: 2);
        CompiledFunction compiled = new((Tensor x) => third.Apply(x, training: true));
        HashSet<float> sums = [];
        for (int step = 0; step < 4; step++)
        {
            float[] expected = first.Apply(_images, training: true).ToArray<float>();
            sums.Add(expected.Sum());
            Assert.Equal(expected, second.Apply(_images, training: true).ToArray<float>());
            Assert.Equal(expected, compiled.Apply(_images).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-2);
        }

        Assert.Equal(4, sums.Count);
    }

    [Fact]
    public void LabelsAndBoxesStay()
    {
        Dictionary<string, Tensor> data = new()
        {
            ["images"] = _images,
            ["labels"] = Ops.OneHot(Ops.Arange(2), 2),
            ["bounding_boxes/boxes"] = RandomOps.Uniform([2, 3, 4], 0, 8, seed: 2),
            ["bounding_boxes/labels"] = RandomOps.Randint([2, 3], 0, 3, seed: 3),
        };
        Tensors y = new AugMix(seed: 1, boundingBoxFormat: "xyxy").ApplyAll(data, training: true);
        Assert.Equal(data["labels"].ToArray<float>(), y["labels"].ToArray<float>());
        Assert.Equal(data["bounding_boxes/boxes"].ToArray<float>(), y["bounding_boxes/boxes"].ToArray<float>());
        Assert.Equal(data["bounding_boxes/labels"].ToArray<int>(), y["bounding_boxes/labels"].ToArray<int>());
    }

    [Fact]
    public void SizesMayBeUnknown()
    {
        Input images = new([null, null, 3]);
        KerasTensor y = new AugMix(numChains: 1, seed: 1).Apply(images, training: true);
        Assert.Equal([null, null, null, 3], y.Shape);
        Model model = new(images, y);
        foreach (int size in new[] { 6, 9 }) Assert.Equal([3, size, 7, 3], model.Predict(Ops.Ones([3, size, 7, 3]), verbose: 0).Shape);
    }

    [Fact]
    public void StateIsOfAGeneratorForEachRandomLayerAndOneMore()
    {
        Assert.Equal(10, new AugMix().Variables.Count);
        Assert.Equal(6, new AugMix(allOps: false).Variables.Count);
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'aug': numChains", Assert.Throws<ArgumentOutOfRangeException>(() => new AugMix(numChains: 0, name: "aug")).Message);
        Assert.Contains("'aug': chainDepth", Assert.Throws<ArgumentOutOfRangeException>(() => new AugMix(chainDepth: -1, name: "aug")).Message);
        Assert.Contains("'aug': alpha", Assert.Throws<ArgumentOutOfRangeException>(() => new AugMix(alpha: 0, name: "aug")).Message);
        Assert.Contains("'aug' takes images of 3 channels", Assert.ThrowsAny<ArgumentException>(() => new AugMix(name: "aug").Apply(Ops.Ones([1, 4, 4, 1]), training: true)).Message);
        Assert.Equal([1, 4, 4, 1], new AugMix(allOps: false).Apply(Ops.Ones([1, 4, 4, 1]), training: true).Shape);
        Assert.Contains("'aug'", Assert.ThrowsAny<ArgumentException>(() => new AugMix(factor: -1, name: "aug")).Message);
        Assert.Contains("'aug'", Assert.ThrowsAny<ArgumentException>(() => new AugMix(interpolation: "cubic", name: "aug")).Message);
    }
}
