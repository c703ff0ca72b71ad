using NKeras;
using NKeras.Layers;

namespace DocumentationExamples;

/// <summary>The examples of augmentation in docs/api-mapping.md, and the one that all layers of images have in common.</summary>
public sealed class ImageExampleTests
{
    [Fact]
    public void BoxesAndMasksGoWithTheImages()
    {
        Tensor images = RandomOps.Randint([4, 224, 224, 3], 0, 255, DType.UInt8, seed: 1), masks = RandomOps.Randint([4, 224, 224, 1], 0, 3, DType.UInt8, seed: 2);
        Tensor boxes = Tensor.From<float>(
            [10, 20, 100, 150, 50, 60, 200, 250, 15, 25, 110, 160, 55, 65, 210, 260, 20, 30, 120, 170, 60, 70, 220, 270, 25, 35, 130, 180, 65, 75, 230, 280], [4, 2, 4]);
        Tensor classes = Tensor.From([0, 1, 1, 2, 2, 3, 0, 3], [4, 2]);
        #region boxes
        var layer = new RandomRotation(0.1, boundingBoxFormat: "xyxy");
        var output = layer.ApplyAll(
            new Dictionary<string, Tensor>
            {
                ["images"] = images,
                ["bounding_boxes/boxes"] = boxes,
                ["bounding_boxes/labels"] = classes,
                ["segmentation_masks"] = masks,
            },
            training: true);
        var rotated = output["bounding_boxes/boxes"];
        #endregion

        Assert.Equal((DType.Float32, DType.UInt8, DType.Int32), (output["images"].DType, output["segmentation_masks"].DType, output["bounding_boxes/labels"].DType));
        Assert.Equal([4, 224, 224, 3], output["images"].Shape);
        Assert.Equal([4, 2, 4], rotated.Shape);
        Assert.All(rotated.ToArray<float>(), n => Assert.InRange(n, 0, 224));
        Assert.NotEqual(boxes.ToArray<float>(), rotated.ToArray<float>());
    }

    [Fact]
    public void DataSetsAreAugmented()
    {
        Tensor images = RandomOps.Uniform([40, 8, 8, 3], seed: 1), labels = Ops.Arange(40);
        #region data set
        Dataset augmented = Dataset.FromTensorSlices(images, labels).Batch(32)
            .Map(new RandomFlip("horizontal"), training: true, numParallelCalls: 2)
            .Map(new RandomZoom(heightFactor: (-0.2, 0.2)), training: true, numParallelCalls: 2);
        #endregion

        Assert.Equal([32, 8], augmented.Select(b => b.X[0].Shape.Dims[0]));
        Assert.Equal(Enumerable.Range(0, 40), augmented.SelectMany(b => b.Y![0].ToArray<int>()));
        Assert.NotEqual(images.ToArray<float>(), augmented.SelectMany(b => b.X[0].ToArray<float>()));
    }

    [Fact]
    public void DataSetsOfBoxesAreAugmented()
    {
        Tensors data = new() { ["images"] = RandomOps.Uniform([6, 8, 8, 3], seed: 1), ["bounding_boxes/boxes"] = Ops.BroadcastTo(Tensor.From<float>([1, 2, 4, 7]), [6, 3, 4]), ["bounding_boxes/labels"] = Ops.Ones([6, 3]) };
        Dataset turned = Dataset.FromTensorSlices(data).Batch(4).Map(new RandomFlip("horizontal", boundingBoxFormat: "xyxy", seed: 1), training: true);
        foreach (Batch batch in turned)
        {
            float[] flat = batch.X["bounding_boxes/boxes"].ToArray<float>();
            for (int i = 0; i < flat.Length; i += 4) Assert.True(flat[i..(i + 4)] is [1, 2, 4, 7] or [4, 2, 7, 7]);
        }
    }
}
