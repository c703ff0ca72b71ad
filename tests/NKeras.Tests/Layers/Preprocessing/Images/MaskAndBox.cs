using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

/// <summary>A rectangle given twice, as a box and as a mask that is 1 within it: what a layer makes of both has to be the same.</summary>
internal static class MaskAndBox
{
    /// <summary>Fails unless the mask's bounds are the box, but for some pixels.</summary>
    /// <param name="layer">The layer, with boxes "xyxy".</param>
    /// <param name="size">Height and width of the images.</param>
    /// <param name="pixels">By how many pixels the mask's bounds may differ from the box.</param>
    /// <param name="boxes">An image for each, with this box: left, top, right, bottom.</param>
    public static void Agree(BaseImagePreprocessingLayer layer, (int Height, int Width) size, double pixels, params int[][] boxes)
    {
        int count = boxes.Length;
        byte[] mask = new byte[count * size.Height * size.Width];
        for (int i = 0; i < count; i++)
        {
            for (int y = boxes[i][1]; y < boxes[i][3]; y++)
            {
                for (int x = boxes[i][0]; x < boxes[i][2]; x++) mask[(((i * size.Height) + y) * size.Width) + x] = 1;
            }
        }

        Tensor masks = Tensor.From(mask, [count, size.Height, size.Width, 1]);
        Tensors result = layer.ApplyAll(
            new Dictionary<string, Tensor>
            {
                ["images"] = Ops.Cast(masks, DType.Float32),
                ["segmentation_masks"] = masks,
                ["bounding_boxes/boxes"] = Tensor.From<float>([.. boxes.SelectMany(b => b.Select(n => (float)n))], [count, 1, 4]),
                ["bounding_boxes/labels"] = Tensor.From([.. Enumerable.Range(1, count)], [count, 1]),
            },
            training: true);
        int height = result["segmentation_masks"].Shape.Dims[1], width = result["segmentation_masks"].Shape.Dims[2];
        byte[] moved = result["segmentation_masks"].ToArray<byte>();
        float[] corners = result["bounding_boxes/boxes"].ToArray<float>();
        int[] labels = result["bounding_boxes/labels"].ToArray<int>();
        for (int i = 0; i < count; i++)
        {
            (int X, int Y)[] inside = [.. Enumerable.Range(0, height * width).Where(p => moved[(i * height * width) + p] != 0).Select(p => (p % width, p / width))];
            if (inside.Length == 0)
            {
                // What has left the image is no object any more.
                double area = (corners[(4 * i) + 2] - corners[4 * i]) * (corners[(4 * i) + 3] - corners[(4 * i) + 1]);
                Assert.True(labels[i] == -1 || area <= pixels * Math.Max(height, width), $"box {i} has left the image, but is {string.Join(", ", corners[(4 * i)..((4 * i) + 4)])}");
                continue;
            }

            double[] bounds = [inside.Min(p => p.X), inside.Min(p => p.Y), inside.Max(p => p.X) + 1, inside.Max(p => p.Y) + 1];
            for (int n = 0; n < 4; n++)
                Assert.True(Math.Abs(bounds[n] - corners[(4 * i) + n]) <= pixels + 1e-3, $"image {i}: the mask's bounds are {string.Join(", ", bounds)}, the box is {string.Join(", ", corners[(4 * i)..((4 * i) + 4)])}");
            Assert.Equal(i + 1, labels[i]);
        }
    }
}
