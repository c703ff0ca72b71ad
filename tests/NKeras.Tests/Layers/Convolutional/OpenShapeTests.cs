using NKeras.Layers;

namespace NKeras.Tests.Layers.Convolutional;

/// <summary>Shapes of results where dimensions are unknown. Expected is what Keras's <c>compute_output_shape</c> gives.</summary>
public sealed class OpenShapeTests
{
    public static TheoryData<string, Func<Layer>, Shape, Shape> Cases => new()
    {
        { "Conv1D", () => new Conv1D(6, 3), [null, null, 4], [null, null, 6] },
        { "Conv1D causal", () => new Conv1D(6, 3, 2, "causal"), [null, null, 4], [null, null, 6] },
        { "Conv1D channels first", () => new Conv1D(6, 3, dataFormat: "channels_first"), [null, 4, null], [null, 6, null] },
        { "Conv2D same", () => new Conv2D(6, 3, padding: "same"), [null, null, 7, 4], [null, null, 7, 6] },
        { "Conv2D strides", () => new Conv2D(6, 3, 2), [null, null, 7, 4], [null, null, 3, 6] },
        { "Conv3D same", () => new Conv3D(6, 3, padding: "same"), [null, null, 5, null, 2], [null, null, 5, null, 6] },
        { "Conv3D", () => new Conv3D(6, 3), [null, null, 5, null, 2], [null, null, 3, null, 6] },
        { "Conv1DTranspose", () => new Conv1DTranspose(6, 3, 2), [null, null, 4], [null, null, 6] },
        { "Conv2DTranspose", () => new Conv2DTranspose(6, 3, 2, "same"), [null, null, 5, 4], [null, null, 10, 6] },
        { "Conv3DTranspose", () => new Conv3DTranspose(6, 3, 2, "same", "channels_first"), [null, 4, null, 5, null], [null, 6, null, 10, null] },
        { "DepthwiseConv1D", () => new DepthwiseConv1D(3, depthMultiplier: 2), [null, null, 4], [null, null, 8] },
        { "DepthwiseConv2D", () => new DepthwiseConv2D(3, padding: "same", depthMultiplier: 2), [null, 7, null, 4], [null, 7, null, 8] },
        { "SeparableConv1D", () => new SeparableConv1D(5, 3, padding: "same"), [null, null, 4], [null, null, 5] },
        { "SeparableConv2D", () => new SeparableConv2D(5, 3), [null, 7, null, 4], [null, 5, null, 5] },
        { "MaxPooling1D", () => new MaxPooling1D(), [null, null, 4], [null, null, 4] },
        { "MaxPooling2D same", () => new MaxPooling2D(padding: "same"), [null, 7, null, null], [null, 4, null, null] },
        { "AveragePooling3D", () => new AveragePooling3D(2), [null, 5, null, 6, null], [null, 2, null, 3, null] },
        { "GlobalAveragePooling1D", () => new GlobalAveragePooling1D(), [null, null, null], [null, null] },
        { "GlobalMaxPooling3D", () => new GlobalMaxPooling3D(keepdims: true), [null, null, null, null, 3], [null, 1, 1, 1, 3] },
        { "AdaptiveMaxPooling1D", () => new AdaptiveMaxPooling1D(3), [null, null, null], [null, 3, null] },
        { "AdaptiveAveragePooling2D", () => new AdaptiveAveragePooling2D((2, 3)), [null, null, null, 3], [null, 2, 3, 3] },
        { "AdaptiveMaxPooling3D", () => new AdaptiveMaxPooling3D(2, "channels_first"), [null, 3, null, 4, null], [null, 3, 2, 2, 2] },
        { "ZeroPadding1D", () => new ZeroPadding1D((1, 2)), [null, null, 3], [null, null, 3] },
        { "ZeroPadding2D", () => new ZeroPadding2D(2), [null, null, 4, null], [null, null, 8, null] },
        { "ZeroPadding3D", () => new ZeroPadding3D(1), [null, null, 4, null, 2], [null, null, 6, null, 2] },
        { "Cropping1D", () => new Cropping1D((1, 2)), [null, null, 3], [null, null, 3] },
        { "Cropping2D", () => new Cropping2D(1), [null, 5, null, null], [null, 3, null, null] },
        { "Cropping3D", () => new Cropping3D(1), [null, 5, null, 4, null], [null, 3, null, 2, null] },
        { "UpSampling1D", () => new UpSampling1D(2), [null, null, 3], [null, null, 3] },
        { "UpSampling2D", () => new UpSampling2D((2, 3)), [null, null, 4, 3], [null, null, 12, 3] },
        { "UpSampling2D bilinear", () => new UpSampling2D((2, 3), interpolation: "bilinear"), [null, null, 4, 3], [null, null, 12, 3] },
        { "UpSampling3D", () => new UpSampling3D(2), [null, null, 3, null, 2], [null, null, 6, null, 2] },
        { "Flatten", () => new Flatten(), [null, null, 3], [null, null] },
        { "Flatten of numbers", () => new Flatten(), [null], [null, 1] },
        { "Reshape", () => new Reshape([-1, 4]), [null, null, 8], [null, null, 4] },
        { "Reshape to a known shape", () => new Reshape([2, 4]), [null, null, 8], [null, 2, 4] },
        { "Reshape of a known shape", () => new Reshape([3, -1]), [null, 6, 2], [null, 3, 4] },
        { "Permute", () => new Permute([2, 1]), [null, null, 3], [null, 3, null] },
        { "RepeatVector", () => new RepeatVector(3), [null, null], [null, 3, null] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void UnknownDimensionsStayUnknown(string what, Func<Layer> make, Shape input, Shape output)
    {
        Layer layer = make();
        Assert.True(output == layer.Apply(new KerasTensor(input)).Shape, what);
        Assert.Equal(output, layer.ComputeOutputShape(input));
    }
}
