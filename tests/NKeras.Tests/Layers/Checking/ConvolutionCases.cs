using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class ConvolutionCases : ILayerCases
{
    public IEnumerable<LayerCase> Cases =>
    [
        .. Convolutions,
        .. TransposedConvolutions,
        .. DepthwiseConvolutions,
        .. SeparableConvolutions,
    ];

    private static IEnumerable<LayerCase> Convolutions =>
    [
        new()
        {
            Make = () => new Conv1D(6, 3, 2, "causal", activation: "relu"),
            Inputs = [[2, 7, 4]],
            Output = [[2, 4, 6]],
            AutoName = "conv1d",
            Trainable = [("kernel", [3, 4, 6]), ("bias", [6])],
        },
        new()
        {
            Setting = "groups, channels first",
            Make = () => new Conv1D(6, 3, padding: "same", dataFormat: "channels_first", dilationRate: 2, groups: 2),
            Inputs = [[2, 4, 7]],
            Output = [[2, 6, 7]],
            Trainable = [("kernel", [3, 2, 6]), ("bias", [6])],
        },
        new()
        {
            Setting = "penalties",
            Make = () => new Conv1D(3, 2, kernelRegularizer: "l2", biasRegularizer: "l1", activityRegularizer: "l2", kernelConstraint: "max_norm", biasConstraint: "non_neg", biasInitializer: "ones"),
            Inputs = [[2, 5, 4]],
            Output = [[2, 4, 3]],
            Trainable = [("kernel", [2, 4, 3]), ("bias", [3])],
            Losses = 3,
        },
        new()
        {
            Make = () => new Conv2D(6, (3, 2), (2, 1), "same", activation: "tanh", groups: 2),
            Inputs = [[2, 5, 6, 4]],
            Output = [[2, 3, 6, 6]],
            AutoName = "conv2d",
            Trainable = [("kernel", [3, 2, 2, 6]), ("bias", [6])],
        },
        new()
        {
            Setting = "channels first",
            Make = () => new Conv2D(6, 2, dataFormat: "channels_first", dilationRate: 2),
            Inputs = [[2, 3, 5, 6]],
            Output = [[2, 6, 3, 4]],
            Trainable = [("kernel", [2, 2, 3, 6]), ("bias", [6])],
        },
        new()
        {
            Setting = "softmax, channels first",
            Make = () => new Conv2D(6, 2, dataFormat: "channels_first", activation: "softmax", useBias: false),
            Inputs = [[2, 3, 5, 6]],
            Output = [[2, 6, 4, 5]],
            Trainable = [("kernel", [2, 2, 3, 6])],
        },
        new()
        {
            Make = () => new Conv3D(4, (1, 2, 3), (1, 2, 1), activation: "relu"),
            Inputs = [[2, 3, 5, 4, 2]],
            Output = [[2, 3, 2, 2, 4]],
            AutoName = "conv3d",
            Trainable = [("kernel", [1, 2, 3, 2, 4]), ("bias", [4])],
        },
        new()
        {
            Setting = "groups, channels first",
            Make = () => new Conv3D(4, 2, padding: "same", dataFormat: "channels_first", dilationRate: (1, 1, 2), groups: 2, useBias: false),
            Inputs = [[2, 2, 3, 5, 4]],
            Output = [[2, 4, 3, 5, 4]],
            Trainable = [("kernel", [2, 2, 2, 1, 4])],
        },
    ];

    private static IEnumerable<LayerCase> TransposedConvolutions =>
    [
        new()
        {
            Make = () => new Conv1DTranspose(5, 3, 2, activation: "relu"),
            Inputs = [[2, 4, 3]],
            Output = [[2, 9, 5]],
            AutoName = "conv1d_transpose",
            Trainable = [("kernel", [3, 5, 3]), ("bias", [5])],
        },
        new()
        {
            Setting = "same, output padding, channels first",
            Make = () => new Conv1DTranspose(5, 3, 3, "same", 1, "channels_first"),
            Inputs = [[2, 3, 4]],
            Output = [[2, 5, 11]],
            Trainable = [("kernel", [3, 5, 3]), ("bias", [5])],
        },
        new()
        {
            Make = () => new Conv2DTranspose(5, (3, 2), (2, 1), "same"),
            Inputs = [[2, 4, 3, 2]],
            Output = [[2, 8, 3, 5]],
            AutoName = "conv2d_transpose",
            Trainable = [("kernel", [3, 2, 5, 2]), ("bias", [5])],
        },
        new()
        {
            Setting = "dilation, no bias",
            Make = () => new Conv2DTranspose(5, 3, dilationRate: 2, useBias: false),
            Inputs = [[2, 4, 3, 2]],
            Output = [[2, 8, 7, 5]],
            Trainable = [("kernel", [3, 3, 5, 2])],
        },
        new()
        {
            Make = () => new Conv3DTranspose(3, 2, 2, "same", "channels_first", activation: "tanh"),
            Inputs = [[2, 2, 2, 3, 2]],
            Output = [[2, 3, 4, 6, 4]],
            AutoName = "conv3d_transpose",
            Trainable = [("kernel", [2, 2, 2, 3, 2]), ("bias", [3])],
        },
    ];

    private static IEnumerable<LayerCase> DepthwiseConvolutions =>
    [
        new()
        {
            Make = () => new DepthwiseConv1D(3, depthMultiplier: 2, activation: "relu"),
            Inputs = [[2, 6, 4]],
            Output = [[2, 4, 8]],
            AutoName = "depthwise_conv1d",
            Trainable = [("kernel", [3, 4, 2]), ("bias", [8])],
        },
        new()
        {
            Make = () => new DepthwiseConv2D((3, 2), 2, "same"),
            Inputs = [[2, 5, 6, 3]],
            Output = [[2, 3, 3, 3]],
            AutoName = "depthwise_conv2d",
            Trainable = [("kernel", [3, 2, 3, 1]), ("bias", [3])],
        },
        new()
        {
            Setting = "penalties, channels first",
            Make = () => new DepthwiseConv2D(2, dataFormat: "channels_first", depthMultiplier: 3, dilationRate: 2, useBias: false, depthwiseRegularizer: "l2", activityRegularizer: "l1", depthwiseConstraint: "max_norm"),
            Inputs = [[2, 2, 5, 6]],
            Output = [[2, 6, 3, 4]],
            Trainable = [("kernel", [2, 2, 2, 3])],
            Losses = 2,
        },
    ];

    private static IEnumerable<LayerCase> SeparableConvolutions =>
    [
        new()
        {
            Make = () => new SeparableConv1D(5, 3, 2, "same", depthMultiplier: 2, activation: "relu"),
            Inputs = [[2, 7, 4]],
            Output = [[2, 4, 5]],
            AutoName = "separable_conv1d",
            Trainable = [("depthwise_kernel", [3, 4, 2]), ("pointwise_kernel", [1, 8, 5]), ("bias", [5])],
        },
        new()
        {
            Make = () => new SeparableConv2D(5, (3, 2), activation: "tanh"),
            Inputs = [[2, 5, 6, 3]],
            Output = [[2, 3, 5, 5]],
            AutoName = "separable_conv2d",
            Trainable = [("depthwise_kernel", [3, 2, 3, 1]), ("pointwise_kernel", [1, 1, 3, 5]), ("bias", [5])],
        },
        new()
        {
            Setting = "penalties, channels first",
            Make = () => new SeparableConv2D(5, 2, dataFormat: "channels_first", dilationRate: 2, depthMultiplier: 2, useBias: false, depthwiseRegularizer: "l2", pointwiseRegularizer: "l1", pointwiseConstraint: "max_norm"),
            Inputs = [[2, 3, 5, 6]],
            Output = [[2, 5, 3, 4]],
            Trainable = [("depthwise_kernel", [2, 2, 3, 2]), ("pointwise_kernel", [1, 1, 6, 5])],
            Losses = 2,
        },
    ];
}
