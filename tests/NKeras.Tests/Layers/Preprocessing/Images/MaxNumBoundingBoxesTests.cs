using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class MaxNumBoundingBoxesTests
{
    // max_num_bounding_box_test.py, test_output_shapes, and a batch.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AddsBoxesThatAreNone(bool isBatch)
    {
        Tensor images = RandomOps.Uniform([1, 10, 8, 3], seed: 1), boxes = Tensor.From<float>([2, 1, 4, 3, 6, 4, 8, 6], [1, 2, 4]), labels = Tensor.From([1, 2], [1, 2]);
        Tensors result = new MaxNumBoundingBoxes(maxNumber: 40, boundingBoxFormat: "xyxy").ApplyAll(isBatch ? Data(images, boxes, labels) : Data(images[0], boxes[0], labels[0]));
        Assert.Equal(isBatch ? [1, 40, 4] : [40, 4], result["bounding_boxes/boxes"].Shape);
        Assert.Equal(isBatch ? [1, 40] : [40], result["bounding_boxes/labels"].Shape);
        Assert.Equal([2, 1, 4, 3, 6, 4, 8, 6, .. Enumerable.Repeat(-1f, 38 * 4)], result["bounding_boxes/boxes"].ToArray<float>());
        Assert.Equal([1, 2, .. Enumerable.Repeat(-1, 38)], result["bounding_boxes/labels"].ToArray<int>());
        Assert.Equal(images.ToArray<float>(), result["images"].ToArray<float>());
    }

    [Fact]
    public void LeavesOutThoseThatAreTooMany()
    {
        Tensor boxes = RandomOps.Uniform([2, 5, 4], seed: 1), labels = RandomOps.Randint([2, 5], 0, 9, seed: 2);
        Tensors result = new MaxNumBoundingBoxes(3, fillValue: 7, boundingBoxFormat: "xyxy").ApplyAll(Data(Ops.Ones([2, 4, 4, 3]), boxes, labels));
        Assert.Equal(boxes[.., ..3].ToArray<float>(), result["bounding_boxes/boxes"].ToArray<float>());
        Assert.Equal(labels[.., ..3].ToArray<int>(), result["bounding_boxes/labels"].ToArray<int>());
        Tensors filled = new MaxNumBoundingBoxes(6, fillValue: 7, boundingBoxFormat: "xyxy").ApplyAll(Data(Ops.Ones([2, 4, 4, 3]), boxes, labels));
        Assert.All(filled["bounding_boxes/boxes"][.., 5].ToArray<float>(), v => Assert.Equal(7, v));
        Assert.All(filled["bounding_boxes/labels"][.., 5].ToArray<int>(), v => Assert.Equal(7, v));
    }

    [Fact]
    public void TheNumberMayBeUnknownInAModel()
    {
        Input images = new([null, null, 3]), boxes = new([null, 4]), labels = new([null]);
        Dictionary<string, KerasTensor> inputs = new() { ["images"] = images, ["bounding_boxes/boxes"] = boxes, ["bounding_boxes/labels"] = labels };
        KerasTensors outputs = new MaxNumBoundingBoxes(3, boundingBoxFormat: "xyxy").ApplyAll(inputs);
        Assert.Equal([null, 3, 4], outputs["bounding_boxes/boxes"].Shape);
        Assert.Equal([null, 3], outputs["bounding_boxes/labels"].Shape);
        Model model = new(KerasTensors.Create([images, boxes, labels]), KerasTensors.Create([outputs["bounding_boxes/boxes"], outputs["bounding_boxes/labels"]]));
        foreach (int number in new[] { 1, 3, 5 })
        {
            Tensors result = model.PredictAll(Tensors.Create([Ops.Ones([2, 4, 4, 3]), Ops.Ones([2, number, 4]), Ops.Ones([2, number])]), verbose: 0);
            Assert.Equal([2, 3, 4], result[0].Shape);
            Assert.Equal(2f * Math.Min(number, 3) - (2 * Math.Max(3 - number, 0)), Ops.Sum(result[1]).Item<float>());
        }
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'most': maxNumber", Assert.Throws<ArgumentOutOfRangeException>(() => new MaxNumBoundingBoxes(-1, name: "most")).Message);
        Assert.Contains("'most'", Assert.ThrowsAny<ArgumentException>(() => new MaxNumBoundingBoxes(3, name: "most").ApplyAll(Data(Ops.Ones([1, 4, 4, 3]), Ops.Ones([1, 1, 4]), Ops.Ones([1, 1])))).Message);
    }

    private static Dictionary<string, Tensor> Data(Tensor images, Tensor boxes, Tensor labels) =>
        new() { ["images"] = images, ["bounding_boxes/boxes"] = boxes, ["bounding_boxes/labels"] = labels };
}
