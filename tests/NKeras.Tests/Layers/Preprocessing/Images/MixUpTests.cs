using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class MixUpTests
{
    /// <summary>Images of one pixel and one channel that hold their number in the batch.</summary>
    private static Tensor Numbered(int count) => Ops.Reshape(Ops.Arange(count, dtype: DType.Float32), [count, 1, 1, 1]);

    [Fact]
    public void BlendsWithTheImageThatTheOrderSays()
    {
        MixUp layer = new();
        Tensors transformation = new() { ["mix_weight"] = Tensor.From([0.2f, 0.75f, 1f]), ["permutation_order"] = Tensor.From([1, 0, 0]) };
        Tensor images = Tensor.From<float>([0, 10, 100, 200, 5, 6], [3, 1, 2, 1]);
        Assert.Equal([80, 162, 75, 152.5f, 5, 6], layer.TransformImages(images, transformation).ToArray<float>(), Close);
        Assert.Equal([80, 162, 75, 152.5f, 5, 6], layer.TransformSegmentationMasks(images, transformation).ToArray<float>(), Close);
        Assert.Equal([0.2f, 0.8f, 0.25f, 0.75f, 1, 0], layer.TransformLabels(Tensor.From([1, 0, 0, 1, 1, 0], [3, 2]), transformation).ToArray<float>(), Close);
        Assert.Same(images, layer.TransformImages(images, transformation, training: false));
    }

    // mix_up_test.py, test_mix_up_basic_functionality: one share for all.
    [Fact]
    public void OneShareCountsForAll()
    {
        Tensor images = RandomOps.Uniform([4, 6, 6, 3], seed: 1);
        Tensors all = new() { ["mix_weight"] = Tensor.From([1f]), ["permutation_order"] = Tensor.From([1, 0, 2, 3]) };
        Assert.Equal(images.ToArray<float>(), new MixUp(alpha: 1).TransformImages(images, all).ToArray<float>());
        Tensors some = new() { ["mix_weight"] = Tensor.From([0.2f]), ["permutation_order"] = Tensor.From([1, 0, 2, 3]) };
        Tensor mixed = new MixUp(dataFormat: "channels_first").TransformImages(images, some);
        Assert.Equal(images.Shape, mixed.Shape);
        Assert.Equal((0.2f * images[0, 1, 2, 1].Item<float>()) + (0.8f * images[1, 1, 2, 1].Item<float>()), mixed[0, 1, 2, 1].Item<float>(), 5);
        Assert.Equal(images[2].ToArray<float>(), mixed[2].ToArray<float>(), Close);
    }

    // mix_up_test.py, test_mix_up_bounding_boxes: each image has the boxes of both; here with their labels.
    [Fact]
    public void ImagesGetTheBoxesOfBoth()
    {
        Tensors boxes = new() { ["boxes"] = Tensor.From<float>([2, 1, 4, 3, 6, 4, 8, 6], [2, 1, 4]), ["labels"] = Tensor.From([1, 2], [2, 1]) };
        Tensors transformation = new() { ["mix_weight"] = Tensor.From([0.5f, 0.5f]), ["permutation_order"] = Tensor.From([1, 0]) };
        Tensors mixed = new MixUp(boundingBoxFormat: "xyxy").TransformBoundingBoxes(boxes, transformation);
        Assert.Equal([2, 1, 4, 3, 6, 4, 8, 6, 6, 4, 8, 6, 2, 1, 4, 3], mixed["boxes"].ToArray<float>());
        Assert.Equal([2, 2, 4], mixed["boxes"].Shape);
        Assert.Equal([1, 2, 2, 1], mixed["labels"].ToArray<int>());
        Assert.Equal([2, 2], mixed["labels"].Shape);
    }

    [Fact]
    public void LabelsMasksAndBoxesGoWithTheImages()
    {
        const int Count = 50;
        Tensors data = new()
        {
            ["images"] = Numbered(Count),
            ["labels"] = Ops.OneHot(Ops.Arange(Count), Count),
            ["segmentation_masks"] = Ops.Cast(Numbered(Count), DType.Int32),
            ["bounding_boxes/boxes"] = Ops.BroadcastTo(Ops.Reshape(Ops.Arange(Count, dtype: DType.Float32), [Count, 1, 1]), [Count, 1, 4]),
            ["bounding_boxes/labels"] = Ops.Reshape(Ops.Arange(Count), [Count, 1]),
        };
        Tensors mixed = new MixUp(alpha: 1, seed: 3, boundingBoxFormat: "xyxy").ApplyAll(Dictionary(data), training: true);
        Assert.Equal(data.Names!.Order(), mixed.Names!.Order());
        float[] images = mixed["images"].ToArray<float>();
        Tensor labels = mixed["labels"];
        Assert.All(Ops.Sum(labels, -1).ToArray<float>(), s => Assert.Equal(1, s, 4));
        Assert.Equal(images, Ops.Matmul(labels, Ops.Arange(Count, dtype: DType.Float32)).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-3);
        Assert.Equal(images, mixed["segmentation_masks"].ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-3);
        // An image lies between the two that its boxes are of.
        int[] classes = mixed["bounding_boxes/labels"].ToArray<int>();
        float[] corners = mixed["bounding_boxes/boxes"].ToArray<float>();
        for (int i = 0; i < Count; i++)
        {
            int other = classes[(2 * i) + 1];
            Assert.Equal(i, classes[2 * i]);
            Assert.Equal((i, other), ((int)corners[8 * i], (int)corners[(8 * i) + 4]));
            Assert.InRange(images[i], Math.Min(i, other) - 1e-3f, Math.Max(i, other) + 1e-3f);
        }
    }

    [Fact]
    public void SharesAreOfTheBetaDistribution()
    {
        const int Count = 4000;
        foreach (double alpha in new[] { 0.2, 1.0, 5.0 })
        {
            Tensors drawn = new MixUp(alpha, seed: 1).GetRandomTransformation(Numbered(Count))!;
            float[] shares = drawn["mix_weight"].ToArray<float>();
            Assert.InRange(shares.Average(), 0.47, 0.53);
            double variance = 1 / (4 * ((2 * alpha) + 1));
            Assert.InRange(shares.Average(s => (s - 0.5) * (s - 0.5)), variance * 0.9, variance * 1.1);
            Assert.Equal(Enumerable.Range(0, Count), drawn["permutation_order"].ToArray<int>().Order());
        }
    }

    [Fact]
    public void NothingHappensWithoutStrengthOrTraining()
    {
        Tensor images = RandomOps.Randint([5, 4, 4, 3], 0, 255, DType.UInt8, seed: 1);
        Assert.Equal(images.ToArray<byte>(), new MixUp().Apply(images, training: false).ToArray<byte>());
        Tensors data = new() { ["images"] = Ops.Cast(images, DType.Float32), ["labels"] = Ops.OneHot(Ops.Arange(5), 5) };
        Tensors same = new MixUp(alpha: 0).ApplyAll(Dictionary(data), training: true);
        foreach (string name in data.Names!) Assert.Equal(data[name].ToArray<float>(), same[name].ToArray<float>());
    }

    [Fact]
    public void ASeedGivesTheSameEagerlyAndCompiled()
    {
        Tensor images = RandomOps.Uniform([6, 5, 4, 3], seed: 1);
        MixUp first = new(seed: 5), second = new(seed: 5), third = new(seed: 5);
        CompiledFunction compiled = new((Tensor x) => third.Apply(x, training: true));
        float[] a = first.Apply(images, training: true).ToArray<float>(), b = first.Apply(images, training: true).ToArray<float>();
        Assert.NotEqual(a, b);
        Assert.Equal(a, second.Apply(images, training: true).ToArray<float>());
        Assert.Equal(a, compiled.Apply(images).ToArray<float>(), Close);
        Assert.Equal(b, compiled.Apply(images).ToArray<float>(), Close);
    }

    [Fact]
    public void SizesMayBeUnknown()
    {
        Input images = new([null, null, 3], name: "images"), labels = new([7], name: "labels");
        KerasTensors mixed = new MixUp().ApplyAll(new Dictionary<string, KerasTensor> { ["images"] = images, ["labels"] = labels }, training: true);
        Assert.Equal([null, null, null, 3], mixed["images"].Shape);
        Model model = new(new KerasTensors { ["images"] = images, ["labels"] = labels }, mixed);
        foreach (int size in new[] { 4, 9 })
        {
            Tensors result = model.PredictAll(new Tensors { ["images"] = Ops.Ones([3, size, 5, 3]), ["labels"] = Ops.Ones([3, 7]) / 7 }, verbose: 0);
            Assert.Equal([3, size, 5, 3], result["images"].Shape);
            Assert.All(result["labels"].ToArray<float>(), v => Assert.Equal(1f / 7, v, 5));
        }
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'mix': alpha", Assert.Throws<ArgumentOutOfRangeException>(() => new MixUp(-0.1, name: "mix")).Message);
        Assert.Contains("'mix'", Assert.Throws<ArgumentException>(() => new MixUp(name: "mix").Apply(Ops.Ones([4, 4]), training: true)).Message);
    }

    internal static bool Close(float expected, float actual) => Math.Abs(expected - actual) <= 1e-5f * Math.Max(1, Math.Abs(expected));

    internal static Tensors Tensors(Dictionary<string, Tensor> tensors) => tensors;

    internal static Dictionary<string, Tensor> Dictionary(Tensors tensors) => tensors.Names!.ToDictionary(n => n, n => tensors[n]);
}
