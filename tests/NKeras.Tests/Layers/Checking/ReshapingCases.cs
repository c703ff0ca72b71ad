using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class ReshapingCases : ILayerCases
{
    public IEnumerable<LayerCase> Cases =>
    [
        .. Shapes,
        .. Margins,
        .. UpSampling,
    ];

    private static IEnumerable<LayerCase> Shapes =>
    [
        new()
        {
            Make = () => new Flatten(),
            Inputs = [[2, 3, 4, 5]],
            Output = [[2, 60]],
            AutoName = "flatten",
        },
        new()
        {
            Setting = "channels first",
            Make = () => new Flatten("channels_first"),
            Inputs = [[2, 3, 4, 5]],
            Output = [[2, 60]],
        },
        new()
        {
            Setting = "numbers",
            Make = () => new Flatten(),
            Inputs = [[2]],
            Output = [[2, 1]],
        },
        new()
        {
            Make = () => new Reshape([-1, 6]),
            Inputs = [[2, 3, 4]],
            Output = [[2, 2, 6]],
            AutoName = "reshape",
        },
        new()
        {
            Setting = "one number",
            Make = () => new Reshape([]),
            Inputs = [[2, 1]],
            Output = [[2]],
        },
        new()
        {
            Make = () => new Permute([2, 3, 1]),
            Inputs = [[2, 3, 4, 5]],
            Output = [[2, 4, 5, 3]],
            AutoName = "permute",
        },
        new()
        {
            Make = () => new RepeatVector(3),
            Inputs = [[2, 5]],
            Output = [[2, 3, 5]],
            AutoName = "repeat_vector",
        },
    ];

    private static IEnumerable<LayerCase> Margins =>
    [
        new()
        {
            Make = () => new ZeroPadding1D((1, 2)),
            Inputs = [[2, 3, 4]],
            Output = [[2, 6, 4]],
            AutoName = "zero_padding1d",
        },
        new()
        {
            Setting = "channels first",
            Make = () => new ZeroPadding1D(2, "channels_first"),
            Inputs = [[2, 3, 4]],
            Output = [[2, 3, 8]],
        },
        new()
        {
            Make = () => new ZeroPadding2D(),
            Inputs = [[2, 3, 4, 5]],
            Output = [[2, 5, 6, 5]],
            AutoName = "zero_padding2d",
        },
        new()
        {
            Setting = "each side, channels first",
            Make = () => new ZeroPadding2D(((1, 0), (2, 3)), "channels_first"),
            Inputs = [[2, 5, 3, 4]],
            Output = [[2, 5, 4, 9]],
        },
        new()
        {
            Make = () => new ZeroPadding3D((1, 0, 2)),
            Inputs = [[2, 3, 4, 5, 2]],
            Output = [[2, 5, 4, 9, 2]],
            AutoName = "zero_padding3d",
        },
        new()
        {
            Make = () => new Cropping1D((0, 2)),
            Inputs = [[2, 5, 4]],
            Output = [[2, 3, 4]],
            AutoName = "cropping1d",
        },
        new()
        {
            Make = () => new Cropping2D((0, 1)),
            Inputs = [[2, 3, 4, 5]],
            Output = [[2, 3, 2, 5]],
            AutoName = "cropping2d",
        },
        new()
        {
            Setting = "each side, channels first",
            Make = () => new Cropping2D([[1, 0], [2, 1]], "channels_first"),
            Inputs = [[2, 3, 4, 5]],
            Output = [[2, 3, 3, 2]],
        },
        new()
        {
            Make = () => new Cropping3D(),
            Inputs = [[2, 3, 4, 5, 2]],
            Output = [[2, 1, 2, 3, 2]],
            AutoName = "cropping3d",
        },
        new()
        {
            Setting = "each end, channels first",
            Make = () => new Cropping3D(((1, 0), (0, 2), (1, 1)), "channels_first"),
            Inputs = [[2, 2, 3, 4, 5]],
            Output = [[2, 2, 2, 2, 3]],
        },
    ];

    private static IEnumerable<LayerCase> UpSampling =>
    [
        new()
        {
            Make = () => new UpSampling1D(3),
            Inputs = [[2, 3, 4]],
            Output = [[2, 9, 4]],
            AutoName = "up_sampling1d",
        },
        new()
        {
            Make = () => new UpSampling2D((1, 3)),
            Inputs = [[2, 3, 4, 5]],
            Output = [[2, 3, 12, 5]],
            AutoName = "up_sampling2d",
        },
        new()
        {
            Setting = "bilinear, channels first",
            Make = () => new UpSampling2D(2, "channels_first", "bilinear"),
            Inputs = [[2, 5, 3, 4]],
            Output = [[2, 5, 6, 8]],
        },
        new()
        {
            Make = () => new UpSampling3D((1, 2, 3)),
            Inputs = [[2, 2, 3, 2, 4]],
            Output = [[2, 2, 6, 6, 4]],
            AutoName = "up_sampling3d",
        },
    ];
}
