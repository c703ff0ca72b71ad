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
}
