using NKeras.Layers;

namespace NKeras.Tests.Layers;

/// <summary>Shapes, weights, types and behaviour in models, for each layer.</summary>
[Collection(NamesCollection.Name)]
public sealed class LayerTests
{
    [Fact]
    public void Dense() => new LayerCheck
    {
        Make = (trainable, dtype) => new Dense(5, "relu", trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4]],
        Output = [2, 3, 5],
        AutoName = "dense",
        Trainable = [("kernel", [4, 5]), ("bias", [5])],
    }.Run();

    [Fact]
    public void DenseWithoutBias() => new LayerCheck
    {
        Make = (trainable, dtype) => new Dense(5, useBias: false, trainable: trainable, dtype: dtype),
        Inputs = [[2, 4]],
        Output = [2, 5],
        Trainable = [("kernel", [4, 5])],
    }.Run();

    [Fact]
    public void Conv2D() => new LayerCheck
    {
        Make = (trainable, dtype) => new Conv2D(6, (3, 2), (2, 1), "same", activation: "tanh", groups: 2, trainable: trainable, dtype: dtype),
        Inputs = [[2, 5, 6, 4]],
        Output = [2, 3, 6, 6],
        AutoName = "conv2d",
        Trainable = [("kernel", [3, 2, 2, 6]), ("bias", [6])],
    }.Run();

    [Fact]
    public void Conv2DChannelsFirst() => new LayerCheck
    {
        Make = (trainable, dtype) => new Conv2D(6, 2, dataFormat: "channels_first", dilationRate: 2, trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 5, 6]],
        Output = [2, 6, 3, 4],
        Trainable = [("kernel", [2, 2, 3, 6]), ("bias", [6])],
    }.Run();

    [Fact]
    public void MaxPooling2D() => new LayerCheck
    {
        Make = (trainable, dtype) => new MaxPooling2D(trainable: trainable, dtype: dtype),
        Inputs = [[2, 5, 6, 3]],
        Output = [2, 2, 3, 3],
        AutoName = "max_pooling2d",
    }.Run();

    [Fact]
    public void AveragePooling2D() => new LayerCheck
    {
        Make = (trainable, dtype) => new AveragePooling2D(3, 2, "same", "channels_first", trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 5, 6]],
        Output = [2, 3, 3, 3],
        AutoName = "average_pooling2d",
    }.Run();

    [Fact]
    public void GlobalAveragePooling2D() => new LayerCheck
    {
        Make = (trainable, dtype) => new GlobalAveragePooling2D(keepdims: true, trainable: trainable, dtype: dtype),
        Inputs = [[2, 5, 6, 3]],
        Output = [2, 1, 1, 3],
        AutoName = "global_average_pooling2d",
    }.Run();

    [Fact]
    public void GlobalMaxPooling2D() => new LayerCheck
    {
        Make = (trainable, dtype) => new GlobalMaxPooling2D("channels_first", trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 5, 6]],
        Output = [2, 3],
        AutoName = "global_max_pooling2d",
    }.Run();

    [Fact]
    public void Flatten() => new LayerCheck
    {
        Make = (trainable, dtype) => new Flatten(trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4, 5]],
        Output = [2, 60],
        AutoName = "flatten",
    }.Run();

    [Fact]
    public void Dropout() => new LayerCheck
    {
        Make = (trainable, dtype) => new Dropout(0.5, seed: 3, trainable: trainable, dtype: dtype),
        Inputs = [[2, 3]],
        Output = [2, 3],
        AutoName = "dropout",
        SeedStates = 1,
    }.Run();

    [Fact]
    public void Activation() => new LayerCheck
    {
        Make = (trainable, dtype) => new Activation("gelu", trainable: trainable, dtype: dtype),
        Inputs = [[2, 3]],
        Output = [2, 3],
        AutoName = "activation",
    }.Run();

    [Fact]
    public void ReLU() => new LayerCheck
    {
        Make = (trainable, dtype) => new ReLU(6, 0.1, 0.5, trainable: trainable, dtype: dtype),
        Inputs = [[2, 3]],
        Output = [2, 3],
        AutoName = "re_lu",
    }.Run();

    [Fact]
    public void Softmax() => new LayerCheck
    {
        Make = (trainable, dtype) => new Softmax(1, trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4]],
        Output = [2, 3, 4],
        AutoName = "softmax",
    }.Run();

    [Fact]
    public void BatchNormalization() => new LayerCheck
    {
        Make = (trainable, dtype) => new BatchNormalization(trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4]],
        Output = [2, 3, 4],
        AutoName = "batch_normalization",
        Trainable = [("gamma", [4]), ("beta", [4])],
        Frozen = [("moving_mean", [4]), ("moving_variance", [4])],
    }.Run();

    [Fact]
    public void BatchNormalizationOfAnotherAxisWithoutScaleAndOffset() => new LayerCheck
    {
        Make = (trainable, dtype) => new BatchNormalization(axis: 1, center: false, scale: false, trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4, 5]],
        Output = [2, 3, 4, 5],
        Frozen = [("moving_mean", [3]), ("moving_variance", [3])],
    }.Run();

    [Fact]
    public void Reshape() => new LayerCheck
    {
        Make = (trainable, dtype) => new Reshape([-1, 6], trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4]],
        Output = [2, 2, 6],
        AutoName = "reshape",
    }.Run();

    [Fact]
    public void Add() => new LayerCheck
    {
        Make = (trainable, dtype) => new Add(trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4], [2, 1, 4], [2, 4]],
        Output = [2, 3, 4],
        AutoName = "add",
    }.Run();

    [Fact]
    public void Concatenate() => new LayerCheck
    {
        Make = (trainable, dtype) => new Concatenate(1, trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4], [2, 1, 4]],
        Output = [2, 4, 4],
        AutoName = "concatenate",
    }.Run();

    [Fact]
    public void Subtract() => new LayerCheck
    {
        Make = (trainable, dtype) => new Subtract(trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4], [2, 4]],
        Output = [2, 3, 4],
        AutoName = "subtract",
    }.Run();

    [Fact]
    public void Multiply() => new LayerCheck
    {
        Make = (trainable, dtype) => new Multiply(trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4], [2, 1, 4], [2, 4]],
        Output = [2, 3, 4],
        AutoName = "multiply",
    }.Run();

    [Fact]
    public void Average() => new LayerCheck
    {
        Make = (trainable, dtype) => new Average(trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4], [2, 1, 4], [2, 4]],
        Output = [2, 3, 4],
        AutoName = "average",
    }.Run();

    [Fact]
    public void Maximum() => new LayerCheck
    {
        Make = (trainable, dtype) => new Maximum(trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4], [2, 1, 4], [2, 4]],
        Output = [2, 3, 4],
        AutoName = "maximum",
    }.Run();

    [Fact]
    public void Minimum() => new LayerCheck
    {
        Make = (trainable, dtype) => new Minimum(trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4], [2, 1, 4], [2, 4]],
        Output = [2, 3, 4],
        AutoName = "minimum",
    }.Run();

    [Fact]
    public void Dot() => new LayerCheck
    {
        Make = (trainable, dtype) => new Dot((2, 1), normalize: true, trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4], [2, 4, 5]],
        Output = [2, 3, 5],
        AutoName = "dot",
    }.Run();

    [Fact]
    public void Identity() => new LayerCheck
    {
        Make = (trainable, dtype) => new Identity(trainable: trainable, dtype: dtype),
        Inputs = [[2, 3]],
        Output = [2, 3],
        AutoName = "identity",
    }.Run();

    [Fact]
    public void Masking() => new LayerCheck
    {
        Make = (trainable, dtype) => new Masking(trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4]],
        Output = [2, 3, 4],
        AutoName = "masking",
    }.Run();

    [Fact]
    public void GlobalAveragePooling1D() => new LayerCheck
    {
        Make = (trainable, dtype) => new GlobalAveragePooling1D(trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4]],
        Output = [2, 4],
        AutoName = "global_average_pooling1d",
    }.Run();

    [Fact]
    public void GlobalMaxPooling1D() => new LayerCheck
    {
        Make = (trainable, dtype) => new GlobalMaxPooling1D("channels_first", keepdims: true, trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4]],
        Output = [2, 3, 1],
        AutoName = "global_max_pooling1d",
    }.Run();

    [Fact]
    public void LayerNormalization() => new LayerCheck
    {
        Make = (trainable, dtype) => new LayerNormalization([1, -1], trainable: trainable, dtype: dtype),
        Inputs = [[2, 3, 4]],
        Output = [2, 3, 4],
        AutoName = "layer_normalization",
        Trainable = [("gamma", [3, 4]), ("beta", [3, 4])],
    }.Run();

    [Fact]
    public void Embedding() => new LayerCheck
    {
        Make = (trainable, dtype) => new Embedding(7, 5, trainable: trainable, dtype: dtype),
        Inputs = [[2, 3]],
        Output = [2, 3, 5],
        AutoName = "embedding",
        Trainable = [("embeddings", [7, 5])],
    }.Run();

    [Fact]
    public void GlobalSeedDecidesInitialWeightsAndDropout()
    {
        float[] Draw(int seed)
        {
            Utils.SetRandomSeed(seed);
            Sequential model = new([new Input([4]), new Dense(3), new Dropout(0.5)]);
            return model.Apply(Ops.Ones([20, 4]), training: true).ToArray<float>();
        }

        Assert.Equal(Draw(3), Draw(3));
        Assert.NotEqual(Draw(3), Draw(4));
    }

    [Fact]
    public void LayersUseUpNoOtherAutomaticNamesThanTheirOwn()
    {
        Utils.ClearSession();
        Sequential model = new([new Input([4]), new Dense(3), new Dropout(0.5), new Dense(3), new Dropout(0.5)]);
        Assert.Equal(["dense", "dropout", "dense_1", "dropout_1"], model.Layers.Select(l => l.Name));
        Assert.Equal(["seed_generator/seed_generator_state", "seed_generator_1/seed_generator_state"], model.NonTrainableVariables.Select(v => v.Path));
        Assert.Equal("sequential/dense_1/kernel", model.TrainableVariables[2].Path);
    }
}
