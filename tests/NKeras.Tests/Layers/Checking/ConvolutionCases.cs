using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class ConvolutionCases : ILayerCases
{
    public IEnumerable<LayerCase> Cases
    {
        get
        {
            yield return new()
            {
                Make = () => new Conv2D(6, (3, 2), (2, 1), "same", activation: "tanh", groups: 2),
                Inputs = [[2, 5, 6, 4]],
                Output = [[2, 3, 6, 6]],
                AutoName = "conv2d",
                Trainable = [("kernel", [3, 2, 2, 6]), ("bias", [6])],
            };

            yield return new()
            {
                Setting = "channels first",
                Make = () => new Conv2D(6, 2, dataFormat: "channels_first", dilationRate: 2),
                Inputs = [[2, 3, 5, 6]],
                Output = [[2, 6, 3, 4]],
                Trainable = [("kernel", [2, 2, 3, 6]), ("bias", [6])],
            };

            yield return new()
            {
                Make = () => new MaxPooling2D(),
                Inputs = [[2, 5, 6, 3]],
                Output = [[2, 2, 3, 3]],
                AutoName = "max_pooling2d",
            };

            yield return new()
            {
                Make = () => new AveragePooling2D(3, 2, "same", "channels_first"),
                Inputs = [[2, 3, 5, 6]],
                Output = [[2, 3, 3, 3]],
                AutoName = "average_pooling2d",
            };

            yield return new()
            {
                Make = () => new GlobalAveragePooling2D(keepdims: true),
                Inputs = [[2, 5, 6, 3]],
                Output = [[2, 1, 1, 3]],
                AutoName = "global_average_pooling2d",
            };

            yield return new()
            {
                Make = () => new GlobalMaxPooling2D("channels_first"),
                Inputs = [[2, 3, 5, 6]],
                Output = [[2, 3]],
                AutoName = "global_max_pooling2d",
            };

            yield return new()
            {
                Make = () => new GlobalAveragePooling1D(),
                Inputs = [[2, 3, 4]],
                Output = [[2, 4]],
                AutoName = "global_average_pooling1d",
            };

            yield return new()
            {
                Make = () => new GlobalMaxPooling1D("channels_first", keepdims: true),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 1]],
                AutoName = "global_max_pooling1d",
            };
        }
    }
}
