using NKeras.Layers;

namespace NKeras.Tests.Layers;

/// <summary>Mistakes are reported where they are made, with the layer, the argument, what was expected and what was received.</summary>
public sealed class LayerErrorTests
{
    public static TheoryData<string, Action, string[]> Mistakes => new()
    {
        { "no units", () => new Dense(0, name: "layer"), ["'layer'", "units", "0"] },
        { "negative units", () => new Dense(-3, name: "layer"), ["'layer'", "units", "-3"] },
        { "no filters", () => new Conv2D(0, 3, name: "layer"), ["'layer'", "filters", "0"] },
        { "no groups", () => new Conv2D(4, 3, groups: 0, name: "layer"), ["'layer'", "groups", "0"] },
        { "groups do not divide filters", () => new Conv2D(4, 3, groups: 3, name: "layer"), ["'layer'", "filters=4", "groups=3"] },
        { "empty window", () => new Conv2D(4, (1, 0), name: "layer"), ["'layer'", "kernelSize", "(1, 0)"] },
        { "no strides", () => new Conv2D(4, 3, strides: 0, name: "layer"), ["'layer'", "strides"] },
        { "strides and dilation", () => new Conv2D(4, 3, strides: 2, dilationRate: (2, 1), name: "layer"), ["'layer'", "strides=(2, 2)", "dilationRate=(2, 1)"] },
        { "misspelt padding", () => new Conv2D(4, 3, padding: "sam", name: "layer"), ["'layer'", "padding", "'sam'", "Did you mean 'same'?"] },
        { "misspelt pooling padding", () => new MaxPooling2D(padding: "vaild", name: "layer"), ["'layer'", "padding", "Did you mean 'valid'?"] },
        { "unknown data format", () => new Flatten("channels_lst", name: "layer"), ["'layer'", "dataFormat", "Did you mean 'channels_last'?"] },
        { "empty pool", () => new AveragePooling2D(0, name: "layer"), ["'layer'", "poolSize"] },
        { "rate above one", () => new Dropout(1.5, name: "layer"), ["'layer'", "rate", "1.5"] },
        { "rate not a number", () => new Dropout(double.NaN, name: "layer"), ["'layer'", "rate"] },
        { "empty noise shape", () => new Dropout(0.5, noiseShape: [20, 0, 10], name: "layer"), ["'layer'", "noiseShape", "(20, 0, 10)"] },
        { "negative limit", () => new ReLU(-10, name: "layer"), ["'layer'", "maxValue", "-10"] },
        { "negative slope", () => new ReLU(negativeSlope: -1, name: "layer"), ["'layer'", "negativeSlope", "-1"] },
        { "negative threshold", () => new ReLU(threshold: -1, name: "layer"), ["'layer'", "threshold", "-1"] },
        { "two open dimensions", () => new Reshape([-1, -1, 5], name: "layer"), ["'layer'", "targetShape", "(-1, -1, 5)"] },
        { "input of rank 1", () => new Dense(3, name: "layer").Apply(new Input([])), ["'layer'", "rank 2", "rank 1", "(None,)"] },
        { "unknown features", () => new Dense(3, name: "layer").Apply(new Input([null])), ["'layer'", "(None, None)"] },
        { "other features", () => Built(new Dense(3, name: "layer"), [2, 4]).Apply(Ops.Zeros([2, 5])), ["'layer'", "4", "5", "(2, 5)"] },
        { "image of rank 3", () => new Conv2D(3, 3, name: "layer").Apply(new Input([5, 5])), ["'layer'", "rank 4", "rank 3"] },
        { "other channels", () => Built(new Conv2D(3, 3, name: "layer"), [2, 5, 5, 4]).Apply(Ops.Zeros([2, 5, 5, 3])), ["'layer'", "4", "3"] },
        { "groups do not divide channels", () => new Conv2D(4, 3, groups: 2, name: "layer").Apply(new Input([5, 5, 3])), ["'layer'", "3 channels", "groups=2"] },
        { "window larger than the input", () => new Conv2D(4, 3, name: "layer").Apply(new Input([2, 5, 3])), ["'layer'", "kernelSize=(3, 3)", "(None, 2, 5, 3)"] },
        { "window larger than a later input", () => Built(new Conv2D(4, 3, name: "layer"), [null, null, null, 3]).Apply(Ops.Zeros([1, 5, 2, 3])), ["'layer'", "kernelSize=(3, 3)", "(1, 5, 2, 3)"] },
        { "pool larger than the input", () => new MaxPooling2D(3, name: "layer").Apply(new Input([2, 5, 3])), ["'layer'", "poolSize=(3, 3)", "(None, 2, 5, 3)"] },
        { "vector into global pooling", () => new GlobalMaxPooling2D(name: "layer").Apply(new Input([5])), ["'layer'", "rank 4", "rank 2"] },
        { "axis beyond the rank", () => new BatchNormalization(axis: 3, name: "layer").Apply(new Input([5])), ["'layer'", "rank 4", "rank 2"] },
        { "softmax axis beyond the rank", () => new Softmax(axis: -3, name: "layer").Apply(new Input([5])), ["'layer'", "rank 3", "rank 2"] },
        { "elements do not fill the target", () => new Reshape([5, -1], name: "layer").Apply(new Input([4, 2])), ["'layer'", "8 elements", "(5, -1)"] },
        { "noise shape of another rank", () => new Dropout(0.5, [2, 1], name: "layer").Apply(Ops.Zeros([2, 3, 4]), training: true), ["(2, 1)", "(2, 3, 4)"] },
        { "shapes that do not broadcast", () => new Add(name: "layer").Apply(new Input([3]), new Input([4])), ["'layer'", "3 and 4", "(None, 3)", "(None, 4)"] },
        { "batches of two sizes", () => new Add(name: "layer").Apply(Ops.Zeros([2, 3]), Ops.Zeros([3, 3])), ["'layer'", "batch", "(2, 3)", "(3, 3)"] },
        { "other dimensions differ", () => new Concatenate(1, name: "layer").Apply(new Input([3, 4]), new Input([3, 5])), ["'layer'", "axis 1", "(None, 3, 4)", "(None, 3, 5)"] },
        { "two inputs", () => new Dense(3, name: "layer").Apply(new Input([3]), new Input([3])), ["'layer'", "one input", "2"] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void MistakeIsExplained(string what, Action mistake, string[] parts)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(mistake);
        Assert.All(parts, part => Assert.True(error.Message.Contains(part, StringComparison.Ordinal), $"{what}: '{part}' is missing in: {error.Message}"));
    }

    [Fact]
    public void WeightsDoNotExistBeforeTheLayerIsBuilt()
    {
        Assert.Contains("'layer'", Assert.Throws<InvalidOperationException>(() => new Dense(3, name: "layer").Kernel).Message);
        Assert.Contains("kernel", Assert.Throws<InvalidOperationException>(() => new Conv2D(3, 3, name: "layer").Kernel).Message);
    }

    private static Layer Built(Layer layer, Shape inputShape)
    {
        layer.Apply(new KerasTensor(inputShape));
        return layer;
    }
}
