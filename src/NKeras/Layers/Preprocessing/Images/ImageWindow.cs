using NKeras.Engine.Primitives;

namespace NKeras.Layers;

/// <summary>Parts of images.</summary>
internal static class ImageWindow
{
    /// <summary>The largest part of an image that has the proportions of another size.</summary>
    public static (int Height, int Width) Largest(int height, int width, int targetHeight, int targetWidth) =>
        (Math.Max(Math.Min(height, (int)((double)width * targetHeight / targetWidth)), 1), Math.Max(Math.Min(width, (int)((double)height * targetWidth / targetHeight)), 1));

    /// <summary>Some rows or columns; fewer where there are not so many.</summary>
    /// <param name="x">The images, of a known size.</param>
    /// <param name="axis">The axis, from the end.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="count">How many.</param>
    public static Tensor Cut(Tensor x, int axis, int start, int count)
    {
        int place = x.Rank + axis;
        return Images.Cut(x, place, start, Math.Min(start + count, x.Shape.Dims[place]));
    }

    /// <summary>Stands for a result of another shape while shapes are being inferred.</summary>
    public static Tensor Inferred(Tensor x, Shape shape) => PrimitiveOps.Reshape(x, shape);
}
