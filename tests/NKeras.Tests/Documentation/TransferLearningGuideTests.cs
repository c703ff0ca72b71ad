using NKeras;
using NKeras.Layers;
using NKeras.Metrics;
using NKeras.Optimizers;
using NKeras.Tests;

namespace DocumentationExamples;

/// <summary>The examples of the guide "Transfer learning &amp; fine-tuning".</summary>
[Collection(NamesCollection.Name)]
public sealed class TransferLearningGuideTests
{
    public TransferLearningGuideTests() => Utils.ClearSession();

    [Fact]
    public void WeightsByKind()
    {
        #region weights
        var layer = new Dense(3);
        layer.Build([null, 4]); // Creates the weights.

        Console.WriteLine(layer.Weights.Count); // 2
        Console.WriteLine(layer.TrainableWeights.Count); // 2
        Console.WriteLine(layer.NonTrainableWeights.Count); // 0
        #endregion

        Assert.Equal((2, 2, 0), (layer.Weights.Count, layer.TrainableWeights.Count, layer.NonTrainableWeights.Count));

        var normalization = new BatchNormalization();
        normalization.Build([null, 4]);
        Assert.Equal((4, 2, 2), (normalization.Weights.Count, normalization.TrainableWeights.Count, normalization.NonTrainableWeights.Count));

        layer.Trainable = false;
        Assert.Equal((2, 0, 2), (layer.Weights.Count, layer.TrainableWeights.Count, layer.NonTrainableWeights.Count));
    }

    [Fact]
    public void AFrozenLayerKeepsItsWeights()
    {
        #region freeze
        var layer1 = new Dense(3, activation: "relu");
        var layer2 = new Dense(3, activation: "sigmoid");
        var model = new Sequential([new Input(shape: [3]), layer1, layer2]);

        layer1.Trainable = false;
        var before = layer1.GetWeights();

        model.Compile(optimizer: "adam", loss: "mse");
        model.Fit(RandomOps.Uniform([2, 3]), RandomOps.Uniform([2, 3]), verbose: 0);

        var after = layer1.GetWeights();
        #endregion

        Assert.Equal(before[0].ToArray<float>(), after[0].ToArray<float>());
        Assert.Equal(before[1].ToArray<float>(), after[1].ToArray<float>());
    }

    [Fact]
    public void FreezingAModelFreezesWhatIsInside()
    {
        #region freeze recursively
        var innerModel = new Sequential([
            new Input(shape: [3]),
            new Dense(3, activation: "relu"),
            new Dense(3, activation: "relu"),
        ]);
        var model = new Sequential([
            new Input(shape: [3]),
            innerModel,
            new Dense(3, activation: "sigmoid"),
        ]);

        model.Trainable = false; // Freezes all layers inside, too.
        #endregion

        Assert.False(innerModel.Trainable);
        Assert.False(innerModel.Layers[0].Trainable);
        Assert.Empty(model.TrainableWeights);
    }

    [Fact]
    public void TransferAndFineTuning()
    {
        // The guide's base model is Xception.
        Sequential baseModel = new([new Input([32, 32, 3]), new Conv2D(4, 3), new BatchNormalization()], name: "base");

        #region transfer
        baseModel.Trainable = false;

        var inputs = new Input(shape: [32, 32, 3]);
        // As in inference, also while the model is trained and after the base is thawed.
        var x = baseModel.Apply(inputs, training: false);
        x = new GlobalAveragePooling2D().Apply(x);
        var outputs = new Dense(1).Apply(x);
        var model = new Model(inputs, outputs);
        #endregion

        RecordedSummaries.Check("frozen base", model, lineLength: 100, showTrainable: true, expandNested: true);
        Tensor images = RandomOps.Uniform([8, 32, 32, 3]), labels = Tensor.From([0f, 1, 0, 1, 0, 1, 0, 1], [8, 1]);
        float[][] before = Values(baseModel);

        #region training
        model.Compile(
            optimizer: new Adam(),
            loss: new NKeras.Losses.BinaryCrossentropy(fromLogits: true),
            metrics: [new BinaryAccuracy()]);
        model.Fit(images, labels, epochs: 2, verbose: 0);
        #endregion

        Assert.Equal(before, Values(baseModel));

        #region fine-tuning
        baseModel.Trainable = true;

        model.Compile(
            optimizer: new Adam(1e-5), // Small steps.
            loss: new NKeras.Losses.BinaryCrossentropy(fromLogits: true),
            metrics: [new BinaryAccuracy()]);
        model.Fit(images, labels, epochs: 2, verbose: 0);
        #endregion

        RecordedSummaries.Check("thawed base", Uncompiled(model, inputs, outputs), lineLength: 100, showTrainable: true);
        float[][] after = Values(baseModel);
        Assert.NotEqual(before[0], after[0]); // The kernel is trained,
        Assert.Equal(before[4], after[4]); // but the moving averages stay: training is false where the base is applied.
        Assert.Equal(before[5], after[5]);
    }

    private static float[][] Values(Layer layer) => [.. layer.GetWeights().Select(w => w.ToArray<float>())];

    /// <summary>The same model without an optimizer, whose parameters the summary would count.</summary>
    private static Model Uncompiled(Model model, KerasTensor inputs, KerasTensor outputs) => new(inputs, outputs, name: model.Name);
}
