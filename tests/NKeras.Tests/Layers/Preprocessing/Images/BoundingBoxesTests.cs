using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

/// <summary>What layers of images do with boxes, whatever they do with images.</summary>
public sealed class BoundingBoxesTests
{
    // converters_test.py, setUp and test_convert_all_formats: two boxes in an image of 1000 by 1000 pixels.
    private static readonly Dictionary<string, float[]> s_boxes = new()
    {
        ["xyxy"] = [10, 20, 110, 120, 20, 30, 120, 130],
        ["yxyx"] = [20, 10, 120, 110, 30, 20, 130, 120],
        ["xywh"] = [10, 20, 100, 100, 20, 30, 100, 100],
        ["center_xywh"] = [60, 70, 100, 100, 70, 80, 100, 100],
        ["center_yxhw"] = [70, 60, 100, 100, 80, 70, 100, 100],
        ["rel_xyxy"] = [0.01f, 0.02f, 0.11f, 0.12f, 0.02f, 0.03f, 0.12f, 0.13f],
        ["rel_yxyx"] = [0.02f, 0.01f, 0.12f, 0.11f, 0.03f, 0.02f, 0.13f, 0.12f],
        ["rel_xywh"] = [0.01f, 0.02f, 0.1f, 0.1f, 0.02f, 0.03f, 0.1f, 0.1f],
        ["rel_center_xywh"] = [0.06f, 0.07f, 0.1f, 0.1f, 0.07f, 0.08f, 0.1f, 0.1f],
    };

    private readonly Tensor _labels = Tensor.From([4, 7], [1, 2]);

    public static TheoryData<string> Formats => [.. s_boxes.Keys];

    [Theory]
    [MemberData(nameof(Formats))]
    public void EveryFormatBecomesEveryOther(string source)
    {
        foreach (string target in s_boxes.Keys)
        {
            Tensors converted = BoundingBoxes.Convert("layer", new Tensors { ["boxes"] = Tensor.From(s_boxes[source], [1, 2, 4]), ["labels"] = _labels }, source, target.ToUpperInvariant(), 1000, 1000);
            Close.To(s_boxes[target], converted["boxes"]);
            Assert.Equal([4, 7], converted["labels"].ToArray<int>());
        }
    }

    // Height and width differ here.
    [Theory]
    [MemberData(nameof(Formats))]
    public void LayersGiveTheFormatThatTheyWereGiven(string format)
    {
        Tensor Moved(string name)
        {
            Tensors given = BoundingBoxes.Convert("layer", new Tensors { ["boxes"] = Tensor.From<float>([1, 2, 5, 4, 3, 0, 8, 10], [1, 2, 4]), ["labels"] = _labels }, "xyxy", name, 10, 8);
            Tensors y = new RandomTranslation((0.2, 0.2), (0.25, 0.25), boundingBoxFormat: name).ApplyAll(Data(given["boxes"], _labels), training: true);
            return BoundingBoxes.Convert("layer", new Tensors { ["boxes"] = y["bounding_boxes/boxes"] }, name, "xyxy", 10, 8)["boxes"];
        }

        Close.To([3, 4, 7, 6, 5, 2, 8, 10], Moved(format), 1e-4);
    }

    // converters_test.py, test_clip_to_image_size: labels of what has left the image become -1.
    [Fact]
    public void WhatIsBeyondTheImageIsCutOff()
    {
        foreach (DType type in new[] { DType.Int32, DType.Int64, DType.Float32 })
        {
            Tensor boxes = Tensor.From<float>([-10, -20, 150, 160, 50, 40, 70, 80, 130, 10, 140, 20], [1, 3, 4]);
            Tensors clipped = BoundingBoxes.Clip(new Tensors { ["boxes"] = boxes, ["labels"] = Ops.Cast(Tensor.From([0, 1, 2], [1, 3]), type) }, 100, 120);
            Close.To([0, 0, 120, 100, 50, 40, 70, 80, 120, 10, 120, 20], clipped["boxes"]);
            Close.To([0, 1, -1], clipped["labels"]);
            Assert.Equal(type, clipped["labels"].DType);
        }
    }

    // validation_test.py: rows of boxes that differ in length are filled up.
    [Fact]
    public void RaggedBoxesAreFilledUp()
    {
        RaggedTensor boxes = new(Tensor.From<float>([1, 2, 5, 4, 3, 0, 8, 10, 2, 2, 3, 3], [3, 4]), Tensor.From(new[] { 0L, 2L, 3L }));
        RaggedTensor labels = new(Tensor.From([4, 5, 6]), Tensor.From(new[] { 0L, 2L, 3L }));
        Dictionary<string, Tensor> data = new() { ["images"] = Ops.Ones([2, 10, 8, 3]), ["bounding_boxes/boxes"] = boxes, ["bounding_boxes/labels"] = labels };
        Tensors y = new RandomTranslation((0.2, 0.2), 0.0, boundingBoxFormat: "xyxy").ApplyAll(data, training: true);
        Close.To([1, 4, 5, 6, 3, 2, 8, 10, 2, 4, 3, 5], Ops.Reshape(y["bounding_boxes/boxes"], [4, 4])[..3], 1e-4);
        Assert.Equal([4, 5, 6, -1], y["bounding_boxes/labels"].ToArray<int>());
    }

    [Fact]
    public void OtherNamesAndLabelsPass()
    {
        Dictionary<string, Tensor> data = Data(Tensor.From<double>([1, 2, 5, 4, 3, 0, 8, 10], [1, 2, 4]), _labels);
        data["labels"] = Tensor.From([3]);
        data["weights"] = Tensor.From([0.5f]);
        Tensors y = new RandomFlip(boundingBoxFormat: "xyxy", seed: 1).ApplyAll(data, training: true);
        Assert.Equal(data.Keys, y.Names);
        Assert.Equal([3], y["labels"].ToArray<int>());
        Assert.Equal([0.5f], y["weights"].ToArray<float>());
        Assert.Equal(DType.Float32, y["bounding_boxes/boxes"].DType);
        Assert.Equal(DType.Int32, y["bounding_boxes/labels"].DType);
    }

    [Fact]
    public void BadBoxesAreRefused()
    {
        Tensor boxes = Ops.Ones([1, 2, 4]);
        Assert.Contains("'turn'", Refusal("xyxy", Ops.Ones([1, 2, 5]), _labels));
        Assert.Contains("'turn'", Refusal("xyxy", Ops.Ones([1, 1, 2, 4]), _labels));
        Assert.Contains("'turn'", Refusal("xyxy", boxes, Ops.Ones([2])));
        Assert.Contains("boundingBoxFormat", Refusal(null, boxes, _labels));
        Assert.Contains("'xyxx'", Refusal("xyxx", boxes, _labels));
        Dictionary<string, Tensor> alone = new() { ["images"] = Ops.Ones([1, 10, 8, 3]), ["bounding_boxes/boxes"] = boxes };
        Assert.Contains("bounding_boxes/labels", Assert.ThrowsAny<ArgumentException>(() => new RandomFlip(boundingBoxFormat: "xyxy").ApplyAll(alone, training: true)).Message);

        string Refusal(string? format, Tensor given, Tensor labels) =>
            Assert.ThrowsAny<ArgumentException>(() => new RandomFlip(boundingBoxFormat: format, name: "turn").ApplyAll(Data(given, labels), training: true)).Message;
    }

    private static Dictionary<string, Tensor> Data(Tensor boxes, Tensor labels) => new() { ["images"] = Ops.Ones([1, 10, 8, 3]), ["bounding_boxes/boxes"] = boxes, ["bounding_boxes/labels"] = labels };
}
