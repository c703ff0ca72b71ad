using NKeras;
using NKeras.Layers;

namespace Samples.ResNet;

/// <summary>A residual convnet (He et al., 2015): blocks learn what to add to their input, so that many of them can be stacked.</summary>
public static class ResidualNetwork
{
    /// <summary>Makes the network.</summary>
    /// <param name="imageShape">(height, width, channels).</param>
    /// <param name="classes">What it tells apart.</param>
    /// <param name="stages">The filters of each stage; every stage but the first halves height and width.</param>
    /// <param name="blocks">Blocks in a stage.</param>
    public static Model Create(Shape imageShape, int classes, int[] stages, int blocks)
    {
        Input image = new(imageShape);
        KerasTensor x = Convolution(image, stages[0], kernelSize: 3, strides: 1);
        x = new Activation("relu").Apply(x);
        foreach ((int stage, int filters) in stages.Index())
        {
            for (int block = 0; block < blocks; block++) x = Block(x, filters, strides: stage > 0 && block == 0 ? 2 : 1);
        }

        x = new GlobalAveragePooling2D().Apply(x);
        return new Model(image, new Dense(classes, activation: "softmax").Apply(x), name: "resnet");
    }

    private static KerasTensor Block(KerasTensor x, int filters, int strides)
    {
        KerasTensor y = Convolution(x, filters, kernelSize: 3, strides);
        y = new Activation("relu").Apply(y);
        y = Convolution(y, filters, kernelSize: 3, strides: 1);

        // Only tensors of one shape can be added: where the shape changes, a 1x1 convolution brings the shortcut into the new one.
        if (x.Shape[-1] != filters || strides > 1) x = Convolution(x, filters, kernelSize: 1, strides);
        return new Activation("relu").Apply(new Add().Apply(x, y));
    }

    // The normalisation that follows has an offset of its own, so the convolution needs no bias.
    private static KerasTensor Convolution(KerasTensor x, int filters, int kernelSize, int strides)
    {
        x = new Conv2D(filters, kernelSize, strides, padding: "same", useBias: false, kernelInitializer: "he_normal").Apply(x);
        return new BatchNormalization(momentum: 0.9).Apply(x);
    }
}
