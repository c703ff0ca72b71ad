using NKeras.Layers;
using NKeras.Saving;

namespace NKeras.Tests.Saving;

/// <summary>Where Keras's files keep weights; the paths were read from files of Keras 3.16 made of the same models.</summary>
public sealed class WeightPathTests
{
    [Fact]
    public void LayersOfAModelAreNumberedByClass()
    {
        Sequential model = new([new Input([8, 8, 1]), new Conv2D(8, 3, name: "a"), new Conv2D(4, 3, name: "b"), new Flatten(), new Dropout(0.5), new Dense(10)]);
        Assert.Equal(
            ["layers/conv2d/vars/0", "layers/conv2d/vars/1", "layers/conv2d_1/vars/0", "layers/conv2d_1/vars/1", "layers/dense/vars/0", "layers/dense/vars/1"],
            WeightPaths.Of(model).Select(p => p.Path));
        Assert.Equal(model.Weights, WeightPaths.Of(model).Select(p => p.Variable));
    }

    [Fact]
    public void FieldsHaveTheNamesOfPythonsAttributes()
    {
        Block block = new();
        block.Apply(Ops.Ones([2, 3]));
        Assert.Equal(
            [
                "vars/0", "by_name/dense/vars/0", "by_name/dense_1/vars/0", "hidden_dense/vars/0", "hidden_dense/vars/1",
                "items/dense/vars/0", "items/container/batch_normalization/vars/0", "items/container/batch_normalization/vars/1", "items/container/batch_normalization/vars/2", "items/container/batch_normalization/vars/3",
            ],
            WeightPaths.Of(block).Select(p => p.Path));
    }

    [Fact]
    public void LayersOfASubclassedModelAreAnAttributeAmongOthers()
    {
        // Read from a .weights.h5 file of Keras 3.16 of the same class.
        Keeper model = new();
        model.Apply(Ops.Ones([1, 5]));
        Assert.Equal(["a/vars/0", "layers/dense/vars/0", "layers/dense_2/vars/0", "layers/dense_3/vars/0"], WeightPaths.Of(model).Select(p => p.Path));
        Assert.Equal([5, 3, 2, 4], WeightPaths.Of(model).Select(p => p.Variable.Shape[0]!.Value));
    }

    private sealed class Keeper : Model
    {
        private readonly Dense _user = new(2, useBias: false), _a = new(3, useBias: false);
        private readonly Layer[] _zz = [new Dense(4, useBias: false)];
        private readonly Dense _zzz = new(4, useBias: false);

        public override Tensor Call(Tensor inputs, bool training = false) => _zzz.Apply(_zz[0].Apply(_user.Apply(_a.Apply(inputs))));
    }

    private sealed class Block : Layer
    {
        private readonly Dense _hiddenDense = new(3);
        private readonly object[] _items;

        public Block() => _items = [new Dense(3, useBias: false), new Layer[] { new BatchNormalization() }, _hiddenDense];

        public Dictionary<string, Layer> ByName { get; } = new() { ["x"] = new Dense(3, useBias: false), ["y"] = new Dense(3, useBias: false) };

        public Variable Gain { get; } = new((Tensor)new float[] { 1, 1, 1 }, name: "gain");

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            Tensor x = _hiddenDense.Apply(((Layer)_items[0]).Apply(inputs)) * Gain;
            return ByName["y"].Apply(ByName["x"].Apply(((Layer[])_items[1])[0].Apply(x)));
        }
    }
}
