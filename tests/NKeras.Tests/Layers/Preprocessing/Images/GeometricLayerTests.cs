using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

/// <summary>What holds for all layers that cut, turn, move or distort images at random.</summary>
public sealed class GeometricLayerTests
{
    private static readonly Dictionary<string, Func<string, string, BaseImagePreprocessingLayer>> s_layers = new()
    {
        ["RandomCrop"] = (format, _) => new RandomCrop(5, 4, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomFlip"] = (format, _) => new RandomFlip(seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomRotation"] = (format, between) => new RandomRotation(0.3, "constant", between, seed: 3, fillValue: 7, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomTranslation"] = (format, between) => new RandomTranslation(0.4, 0.4, "wrap", between, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomZoom"] = (format, between) => new RandomZoom(0.5, 0.4, "nearest", between, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomShear"] = (format, between) => new RandomShear(0.5, 0.4, between, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomPerspective"] = (format, between) => new RandomPerspective(1, 0.5, between, seed: 3, dataFormat: format, boundingBoxFormat: "xyxy"),
        ["RandomElasticTransform"] = (format, between) => new RandomElasticTransform((1, 1), (0.5, 1), between, seed: 3, dataFormat: format),
    };

    private readonly Tensor _images = RandomOps.Randint([6, 9, 8, 3], 0, 255, DType.UInt8, seed: 1);

    public static TheoryData<string> Names => [.. s_layers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ASeedGivesTheSameEagerlyAndCompiled(string name)
    {
        BaseImagePreprocessingLayer first = Make(name), second = Make(name), third = Make(name);
        Tensor images = Ops.Cast(_images, DType.Float32);
        CompiledFunction compiled = new((Tensor x) => third.Apply(x, training: true));
        float[] a = first.Apply(images, training: true).ToArray<float>(), b = first.Apply(images, training: true).ToArray<float>();
        Assert.NotEqual(a, b);
        Assert.Equal(a, second.Apply(images, training: true).ToArray<float>());
        Close.Equal(a, compiled.Apply(images).ToArray<float>(), 1e-4);
        Close.Equal(b, compiled.Apply(images).ToArray<float>(), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NothingHappensOutsideTraining(string name)
    {
        Close.To(Ops.Cast(_images, DType.Float32).ToArray<float>(), Make(name).Apply(_images, training: false));
        // Keras: a call that says nothing is one of training.
        Assert.NotEqual(Ops.Cast(_images, DType.Float32).ToArray<float>(), Make(name).Apply(_images).ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WholeNumbersBecomeThoseThatTheLayerComputesWith(string name)
    {
        Assert.Equal(DType.Float32, Make(name).Apply(_images, training: true).DType);
        Assert.Equal(DType.Float32, Make(name).Apply(_images[0], training: true).DType);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AnImageIsABatchOfOne(string name)
    {
        Tensor one = Make(name).Apply(_images[0], training: true), batch = Make(name).Apply(_images[..1], training: true);
        Assert.Equal(3, one.Rank);
        Assert.Equal(batch.ToArray<float>(), one.ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ChannelsMayComeFirst(string name)
    {
        Tensor first = s_layers[name]("channels_first", "bilinear").Apply(Ops.Transpose(_images, [0, 3, 1, 2]), training: true);
        Close.To(Make(name).Apply(_images, training: true).ToArray<float>(), Ops.Transpose(first, [0, 2, 3, 1]), 1e-4);
    }

    // A mask that is the image, as whole numbers, comes out as the image does.
    [Theory]
    [MemberData(nameof(Names))]
    public void MasksGoWithTheImagesAndLabelsStay(string name)
    {
        foreach (DType type in new[] { DType.UInt8, DType.Int32, DType.Int64 })
        {
            Dictionary<string, Tensor> data = new() { ["images"] = _images, ["segmentation_masks"] = Ops.Cast(_images, type), ["labels"] = Ops.OneHot(Ops.Arange(6), 6) };
            Tensors y = s_layers[name]("channels_last", "nearest").ApplyAll(data, training: true);
            Assert.Equal(data.Keys, y.Names);
            Assert.Equal(type, y["segmentation_masks"].DType);
            Close.To(y["images"].ToArray<float>(), y["segmentation_masks"]);
            Assert.NotEqual(Ops.Cast(_images, DType.Float32).ToArray<float>(), y["images"].ToArray<float>());
            Assert.Equal(data["labels"].ToArray<float>(), y["labels"].ToArray<float>());
            Tensors same = Make(name).ApplyAll(data, training: false);
            Close.To(Ops.Cast(_images, DType.Float32).ToArray<float>(), same["segmentation_masks"]);
            Assert.Equal(type, same["segmentation_masks"].DType);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SizesMayBeUnknown(string name)
    {
        Input images = new([null, null, 3], name: "images"), masks = new([null, null, 1], dtype: "int32", name: "segmentation_masks");
        KerasTensors y = Make(name).ApplyAll(new Dictionary<string, KerasTensor> { ["images"] = images, ["segmentation_masks"] = masks }, training: true);
        Assert.Equal(name == "RandomCrop" ? [null, 5, 4, 3] : [null, null, null, 3], y["images"].Shape);
        Model model = new(new KerasTensors { ["images"] = images, ["segmentation_masks"] = masks }, y);
        foreach (int size in new[] { 3, 9 })
        {
            Tensors result = model.PredictAll(new Tensors { ["images"] = Ops.Ones([2, size, 7, 3]), ["segmentation_masks"] = Ops.Ones([2, size, 7, 1], DType.Int32) }, verbose: 0);
            Assert.Equal(name == "RandomCrop" ? [2, 5, 4, 3] : [2, size, 7, 3], result["images"].Shape);
            Assert.Equal(result["images"].Shape.With(3, 1), result["segmentation_masks"].Shape);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DataSetsAreAugmentedOnTheWay(string name)
    {
        Dataset Data(int workers) => Dataset.FromTensorSlices(_images).Batch(4).Map(Make(name), training: true, numParallelCalls: workers);
        Tensor[] batches = [.. Data(1).Select(b => b.X[0])];
        Assert.Equal([4, 2], batches.Select(b => b.Shape.Dims[0]));
        Assert.Equal(batches.SelectMany(b => b.ToArray<float>()), Data(3).SelectMany(b => b.X[0].ToArray<float>()));
        Assert.Equal(3, Assert.Single(Dataset.FromTensorSlices(_images[..1]).Map(Make(name), training: true)).X[0].Rank);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BadImagesAreRefused(string name)
    {
        BaseImagePreprocessingLayer layer = Make(name);
        Assert.Contains($"'{layer.Name}'", Assert.ThrowsAny<ArgumentException>(() => layer.Apply(Ops.Ones([4, 4]), training: true)).Message);
        Assert.Contains($"'{layer.Name}'", Assert.ThrowsAny<ArgumentException>(() => layer.Apply(Ops.Ones([2, 4, 4, 4, 3]), training: true)).Message);
        Assert.Contains($"'{layer.Name}'", Assert.ThrowsAny<ArgumentException>(() => layer.Apply(Tensor.FromStrings(["a", "b"], [1, 2, 1]), training: true)).Message);
        Assert.Contains("'images'", Assert.ThrowsAny<ArgumentException>(() => layer.ApplyAll(new Dictionary<string, Tensor> { ["labels"] = Ops.Ones([4]) }, training: true)).Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GradientsFlowToTheImages(string name)
    {
        Variable images = new(Ops.Cast(_images, DType.Float32));
        BaseImagePreprocessingLayer layer = Make(name);
        Tensor gradient = Gradients.ValueAndGrad(() => Ops.Sum(layer.Apply(images.Value, training: true)), [images]).Gradients[0]!;
        Assert.Equal(images.Shape, gradient.Shape);
        Assert.True(Ops.Max(Ops.Abs(gradient)).Item<float>() > 0);
    }

    private static BaseImagePreprocessingLayer Make(string name) => s_layers[name]("channels_last", "bilinear");
}
