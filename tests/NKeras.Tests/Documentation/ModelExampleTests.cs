using NKeras;
using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Metrics;
using NKeras.Optimizers;
using NKeras.Tests;

namespace DocumentationExamples;

/// <summary>The examples of <c>Model</c> and its members, and of <c>Functional</c>.</summary>
[Collection(NamesCollection.Name)]
public sealed class ModelExampleTests
{
    public ModelExampleTests() => Utils.ClearSession();

    [Fact]
    public void FromInputsAndOutputs()
    {
        #region model
        var inputs = new Input(shape: [37]);
        var x = new Dense(32, activation: "relu").Apply(inputs);
        var outputs = new Dense(5, activation: "softmax").Apply(x);
        var model = new Model(inputs: inputs, outputs: outputs);
        #endregion

        Assert.Equal([3, 5], model.Predict(Ops.Ones([3, 37]), verbose: 0).Shape);
        RecordedSummaries.Check("model", model);
    }

    [Fact]
    public void FromIntermediateTensors()
    {
        #region intermediate tensors
        var inputs = new Input(shape: [null, null, 3]);
        var processed = new RandomCrop(width: 128, height: 128).Apply(inputs);
        var conv = new Conv2D(filters: 32, kernelSize: 3).Apply(processed);
        var pooling = new GlobalAveragePooling2D().Apply(conv);
        var feature = new Dense(10).Apply(pooling);

        var fullModel = new Model(inputs, feature);
        var backbone = new Model(processed, conv);
        var activations = new Model(conv, feature);
        #endregion

        // Outside training images are as large as they are.
        Tensor images = RandomOps.Uniform([2, 128, 128, 3]);
        Tensor features = backbone.Predict(images, verbose: 0);
        Assert.Equal([2, 126, 126, 32], features.Shape);
        Assert.Equal(fullModel.Predict(images, verbose: 0).ToArray<float>(), activations.Predict(features, verbose: 0).ToArray<float>());
        Assert.Equal([3, 10], fullModel.Predict(RandomOps.Uniform([3, 150, 140, 3]), verbose: 0).Shape);
        Assert.Equal([null, null, null, 3], fullModel.InputShape);
        Assert.Equal([null, 128, 128, 3], backbone.InputShape);
        Assert.Equal([null, 126, 126, 32], activations.InputShape);
        Assert.Equal(2, backbone.Weights.Count);
        Assert.Equal(backbone.Weights, fullModel.Weights.Take(2));
    }

    [Fact]
    public void TrainedOnImagesOfVaryingSize()
    {
        Input inputs = new(shape: [null, null, 3]);
        KerasTensor conv = new Conv2D(32, kernelSize: 3, activation: "relu").Apply(new RandomCrop(width: 128, height: 128).Apply(inputs));
        KerasTensor feature = new Dense(10).Apply(new GlobalAveragePooling2D().Apply(conv));
        Model model = new(inputs, feature), backbone = new(inputs, conv), activations = new(conv, feature);
        model.Compile("sgd", new NKeras.Losses.SparseCategoricalCrossentropy(fromLogits: true), metrics: ["accuracy"]);
        float[] before = model.Weights[0].Value.ToArray<float>();

        // Larger than the crop, smaller, and one of each.
        (int Height, int Width)[] sizes = [(160, 140), (100, 90), (130, 200), (160, 140)];
        IEnumerable<Batch> batches = sizes.Select((s, i) => new Batch(RandomOps.Uniform([4, s.Height, s.Width, 3], seed: i), Tensor.From([0, 1, 2, 3])));
        History history = model.Fit(batches, epochs: 2, verbose: 0);

        Assert.Equal(2, history["loss"].Count);
        Assert.All(history["loss"], l => Assert.InRange(l, 0.1, 10));
        Assert.NotEqual(before, model.Weights[0].Value.ToArray<float>());
        Tensor images = RandomOps.Uniform([2, 128, 128, 3], seed: 9);
        Close(model.Predict(images, verbose: 0), activations.Predict(backbone.Predict(images, verbose: 0), verbose: 0));
        foreach ((int height, int width) in sizes) Assert.Equal([4, 10], model.Predict(RandomOps.Uniform([4, height, width, 3], seed: 9), verbose: 0).Shape);
        Assert.InRange(model.Evaluate(batches, verbose: 0)["loss"], 0.1, 10);

        static void Close(Tensor expected, Tensor actual) => Assert.InRange(Ops.Max(Ops.Abs(expected - actual)).Item<float>(), 0, 1e-4);
    }

    [Fact]
    public void BySubclassing()
    {
        MyModel model = new();
        Assert.Empty(model.Weights);
        model.Apply(Ops.Ones([2, 37]));
        Assert.Equal(4, model.Weights.Count);
        RecordedSummaries.Check("subclassed model", model);

        model.Compile("sgd", "categorical_crossentropy");
        model.Fit(RandomOps.Uniform([4, 37]), Ops.OneHot(new[] { 0, 1, 2, 3 }, 5), verbose: 0);
        Assert.Equal(["dense", "dense_1"], model.Layers.Select(l => l.Name));
    }

    [Fact]
    public void BySubclassingWithATrainingArgument()
    {
        MyModelWithDropout model = new();
        Tensor x = Ops.Ones([2, 37]);
        Assert.Equal(model.Apply(x).ToArray<float>(), model.Apply(x).ToArray<float>());
        Assert.NotEqual(model.Apply(x, training: true).ToArray<float>(), model.Apply(x, training: true).ToArray<float>());
    }

    [Fact]
    public void ASequentialIsOneToo()
    {
        #region sequential model
        var model = new Sequential([
            new Input(shape: [null, null, 3]),
            new Conv2D(filters: 32, kernelSize: 3),
        ]);
        #endregion

        Assert.Equal([null, null, null, 32], model.OutputShape);
        Assert.Equal((27 * 32) + 32, model.CountParams());
    }

    [Fact]
    public void InputsByName()
    {
        #region inputs by name
        Dictionary<string, KerasTensor> inputs = new()
        {
            ["x1"] = new Input(shape: [10], name: "x1"),
            ["x2"] = new Input(shape: [1], name: "x2"),
        };
        var t = new Dense(1, activation: "relu").Apply(inputs["x1"]);
        var outputs = new Add().Apply(t, inputs["x2"]);
        var model = new Model(inputs, outputs);

        var y = model.Predict(new() { ["x1"] = Ops.Zeros([4, 10]), ["x2"] = Ops.Ones([4, 1]) });
        #endregion

        Assert.Equal([1f, 1, 1, 1], y.ToArray<float>());
    }

    [Fact]
    public void AFunctionAsAStep()
    {
        #region function as a step
        var inputs = new Input(shape: [10]);
        var x = new Dense(1).Apply(inputs);
        var outputs = Ops.Relu(x);
        var model = new Model(inputs, outputs);
        #endregion

        Assert.All(model.Predict(RandomOps.Normal([16, 10]), verbose: 0).ToArray<float>(), v => Assert.True(v >= 0));
        Assert.Equal(["input_layer", "dense"], model.Layers.Select(l => l.Name));
    }

    [Fact]
    public void CompileWithObjects()
    {
        var model = new Sequential([new Input([4]), new Dense(1, activation: "sigmoid")]);

        #region compile
        model.Compile(
            optimizer: new Adam(learningRate: 1e-3),
            loss: new NKeras.Losses.BinaryCrossentropy(),
            metrics: [new BinaryAccuracy(), new FalseNegatives()]);
        #endregion

        var history = model.Fit(RandomOps.Uniform([8, 4]), Ops.Ones([8, 1]), epochs: 2, verbose: 0);
        Assert.Equal(["loss", "binary_accuracy", "false_negatives"], model.MetricsNames);
        Assert.Equal(2, history["false_negatives"].Count);
    }

    [Fact]
    public void ChangingWhatIsTrainable()
    {
        var layer = new Dense(3);
        var model = new Sequential([new Input([3]), layer, new Dense(3)]);
        var (x, y) = (RandomOps.Uniform([2, 3]), RandomOps.Uniform([2, 3]));

        #region recompile
        // Train some layers first.
        model.Compile(optimizer: "adam", loss: "mse");
        model.Fit(x, y, verbose: 0);

        // Then freeze one.
        layer.Trainable = false;

        model.Compile(optimizer: "adam", loss: "mse");
        model.Fit(x, y, verbose: 0);
        #endregion

        Assert.Equal(2, model.TrainableWeights.Count);
        float[] before = layer.Weights[0].Value.ToArray<float>();
        model.Fit(x, y, verbose: 0);
        Assert.Equal(before, layer.Weights[0].Value.ToArray<float>());
    }

    [Fact]
    public void ShapesAndNamesOfScores()
    {
        #region metrics names
        var inputs = new Input(shape: [3]);
        var d = new Dense(5, name: "out");
        var model = new Model(inputs: inputs, outputs: [new Dense(2).Apply(inputs), d.Apply(inputs)]);
        model.Compile(optimizer: "Adam", loss: "mse", metrics: new() { ["out"] = "mae" });

        var x = RandomOps.Uniform([2, 3]);
        var y = RandomOps.Uniform([2, 2]);
        var z = RandomOps.Uniform([2, 5]);
        model.Fit(x, (y, z), verbose: 0);
        #endregion

        Assert.Equal(["loss", "dense_loss", "out_loss", "out_mae"], model.MetricsNames);
    }

    [Fact]
    public void LayersByNameOrPosition()
    {
        var inputs = new Input([37]);
        var model = new Model(inputs, new Dense(5, name: "last").Apply(new Dense(32).Apply(inputs)));

        #region get layer
        var hidden = model.GetLayer("dense");
        var last = model.GetLayer(index: 2);
        var features = new Model(model.Input, hidden.Output);
        #endregion

        Assert.Equal(["input_layer", "dense", "last"], model.Layers.Select(l => l.Name));
        Assert.Equal("last", last.Name);
        Assert.Equal([2, 32], features.Predict(Ops.Ones([2, 37]), verbose: 0).Shape);
        ArgumentException unknown = Assert.Throws<ArgumentException>(() => model.GetLayer("dens"));
        Assert.Contains("'input_layer', 'dense', 'last'", unknown.Message);
        Assert.Contains("Did you mean 'dense'?", unknown.Message);
        Assert.Throws<ArgumentException>(() => model.GetLayer());
        Assert.Throws<ArgumentException>(() => model.GetLayer(index: 3));
        Assert.Throws<ArgumentException>(() => model.GetLayer("last", 1));
    }

    #region subclassed model
    public class MyModel : Model
    {
        private readonly Dense _dense1 = new(32, activation: "relu");
        private readonly Dense _dense2 = new(5, activation: "softmax");

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            var x = _dense1.Apply(inputs);
            return _dense2.Apply(x);
        }
    }
    #endregion

    #region training argument
    public class MyModelWithDropout : Model
    {
        private readonly Dense _dense1 = new(32, activation: "relu");
        private readonly Dense _dense2 = new(5, activation: "softmax");
        private readonly Dropout _dropout = new(0.5);

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            var x = _dense1.Apply(inputs);
            x = _dropout.Apply(x, training);
            return _dense2.Apply(x);
        }
    }
    #endregion
}
