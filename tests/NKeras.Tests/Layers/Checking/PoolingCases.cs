using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class PoolingCases : ILayerCases
{
    public IEnumerable<LayerCase> Cases =>
    [
        .. Moving,
        .. Global,
        .. Adaptive,
    ];

    private static IEnumerable<LayerCase> Moving =>
    [
        new()
        {
            Make = () => new MaxPooling1D(),
            Inputs = [[2, 5, 3]],
            Output = [[2, 2, 3]],
            AutoName = "max_pooling1d",
        },
        new()
        {
            Setting = "same, channels first",
            Make = () => new MaxPooling1D(3, 2, "same", "channels_first"),
            Inputs = [[2, 3, 5]],
            Output = [[2, 3, 3]],
        },
        new()
        {
            Make = () => new MaxPooling2D(),
            Inputs = [[2, 5, 6, 3]],
            Output = [[2, 2, 3, 3]],
            AutoName = "max_pooling2d",
        },
        new()
        {
            Setting = "same, overlapping",
            Make = () => new MaxPooling2D((3, 2), 1, "same"),
            Inputs = [[2, 5, 6, 3]],
            Output = [[2, 5, 6, 3]],
        },
        new()
        {
            Make = () => new MaxPooling3D((1, 2, 2)),
            Inputs = [[2, 3, 4, 5, 2]],
            Output = [[2, 3, 2, 2, 2]],
            AutoName = "max_pooling3d",
        },
        new()
        {
            Make = () => new AveragePooling1D(2, 1),
            Inputs = [[2, 5, 3]],
            Output = [[2, 4, 3]],
            AutoName = "average_pooling1d",
        },
        new()
        {
            Make = () => new AveragePooling2D(3, 2, "same", "channels_first"),
            Inputs = [[2, 3, 5, 6]],
            Output = [[2, 3, 3, 3]],
            AutoName = "average_pooling2d",
        },
        new()
        {
            Make = () => new AveragePooling3D(2, padding: "same", dataFormat: "channels_first"),
            Inputs = [[2, 2, 3, 4, 5]],
            Output = [[2, 2, 2, 2, 3]],
            AutoName = "average_pooling3d",
        },
    ];

    private static IEnumerable<LayerCase> Global =>
    [
        new()
        {
            Make = () => new GlobalAveragePooling1D(),
            Inputs = [[2, 3, 4]],
            Output = [[2, 4]],
            AutoName = "global_average_pooling1d",
        },
        new()
        {
            Setting = "kept, channels first",
            Make = () => new GlobalAveragePooling1D("channels_first", keepdims: true),
            Inputs = [[2, 3, 3]],
            Output = [[2, 3, 1]],
        },
        new()
        {
            Make = () => new GlobalMaxPooling1D("channels_first", keepdims: true),
            Inputs = [[2, 3, 4]],
            Output = [[2, 3, 1]],
            AutoName = "global_max_pooling1d",
        },
        new()
        {
            Make = () => new GlobalAveragePooling2D(keepdims: true),
            Inputs = [[2, 5, 6, 3]],
            Output = [[2, 1, 1, 3]],
            AutoName = "global_average_pooling2d",
        },
        new()
        {
            Make = () => new GlobalMaxPooling2D("channels_first"),
            Inputs = [[2, 3, 5, 6]],
            Output = [[2, 3]],
            AutoName = "global_max_pooling2d",
        },
        new()
        {
            Make = () => new GlobalAveragePooling3D("channels_first", keepdims: true),
            Inputs = [[2, 3, 2, 4, 5]],
            Output = [[2, 3, 1, 1, 1]],
            AutoName = "global_average_pooling3d",
        },
        new()
        {
            Make = () => new GlobalMaxPooling3D(),
            Inputs = [[2, 3, 2, 4, 5]],
            Output = [[2, 5]],
            AutoName = "global_max_pooling3d",
        },
    ];

    private static IEnumerable<LayerCase> Adaptive =>
    [
        new()
        {
            Make = () => new AdaptiveAveragePooling1D(3),
            Inputs = [[2, 7, 4]],
            Output = [[2, 3, 4]],
            AutoName = "adaptive_average_pooling1d",
        },
        new()
        {
            Make = () => new AdaptiveAveragePooling2D((2, 3), "channels_first"),
            Inputs = [[2, 3, 5, 6]],
            Output = [[2, 3, 2, 3]],
            AutoName = "adaptive_average_pooling2d",
        },
        new()
        {
            Make = () => new AdaptiveAveragePooling3D(2),
            Inputs = [[2, 3, 4, 5, 2]],
            Output = [[2, 2, 2, 2, 2]],
            AutoName = "adaptive_average_pooling3d",
        },
        new()
        {
            Make = () => new AdaptiveMaxPooling1D(3, "channels_first"),
            Inputs = [[2, 4, 7]],
            Output = [[2, 4, 3]],
            AutoName = "adaptive_max_pooling1d",
        },
        new()
        {
            Make = () => new AdaptiveMaxPooling2D(4),
            Inputs = [[2, 3, 5, 6]],
            Output = [[2, 4, 4, 6]],
            AutoName = "adaptive_max_pooling2d",
        },
        new()
        {
            Make = () => new AdaptiveMaxPooling3D((1, 2, 3)),
            Inputs = [[2, 3, 4, 5, 2]],
            Output = [[2, 1, 2, 3, 2]],
            AutoName = "adaptive_max_pooling3d",
        },
    ];
}
