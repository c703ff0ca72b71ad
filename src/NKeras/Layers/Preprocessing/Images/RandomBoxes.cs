using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras.Layers;

/// <summary>A box at a random place of each image of a batch, as <see cref="CutMix"/> and <see cref="RandomErasing"/> cut them out. In pixels, not rounded.</summary>
internal sealed record RandomBoxes(Tensor Left, Tensor Right, Tensor Top, Tensor Bottom)
{
    /// <summary>Draws boxes, each wholly within its image.</summary>
    /// <param name="width">The images' width; any number while it is unknown.</param>
    /// <param name="height">The images' height, likewise.</param>
    /// <param name="widths">What share of the width each box takes, (batch).</param>
    /// <param name="heights">What share of the height, (batch).</param>
    /// <param name="seed">Where randomness comes from.</param>
    public static RandomBoxes Draw(int width, int height, Tensor widths, Tensor heights, RandomSeed seed)
    {
        (Tensor left, Tensor right) = Ends(width, widths);
        (Tensor top, Tensor bottom) = Ends(height, heights);
        return new RandomBoxes(left, right, top, bottom);

        (Tensor Start, Tensor End) Ends(double whole, Tensor share)
        {
            Tensor length = share * whole;
            Tensor start = RandomOps.Uniform(share.Shape, dtype: share.DType, seed: seed) * (whole - length);
            return (start, start + length);
        }
    }

    /// <summary>The number of pixels of each box, (batch).</summary>
    public Tensor Area => (Right - Left) * (Bottom - Top);

    /// <summary>For each element of images whether it is in the box.</summary>
    /// <param name="images">The images' shape, with the batch's dimension.</param>
    /// <param name="heightAxis">The axis of rows.</param>
    /// <param name="widthAxis">The axis of columns.</param>
    public Tensor Mask(Shape images, int heightAxis, int widthAxis)
    {
        Tensor rows = Numbers(heightAxis), columns = Numbers(widthAxis);
        Tensor inside = (columns >= Spread(Left)) & (columns < Spread(Right)) & (rows >= Spread(Top)) & (rows < Spread(Bottom));
        return PrimitiveOps.BroadcastTo(inside, images);

        Tensor Numbers(int axis)
        {
            int[] dims = [1, 1, 1, 1];
            axis = images.Axis(axis);
            dims[axis] = images.Dims[axis];
            return Ops.Cast(DataDependent.Numbers(axis, dims), Left.DType);
        }

        static Tensor Spread(Tensor x) => Ops.Reshape(x, [-1, 1, 1, 1]);
    }
}
