using System.Text.Json.Nodes;
using NKeras;
using NKeras.Layers;
using NKeras.Regularizers;

namespace DocumentationExamples;

/// <summary>The examples of the guide "Making new layers and models via subclassing".</summary>
public sealed class SubclassingGuideTests
{
    [Fact]
    public void WeightsCreatedByTheConstructor()
    {
        EagerLinear linearLayer = new(4, 2);
        Assert.Equal([2, 4], linearLayer.Apply(Ops.Ones([2, 2])).Shape);
        Assert.Equal([[2, 4], [4]], linearLayer.Weights.Select(w => w.Shape));
        Assert.All(linearLayer.Weights, w => Assert.StartsWith(linearLayer.Name + "/variable", w.Path));
    }

    [Fact]
    public void WeightsThatAreNotTrained()
    {
        #region non-trainable weights
        var x = Ops.Ones([2, 2]);
        var mySum = new ComputeSum(2);
        var y = mySum.Apply(x); // [2, 2]
        y = mySum.Apply(x); // [4, 4]

        Console.WriteLine(mySum.Weights.Count); // 1
        Console.WriteLine(mySum.NonTrainableWeights.Count); // 1
        Console.WriteLine(mySum.TrainableWeights.Count); // 0
        #endregion

        Assert.Equal([4f, 4], y.ToArray<float>());
        Assert.Equal(mySum.Weights, mySum.NonTrainableWeights);
        Assert.Single(mySum.Weights);
        Assert.Empty(mySum.TrainableWeights);
    }

    [Fact]
    public void WeightsCreatedWhenTheShapeIsKnown()
    {
        // Nothing is known of the inputs yet.
        Linear linearLayer = new(32);
        Assert.Empty(linearLayer.Weights);
        // The first call creates the weights.
        linearLayer.Apply(Ops.Ones([2, 2]));
        Assert.Equal([[2, 32], [32]], linearLayer.Weights.Select(w => w.Shape));
    }

    [Fact]
    public void LayersWithinLayers()
    {
        #region use of the block
        var mlp = new MLPBlock();
        var y = mlp.Apply(Ops.Ones([3, 64])); // The first call creates the weights.
        Console.WriteLine(mlp.Weights.Count); // 6
        Console.WriteLine(mlp.TrainableWeights.Count); // 6
        #endregion

        Assert.Equal([3, 1], y.Shape);
        Assert.Equal([[64, 32], [32], [32, 32], [32], [32, 1], [1]], mlp.Weights.Select(w => w.Shape));
        Assert.Equal(6, mlp.TrainableWeights.Count);
    }

    [Fact]
    public void LossesOfTheLastCall()
    {
        #region losses
        var layer = new OuterLayer();
        Console.WriteLine(layer.Losses.Count); // 0: it was never called.

        layer.Apply(Ops.Zeros([1, 1]));
        Console.WriteLine(layer.Losses.Count); // 1

        layer.Apply(Ops.Zeros([1, 1]));
        Console.WriteLine(layer.Losses.Count); // 1: that of the last call.
        #endregion

        Assert.Single(layer.Losses);
        Assert.Empty(new OuterLayer().Losses);
        layer.Apply(Ops.Full([2, 2], 3));
        Assert.Equal(0.03f, Assert.Single(layer.Losses).Item<float>(), 1e-6f);
    }

    [Fact]
    public void LossesOfWeights()
    {
        OuterLayerWithKernelRegularizer layer = new();
        layer.Apply(Ops.Zeros([1, 3]));
        float squares = layer.Weights[0].Value.ToArray<float>().Sum(v => v * v);
        Assert.Equal(1e-3f * squares, Assert.Single(layer.Losses).Item<float>(), 1e-6f);
    }

    [Fact]
    public void FitAddsTheLossesOfLayers()
    {
        var (x, y) = (Ops.Full([2, 3], 2), Ops.Full([2, 3], 1));

        #region fit with losses of layers
        var inputs = new Input(shape: [3]);
        var outputs = new ActivityRegularizationLayer().Apply(inputs);
        var model = new Model(inputs, outputs);

        // The layers' losses are added to that of Compile.
        model.Compile(optimizer: "adam", loss: "mse");
        var history = model.Fit(x, y, verbose: 0);

        // They are enough, too.
        model.Compile(optimizer: "adam");
        var own = model.Fit(x, y, verbose: 0);
        #endregion

        Assert.Equal(1.02, history["loss"][0], 1e-6);
        Assert.Equal(0.02, own["loss"][0], 1e-6);
    }

    [Fact]
    public void LayersFromConfigurations()
    {
        #region layer from config
        var layer = new ConfiguredLinear(64);
        var config = layer.GetConfig(); // {"units": 64}
        var newLayer = Layer.FromConfig<ConfiguredLinear>(config);
        #endregion

        Assert.Equal("""{"units":64}""", config.ToJsonString());
        Assert.Equal(64, newLayer.Units);
    }

    [Fact]
    public void ConfigurationsWithWhatAllLayersHave()
    {
        Linear layer = new(64, name: "own");
        JsonObject config = layer.GetConfig();
        Assert.Equal(["name", "trainable", "dtype", "units"], config.Select(e => e.Key));
        Linear copy = Layer.FromConfig<Linear>(config);
        Assert.Equal(("own", 64), (copy.Name, copy.Units));
    }

    [Fact]
    public void ADropoutOfOnesOwn()
    {
        CustomDropout layer = new(0.5);
        Tensor x = Ops.Ones([1, 100]);
        Assert.Equal(x.ToArray<float>(), layer.Apply(x).ToArray<float>());
        Assert.Equal([0f, 2], layer.Apply(x, training: true).ToArray<float>().Distinct().Order());
    }

    [Fact]
    public void AModelOfBlocks()
    {
        ResNet resnet = new(numClasses: 10);
        resnet.Compile("sgd", "sparse_categorical_crossentropy");
        resnet.Fit(RandomOps.Uniform([4, 8, 8, 3]), new[] { 0, 1, 2, 3 }, epochs: 2, verbose: 0);
        Assert.Equal([4, 10], resnet.Predict(RandomOps.Uniform([4, 8, 8, 3]), verbose: 0).Shape);
        Assert.Equal(4, resnet.Layers.Count);
        Assert.Equal(6, resnet.Weights.Count);
    }

    #region linear
    public class Linear(int units = 32, string? name = null) : Layer(name)
    {
        private Variable? _w, _b;

        public int Units { get; } = units;

        public override void Build(Shape inputShape)
        {
            _w = AddWeight(shape: [inputShape[-1], Units], initializer: "random_normal", trainable: true);
            _b = AddWeight(shape: [Units], initializer: "random_normal", trainable: true);
        }

        public override Tensor Call(Tensor inputs, bool training = false) => Ops.Matmul(inputs, _w!) + _b!;
    }
    #endregion

    #region block
    public class MLPBlock : Layer
    {
        private readonly Linear _linear1 = new(32);
        private readonly Linear _linear2 = new(32);
        private readonly Linear _linear3 = new(1);

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            var x = _linear1.Apply(inputs);
            x = Activations.Relu(x);
            x = _linear2.Apply(x);
            x = Activations.Relu(x);
            return _linear3.Apply(x);
        }
    }
    #endregion

    #region weights of the constructor
    public class EagerLinear : Layer
    {
        private readonly Variable _w, _b;

        public EagerLinear(int units = 32, int inputDim = 32)
        {
            _w = AddWeight(shape: [inputDim, units], initializer: "random_normal", trainable: true);
            _b = AddWeight(shape: [units], initializer: "zeros", trainable: true);
        }

        public override Tensor Call(Tensor inputs, bool training = false) => Ops.Matmul(inputs, _w) + _b;
    }
    #endregion

    public class ComputeSum : Layer
    {
        private readonly Variable _total;

        public ComputeSum(int inputDim) => _total = AddWeight(initializer: "zeros", shape: [inputDim], trainable: false);

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            _total.AssignAdd(Ops.Sum(inputs, axis: 0));
            return _total;
        }
    }

    #region activity regularization
    public class ActivityRegularizationLayer(double rate = 1e-2) : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false)
        {
            AddLoss(rate * Ops.Mean(inputs));
            return inputs;
        }
    }

    public class OuterLayer : Layer
    {
        private readonly ActivityRegularizationLayer _activityReg = new(1e-2);

        public override Tensor Call(Tensor inputs, bool training = false) => _activityReg.Apply(inputs);
    }
    #endregion

    private sealed class RegularizedDense(int units) : Layer
    {
        private Variable? _kernel;

        public override void Build(Shape inputShape) => _kernel = AddWeight(shape: [inputShape[-1], units], regularizer: new L2(1e-3));

        public override Tensor Call(Tensor inputs, bool training = false) => Ops.Matmul(inputs, _kernel!);
    }

    private sealed class OuterLayerWithKernelRegularizer : Layer
    {
        private readonly RegularizedDense _dense = new(32);

        public override Tensor Call(Tensor inputs, bool training = false) => _dense.Apply(inputs);
    }

    #region get config
    public class ConfiguredLinear(int units = 32) : Linear(units)
    {
        public override JsonObject GetConfig() => new() { ["units"] = Units };
    }
    #endregion

    #region dropout
    public class CustomDropout(double rate, string? name = null) : Layer(name)
    {
        public double Rate { get; } = rate;

        public override Tensor Call(Tensor inputs, bool training = false) =>
            training ? RandomOps.Dropout(inputs, rate: Rate) : inputs;
    }
    #endregion

    private sealed class ResNetBlock : Layer
    {
        private readonly Conv2D _conv = new(3, 3, padding: "same", activation: "relu");

        public override Tensor Call(Tensor inputs, bool training = false) => inputs + _conv.Apply(inputs);
    }

    private sealed class ResNet(int numClasses = 1000) : Model
    {
        private readonly ResNetBlock _block1 = new();
        private readonly ResNetBlock _block2 = new();
        private readonly GlobalAveragePooling2D _globalPool = new();
        private readonly Dense _classifier = new(numClasses, activation: "softmax");

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            var x = _block1.Apply(inputs);
            x = _block2.Apply(x);
            x = _globalPool.Apply(x);
            return _classifier.Apply(x);
        }
    }
}
