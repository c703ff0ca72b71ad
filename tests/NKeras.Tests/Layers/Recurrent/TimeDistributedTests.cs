using NKeras.Layers;
using static NKeras.Tests.Layers.Recurrent.RecurrentData;

namespace NKeras.Tests.Layers.Recurrent;

/// <summary>A layer at each step, compared with the layer at each step.</summary>
public sealed class TimeDistributedTests
{
    [Fact]
    public void LayerIsAppliedToEachStep()
    {
        Tensor x = Numbers([2, 3, 6, 6, 2]);
        Conv2D layer = new(4, 3, activation: "relu");
        Tensor result = new TimeDistributed(layer).Apply(x);
        for (int step = 0; step < 3; step++) AssertClose(layer.Apply(At(x, step)), At(result, step));
    }

    [Fact]
    public void ModelsAreLayers()
    {
        Tensor x = Numbers([2, 3, 4]);
        Sequential model = new([new Input([4]), new Dense(5, "tanh"), new Dense(2)]);
        Tensor result = new TimeDistributed(model).Apply(x);
        for (int step = 0; step < 3; step++) AssertClose(model.Apply(At(x, step)), At(result, step));
    }

    [Fact]
    public void EachStepHasStatisticsOfItsOwn()
    {
        Tensor x = Numbers([8, 3, 2]);
        BatchNormalization inner = new(momentum: 0.5), alone = new(momentum: 0.5);
        Tensor result = new TimeDistributed(inner).Apply(x, training: true);
        for (int step = 0; step < 3; step++) AssertClose(alone.Apply(At(x, step), training: true), At(result, step));
        AssertClose(alone.MovingMean, inner.MovingMean);
    }

    [Fact]
    public void MaskOfEachStepReachesALayerThatTakesOne()
    {
        Tensor x = Numbers([2, 3, 4, 2]), mask = Ops.Less(Numbers([2, 3, 4], 1), 0.3);
        GRU layer = new(3);
        Tensor result = new TimeDistributed(layer).Apply(x, mask: mask);
        for (int step = 0; step < 3; step++) AssertClose(layer.Apply(At(x, step), mask: At(mask, step)), At(result, step));
    }

    [Fact]
    public void NumberOfStepsMayBeUnknown()
    {
        Input x = new([null, 4]);
        Model model = new(x, new TimeDistributed(new Dense(2)).Apply(x));
        Assert.Equal([null, null, 2], model.Outputs[0].Shape);
        Assert.Equal([3, 7, 2], model.Predict(Numbers([3, 7, 4]), verbose: 0).Shape);
    }

    [Fact]
    public void ErrorsNameTheLayer()
    {
        TimeDistributed layer = new(new Dense(2), name: "t");
        Assert.Contains("'t'", Assert.Throws<ArgumentException>(() => layer.Apply(Numbers([2, 3]))).Message);
        Assert.Contains("(2, 4)", Assert.Throws<ArgumentException>(() => layer.Apply(Numbers([2, 3, 4]), mask: Ops.Ones([2, 4], DType.Bool))).Message);
        Assert.Contains("(2,)", Assert.Throws<ArgumentException>(() => layer.Apply(Numbers([2, 3, 4]), mask: Ops.Ones([2], DType.Bool))).Message);
    }
}
