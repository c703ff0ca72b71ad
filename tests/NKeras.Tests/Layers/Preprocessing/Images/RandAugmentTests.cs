using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandAugmentTests
{
    /// <summary>The layers in Keras's order of making them (rand_augment.py).</summary>
    private static readonly string[] s_names =
    [
        "random_shear", "random_translation", "random_rotation", "random_brightness", "random_color_degeneration", "random_contrast", "random_sharpness",
        "solarization", "random_posterization", "auto_contrast", "equalization",
    ];

    private readonly Tensor _images = RandomOps.Uniform([2, 8, 8, 3], 0, 255, seed: 1);

    // rand_augment_test.py, test_rand_augment_inference and test_rand_augment_no_operations.
    [Fact]
    public void NothingHappensWithoutLayersOrTraining()
    {
        Assert.Equal(_images.ToArray<float>(), new RandAugment().Apply(_images, training: false).ToArray<float>());
        Assert.Equal(_images.ToArray<float>(), new RandAugment(numOps: 0).Apply(_images, training: true).ToArray<float>());
        Tensor whole = RandomOps.Randint([24, 24, 3], 0, 255, DType.UInt8, seed: 1);
        Assert.Equal(Ops.Cast(whole, DType.Float32).ToArray<float>(), new RandAugment().Apply(whole, training: false).ToArray<float>());
    }

    // rand_augment_test.py, test_rand_augment_basic and test_random_augment_randomness.
    [Theory]
    [InlineData("channels_last")]
    [InlineData("channels_first")]
    public void ImagesChangeWithinTheirRange(string format)
    {
        Tensor images = format == "channels_last" ? _images : Ops.Transpose(_images, [0, 3, 1, 2]);
        Tensor y = new RandAugment(numOps: 11, dataFormat: format, seed: 1).Apply(images / 255, training: true);
        Assert.Equal(images.Shape, y.Shape);
        Assert.NotEqual((images / 255).ToArray<float>(), y.ToArray<float>());
        Tensor unit = new RandAugment((0, 1), numOps: 4, dataFormat: format, seed: 1).Apply(images / 255, training: true);
        Assert.All(unit.ToArray<float>(), v => Assert.InRange(v, -1e-5f, 1 + 1e-5f));
    }

    [Fact]
    public void EachNumberIsALayer()
    {
        RandAugment layer = new(factor: (0.4, 0.8), seed: 1);
        Tensors drawn = layer.GetRandomTransformation(_images)!;
        Assert.Equal(s_names[..9], drawn.Names!.Where(n => n.StartsWith("transforms/", StringComparison.Ordinal)).Select(n => n.Split('/')[1]).Distinct());
        BaseImagePreprocessingLayer[] alone =
        [
            new RandomShear((0.4, 0.8), (0.4, 0.8)), new RandomTranslation((0.4, 0.8), (0.4, 0.8)), new RandomRotation((0.4, 0.8)), new RandomBrightness((0.4, 0.8)),
            new RandomColorDegeneration((0.4, 0.8)), new RandomContrast((0.4, 0.8)), new RandomSharpness((0.4, 0.8)), new Solarization((0.4, 0.8), (0.4, 0.8)), new RandomPosterization(6),
            new AutoContrast(), new Equalization(),
        ];
        for (int k = 0; k < alone.Length; k++)
        {
            Tensors own = new();
            foreach (string name in drawn.Names!.Where(n => n.StartsWith($"transforms/{s_names[k]}/", StringComparison.Ordinal))) own[name.Split('/', 3)[2]] = drawn[name];
            Tensors? transformation = own.Count == 0 ? null : own;
            Tensor twice = alone[k].TransformImages(alone[k].TransformImages(_images, transformation), transformation);
            drawn["layer_idxes"] = Tensor.From([k, k]);
            Assert.Equal(twice.ToArray<float>(), layer.TransformImages(_images, drawn).ToArray<float>(), MixUpTests.Close);
        }
    }

    [Fact]
    public void LayersAreChosenAnewAtEachStepOfACompiledFunction()
    {
        // rand_augment_test.py, test_graph_issue.
        RandAugment layer = new(seed: 3);
        CompiledFunction choose = new((Tensor x) => layer.GetRandomTransformation(x)!["layer_idxes"]);
        int[] chosen = [.. Enumerable.Range(0, 300).SelectMany(_ => choose.Apply(_images).ToArray<int>())];
        Assert.Equal(Enumerable.Range(0, 11), chosen.Distinct().Order());
        Assert.All(chosen.CountBy(c => c), c => Assert.InRange(c.Value, 30, 85));
    }

    [Fact]
    public void ASeedGivesTheSameEagerlyAndCompiled()
    {
        RandAugment first = new(seed: 5), second = new(seed: 5), third = new(seed: 5);
        CompiledFunction compiled = new((Tensor x) => third.Apply(x, training: true));
        HashSet<float> sums = [];
        for (int step = 0; step < 8; step++)
        {
            float[] expected = first.Apply(_images, training: true).ToArray<float>();
            sums.Add(expected.Sum());
            Assert.Equal(expected, second.Apply(_images, training: true).ToArray<float>());
            Assert.Equal(expected, compiled.Apply(_images).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-2);
        }

        Assert.InRange(sums.Count, 7, 8);
    }

    [Fact]
    public void BoxesAndMasksMoveWithTheImage()
    {
        // One bright rectangle; where it goes, its mask and its box go.
        float[] pixels = new float[40 * 40];
        for (int y = 10; y < 20; y++)
        {
            for (int x = 14; x < 30; x++) pixels[(y * 40) + x] = 200;
        }

        Tensor image = Tensor.From<float>(pixels, [1, 40, 40, 1]);
        Dictionary<string, Tensor> data = new()
        {
            ["images"] = Ops.Repeat(image, 3, -1),
            ["segmentation_masks"] = Ops.Cast(image, DType.Int32),
            ["bounding_boxes/boxes"] = Tensor.From<float>([14, 10, 30, 20], [1, 1, 4]),
            ["bounding_boxes/labels"] = Tensor.From([1], [1, 1]),
        };
        RandAugment layer = new(factor: (0.05, 0.15), interpolation: "nearest", seed: 1, boundingBoxFormat: "xyxy");
        Tensors drawn = layer.GetRandomTransformation(MixUpTests.Tensors(data))!;
        drawn["layer_idxes"] = Tensor.From([1, 1]);
        float[] moved = layer.TransformImages(data["images"], drawn)[.., .., .., 0].ToArray<float>();
        Assert.NotEqual(pixels, moved);
        Assert.Equal(moved, layer.TransformSegmentationMasks(data["segmentation_masks"], drawn).ToArray<int>().Select(v => (float)v));
        Assert.Equal(DType.Int32, layer.TransformSegmentationMasks(data["segmentation_masks"], drawn).DType);
        float[] box = layer.TransformBoundingBoxes(new() { ["boxes"] = data["bounding_boxes/boxes"], ["labels"] = data["bounding_boxes/labels"] }, drawn)["boxes"].ToArray<float>();
        RandomTranslation alone = new((0.05, 0.15), (0.05, 0.15), interpolation: "nearest", boundingBoxFormat: "xyxy");
        Tensors own = new();
        foreach (string name in drawn.Names!.Where(n => n.StartsWith("transforms/random_translation/", StringComparison.Ordinal))) own[name.Split('/', 3)[2]] = drawn[name];
        Tensors once = alone.TransformBoundingBoxes(new() { ["boxes"] = data["bounding_boxes/boxes"], ["labels"] = data["bounding_boxes/labels"] }, own);
        Assert.Equal(alone.TransformBoundingBoxes(once, own)["boxes"].ToArray<float>(), box, MixUpTests.Close);
        Assert.NotEqual([14, 10, 30, 20], box);
        // Changes of color leave both.
        drawn["layer_idxes"] = Tensor.From([3, 10]);
        Assert.Equal([14, 10, 30, 20], layer.TransformBoundingBoxes(new() { ["boxes"] = data["bounding_boxes/boxes"], ["labels"] = data["bounding_boxes/labels"] }, drawn)["boxes"].ToArray<float>());
        Assert.Equal(pixels, layer.TransformSegmentationMasks(data["segmentation_masks"], drawn).ToArray<int>().Select(v => (float)v));
        Tensors all = layer.ApplyAll(data, training: true);
        Assert.Equal(data.Keys, all.Names!);
        foreach (string name in data.Keys) Assert.Equal(data[name].Shape, all[name].Shape);
    }

    [Fact]
    public void SizesMayBeUnknown()
    {
        Input images = new([null, null, 3]), masks = new([null, null, 1]), boxes = new([2, 4]), classes = new([2]);
        KerasTensors y = new RandAugment(seed: 1, boundingBoxFormat: "xyxy").ApplyAll(
            new Dictionary<string, KerasTensor> { ["images"] = images, ["segmentation_masks"] = masks, ["bounding_boxes/boxes"] = boxes, ["bounding_boxes/labels"] = classes }, training: true);
        Assert.Equal([null, null, null, 3], y["images"].Shape);
        Assert.Equal([null, null, null, 1], y["segmentation_masks"].Shape);
        Model model = new(KerasTensors.Create([images, masks, boxes, classes]), KerasTensors.Create([y["images"], y["segmentation_masks"]]));
        foreach (int size in new[] { 6, 9 })
        {
            Tensors result = model.PredictAll(Tensors.Create([Ops.Ones([3, size, 7, 3]), Ops.Ones([3, size, 7, 1]), Ops.Ones([3, 2, 4]), Ops.Ones([3, 2])]), verbose: 0);
            Assert.Equal([3, size, 7, 3], result[0].Shape);
            Assert.Equal([3, size, 7, 1], result[1].Shape);
        }
    }

    [Fact]
    public void StateIsOfTenGenerators() => Assert.Equal(10, new RandAugment().Variables.Count);

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'rand': numOps", Assert.Throws<ArgumentOutOfRangeException>(() => new RandAugment(numOps: -1, name: "rand")).Message);
        Assert.Contains("'rand'", Assert.ThrowsAny<ArgumentException>(() => new RandAugment(factor: 2, name: "rand")).Message);
        Assert.Contains("'rand'", Assert.ThrowsAny<ArgumentException>(() => new RandAugment(interpolation: "cubic", name: "rand")).Message);
        Assert.Contains("'rand': valueRange", Assert.ThrowsAny<ArgumentException>(() => new RandAugment(255, name: "rand")).Message);
        Assert.Contains("'rand' takes images of 3 channels", Assert.ThrowsAny<ArgumentException>(() => new RandAugment(name: "rand").Apply(Ops.Ones([1, 4, 4, 1]), training: true)).Message);
        Assert.Contains("'rand'", Assert.ThrowsAny<ArgumentException>(() => new RandAugment(name: "rand").Apply(Ops.Ones([4, 4]), training: true)).Message);
    }
}
