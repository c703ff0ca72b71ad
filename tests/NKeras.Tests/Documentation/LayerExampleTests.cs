using NKeras;
using NKeras.Initializers;
using NKeras.Layers;

namespace DocumentationExamples;

/// <summary>The examples of <c>Layer</c> and its members, and of <c>Variable</c>.</summary>
public sealed class LayerExampleTests
{
    [Fact]
    public void ALayerWithTwoWeights()
    {
        #region simple dense
        // Makes the layer.
        var linearLayer = new SimpleDense(4);

        // This calls Build, too, and creates the weights.
        var y = linearLayer.Apply(Ops.Ones([2, 2]));
        #endregion

        Assert.Equal([2, 4], y.Shape);
        Assert.Equal(["kernel", "bias"], linearLayer.Weights.Select(w => w.Name));
        Assert.Equal(2, linearLayer.TrainableWeights.Count);
        Assert.Equal([2f, 2], Ops.Sum(linearLayer.Weights[0], axis: 0).ToArray<float>().Zip(y.ToArray<float>(), (k, v) => 2 * k / v).Take(2));
    }

    [Fact]
    public void ALayerWithAWeightThatIsNotTrained()
    {
        #region compute sum
        var mySum = new ComputeSum();
        var x = Ops.Ones([2, 2]);
        var y = mySum.Apply(x);
        #endregion

        Assert.Equal(4, y.Item<float>());
        Assert.Equal(8, mySum.Apply(x).Item<float>());
        Assert.Equal(["total"], mySum.Weights.Select(w => w.Name));
        Assert.Equal(mySum.Weights, mySum.NonTrainableWeights);
        Assert.Empty(mySum.TrainableWeights);
    }

    [Fact]
    public void ALayerThatAddsToTheLoss()
    {
        MyLayer layer = new();
        layer.Apply(Ops.Ones([2, 3]));
        Assert.Equal(6, Assert.Single(layer.Losses).Item<float>());
    }

    [Fact]
    public void Variables()
    {
        #region variables
        var fromArray = new Variable(initializer: Ops.Ones([3, 3]));
        var fromInitializer = new Variable(new Ones(), shape: [3, 3], dtype: "float32");
        fromArray.Assign(Ops.Zeros([3, 3]));
        var fixedVariable = new Variable(initializer: Ops.Ones([3, 3]), trainable: false);
        #endregion

        Assert.Equal(new float[9], fromArray.Value.ToArray<float>());
        Assert.All(fromInitializer.Value.ToArray<float>(), v => Assert.Equal(1, v));
        Assert.False(fixedVariable.Trainable);
    }

    #region simple dense class
    public class SimpleDense(int units = 32) : Layer
    {
        private Variable? _kernel, _bias;

        // Creates the state of the layer.
        public override void Build(Shape inputShape)
        {
            _kernel = AddWeight(shape: [inputShape[-1], units], initializer: "glorot_uniform", trainable: true, name: "kernel");
            _bias = AddWeight(shape: [units], initializer: "zeros", trainable: true, name: "bias");
        }

        // Says what it computes.
        public override Tensor Call(Tensor inputs, bool training = false) => Ops.Matmul(inputs, _kernel!) + _bias!;
    }
    #endregion

    #region compute sum class
    public class ComputeSum : Layer
    {
        private readonly Variable _total;

        public ComputeSum() => _total = AddWeight(shape: [], initializer: "zeros", trainable: false, name: "total");

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            _total.Assign(_total + Ops.Sum(inputs));
            return _total;
        }
    }
    #endregion

    #region add loss
    public class MyLayer : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false)
        {
            AddLoss(Ops.Sum(inputs));
            return inputs;
        }
    }
    #endregion
}
