using NKeras.Layers;

namespace NKeras.Tests.Layers;

/// <summary>Layers that users write.</summary>
public sealed class CustomLayerTests
{
    [Fact]
    public void LayersInFieldsAndListsArePartOfTheLayer()
    {
        Block block = new();
        Input x = new([3]);
        Model model = new(x, block.Apply(x));
        Assert.Equal(6, block.Weights.Count);
        Assert.Equal([[3, 4], [4], [4, 4], [4], [4, 2], [2]], block.Weights.Select(w => w.Shape));
        model.Compile("sgd", "mse");
        float[][] before = [.. block.Weights.Select(w => w.Value.ToArray<float>())];
        model.Fit(new float[,] { { 1, 2, 3 }, { 3, 2, 1 } }, new float[,] { { 1, 2 }, { 3, 4 } }, verbose: 0);
        Assert.All(block.Weights.Zip(before), pair => Assert.NotEqual(pair.Second, pair.First.Value.ToArray<float>()));
        block.Trainable = false;
        Assert.Empty(model.TrainableWeights);
    }

    [Fact]
    public void BuildRunsOnce()
    {
        Scale layer = new();
        layer.Build([null, 3]);
        layer.Apply(new float[,] { { 1, 2, 3 } });
        Assert.Single(layer.Weights);
    }

    [Fact]
    public void AFailedBuildLeavesNothingBehind()
    {
        Scale layer = new() { Fail = true };
        Assert.Throws<FormatException>(() => layer.Apply(new float[,] { { 1, 2, 3 } }));
        Assert.Empty(layer.Weights);
        layer.Fail = false;
        Assert.Equal([1f, 2, 3], layer.Apply(new float[,] { { 1, 2, 3 } }).ToArray<float>());
        Assert.Single(layer.Weights);
    }

    [Fact]
    public void NullIsRefused()
    {
        Assert.Contains("'nothing'", Assert.Throws<InvalidOperationException>(() => new ReturnsNull().Apply((Tensor)1f)).Message);
        Assert.Contains("'sum'", Assert.Throws<ArgumentNullException>(() => new Add(name: "sum").Apply([new Input([2]), null!])).Message);
    }

    private sealed class Block : Layer
    {
        private readonly Dense _first = new(4);
        private readonly List<Layer> _middle = [new Dense(4)];
        private readonly Dense _last = new(2);

        public override Tensor Call(Tensor inputs, bool training = false) => _last.Apply(_middle.Aggregate(_first.Apply(inputs), (x, layer) => layer.Apply(x)));
    }

    private sealed class Scale : Layer
    {
        private Variable? _scale;

        public bool Fail { get; set; }

        public override void Build(Shape inputShape)
        {
            _scale = AddWeight("scale", [inputShape[-1]], "ones");
            if (Fail) throw new FormatException();
        }

        public override Tensor Call(Tensor inputs, bool training = false) => inputs * _scale!;
    }

    private sealed class ReturnsNull() : Layer("nothing")
    {
        public override Tensor Call(Tensor inputs, bool training = false) => null!;
    }
}
