using NKeras;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Optimizers;
using NKeras.Tests;

namespace DocumentationExamples;

/// <summary>The examples of the guide "The functional API".</summary>
[Collection(NamesCollection.Name)]
public sealed class FunctionalGuideTests
{
    public FunctionalGuideTests() => Utils.ClearSession();

    [Fact]
    public void AModelOfThreeLayers()
    {
        #region functional
        var inputs = new Input(shape: [784]);
        Console.WriteLine(inputs.Shape); // (None, 784)
        Console.WriteLine(inputs.DType); // float32

        var dense = new Dense(64, activation: "relu");
        var x = dense.Apply(inputs);
        x = new Dense(64, activation: "relu").Apply(x);
        var outputs = new Dense(10).Apply(x);
        var model = new Model(inputs: inputs, outputs: outputs, name: "mnist_model");
        #endregion

        Assert.Equal("(None, 784)", inputs.Shape.ToString());
        Assert.Equal("float32", inputs.DType.ToString());
        RecordedSummaries.Check("mnist model", model);

        Tensor xTrain = RandomOps.Uniform([64, 784]), yTrain = Tensor.From([.. Enumerable.Range(0, 64).Select(i => i % 10)]);

        #region training
        model.Compile(
            loss: new SparseCategoricalCrossentropy(fromLogits: true),
            optimizer: new RMSprop(),
            metrics: ["accuracy"]);

        var history = model.Fit(xTrain, yTrain, batchSize: 64, epochs: 2, validationSplit: 0.2, verbose: 0);

        var testScores = model.Evaluate(xTrain, yTrain, verbose: 0);
        Console.WriteLine($"Test loss: {testScores[0]}");
        Console.WriteLine($"Test accuracy: {testScores["accuracy"]}");
        #endregion

        Assert.Equal(["loss", "accuracy"], testScores.Keys);
        Assert.Equal(["accuracy", "loss", "val_accuracy", "val_loss"], history.Logs.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void OneGraphManyModels()
    {
        var encoderInput = new Input(shape: [28, 28, 1], name: "img");
        var x = new Conv2D(16, 3, activation: "relu").Apply(encoderInput);
        x = new Conv2D(32, 3, activation: "relu").Apply(x);
        x = new MaxPooling2D(3).Apply(x);
        x = new Conv2D(32, 3, activation: "relu").Apply(x);
        x = new Conv2D(16, 3, activation: "relu").Apply(x);
        var encoderOutput = new GlobalMaxPooling2D().Apply(x);

        var encoder = new Model(encoderInput, encoderOutput, name: "encoder");
        RecordedSummaries.Check("encoder", encoder);

        // The guide's decoder is made of transposed convolutions; this one is dense.
        x = new Reshape([4, 4, 1]).Apply(encoderOutput);
        x = new Flatten().Apply(x);
        x = new Dense(784).Apply(x);
        var decoderOutput = new Reshape([28, 28, 1]).Apply(x);

        var autoencoder = new Model(encoderInput, decoderOutput, name: "autoencoder");

        Assert.Equal([null, 28, 28, 1], autoencoder.OutputShape);
        Assert.Equal(encoder.Weights, autoencoder.Weights.Take(8));
    }

    [Fact]
    public void ModelsAreAppliedLikeLayers()
    {
        var image = new Input(shape: [28, 28, 1], name: "original_img");
        var encoder = new Model(image, new GlobalMaxPooling2D().Apply(new Conv2D(16, 3, activation: "relu").Apply(image)), name: "encoder");
        var code = new Input(shape: [16], name: "encoded_img");
        var decoder = new Model(code, new Reshape([28, 28, 1]).Apply(new Dense(784).Apply(code)), name: "decoder");

        #region models as layers
        var autoencoderInput = new Input(shape: [28, 28, 1], name: "img");
        var encodedImage = encoder.Apply(autoencoderInput);
        var decodedImage = decoder.Apply(encodedImage);
        var autoencoder = new Model(autoencoderInput, decodedImage, name: "autoencoder");
        #endregion

        Assert.Equal(["img", "encoder", "decoder"], autoencoder.Layers.Select(l => l.Name));
        Assert.Equal(encoder.Weights.Concat(decoder.Weights), autoencoder.Weights);
        Tensor images = RandomOps.Uniform([2, 28, 28, 1]);
        Assert.Equal(decoder.Apply(encoder.Apply(images)).ToArray<float>(), autoencoder.Apply(images).ToArray<float>());
    }

    [Fact]
    public void AnEnsemble()
    {
        #region ensemble
        static Model GetModel()
        {
            var inputs = new Input(shape: [128]);
            var outputs = new Dense(1).Apply(inputs);
            return new Model(inputs, outputs);
        }

        var model1 = GetModel();
        var model2 = GetModel();
        var model3 = GetModel();

        var inputs = new Input(shape: [128]);
        var y1 = model1.Apply(inputs);
        var y2 = model2.Apply(inputs);
        var y3 = model3.Apply(inputs);
        var outputs = (y1 + y2 + y3) / 3;
        var ensembleModel = new Model(inputs: inputs, outputs: outputs);
        #endregion

        Assert.Equal(["functional", "functional_1", "functional_2"], ensembleModel.Layers.Skip(1).Select(l => l.Name));
        Tensor x = Ops.Ones([1, 128]);
        float mean = new[] { model1, model2, model3 }.Average(m => m.Apply(x).Item<float>());
        Assert.Equal(mean, ensembleModel.Apply(x).Item<float>(), 1e-5f);
    }

    [Fact]
    public void SeveralInputsAndOutputs()
    {
        const int Tags = 12, Departments = 4;

        // The guide embeds two texts and runs them through an LSTM each; here they come as vectors.
        var title = new Input(shape: [10], name: "title");
        var body = new Input(shape: [100], name: "body");
        var tags = new Input(shape: [Tags], name: "tags");
        var titleFeatures = new Dense(128).Apply(title);
        var bodyFeatures = new Dense(32).Apply(body);

        #region several inputs and outputs
        var x = new Concatenate().Apply(titleFeatures, bodyFeatures, tags);
        var priority = new Dense(1, name: "priority").Apply(x);
        var department = new Dense(Departments, name: "department").Apply(x);

        var model = new Model(
            inputs: [title, body, tags],
            outputs: new() { ["priority"] = priority, ["department"] = department });
        #endregion

        Assert.Equal([[null, 10], [null, 100], [null, Tags]], model.Inputs.Select(t => t.Shape));
        // Keras takes the outputs of a dictionary in the order of their names.
        Assert.Equal([[null, Departments], [null, 1]], model.Outputs.Select(t => t.Shape));

        #region losses by name
        model.Compile(
            optimizer: new RMSprop(1e-3),
            loss: new()
            {
                ["priority"] = new BinaryCrossentropy(fromLogits: true),
                ["department"] = new CategoricalCrossentropy(fromLogits: true),
            },
            lossWeights: new() { ["priority"] = 1.0, ["department"] = 0.2 });
        #endregion

        Tensor titleData = RandomOps.Uniform([64, 10]), bodyData = RandomOps.Uniform([64, 100]), tagsData = RandomOps.Uniform([64, Tags]);
        Tensor priorityTargets = RandomOps.Uniform([64, 1]), departmentTargets = RandomOps.Uniform([64, Departments]);

        #region data by name
        model.Fit(
            new() { ["title"] = titleData, ["body"] = bodyData, ["tags"] = tagsData },
            new Tensors { ["priority"] = priorityTargets, ["department"] = departmentTargets },
            epochs: 2,
            batchSize: 32,
            verbose: 0);

        var predictions = model.PredictAll((titleData, bodyData, tagsData), verbose: 0);
        #endregion

        Assert.Equal([64, 1], predictions["priority"].Shape);
        Assert.Equal([64, Departments], predictions["department"].Shape);
        Assert.Contains("'prioritty'", Assert.Throws<ArgumentException>(() => predictions["prioritty"]).Message);
    }

    [Fact]
    public void LossesInAList()
    {
        var x = new Input(shape: [3]);
        var model = new Model(x, [new Dense(1, name: "priority").Apply(x), new Dense(4, name: "department").Apply(x)]);

        #region losses in a list
        model.Compile(
            optimizer: new RMSprop(1e-3),
            loss: [new BinaryCrossentropy(fromLogits: true), new CategoricalCrossentropy(fromLogits: true)],
            lossWeights: [1.0, 0.2]);
        #endregion

        model.Fit(RandomOps.Uniform([8, 3]), (RandomOps.Uniform([8, 1]), RandomOps.Uniform([8, 4])), verbose: 0);
        Assert.Equal(["loss", "priority_loss", "department_loss"], model.MetricsNames);
    }

    [Fact]
    public void AToyResNet()
    {
        #region toy resnet
        var inputs = new Input(shape: [32, 32, 3], name: "img");
        var x = new Conv2D(32, 3, activation: "relu").Apply(inputs);
        x = new Conv2D(64, 3, activation: "relu").Apply(x);
        var block1Output = new MaxPooling2D(3).Apply(x);

        x = new Conv2D(64, 3, activation: "relu", padding: "same").Apply(block1Output);
        x = new Conv2D(64, 3, activation: "relu", padding: "same").Apply(x);
        var block2Output = new Add().Apply(x, block1Output);

        x = new Conv2D(64, 3, activation: "relu", padding: "same").Apply(block2Output);
        x = new Conv2D(64, 3, activation: "relu", padding: "same").Apply(x);
        var block3Output = new Add().Apply(x, block2Output);

        x = new Conv2D(64, 3, activation: "relu").Apply(block3Output);
        x = new GlobalAveragePooling2D().Apply(x);
        x = new Dense(256, activation: "relu").Apply(x);
        x = new Dropout(0.5).Apply(x);
        var outputs = new Dense(10).Apply(x);

        var model = new Model(inputs, outputs, name: "toy_resnet");
        model.Summary();
        #endregion

        RecordedSummaries.Check("toy resnet", model, lineLength: 100);
        model.Compile(new RMSprop(1e-3), new CategoricalCrossentropy(fromLogits: true), metrics: ["acc"]);
        var history = model.Fit(RandomOps.Uniform([8, 32, 32, 3]), Ops.OneHot(new[] { 0, 1, 2, 3, 4, 5, 6, 7 }, 10), batchSize: 4, epochs: 1, validationSplit: 0.25, verbose: 0);
        Assert.Contains("val_acc", history.Logs.Keys);
    }

    [Fact]
    public void ASharedLayer()
    {
        // The guide shares an Embedding.
        var shared = new Dense(128);
        var a = new Input(shape: [null, 8]);
        var b = new Input(shape: [null, 8]);
        var encodedA = shared.Apply(a);
        var encodedB = shared.Apply(b);

        var model = new Model([a, b], [encodedA, encodedB]);
        Assert.Equal(2, model.Weights.Count);
        Assert.Equal([[2, 5, 128], [2, 7, 128]], model.PredictAll((Ops.Ones([2, 5, 8]), Ops.Ones([2, 7, 8])), verbose: 0).Select(t => t.Shape));
    }

    [Fact]
    public void AllActivationsOfAModel()
    {
        // The guide looks into VGG19.
        var x = new Input(shape: [16, 16, 3]);
        var h = new MaxPooling2D(2).Apply(new Conv2D(4, 3, padding: "same").Apply(x));
        var network = new Model(x, new Dense(10).Apply(new Flatten().Apply(h)));

        #region all activations
        var featuresList = network.Layers.Select(layer => layer.Output);
        var featureExtractionModel = new Model(inputs: network.Input, outputs: [.. featuresList]);

        var image = RandomOps.Uniform([1, 16, 16, 3]);
        var extractedFeatures = featureExtractionModel.ApplyAll(image);
        #endregion

        Assert.Equal([[1, 16, 16, 3], [1, 16, 16, 4], [1, 8, 8, 4], [1, 256], [1, 10]], extractedFeatures.Select(f => f.Shape));
        Assert.Equal(image.ToArray<float>(), extractedFeatures[0].ToArray<float>());
    }
}
