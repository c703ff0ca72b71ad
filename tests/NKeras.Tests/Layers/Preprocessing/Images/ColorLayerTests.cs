using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

/// <summary>What holds for all layers that change the colours of images.</summary>
public sealed class ColorLayerTests
{
    private static readonly Dictionary<string, Func<string, Factor?, BaseImagePreprocessingLayer>> s_layers = new()
    {
        ["RandomContrast"] = (format, range) => new RandomContrast(0.5, range, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomBrightness"] = (format, range) => new RandomBrightness(0.5, range, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomHue"] = (format, range) => new RandomHue(0.5, range, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomSaturation"] = (format, range) => new RandomSaturation((0, 0.4), range, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomColorJitter"] = (format, range) => new RandomColorJitter(range, 0.2, 0.3, (0.2, 0.4), 0.2, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomColorDegeneration"] = (format, range) => new RandomColorDegeneration((0, 0.5), range, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomGrayscale"] = (format, _) => new RandomGrayscale(0.5, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomSharpness"] = (format, range) => new RandomSharpness(0.9, range, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomInvert"] = (format, range) => new RandomInvert(1, range, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomPosterization"] = (format, range) => new RandomPosterization(6, range, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomGaussianBlur"] = (format, range) => new RandomGaussianBlur((0.4, 0.6), 3, (0.5, 1), range, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["Solarization"] = (format, range) => new Solarization(0.3, 0.6, range, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["AutoContrast"] = (format, range) => new AutoContrast(range, format, "xyxy"),
        ["Equalization"] = (format, range) => new Equalization(range, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["ContrastLimitedAdaptiveHistogramEqualization"] = (format, range) => new ContrastLimitedAdaptiveHistogramEqualization(range, 4, (2, 3), format, "xyxy"),
    };

    /// <summary>Layers for which nothing is left to chance, or that do what they do without training, too.</summary>
    private static readonly HashSet<string> s_certain = ["AutoContrast", "Equalization", "ContrastLimitedAdaptiveHistogramEqualization"];

    private readonly Tensor _images = Ops.Cast(RandomOps.Randint([6, 9, 8, 3], 20, 200, seed: 1), DType.Float32);

    public static TheoryData<string> Names => [.. s_layers.Keys];

    public static TheoryData<string> RandomNames => [.. s_layers.Keys.Except(s_certain)];

    [Theory]
    [MemberData(nameof(RandomNames))]
    public void ASeedGivesTheSameEagerlyAndCompiled(string name)
    {
        BaseImagePreprocessingLayer first = Make(name), second = Make(name), third = Make(name);
        CompiledFunction compiled = new((Tensor x) => third.Apply(x, training: true));
        float[] a = Values(first.Apply(_images, training: true)), b = Values(first.Apply(_images, training: true));
        Assert.NotEqual(a, b);
        Assert.Equal(a, Values(second.Apply(_images, training: true)));
        Close.Equal(a, Values(compiled.Apply(_images)), 1e-4);
        Close.Equal(b, Values(compiled.Apply(_images)), 1e-4);
    }

    // Keras: calls without word of it are calls in training.
    [Theory]
    [MemberData(nameof(RandomNames))]
    public void NothingHappensOutsideTraining(string name)
    {
        Assert.Equal(Values(_images), Values(Make(name).Apply(_images, training: false)));
        Assert.NotEqual(Values(_images), Values(Make(name).Apply(_images)));
        Assert.Null(Make(name).GetRandomTransformation(_images, training: false));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AnImageIsABatchOfOne(string name)
    {
        Tensor one = Make(name).Apply(_images[0], training: true), batch = Make(name).Apply(_images[..1], training: true);
        Assert.Equal([9, 8, 3], one.Shape);
        Assert.Equal(Values(batch), Values(one));
    }

    // What is drawn differs between the images of a batch: copies of one image do not stay copies.
    [Theory]
    [MemberData(nameof(RandomNames))]
    public void EachImageHasItsOwnNumbers(string name)
    {
        Tensor copies = Ops.Tile(_images[..1], [6, 1, 1, 1]), y = Make(name).Apply(copies, training: true);
        float[][] results = [.. Enumerable.Range(0, 6).Select(i => Values(y[i]))];
        Assert.Contains(results, r => !r.SequenceEqual(results[0]));
        Tensors drawn = Make(name).GetRandomTransformation(copies)!;
        foreach (string key in drawn.Names!.Where(k => k != "blur_factor")) Assert.Equal(6, drawn[key].Shape.Dims[0]);
        drawn = Make(name).GetRandomTransformation(_images[0])!;
        foreach (string key in drawn.Names!.Where(k => k != "blur_factor")) Assert.Equal(1, drawn[key].Shape.Dims[0]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ChannelsMayComeFirst(string name)
    {
        // Keras: AutoContrast looks for extremes along the second and third axis, which are not those of pixels then; RecordedColorLayerTests compares it.
        if (name == "AutoContrast") return;
        Tensor first = s_layers[name]("channels_first", null).Apply(Ops.Transpose(_images, [0, 3, 1, 2]), training: true);
        Close.To(Values(Make(name).Apply(_images, training: true)), Ops.Transpose(first, [0, 2, 3, 1]), 1e-4);
    }

    // The same images, scaled to another range, give the same results in that range.
    [Theory]
    [MemberData(nameof(Names))]
    public void RangesOfValuesAreRespected(string name)
    {
        Tensor y = Make(name).Apply(_images, training: true);
        Assert.All(Values(y), v => Assert.InRange(v, -1e-3f, 255.001f));
        Tensor small = s_layers[name]("channels_last", (0, 1)).Apply(_images / 255.0, training: true);
        Assert.All(Values(small), v => Assert.InRange(v, -1e-5f, 1.00001f));
        // Keras: saturations are cut off to the range of values, 255 being no bound at all; whole steps may go the other way by rounding.
        if (name is "RandomPosterization" or "Equalization" or "ContrastLimitedAdaptiveHistogramEqualization") return;
        Close.To(Values(y / 255.0), small, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void LabelsMasksAndBoxesStay(string name)
    {
        Dictionary<string, Tensor> data = new()
        {
            ["images"] = _images,
            ["labels"] = Ops.OneHot(Ops.Arange(6), 6),
            ["segmentation_masks"] = RandomOps.Randint([6, 9, 8, 1], 0, 5, seed: 1),
            ["bounding_boxes/boxes"] = RandomOps.Uniform([6, 2, 4], 0, 8, seed: 2),
            ["bounding_boxes/labels"] = RandomOps.Randint([6, 2], 0, 3, seed: 3),
        };
        Tensors y = Make(name).ApplyAll(data, training: true);
        Assert.Equal(data.Keys, y.Names);
        Assert.Equal(Values(Make(name).Apply(_images, training: true)), Values(y["images"]));
        foreach (string key in data.Keys.Skip(1))
        {
            Assert.Equal(data[key].DType, y[key].DType);
            Assert.Equal(Values(data[key]), Values(y[key]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SizesMayBeUnknown(string name)
    {
        foreach (int size in new[] { 4, 9 })
        {
            Input images = new([null, null, 3]);
            KerasTensor changed = Make(name).Apply(images, training: true);
            Assert.Equal([null, null, null, 3], changed.Shape);
            Tensor x = _images[..3, ..size, ..5];
            Close.To(Values(Make(name).Apply(x, training: true)), new Model(images, changed).Predict(x, verbose: 0), 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DataSetsAreAugmentedOnTheWay(string name)
    {
        Tensor[] Batches(int workers) => [.. Dataset.FromTensorSlices(_images).Batch(4).Map(Make(name), training: true, numParallelCalls: workers).Select(b => b.X[0])];
        Tensor[] batches = Batches(1);
        Assert.Equal([4, 2], batches.Select(b => b.Shape.Dims[0]));
        Assert.Equal(batches.SelectMany(Values), Batches(3).SelectMany(Values));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BadImagesAreRefused(string name)
    {
        BaseImagePreprocessingLayer layer = Make(name);
        foreach (Tensor bad in new[] { Ops.Ones([4, 4]), Ops.Ones([2, 4, 4, 4, 3]), Tensor.FromStrings(["a", "b"], [1, 2, 1]) })
            Assert.Contains($"'{layer.Name}'", Assert.ThrowsAny<ArgumentException>(() => layer.Apply(bad, training: true)).Message);
        Assert.Contains("'images'", Assert.ThrowsAny<ArgumentException>(() => layer.ApplyAll(new Dictionary<string, Tensor> { ["labels"] = Ops.Ones([4]) }, training: true)).Message);
    }

    // random_brightness_test.py, test_value_range_incorrect_length: a range is two numbers.
    [Theory]
    [MemberData(nameof(Names))]
    public void ARangeIsTwoNumbers(string name)
    {
        if (name == "RandomGrayscale") return;
        Assert.Contains("valueRange", Assert.ThrowsAny<ArgumentException>(() => s_layers[name]("channels_last", 10)).Message);
    }

    private static BaseImagePreprocessingLayer Make(string name) => s_layers[name]("channels_last", null);

    private static float[] Values(Tensor x) => Ops.Cast(x, DType.Float32).ToArray<float>();
}
