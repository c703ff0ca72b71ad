using NKeras;
using NKeras.Layers;

namespace Samples.UNet;

/// <summary>A U-Net (Ronneberger et al., 2015): down to few pixels that see much, up again, with what each level saw on the way down.</summary>
public static class UNetwork
{
    /// <summary>Makes the network.</summary>
    /// <param name="imageShape">(height, width, channels); height and width can be halved once for each level but the last.</param>
    /// <param name="classes">What a pixel may belong to.</param>
    /// <param name="levels">The filters of each level, from the top.</param>
    public static Model Create(Shape imageShape, int classes, int[] levels)
    {
        Input image = new(imageShape);
        Stack<KerasTensor> skips = new();
        KerasTensor x = image;
        foreach (int filters in levels[..^1])
        {
            x = Convolutions(x, filters);
            skips.Push(x);
            x = new MaxPooling2D(2).Apply(x);
        }

        x = Convolutions(x, levels[^1]);
        foreach (int filters in levels[..^1].Reverse())
        {
            x = new Conv2DTranspose(filters, kernelSize: 2, strides: 2).Apply(x);
            x = new Concatenate().Apply(skips.Pop(), x);
            x = Convolutions(x, filters);
        }

        // For each pixel a probability for each class.
        return new Model(image, new Conv2D(classes, kernelSize: 1, activation: "softmax").Apply(x), name: "unet");
    }

    private static KerasTensor Convolutions(KerasTensor x, int filters)
    {
        for (int i = 0; i < 2; i++)
        {
            x = new Conv2D(filters, kernelSize: 3, padding: "same", useBias: false, kernelInitializer: "he_normal").Apply(x);
            x = new BatchNormalization(momentum: 0.9).Apply(x);
            x = new Activation("relu").Apply(x);
        }

        return x;
    }
}
