using NKeras.Engine;

namespace NKeras.Callbacks.TensorBoardFormat;

/// <summary>Pictures of a weight: a pixel for each number, black for the least and white for the greatest.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pngs">At most three pictures, as files.</param>
// Keras: numbers below 0 are black and those above 1 white, which leaves little to see of weights.
internal sealed record WeightImages(int Width, int Height, IReadOnlyList<byte[]> Pngs)
{
    private const int Most = 3;

    /// <summary>Pictures of a weight's value, arranged as Keras does; null for shapes that it does not show.</summary>
    /// <remarks>
    /// A vector is a column; a matrix lies on its longer side; three dimensions are a picture for each filter, and four are
    /// pictures with channels if there are 1, 3 or 4 of these.
    /// </remarks>
    public static WeightImages? Of(Tensor weight)
    {
        if (weight.Shape.Size == 0) return null;
        Tensor picture = Ops.Squeeze(weight);
        switch (picture.Rank)
        {
            case 1:
                picture = Ops.Reshape(picture, [1, -1, 1, 1]);
                break;
            case 2:
                if (picture.Shape[0] > picture.Shape[1]) picture = Ops.Transpose(picture);
                picture = Ops.Reshape(picture, [1, (int)picture.Shape[0]!, (int)picture.Shape[1]!, 1]);
                break;
            case 3:
                if (Config.ImageDataFormat() == "channels_last") picture = Ops.Transpose(picture, [2, 0, 1]);
                picture = Ops.ExpandDims(picture, -1);
                break;
        }

        return picture.Rank == 4 && picture.Shape[3] is 1 or 3 or 4 ? Draw(picture) : null;
    }

    private static WeightImages Draw(Tensor pictures)
    {
        ElementView numbers = ElementView.Of(pictures);
        int count = (int)pictures.Shape[0]!, height = (int)pictures.Shape[1]!, width = (int)pictures.Shape[2]!, channels = (int)pictures.Shape[3]!;
        FiniteRange range = FiniteRange.Of(numbers);
        byte[] pixels = new byte[height * width * channels];
        List<byte[]> pngs = [];
        for (int picture = 0; picture < Math.Min(count, Most); picture++)
        {
            for (int i = 0; i < pixels.Length; i++) pixels[i] = Brightness(numbers.Number((picture * pixels.Length) + i), range);
            pngs.Add(PngImage.Encode(pixels, width, height, channels));
        }

        GC.KeepAlive(pictures);
        return new WeightImages(width, height, pngs);
    }

    private static byte Brightness(double value, FiniteRange range)
    {
        if (double.IsNaN(value)) return 0;
        double share = range.Least < range.Greatest ? (value - range.Least) / (range.Greatest - range.Least) : 0.5;
        return (byte)Math.Round(byte.MaxValue * Math.Clamp(share, 0, 1));
    }
}
