using System.Text.Json.Nodes;
using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

/// <summary>What all layers have in common that change colours.</summary>
public sealed class ColorLayerTests
{
    private static readonly Dictionary<string, Func<string, BaseImagePreprocessingLayer>> s_layers = new()
    {
        ["RandomContrast"] = n => new RandomContrast((0.2, 0.8), (0, 1), 5, name: n, boundingBoxFormat: "xyxy"),
        ["RandomBrightness"] = n => new RandomBrightness((0.2, 0.6), (0, 1), 5, name: n, boundingBoxFormat: "xyxy"),
        ["RandomHue"] = n => new RandomHue((0.2, 0.8), (0, 1), seed: 5, name: n, boundingBoxFormat: "xyxy"),
        ["RandomSaturation"] = n => new RandomSaturation((0.1, 0.4), (0, 1), seed: 5, name: n, boundingBoxFormat: "xyxy"),
        ["RandomColorJitter"] = n => new RandomColorJitter((0, 1), 0.3, 0.3, (0.2, 0.4), 0.3, seed: 5, name: n, boundingBoxFormat: "xyxy"),
        ["RandomColorDegeneration"] = n => new RandomColorDegeneration((0.2, 0.8), (0, 1), seed: 5, name: n, boundingBoxFormat: "xyxy"),
        ["RandomGrayscale"] = n => new RandomGrayscale(seed: 5, name: n, boundingBoxFormat: "xyxy"),
        ["RandomSharpness"] = n => new RandomSharpness((0, 0.4), (0, 1), seed: 5, name: n, boundingBoxFormat: "xyxy"),
        ["RandomInvert"] = n => new RandomInvert(0.8, (0, 1), 5, name: n, boundingBoxFormat: "xyxy"),
        ["RandomPosterization"] = n => new RandomPosterization((1, 5), (0, 1), seed: 5, name: n, boundingBoxFormat: "xyxy"),
        ["RandomGaussianBlur"] = n => new RandomGaussianBlur(1, 3, (0.4, 1), (0, 1), seed: 5, name: n, boundingBoxFormat: "xyxy"),
        ["Solarization"] = n => new Solarization(0.2, 0.6, (0, 1), 5, name: n, boundingBoxFormat: "xyxy"),
        ["AutoContrast"] = n => new AutoContrast((0, 1), name: n, boundingBoxFormat: "xyxy"),
        ["Equalization"] = n => new Equalization((0, 1), 32, name: n, boundingBoxFormat: "xyxy"),
        ["ContrastLimitedAdaptiveHistogramEqualization"] = n => new ContrastLimitedAdaptiveHistogramEqualization((0, 1), 60, (2, 3), name: n, boundingBoxFormat: "xyxy"),
    };

    private static readonly string[] s_atAllTimes = ["AutoContrast", "ContrastLimitedAdaptiveHistogramEqualization"];

    private readonly Tensor _images = RandomOps.Uniform([8, 7, 5, 3], seed: 1) * 0.8;

    public static TheoryData<string> Names => [.. s_layers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ASeedGivesTheSameEagerlyAndCompiled(string name)
    {
        BaseImagePreprocessingLayer eager = Make(name), again = Make(name), traced = Make(name);
        CompiledFunction compiled = new((Tensor x) => traced.Apply(x, training: true));
        for (int call = 0; call < 2; call++)
        {
            float[] y = eager.Apply(_images, training: true).ToArray<float>();
            Assert.NotEqual(_images.ToArray<float>(), y);
            Assert.All(y, v => Assert.InRange(v, 0, 1));
            Assert.Equal(y, again.Apply(_images, training: true).ToArray<float>());
            Assert.Equal(y, compiled.Apply(_images).ToArray<float>(), MixUpTests.Close);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SizesMayBeUnknown(string name)
    {
        Input images = new([null, null, 3]);
        KerasTensor changed = Make(name).Apply(images, training: true);
        Assert.Equal([null, null, null, 3], changed.Shape);
        Model model = new(images, changed);
        foreach (int size in new[] { 4, 9 })
        {
            Tensor x = RandomOps.Uniform([3, size, 5, 3], seed: size);
            Tensor y = model.Predict(x, verbose: 0);
            Assert.Equal(x.Shape, y.Shape);
            Assert.Equal(DType.Float32, y.DType);
            if (Make(name).Variables.Count == 0) Assert.Equal(Make(name).Apply(x, training: true).ToArray<float>(), y.ToArray<float>(), MixUpTests.Close);
        }
    }

    // In a model's Fit a layer is in training, in Predict it is not.
    [Theory]
    [MemberData(nameof(Names))]
    public void OutsideOfTrainingImagesStayButForLayersThatAreNotRandom(string name)
    {
        BaseImagePreprocessingLayer layer = Make(name);
        Input images = new([7, 5, 3]);
        float[] eager = layer.Apply(_images, training: false).ToArray<float>(), predicted = new Model(images, layer.Apply(images)).Predict(_images, verbose: 0).ToArray<float>();
        Assert.Equal(!s_atAllTimes.Contains(name), eager.SequenceEqual(_images.ToArray<float>()));
        Assert.Equal(eager, predicted, MixUpTests.Close);
        Assert.Null(layer.GetRandomTransformation(_images, training: false));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AnImageAloneIsABatchOfOne(string name)
    {
        Tensor alone = Make(name).Apply(_images[0], training: true), batch = Make(name).Apply(_images[..1], training: true);
        Assert.Equal([7, 5, 3], alone.Shape);
        Assert.Equal(batch.ToArray<float>(), alone.ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatBelongsToImagesStays(string name)
    {
        Tensors data = new()
        {
            ["images"] = _images,
            ["labels"] = Ops.OneHot(Ops.Arange(8), 8),
            ["segmentation_masks"] = RandomOps.Randint([8, 7, 5, 1], 0, 5, seed: 1),
            ["bounding_boxes/boxes"] = RandomOps.Uniform([8, 2, 4], 0, 5, seed: 2),
            ["bounding_boxes/labels"] = RandomOps.Randint([8, 2], 0, 3, seed: 3),
        };
        Tensors y = Make(name).ApplyAll(MixUpTests.Dictionary(data), training: true);
        Assert.Equal(Make(name).Apply(_images, training: true).ToArray<float>(), y["images"].ToArray<float>());
        foreach (string other in data.Names!.Skip(1))
        {
            Assert.Equal(data[other].DType, y[other].DType);
            Assert.Equal(Ops.Cast(data[other], DType.Float32).ToArray<float>(), Ops.Cast(y[other], DType.Float32).ToArray<float>());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatIsNoImageIsRefusedByName(string name)
    {
        foreach (Tensor wrong in new[] { Ops.Ones([4, 4]), Ops.Ones([1, 4, 4, 3, 1]), Tensor.FromStrings(["a"], [1, 1, 1]) })
            Assert.Contains("'colours'", Assert.ThrowsAny<ArgumentException>(() => s_layers[name]("colours").Apply(wrong, training: true)).Message);
    }

    // Keras 3.16: these keep integers in training; the others give the type they compute in. AutoContrast computes at all times, CLAHE keeps every type.
    [Theory]
    [MemberData(nameof(Names))]
    public void ImagesOfBytesAreTaken(string name)
    {
        Tensor bytes = RandomOps.Randint([4, 8, 8, 3], 0, 256, DType.UInt8, seed: 3);
        JsonObject config = Make(name).GetConfig();
        if (config.ContainsKey("value_range")) config["value_range"] = new JsonArray(0, 255);
        Layer layer = Layer.FromConfig(Make(name).GetType(), config);
        Tensor y = layer.Apply(bytes, training: true);
        DType expected = name is "RandomBrightness" or "RandomGrayscale" or "ContrastLimitedAdaptiveHistogramEqualization" ? DType.UInt8 : DType.Float32;
        Assert.Equal(expected, y.DType);
        Assert.All(Ops.Cast(y, DType.Float32).ToArray<float>(), v => Assert.InRange(v, 0, 255));
        Assert.Equal(name is "RandomSharpness" or "RandomGaussianBlur" or "Solarization" or "AutoContrast" ? DType.Float32 : DType.UInt8, layer.Apply(bytes, training: false).DType);
    }

    private static BaseImagePreprocessingLayer Make(string name) => s_layers[name](name.ToLowerInvariant());
}
