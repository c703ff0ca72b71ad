using NKeras.Core;

namespace NKeras;

public static partial class Utils
{
    /// <summary>An image as libraries take it: bytes [height, width, channels] (<c>keras.utils.array_to_img</c>).</summary>
    /// <param name="x">The image, with 1, 3 or 4 channels.</param>
    /// <param name="dataFormat">Where the channels of <paramref name="x"/> are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="scale">Whether to spread the numbers so that they go from 0 to 255.</param>
    /// <param name="dtype">The type to compute in; that of <see cref="Config.Floatx"/> if omitted.</param>
    /// <returns>uint8; int32 for grey images with numbers above 255.</returns>
    /// <exception cref="ArgumentException">It is no image of 1, 3 or 4 channels.</exception>
    // Keras: gives an object of the Python imaging library. Here the tensor is what there is before that.
    public static Tensor ArrayToImg(Tensor x, string? dataFormat = null, bool scale = true, DType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank != 3) throw new ArgumentException($"ArrayToImg takes an image (rank 3), not a tensor of shape {x.Shape}.", nameof(x));
        DType type = dtype ?? Config.Floatx();
        using WideScope scope = WideScope.Wanted(type == DType.Float64);
        Tensor image = Ops.Cast(IsChannelsFirst(dataFormat) ? Ops.Transpose(x, (1, 2, 0)) : x, type);
        if (image.Shape[2] is not (1 or 3 or 4)) throw new ArgumentException($"ArrayToImg takes an image of 1, 3 or 4 channels, not {image.Shape[2]} (shape {x.Shape}).", nameof(x));
        if (scale)
        {
            image -= Ops.Min(image);
            Tensor most = Ops.Max(image);
            image = image / Ops.Where(Ops.Equal(most, 0), 1, most) * 255;
        }

        bool exceeds = image.Shape[2] == 1 && Ops.Cast(Ops.Max(image), DType.Float64).Item<double>() > 255;
        return Ops.Cast(image, exceeds ? DType.Int32 : DType.UInt8);
    }

    /// <summary>An image as layers take it: floating point with an axis for channels (<c>keras.utils.img_to_array</c>).</summary>
    /// <param name="img">The image as libraries give it: [height, width, channels], or [height, width] if it is grey.</param>
    /// <param name="dataFormat">Where the channels of the result are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="dtype">The type of the result; that of <see cref="Config.Floatx"/> if omitted.</param>
    /// <exception cref="ArgumentException">It is no image.</exception>
    public static Tensor ImgToArray(Tensor img, string? dataFormat = null, DType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(img);
        if (img.Rank is not (2 or 3)) throw new ArgumentException($"ImgToArray takes an image (rank 2 or 3), not a tensor of shape {img.Shape}.", nameof(img));
        Tensor image = Ops.Cast(img.Rank == 2 ? Ops.ExpandDims(img, -1) : img, dtype ?? Config.Floatx());
        return IsChannelsFirst(dataFormat) ? Ops.Transpose(image, (2, 0, 1)) : image;
    }

    private static bool IsChannelsFirst(string? dataFormat) => (dataFormat ?? Config.ImageDataFormat()) switch
    {
        "channels_last" => false,
        "channels_first" => true,
        _ => throw new ArgumentException($"Unknown data format '{dataFormat}'. {Suggestion.For(dataFormat!, ["channels_last", "channels_first"])}", nameof(dataFormat)),
    };
}
