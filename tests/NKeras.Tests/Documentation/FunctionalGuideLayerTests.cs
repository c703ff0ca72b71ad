using System.Text.Json.Nodes;
using NKeras;
using NKeras.Layers;

namespace DocumentationExamples;

/// <summary>The examples of the guide "The functional API" with layers and models of one's own.</summary>
public sealed class FunctionalGuideLayerTests
{
    [Fact]
    public void ACustomLayerInAFunctionalModel()
    {
        #region custom dense
        var inputs = new Input([4]);
        var outputs = new CustomDense(10).Apply(inputs);
        var model = new Model(inputs, outputs);
        #endregion

        Assert.Equal([null, 10], model.OutputShape);
        Assert.Equal(50, model.CountParams());

        #region config
        var config = model.GetConfig();

        Utils.RegisterKerasSerializable<CustomDense>();
        var newModel = Model.FromConfig(config);
        #endregion

        Assert.Equal(10, Assert.IsType<CustomDense>(newModel.Layers[1]).Units);
        Assert.Equal([[4, 10], [10]], newModel.Weights.Select(w => w.Shape));
    }

    [Fact]
    public void TheSameModelBySubclassing()
    {
        #region functional mlp
        var inputs = new Input(shape: [32]);
        var x = new Dense(64, activation: "relu").Apply(inputs);
        var outputs = new Dense(10).Apply(x);
        var functional = new Model(inputs, outputs);
        #endregion

        #region use of the subclass
        var mlp = new MLP();
        // The first call creates the weights.
        mlp.Apply(Ops.Zeros([1, 32]));
        #endregion

        Assert.Equal(functional.Weights.Select(w => w.Shape), mlp.Weights.Select(w => w.Shape));
        mlp.SetWeights(functional.GetWeights());
        Tensor data = RandomOps.Uniform([3, 32]);
        Assert.Equal(functional.Predict(data, verbose: 0).ToArray<float>(), mlp.Predict(data, verbose: 0).ToArray<float>());
    }

    [Fact]
    public void AFunctionalModelWithinALayer()
    {
        // The guide averages over time with GlobalAveragePooling1D.
        var inputs = new Input([null, 32]);
        var model = new Model(inputs, new Dense(1).Apply(Ops.Mean(inputs, axis: 1)));

        CustomRNN layer = new(model);
        Assert.Equal([1, 1], layer.Apply(Ops.Zeros([1, 10, 5])).Shape);
        Assert.Equal(6, layer.Weights.Count);
    }

    [Fact]
    public void ACustomRecurrentLayerInAFunctionalModel()
    {
        // The guide begins with a Conv1D, which shortens the sequences by two.
        var inputs = new Input(batchShape: [16, 10, 5]);
        var x = new Dense(32).Apply(inputs);
        var outputs = new CustomRNN(new Dense(1)).Apply(x);
        var model = new Model(inputs, outputs);

        Assert.Equal([16, 10, 1], model.OutputShape);
        Assert.Equal(8, model.Weights.Count);

        CustomRNN rnn = new(new Dense(1));
        Assert.Equal([1, 10, 1], rnn.Apply(Ops.Zeros([1, 10, 5])).Shape);
    }

    #region custom dense class
    public class CustomDense(int units = 32) : Layer
    {
        private Variable? _w, _b;

        public int Units { get; } = units;

        public override void Build(Shape inputShape)
        {
            _w = AddWeight(shape: [inputShape[-1], Units], initializer: "random_normal", trainable: true);
            _b = AddWeight(shape: [Units], initializer: "random_normal", trainable: true);
        }

        public override Tensor Call(Tensor inputs, bool training = false) => Ops.Matmul(inputs, _w!) + _b!;

        public override JsonObject GetConfig() => new() { ["units"] = Units };
    }
    #endregion

    #region mlp class
    public class MLP : Model
    {
        private readonly Dense _dense1 = new(64, activation: "relu");
        private readonly Dense _dense2 = new(10);

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            var x = _dense1.Apply(inputs);
            return _dense2.Apply(x);
        }
    }
    #endregion

    private sealed class CustomRNN(Layer classifier) : Layer
    {
        private const int Units = 32;
        private readonly Dense _projection1 = new(Units, activation: "tanh");
        private readonly Dense _projection2 = new(Units, activation: "tanh");
        private readonly Layer _classifier = classifier;

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            List<Tensor> outputs = [];
            var state = Ops.Zeros([inputs.Shape[0], Units]);
            for (int t = 0; t < inputs.Shape[1]; t++)
            {
                var x = Ops.Take(inputs, t, axis: 1);
                var h = _projection1.Apply(x);
                var y = h + _projection2.Apply(state);
                state = y;
                outputs.Add(Ops.ExpandDims(y, axis: 1));
            }

            var features = Ops.Concatenate(outputs, axis: 1);
            return _classifier.Apply(features);
        }
    }
}
