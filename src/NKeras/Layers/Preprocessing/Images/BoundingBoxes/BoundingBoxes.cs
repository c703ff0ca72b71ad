using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras.Layers;

/// <summary>Boxes around objects in images, with a label each.</summary>
internal static class BoundingBoxes
{
    /// <summary>The label of what only fills up a row of boxes.</summary>
    private const int NoLabel = -1;

    /// <summary>Boxes as float32 and their labels, with rows that differ in length filled up.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="boundingBoxes">By name: <c>boxes</c> and <c>labels</c>.</param>
    /// <exception cref="ArgumentException">One is missing, or they do not fit each other.</exception>
    public static Tensors Densify(string layer, Tensors boundingBoxes)
    {
        if (boundingBoxes.Names is not { } names || !names.Contains("boxes") || !names.Contains("labels"))
            throw new ArgumentException($"Layer '{layer}' takes bounding boxes as 'bounding_boxes/boxes' and 'bounding_boxes/labels'; received {boundingBoxes}.", nameof(boundingBoxes));
        Tensor boxes = boundingBoxes["boxes"], labels = boundingBoxes["labels"];
        if (boxes is RaggedTensor != labels is RaggedTensor)
            throw new ArgumentException($"Layer '{layer}': bounding boxes and their labels are both ragged, or both dense; received {boundingBoxes}.", nameof(boundingBoxes));
        bool fits = boxes.Rank is 2 or 3 && (labels.Rank == boxes.Rank - 1 || labels.Rank == boxes.Rank) && boxes.Shape[-1] is 4 or null;
        if (!fits)
            throw new ArgumentException($"Layer '{layer}' takes boxes (boxes, 4) or (batch, boxes, 4) with a label each; received boxes of shape {boxes.Shape} and labels of shape {labels.Shape}.", nameof(boundingBoxes));
        return boundingBoxes.With([.. names.Select(n => n switch
        {
            "boxes" => Ops.Cast(boxes is RaggedTensor rows ? rows.ToDense() : boxes, "float32"),
            "labels" => labels is RaggedTensor rows ? rows.ToTensor(defaultValue: NoLabel) : labels,
            _ => boundingBoxes[n],
        })]);
    }

    /// <summary>The same boxes in another format.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="boundingBoxes">By name: <c>boxes</c> and what belongs to them.</param>
    /// <param name="source">The format they have.</param>
    /// <param name="target">The format they get.</param>
    /// <param name="height">The image's height, for formats that are relative to it.</param>
    /// <param name="width">The image's width.</param>
    public static Tensors Convert(string layer, Tensors boundingBoxes, string source, string target, Tensor height, Tensor width)
    {
        BoxFormat from = BoxFormat.Of(layer, source), to = BoxFormat.Of(layer, target);
        if (from == to) return boundingBoxes;
        Tensor boxes = boundingBoxes["boxes"];
        Tensor[] size = [Ops.Cast(width, boxes.DType), Ops.Cast(height, boxes.DType), Ops.Cast(width, boxes.DType), Ops.Cast(height, boxes.DType)];
        Tensor[] corners = from.ToCorners(Split(boxes));
        if (from.IsRelative && !to.IsRelative) corners = [.. corners.Zip(size, (c, s) => c * s)];
        if (!from.IsRelative && to.IsRelative) corners = [.. corners.Zip(size, (c, s) => c / s)];
        return With(boundingBoxes, Join(to.FromCorners(corners)));
    }

    /// <summary>Cuts off what is beyond an image. A box of which nothing is left gets the label -1.</summary>
    /// <param name="boundingBoxes">By name: <c>boxes</c> by their corners, and <c>labels</c>.</param>
    /// <param name="height">The greatest y.</param>
    /// <param name="width">The greatest x.</param>
    public static Tensors Clip(Tensors boundingBoxes, Tensor height, Tensor width)
    {
        DType type = boundingBoxes["boxes"].DType;
        Tensor most = Ops.Cast(width, type), lowest = Ops.Cast(height, type);
        Tensor[] c = Split(boundingBoxes["boxes"]);
        Tensor[] clipped = [Ops.Clip(c[0], 0.0, most), Ops.Clip(c[1], 0.0, lowest), Ops.Clip(c[2], 0.0, most), Ops.Clip(c[3], 0.0, lowest)];
        Tensors result = With(boundingBoxes, Join(clipped));
        if (!result.Names!.Contains("labels")) return result;
        Tensor isLeft = Ops.Squeeze((clipped[2] - clipped[0]) * (clipped[3] - clipped[1]), axis: -1) > 0.0;
        Tensor labels = result["labels"];
        // The type stays: int64 as well.
        Shape together = Broadcasting.Result("Clip", [new TensorSpec(isLeft.Shape, DType.Bool), new TensorSpec(labels.Shape, DType.Bool)]);
        result["labels"] = PrimitiveOps.Where(PrimitiveOps.BroadcastTo(isLeft, together), PrimitiveOps.BroadcastTo(labels, together), PrimitiveOps.BroadcastTo(PrimitiveOps.ScalarLike(labels, NoLabel), together));
        return result;
    }

    /// <summary>The four numbers of each box.</summary>
    public static Tensor[] Split(Tensor boxes) => [.. Ops.Split(boxes, 4, axis: -1)];

    /// <summary>Boxes from their four numbers.</summary>
    public static Tensor Join(Tensor[] numbers) => Ops.Concatenate(numbers, axis: -1);

    /// <summary>Other boxes with the same labels.</summary>
    public static Tensors With(Tensors boundingBoxes, Tensor boxes) => boundingBoxes.With([.. boundingBoxes.Names!.Select(n => n == "boxes" ? boxes : boundingBoxes[n])]);
}
