using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The brightness of colour images, as images of one channel (<c>keras.ops.image.rgb_to_grayscale</c>).</summary>
    /// <param name="images">An image or a batch of images, with 3 channels (or 1: it stays as it is).</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <exception cref="ArgumentException">It is no image, or has another number of channels.</exception>
    public static Tensor RgbToGrayscale(Tensor images, string? dataFormat = null) => OpDispatch.Call("RGBToGrayscale", [images], t =>
    {
        Tensor x = t[0];
        Images.Check("RgbToGrayscale", x);
        int axis = Images.ChannelAxis(x, ChannelsFirst(dataFormat)), channels = x.Shape.Dims[axis];
        if (channels == 1) return x;
        if (channels == Shape.Unknown) return PrimitiveOps.Reshape(x, x.Shape.With(axis, 1));
        if (channels != 3) throw new ArgumentException($"RgbToGrayscale takes images of 3 channels (or 1), not {channels} (shape {x.Shape}).", nameof(images));
        Tensor[] rgb = Planes(PrimitiveOps.Convert(x, Images.ComputeType(x)), axis);
        // Keras: integers are cut off, not rounded.
        return PrimitiveOps.Convert((rgb[0] * 0.2989) + (rgb[1] * 0.587) + (rgb[2] * 0.114), x.DType);
    }, ("data_format", dataFormat ?? Config.ImageDataFormat()));

    /// <summary>Colours as hue, saturation and value, each from 0 to 1 (<c>keras.ops.image.rgb_to_hsv</c>).</summary>
    /// <param name="images">An image or a batch of images of a floating-point type, with 3 channels from 0 to 1.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <exception cref="ArgumentException">It is no image, of an integer type, or has another number of channels.</exception>
    public static Tensor RgbToHsv(Tensor images, string? dataFormat = null) => Colours("RGBToHSV", images, dataFormat, (rgb, epsilon) =>
    {
        Tensor[] clean = [.. rgb.Select(p => Where(Absolute(p) < epsilon, 0.0, p))];
        (Tensor r, Tensor g, Tensor b) = (clean[0], clean[1], clean[2]);
        Tensor value = Maximum(Maximum(r, g), b);
        Tensor range = value - Minimum(Minimum(r, g), b);
        // What is not chosen must be finite, or its gradient would be NaN.
        Tensor saturation = Where(value > 0.0, range / Where(value > 0.0, value, 1.0), 0.0);
        Tensor norm = 1.0 / (Where(range > 0.0, range, 1.0) * 6.0);
        Tensor hue = Where(Equal(value, g), (norm * (b - r)) + (2.0 / 6.0), (norm * (r - g)) + (4.0 / 6.0));
        hue = Where(Equal(value, r), norm * (g - b), hue);
        return [Where(range > 0.0, Where(hue < 0.0, hue + 1.0, hue), 0.0), saturation, value];
    });

    /// <summary>The reverse of <see cref="RgbToHsv"/> (<c>keras.ops.image.hsv_to_rgb</c>).</summary>
    /// <param name="images">An image or a batch of images of a floating-point type, with the channels hue, saturation and value from 0 to 1.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <exception cref="ArgumentException">It is no image, of an integer type, or has another number of channels.</exception>
    public static Tensor HsvToRgb(Tensor images, string? dataFormat = null) => Colours("HSVToRGB", images, dataFormat, (hsv, _) =>
    {
        Tensor hue = (hsv[0] % 1.0) * 6.0;
        Tensor[] shares = [Clip(Absolute(hue - 3.0) - 1.0, 0.0, 1.0), Clip(2.0 - Absolute(hue - 2.0), 0.0, 1.0), Clip(2.0 - Absolute(hue - 4.0), 0.0, 1.0)];
        return [.. shares.Select(s => hsv[2] * (1.0 - hsv[1] + (hsv[1] * s)))];
    });

    /// <summary>Turns the three channels into three others.</summary>
    /// <param name="name">The operation's class.</param>
    /// <param name="images">The images.</param>
    /// <param name="dataFormat">Where the channels are.</param>
    /// <param name="convert">Takes the channels and the smallest step at 1 of the images' type.</param>
    private static Tensor Colours(string name, Tensor images, string? dataFormat, Func<Tensor[], double, Tensor[]> convert) => OpDispatch.Call(name, [images], t =>
    {
        Tensor x = t[0];
        Images.Check(name, x);
        if (!x.DType.IsFloating) throw new ArgumentException($"{name} takes images of a floating-point type, not {x.DType}.", nameof(images));
        int axis = Images.ChannelAxis(x, ChannelsFirst(dataFormat));
        if (x.Shape[axis] is not { } channels) return x;
        if (channels != 3) throw new ArgumentException($"{name} takes images of 3 channels, not {channels} (shape {x.Shape}).", nameof(images));
        double epsilon = x.DType == DType.Float64 ? double.BitIncrement(1) - 1 : x.DType == DType.Float32 ? MathF.BitIncrement(1) - 1 : x.DType == DType.Float16 ? 1.0 / 1024 : 1.0 / 128;
        Tensor[] planes = convert(Planes(PrimitiveOps.Convert(x, Images.ComputeType(x)), axis), epsilon);
        return PrimitiveOps.Convert(new Concatenate(axis).Apply(planes), x.DType);
    }, ("data_format", dataFormat ?? Config.ImageDataFormat()));

    private static Tensor[] Planes(Tensor images, int axis) => [.. Enumerable.Range(0, 3).Select(i => Images.Cut(images, axis, i, i + 1))];
}
