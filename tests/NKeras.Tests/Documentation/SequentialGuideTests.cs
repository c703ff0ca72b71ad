using NKeras;
using NKeras.Layers;
using NKeras.Tests;

namespace DocumentationExamples;

/// <summary>The examples of the guide "The Sequential model".</summary>
[Collection(NamesCollection.Name)]
public sealed class SequentialGuideTests
{
    public SequentialGuideTests() => Utils.ClearSession();

    [Fact]
    public void AChainIsTheSameAsCallingItsLayers()
    {
        #region sequential
        var model = new Sequential([
            new Dense(2, activation: "relu", name: "layer1"),
            new Dense(3, activation: "relu", name: "layer2"),
            new Dense(4, name: "layer3"),
        ]);
        // Apply it to data.
        var x = Ops.Ones([3, 3]);
        var y = model.Apply(x);
        #endregion

        #region layers by hand
        var layer1 = new Dense(2, activation: "relu", name: "layer1");
        var layer2 = new Dense(3, activation: "relu", name: "layer2");
        var layer3 = new Dense(4, name: "layer3");

        var z = layer3.Apply(layer2.Apply(layer1.Apply(x)));
        #endregion

        Assert.Equal([3, 4], y.Shape);
        layer1.SetWeights(model.GetLayer("layer1").GetWeights());
        layer2.SetWeights(model.GetLayer("layer2").GetWeights());
        layer3.SetWeights(model.GetLayer("layer3").GetWeights());
        z = layer3.Apply(layer2.Apply(layer1.Apply(x)));
        Assert.Equal(z.ToArray<float>(), y.ToArray<float>());
    }

    [Fact]
    public void LayersCanBeListedAddedAndRemoved()
    {
        var model = new Sequential([new Dense(2, activation: "relu"), new Dense(3, activation: "relu"), new Dense(4)]);
        Assert.Equal(["dense", "dense_1", "dense_2"], model.Layers.Select(l => l.Name));

        #region add and pop
        model = new Sequential();
        model.Add(new Dense(2, activation: "relu"));
        model.Add(new Dense(3, activation: "relu"));
        model.Add(new Dense(4));

        model.Pop();
        Console.WriteLine(model.Layers.Count); // 2
        #endregion

        Assert.Equal(["dense_3", "dense_4"], model.Layers.Select(l => l.Name));

        model = new Sequential(name: "my_sequential");
        model.Add(new Dense(2, activation: "relu", name: "layer1"));
        model.Add(new Dense(3, activation: "relu", name: "layer2"));
        model.Add(new Dense(4, name: "layer3"));
        Assert.Equal("my_sequential", model.Name);
    }

    [Fact]
    public void ALayerCreatesItsWeightsWhenItIsFirstApplied()
    {
        #region layer weights
        var layer = new Dense(3);
        Console.WriteLine(layer.Weights.Count); // 0

        var x = Ops.Ones([1, 4]);
        var y = layer.Apply(x);
        Console.WriteLine(layer.Weights.Count); // 2, of shapes (4, 3) and (3,)
        #endregion

        Assert.Equal([1, 3], y.Shape);
        Assert.Equal([[4, 3], [3]], layer.Weights.Select(w => w.Shape));
    }

    [Fact]
    public void AChainWithoutInputIsBuiltByItsFirstCall()
    {
        var model = new Sequential([
            new Dense(2, activation: "relu"),
            new Dense(3, activation: "relu"),
            new Dense(4),
        ]);
        Assert.Empty(model.Weights);

        model.Apply(Ops.Ones([1, 4]));
        Assert.Equal(6, model.Weights.Count);
        // Keras: keeps the batch size of this call, so that the shapes are (1, 2), (1, 3), (1, 4).
        RecordedSummaries.Check("sequential called", model);
    }

    [Fact]
    public void AChainWithAnInputCanBeSummarisedAtOnce()
    {
        #region summary
        var model = new Sequential();
        model.Add(new Input(shape: [4]));
        model.Add(new Dense(2, activation: "relu"));

        model.Summary();
        #endregion

        RecordedSummaries.Check("sequential with input", model);
        Assert.Equal(["dense"], model.Layers.Select(l => l.Name)); // The Input is no layer of it.
    }

    [Fact]
    public void SummariesShowHowImagesShrink()
    {
        var model = new Sequential();
        model.Add(new Input(shape: [250, 250, 3])); // RGB images of 250 by 250 pixels.
        model.Add(new Conv2D(32, 5, strides: 2, activation: "relu"));
        model.Add(new Conv2D(32, 3, activation: "relu"));
        model.Add(new MaxPooling2D(3));
        RecordedSummaries.Check("debugging 1", model);

        model.Add(new Conv2D(32, 3, activation: "relu"));
        model.Add(new Conv2D(32, 3, activation: "relu"));
        model.Add(new MaxPooling2D(3));
        model.Add(new Conv2D(32, 3, activation: "relu"));
        model.Add(new Conv2D(32, 3, activation: "relu"));
        model.Add(new MaxPooling2D(2));
        RecordedSummaries.Check("debugging 2", model);

        model.Add(new GlobalMaxPooling2D());
        model.Add(new Dense(10));
        Assert.Equal([null, 10], model.OutputShape);
    }

    [Fact]
    public void FeaturesOfAllLayers()
    {
        #region feature extractor
        var initialModel = new Sequential([
            new Input(shape: [250, 250, 3]),
            new Conv2D(32, 5, strides: 2, activation: "relu"),
            new Conv2D(32, 3, activation: "relu"),
            new Conv2D(32, 3, activation: "relu"),
        ]);
        var featureExtractor = new Model(
            inputs: [.. initialModel.Inputs],
            outputs: [.. initialModel.Layers.Select(layer => layer.Output)]);

        var x = Ops.Ones([1, 250, 250, 3]);
        var features = featureExtractor.ApplyAll(x);
        #endregion

        Assert.Equal([[1, 123, 123, 32], [1, 121, 121, 32], [1, 119, 119, 32]], features.Select(f => f.Shape));
    }

    [Fact]
    public void FeaturesOfOneLayer()
    {
        #region features of one layer
        var initialModel = new Sequential([
            new Input(shape: [250, 250, 3]),
            new Conv2D(32, 5, strides: 2, activation: "relu"),
            new Conv2D(32, 3, activation: "relu", name: "my_intermediate_layer"),
            new Conv2D(32, 3, activation: "relu"),
        ]);
        var featureExtractor = new Model(
            inputs: [.. initialModel.Inputs],
            outputs: initialModel.GetLayer(name: "my_intermediate_layer").Output);

        var features = featureExtractor.Apply(Ops.Ones([1, 250, 250, 3]));
        #endregion

        Assert.Equal([1, 121, 121, 32], features.Shape);
    }

    [Fact]
    public void AllLayersButTheLastAreFrozen()
    {
        #region freeze all but the last
        var model = new Sequential([
            new Input(shape: [784]),
            new Dense(32, activation: "relu"),
            new Dense(32, activation: "relu"),
            new Dense(32, activation: "relu"),
            new Dense(10),
        ]);

        foreach (var layer in model.Layers.SkipLast(1))
            layer.Trainable = false;

        // Training now changes the weights of the last layer only.
        model.Compile("adam", "mse");
        model.Fit(RandomOps.Uniform([4, 784]), RandomOps.Uniform([4, 10]), verbose: 0);
        #endregion

        Assert.Equal(model.Layers[^1].Weights, model.TrainableWeights);
        Assert.Equal(6, model.NonTrainableWeights.Count);
    }

    [Fact]
    public void AClassifierOnAFrozenBase()
    {
        Sequential baseModel = new([new Input([8, 8, 3]), new Conv2D(4, 3), new GlobalAveragePooling2D()]);

        #region classifier on top
        baseModel.Trainable = false;

        var model = new Sequential([
            baseModel,
            new Dense(1000),
        ]);
        #endregion

        Assert.Equal([null, 8, 8, 3], model.InputShape);
        Assert.Equal([null, 1000], model.OutputShape);
        Assert.Equal(2, model.TrainableWeights.Count);
        float[] before = baseModel.Weights[0].Value.ToArray<float>();
        model.Compile("sgd", "mse");
        model.Fit(RandomOps.Uniform([2, 8, 8, 3]), RandomOps.Uniform([2, 1000]), verbose: 0);
        Assert.Equal(before, baseModel.Weights[0].Value.ToArray<float>());
    }
}
