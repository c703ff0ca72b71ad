using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Surrounds images with zeros (<c>keras.ops.image.pad_images</c>). Of the three numbers for each direction two are given.</summary>
    /// <param name="images">An image or a batch of images.</param>
    /// <param name="topPadding">Rows of zeros on top.</param>
    /// <param name="leftPadding">Columns of zeros on the left.</param>
    /// <param name="bottomPadding">Rows of zeros at the bottom.</param>
    /// <param name="rightPadding">Columns of zeros on the right.</param>
    /// <param name="targetHeight">The height of the result.</param>
    /// <param name="targetWidth">The width of the result.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <exception cref="ArgumentException">It is no image, not exactly two numbers are given for a direction, or one is or would be negative.</exception>
    public static Tensor PadImages(
        Tensor images, int? topPadding = null, int? leftPadding = null, int? bottomPadding = null, int? rightPadding = null, int? targetHeight = null, int? targetWidth = null, string? dataFormat = null) =>
        OpDispatch.Call("PadImages", [images], t =>
        {
            Tensor x = t[0];
            Images.Check("PadImages", x);
            (int h, int w) = Images.Axes(x, ChannelsFirst(dataFormat));
            (int top, int bottom, int height) = Padding(x.Shape.Dims[h], ("topPadding", topPadding), ("bottomPadding", bottomPadding), ("targetHeight", targetHeight));
            (int left, int right, int width) = Padding(x.Shape.Dims[w], ("leftPadding", leftPadding), ("rightPadding", rightPadding), ("targetWidth", targetWidth));
            if (x.Shape[h] == null || x.Shape[w] == null) return PrimitiveOps.Reshape(x, x.Shape.With(h, height).With(w, width));
            int[] before = new int[x.Rank], after = new int[x.Rank];
            (before[h], after[h], before[w], after[w]) = (top, bottom, left, right);
            return Images.Pad(x, before, after);
        }, ("top_padding", topPadding), ("left_padding", leftPadding), ("bottom_padding", bottomPadding), ("right_padding", rightPadding),
            ("target_height", targetHeight), ("target_width", targetWidth), ("data_format", dataFormat ?? Config.ImageDataFormat()));

    /// <summary>Cuts borders off images (<c>keras.ops.image.crop_images</c>). Of the three numbers for each direction two are given.</summary>
    /// <param name="images">An image or a batch of images.</param>
    /// <param name="topCropping">Rows to cut off on top.</param>
    /// <param name="leftCropping">Columns to cut off on the left.</param>
    /// <param name="bottomCropping">Rows to cut off at the bottom.</param>
    /// <param name="rightCropping">Columns to cut off on the right.</param>
    /// <param name="targetHeight">The height of the result.</param>
    /// <param name="targetWidth">The width of the result.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <exception cref="ArgumentException">It is no image, not exactly two numbers are given for a direction, one is or would be negative, or the size is unknown where it is needed.</exception>
    public static Tensor CropImages(
        Tensor images, int? topCropping = null, int? leftCropping = null, int? bottomCropping = null, int? rightCropping = null, int? targetHeight = null, int? targetWidth = null, string? dataFormat = null) =>
        OpDispatch.Call("CropImages", [images], t =>
        {
            Tensor x = t[0];
            Images.Check("CropImages", x);
            (int h, int w) = Images.Axes(x, ChannelsFirst(dataFormat));
            (int top, int height) = Cropping(x, h, ("topCropping", topCropping), ("bottomCropping", bottomCropping), ("targetHeight", targetHeight));
            (int left, int width) = Cropping(x, w, ("leftCropping", leftCropping), ("rightCropping", rightCropping), ("targetWidth", targetWidth));
            if (x.Shape[h] == null || x.Shape[w] == null) return PrimitiveOps.Reshape(x, x.Shape.With(h, height).With(w, width));
            return Images.Cut(Images.Cut(x, h, top, top + height), w, left, left + width);
        }, ("top_cropping", topCropping), ("left_cropping", leftCropping), ("bottom_cropping", bottomCropping), ("right_cropping", rightCropping),
            ("target_height", targetHeight), ("target_width", targetWidth), ("data_format", dataFormat ?? Config.ImageDataFormat()));

    private static (int Before, int After, int Target) Padding(int length, (string Name, int? Given) before, (string Name, int? Given) after, (string Name, int? Given) target)
    {
        CheckTwoOfThree("PadImages", before, after, target);
        if (length == Shape.Unknown) return (0, 0, target.Given ?? Shape.Unknown);
        int first = before.Given ?? target.Given!.Value - length - after.Given!.Value, last = after.Given ?? target.Given!.Value - length - first;
        CheckNotNegative("PadImages", before.Name, first);
        CheckNotNegative("PadImages", after.Name, last);
        return (first, last, first + length + last);
    }

    private static (int Before, int Target) Cropping(Tensor images, int axis, (string Name, int? Given) before, (string Name, int? Given) after, (string Name, int? Given) target)
    {
        CheckTwoOfThree("CropImages", before, after, target);
        if (images.Shape[axis] is not { } length)
            return (0, target.Given ?? throw new ArgumentException($"CropImages needs {target.Name} where the size is unknown (axis {axis} of shape {images.Shape}).", target.Name));
        int first = before.Given ?? length - target.Given!.Value - after.Given!.Value, size = target.Given ?? length - first - after.Given!.Value;
        CheckNotNegative("CropImages", before.Name, first);
        CheckNotNegative("CropImages", target.Name, size);
        CheckNotNegative("CropImages", after.Name, length - first - size);
        return (first, size);
    }

    private static void CheckTwoOfThree(string name, params ReadOnlySpan<(string Name, int? Given)> numbers)
    {
        int given = 0;
        foreach ((string argument, int? number) in numbers)
        {
            if (number == null) continue;
            given++;
            CheckNotNegative(name, argument, number.Value);
        }

        if (given != 2)
        {
            string received = string.Join(", ", numbers.ToArray().Select(n => $"{n.Name}={n.Given?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}"));
            throw new ArgumentException($"{name} takes exactly two of {numbers[0].Name}, {numbers[1].Name} and {numbers[2].Name}; received {received}.");
        }
    }

    private static void CheckNotNegative(string name, string argument, int number)
    {
        if (number < 0) throw new ArgumentOutOfRangeException(argument, $"{name}: {argument} is at least 0, not {number}.");
    }
}
