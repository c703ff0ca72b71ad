using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Images in another size (<c>keras.ops.image.resize</c>).</summary>
    /// <param name="images">An image or a batch of images.</param>
    /// <param name="size">Height and width of the result.</param>
    /// <param name="interpolation"><c>"bilinear"</c>, <c>"nearest"</c>, <c>"bicubic"</c>, <c>"lanczos3"</c> or <c>"lanczos5"</c>.</param>
    /// <param name="antialias">Whether an image that becomes smaller is smoothed, so that no element is passed over.</param>
    /// <param name="cropToAspectRatio">Cuts off borders, so that proportions stay.</param>
    /// <param name="padToAspectRatio">Adds borders, so that proportions stay.</param>
    /// <param name="fillMode">How added borders are filled: only <c>"constant"</c>.</param>
    /// <param name="fillValue">The number in added borders.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <remarks>The type stays: integers are rounded, and kept in their range.</remarks>
    /// <exception cref="ArgumentException">It is no image, the size is not two positive numbers, or an argument is unknown or contradicts another.</exception>
    public static Tensor Resize(
        Tensor images, Ints size, string interpolation = "bilinear", bool antialias = false, bool cropToAspectRatio = false, bool padToAspectRatio = false,
        string fillMode = "constant", double fillValue = 0.0, string? dataFormat = null) => OpDispatch.Call("Resize", [images], t =>
        {
            Tensor x = t[0];
            Images.Check("Resize", x);
            if (size.Count != 2 || size.Any(s => s <= 0)) throw new ArgumentException($"Resize: size is a positive height and width, not {size}.", nameof(size));
            if (interpolation != "nearest" && !Resampling.Methods.Contains(interpolation)) throw UnknownName("Resize", nameof(interpolation), interpolation, [.. Resampling.Methods, "nearest"]);
            if (fillMode != "constant") throw UnknownName("Resize", nameof(fillMode), fillMode, ["constant"]);
            if (cropToAspectRatio && padToAspectRatio) throw new ArgumentException("Resize: only one of cropToAspectRatio and padToAspectRatio can be true.", nameof(padToAspectRatio));
            (int h, int w) = Images.Axes(x, ChannelsFirst(dataFormat));
            if (!x.Shape.IsKnown) return PrimitiveOps.Reshape(x, x.Shape.With(h, size[0]).With(w, size[1]));

            Tensor values = cropToAspectRatio ? CropToRatio(x, h, w, size[0], size[1]) : padToAspectRatio ? PadToRatio(x, h, w, size[0], size[1], fillValue) : x;
            if (interpolation != "nearest") values = PrimitiveOps.Convert(values, Images.ComputeType(x));
            foreach ((int axis, int to) in new[] { (h, size[0]), (w, size[1]) })
            {
                int from = values.Shape.Dims[axis];
                if (from == to) continue;
                Tensor scale = PrimitiveOps.Scalar(DType.Float64, from == 0 ? 1 : to / (double)from);
                values = interpolation == "nearest" ? Resampling.Nearest(values, axis, to)
                    : Resampling.Apply(values, axis, PrimitiveOps.Convert(Resampling.Weights(interpolation, from, to, scale, PrimitiveOps.ScalarLike(scale, 0), antialias), values.DType));
            }

            return Images.Back(values, x.DType);
        }, ("size", size), ("interpolation", interpolation), ("antialias", antialias), ("crop_to_aspect_ratio", cropToAspectRatio), ("pad_to_aspect_ratio", padToAspectRatio),
            ("fill_mode", fillMode), ("fill_value", fillValue), ("data_format", dataFormat ?? Config.ImageDataFormat()));

    /// <summary>
    /// Scales and moves along some axes (<c>keras.ops.image.scale_and_translate</c>): what is at a place x goes to x · scale + translation,
    /// where elements have their places in their middle. What comes from outside is zero.
    /// </summary>
    /// <param name="images">The tensor.</param>
    /// <param name="outputShape">The shape of the result, which differs from the tensor's in the given axes only.</param>
    /// <param name="scale">A vector with a number for each of the axes.</param>
    /// <param name="translation">A vector with a number for each of the axes.</param>
    /// <param name="spatialDims">The axes.</param>
    /// <param name="method"><c>"linear"</c>, <c>"cubic"</c>, <c>"lanczos3"</c> or <c>"lanczos5"</c>; Keras's other names of the first two are known, too.</param>
    /// <param name="antialias">Whether the tensor is smoothed where it shrinks.</param>
    /// <remarks>The type stays: integers are rounded, and kept in their range.</remarks>
    /// <exception cref="ArgumentException">The method is unknown, or shapes do not fit.</exception>
    public static Tensor ScaleAndTranslate(Tensor images, Shape outputShape, Tensor scale, Tensor translation, Ints spatialDims, string method, bool antialias = true) =>
        OpDispatch.CallWith("ScaleAndTranslate", new CallArguments([images, outputShape, scale, translation]), c =>
        {
            (Tensor x, Tensor factor, Tensor shift) = ((Tensor)c.Positional[0]!, (Tensor)c.Positional[2]!, (Tensor)c.Positional[3]!);
            string kernel = method switch
            {
                "linear" or "bilinear" or "trilinear" or "triangle" => "bilinear",
                "cubic" or "bicubic" or "tricubic" => "bicubic",
                "lanczos3" or "lanczos5" => method,
                _ => throw UnknownName("ScaleAndTranslate", nameof(method), method, ["linear", "bilinear", "trilinear", "triangle", "cubic", "bicubic", "tricubic", "lanczos3", "lanczos5"]),
            };
            int[] axes = [.. spatialDims.Select(x.Shape.Axis)];
            Shape vector = new([axes.Length]);
            if (axes.Distinct().Count() != axes.Length || !factor.Shape.IsCompatibleWith(vector) || !shift.Shape.IsCompatibleWith(vector))
                throw new ArgumentException($"ScaleAndTranslate takes distinct axes with a scale and a translation for each; received the axes {spatialDims}, a scale of shape {factor.Shape} and a translation of shape {shift.Shape}.", nameof(spatialDims));
            if (!axes.Aggregate(outputShape, (s, a) => a < s.Rank ? s.With(a, x.Shape.Dims[a]) : s).IsCompatibleWith(x.Shape))
                throw new ArgumentException($"ScaleAndTranslate: outputShape {outputShape} differs from the tensor's, {x.Shape}, in other axes than {spatialDims}.", nameof(outputShape));
            if (!x.Shape.IsKnown) return PrimitiveOps.Reshape(x, outputShape);

            DType type = Images.ComputeType(x, factor, shift);
            Tensor values = PrimitiveOps.Convert(x, Images.ComputeType(x));
            for (int i = 0; i < axes.Length; i++)
            {
                Tensor weights = Resampling.Weights(kernel, x.Shape.Dims[axes[i]], outputShape.Dims[axes[i]], Number(factor, i), Number(shift, i), antialias);
                values = Resampling.Apply(values, axes[i], PrimitiveOps.Convert(weights, values.DType));
            }

            return Images.Back(values, x.DType);

            Tensor Number(Tensor numbers, int at) => PrimitiveOps.Convert(PrimitiveOps.Reshape(Images.Cut(numbers, 0, at, at + 1), Shape.Scalar), type);
        }, ("spatial_dims", spatialDims), ("method", method), ("antialias", antialias));

    private static Tensor CropToRatio(Tensor x, int h, int w, int targetHeight, int targetWidth)
    {
        int height = x.Shape.Dims[h], width = x.Shape.Dims[w];
        int cropHeight = Math.Max(Math.Min(height, (int)((double)width * targetHeight / targetWidth)), 1), cropWidth = Math.Max(Math.Min(width, (int)((double)height * targetWidth / targetHeight)), 1);
        int top = (height - cropHeight) / 2, left = (width - cropWidth) / 2;
        return Images.Cut(Images.Cut(x, h, top, Math.Min(height, top + cropHeight)), w, left, Math.Min(width, left + cropWidth));
    }

    private static Tensor PadToRatio(Tensor x, int h, int w, int targetHeight, int targetWidth, double fillValue)
    {
        int height = x.Shape.Dims[h], width = x.Shape.Dims[w];
        int[] border = new int[x.Rank];
        border[h] = (Math.Max(height, (int)((double)width * targetHeight / targetWidth)) - height) / 2;
        border[w] = (Math.Max(width, (int)((double)height * targetWidth / targetHeight)) - width) / 2;
        // A border of integers may have a fraction, which has its part in what lies on the edge.
        return border.All(b => b == 0) ? x : Images.Pad(x.DType.IsFloating ? x : PrimitiveOps.Convert(x, DType.Float32), border, border, fillValue);
    }

    private static ArgumentException UnknownName(string function, string argument, string given, IReadOnlyCollection<string> known) =>
        new($"{function}: unknown {argument} '{given}'. {Suggestion.For(given, known)}", argument);
}
