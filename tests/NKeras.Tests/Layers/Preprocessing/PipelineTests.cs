using System.Text.Json.Nodes;
using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing;

public sealed class PipelineTests
{
    private readonly Tensor _images = RandomOps.Uniform([2, 10, 12, 3], 0, 255, seed: 1);

    // pipeline_test.py, test_from_config.
    [Fact]
    public void AppliesLayersInOrderAndComesBackFromItsConfiguration()
    {
        Pipeline pipeline = new([new MaxPooling2D(2), new Cropping2D(1)]);
        Tensor y = pipeline.Apply(_images);
        Assert.Equal([2, 3, 4, 3], y.Shape);
        Assert.Equal(new Cropping2D(1).Apply(new MaxPooling2D(2).Apply(_images)).ToArray<float>(), y.ToArray<float>());
        JsonObject config = pipeline.GetConfig();
        Assert.Equal(["layers", "name"], config.Select(c => c.Key));
        string before = config.ToJsonString();
        Pipeline restored = Layer.FromConfig<Pipeline>(config);
        Assert.Equal(before, config.ToJsonString());
        Assert.Equal(before, restored.GetConfig().ToJsonString());
        Assert.Equal(y.ToArray<float>(), restored.Apply(_images).ToArray<float>());
    }

    // pipeline_test.py, test_correctness.
    [Fact]
    public void TrainingAndMasksReachTheLayers()
    {
        Canary first = new(), second = new();
        Pipeline pipeline = new([first, second]);
        Tensor x = Tensor.From([0]), mask = Tensor.From([true]);
        _ = pipeline.Apply(x, training: true, mask: mask);
        Assert.Equal((true, true), (first.Training, second.Training));
        Assert.Same(mask, first.Mask);
        Assert.NotNull(second.Mask);
        _ = pipeline.Apply(Tensor.From([0]), training: false);
        Assert.Equal((false, false), (first.Training, second.Training));
        Assert.Null(first.Mask);
    }

    // Keras: the parameter training of its call is true by default.
    [Fact]
    public void UnlessToldOtherwiseItIsInTraining()
    {
        Assert.NotEqual(_images.ToArray<float>(), new Pipeline([new RandomErasing((1, 1), (0.5, 1), fillValue: 0)]).Apply(_images).ToArray<float>());
        Assert.Equal(_images.ToArray<float>(), new Pipeline([new RandomErasing((1, 1), (0.5, 1), fillValue: 0)]).Apply(_images, training: false).ToArray<float>());
        Input input = new([10, 12, 3]);
        Model model = new(input, new Pipeline([new RandomErasing((1, 1), (0.5, 1), fillValue: 0)]).Apply(input));
        Assert.Equal(_images.ToArray<float>(), model.Predict(_images, verbose: 0).ToArray<float>());
    }

    [Fact]
    public void TensorsByNameGoThroughAllLayers()
    {
        Dictionary<string, Tensor> data = new() { ["images"] = _images, ["segmentation_masks"] = Ops.Cast(_images[.., .., .., ..1], DType.Int32), ["labels"] = Ops.OneHot(Ops.Arange(2), 2) };
        Tensors y = new Pipeline([new CutMix(seed: 1), new RandomErasing((1, 1), (0.3, 0.5), fillValue: 0, seed: 2), new MixUp(alpha: 1, seed: 3)]).ApplyAll(data, training: true);
        Assert.Equal(data.Keys, y.Names!);
        Assert.NotEqual(_images.ToArray<float>(), y["images"].ToArray<float>());
        Assert.Equal(DType.Float32, y["segmentation_masks"].DType);
        Assert.All(Ops.Sum(y["labels"], -1).ToArray<float>(), s => Assert.Equal(1, s, 4));
    }

    [Fact]
    public void AnyLayersAreTrainedAndSavedWithTheModel()
    {
        Input input = new([10, 12, 3]);
        Pipeline pipeline = new([new MixUp(seed: 1), new Pipeline([new RandomErasing(seed: 3), new Conv2D(4, 3)]), new GlobalAveragePooling2D()], name: "front");
        KerasTensor y = new Dense(2).Apply(pipeline.Apply(input));
        Model model = new(input, y);
        Assert.Equal([null, 4], pipeline.Output.Shape);
        Assert.Equal(4, model.TrainableWeights.Count);
        model.Compile("sgd", "mse");
        float[] before = model.TrainableWeights[0].Value.ToArray<float>();
        _ = model.Fit(_images, Ops.Ones([2, 2]), epochs: 1, verbose: 0);
        Assert.NotEqual(before, model.TrainableWeights[0].Value.ToArray<float>());
        using MemoryStream file = new();
        model.Save(file);
        file.Position = 0;
        Model loaded = Model.Load(file);
        Assert.Equal(model.Predict(_images, verbose: 0).ToArray<float>(), loaded.Predict(_images, verbose: 0).ToArray<float>());
        // pipeline.py: the property "layers" comes before the private attribute that holds the list, too.
        Assert.Equal(["layers/pipeline/layers/conv2d/vars/0", "layers/pipeline/layers/conv2d/vars/1"], NKeras.Saving.WeightPaths.Of(pipeline).Select(w => w.Path));
    }

    [Fact]
    public void ASeedGivesTheSameEagerlyAndCompiled()
    {
        Pipeline first = Make(), second = Make();
        CompiledFunction compiled = new((Tensor x) => second.Apply(x, training: true));
        for (int step = 0; step < 3; step++) Assert.Equal(first.Apply(_images, training: true).ToArray<float>(), compiled.Apply(_images).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-2);

        static Pipeline Make() => new([new GaussianNoise(0.5, seed: 1), new CutMix(seed: 2), new MixUp(seed: 3), new RandomErasing(seed: 4)]);
    }

    // pipeline_test.py, test_from_config_malformed_raises_value_error.
    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("layers", Assert.ThrowsAny<ArgumentException>(() => Layer.FromConfig<Pipeline>(new JsonObject { ["name"] = "test" })).Message);
        Assert.Contains("layers", Assert.ThrowsAny<ArgumentException>(() => Layer.FromConfig<Pipeline>(new JsonObject { ["layers"] = null, ["name"] = "test" })).Message);
        Assert.Contains("layers", Assert.ThrowsAny<ArgumentException>(() => Layer.FromConfig<Pipeline>(new JsonObject { ["layers"] = "none", ["name"] = "test" })).Message);
        Assert.Contains("'pipe'", Assert.Throws<ArgumentException>(() => new Pipeline([], "pipe")).Message);
        Assert.Contains("'pipe'", Assert.Throws<ArgumentException>(() => new Pipeline([new ReLU(), null!], "pipe")).Message);
    }

    /// <summary>Notes what it is called with.</summary>
    private sealed class Canary : Layer
    {
        public bool Training { get; private set; }

        public Tensor? Mask { get; private set; }

        public override Tensor Call(Tensor inputs, bool training, Tensor? mask)
        {
            (Training, Mask) = (training, mask);
            return inputs;
        }

        public override Tensor? ComputeMask(Tensor inputs, Tensor? previousMask = null) => previousMask;
    }
}
