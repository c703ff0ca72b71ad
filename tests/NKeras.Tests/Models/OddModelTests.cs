using NKeras.Layers;

namespace NKeras.Tests.Models;

/// <summary>Models that cannot be, built by hand: each is an ArgumentException.</summary>
public class OddModelTests
{
    [Fact]
    public void AChainCannotHoldItself()
    {
        Sequential a = new(name: "a"), b = new([a], name: "b");
        Assert.Contains("itself", Assert.Throws<ArgumentException>(() => a.Add(a)).Message, StringComparison.Ordinal);
        Assert.Contains("itself", Assert.Throws<ArgumentException>(() => a.Add(b)).Message, StringComparison.Ordinal);
        Assert.Empty(a.Layers);
    }

    [Fact]
    public void LayersThatCallOrAskEachOtherForEverAreErrorsAndNoCrash()
    {
        Loop loop = new();
        Assert.ThrowsAny<ArgumentException>(() => loop.Apply(new Input(shape: [2])));
        Assert.ThrowsAny<ArgumentException>(() => loop.Metrics);
    }

    [Fact]
    public void ALayerThatHoldsTheOneAroundItCountsOnce()
    {
        Loop loop = new();
        Assert.Empty(loop.Weights);
        loop.Trainable = false;
        Assert.False(Assert.Single(loop.AllSubLayers).Trainable);
    }

    [Fact]
    public void ModelsNestedWithoutEndAreAnErrorAndNoCrash()
    {
        foreach (int depth in new[] { 101, 1000, 3000 })
        {
            Assert.ThrowsAny<ArgumentException>(() => Nested(depth).Build([null, 2]));
            Assert.ThrowsAny<ArgumentException>(() => Nested(depth).ToJson());
        }

        static Sequential Nested(int depth)
        {
            Sequential model = new([new Dense(1)]);
            for (int i = 0; i < depth; i++)
            {
                Sequential outer = new();
                outer.Add(model);
                model = outer;
            }

            return model;
        }
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[z-a]")]
    [InlineData("*")]
    [InlineData("\\")]
    [InlineData("no_such_layer")]
    [InlineData("((a+)+)+$")]
    public void ARangeOfASummaryIsAnExpressionThatMatchesInTime(string pattern)
    {
        Model model = new Sequential([new Input(shape: [2]), new Dense(2, name: new string('a', 60) + "!")], name: "model");
        Assert.ThrowsAny<ArgumentException>(() => model.Summary(printFn: _ => { }, layerRange: [pattern, pattern]));
    }

    [Fact]
    public void RangesOfSummariesHaveTwoNames()
    {
        Model model = Small();
        Assert.ThrowsAny<ArgumentException>(() => model.Summary(printFn: _ => { }, layerRange: ["dense"]));
        Assert.ThrowsAny<ArgumentException>(() => model.Summary(printFn: _ => { }, layerRange: [null!, "dense"]));
        Assert.ThrowsAny<ArgumentException>(() => model.Summary(printFn: _ => { }, positions: [0.1, double.NaN, 1]));
        Assert.ThrowsAny<ArgumentException>(() => model.Summary(printFn: _ => { }, lineLength: -5));
        Assert.ThrowsAny<ArgumentException>(() => model.Summary(printFn: _ => { }, lineLength: 3));
    }

    [Fact]
    public void InputsOfImpossibleShapesAreRefused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new Input(shape: [-2]));
        Assert.ThrowsAny<ArgumentException>(() => new Input(shape: [int.MaxValue, int.MaxValue]));
        Assert.ThrowsAny<ArgumentException>(() => new Input(shape: [65536], batchSize: 65536));
        Assert.ThrowsAny<ArgumentException>(() => new Input(batchShape: [null, int.MaxValue, 2]));
        Assert.ThrowsAny<ArgumentException>(() => new Input(shape: [2], name: ""));
        Assert.ThrowsAny<ArgumentException>(() => new Input(shape: [2], name: "a/b"));
        Assert.ThrowsAny<ArgumentException>(() => new Input());
    }

    [Fact]
    public void LayersOfImpossibleSizesAreRefused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new Dense(int.MaxValue).Apply(new Input(shape: [2])));
        Assert.ThrowsAny<ArgumentException>(() => new Dense(2, dtype: DType.String).Apply(new Input(shape: [2])));
        Assert.ThrowsAny<ArgumentException>(() => new Reshape([int.MaxValue, int.MaxValue]).Apply(new Input(shape: [2])));
        Assert.ThrowsAny<ArgumentException>(() => new Conv2D(2, 1_000_000_000).Apply(new Input(shape: [8, 8, 3])));
        Assert.ThrowsAny<ArgumentException>(() => new Conv2D(2, 3, dilationRate: int.MaxValue).Apply(new Input(shape: [8, 8, 3])));
        Assert.ThrowsAny<ArgumentException>(() => new Conv2D(2, 1_000_000_000, padding: "same").Apply(new Input(shape: [8, 8, 3])));
        Assert.ThrowsAny<ArgumentException>(() => new MaxPooling2D(int.MaxValue).Apply(new Input(shape: [8, 8, 3])));
        Assert.ThrowsAny<ArgumentException>(() => new Concatenate().Apply(new Input(shape: [int.MaxValue]), new Input(shape: [int.MaxValue])));
        Assert.ThrowsAny<ArgumentException>(() => new Concatenate(axis: 9).Apply(new Input(shape: [2]), new Input(shape: [2])));
    }

    [Fact]
    public void ModelsOfNothingAreRefused()
    {
        Input input = new(shape: [2]);
        Assert.ThrowsAny<ArgumentException>(() => new Model(null!, input));
        Assert.ThrowsAny<ArgumentException>(() => new Model(input, null!));
        Assert.ThrowsAny<ArgumentException>(() => new Model(new KerasTensors(), input));
        Assert.ThrowsAny<ArgumentException>(() => new Model(input, new KerasTensors()));
        Assert.ThrowsAny<ArgumentException>(() => new Model((input, input), new Dense(2).Apply(input)));
        Assert.ThrowsAny<ArgumentException>(() => new Model(new KerasTensor([null, 2]), input));
        Assert.ThrowsAny<ArgumentException>(() => new Model(input, new Input(shape: [3])));
        Assert.ThrowsAny<ArgumentException>(() => new Model(input, Tensor.From([1f], [1])));
        Assert.ThrowsAny<ArgumentException>(() => new Sequential([null!]));
        Assert.ThrowsAny<ArgumentException>(() => new Sequential([new Dense(2), new Input(shape: [2])]));
    }

    [Fact]
    public void LayersThatAreNotThereAreRefused()
    {
        Model model = Small();
        Assert.ThrowsAny<ArgumentException>(() => model.GetLayer());
        Assert.ThrowsAny<ArgumentException>(() => model.GetLayer("x", 0));
        Assert.ThrowsAny<ArgumentException>(() => model.GetLayer(index: -100));
        Assert.ThrowsAny<ArgumentException>(() => model.GetLayer(index: int.MaxValue));
        Assert.InRange(Assert.ThrowsAny<ArgumentException>(() => model.GetLayer(new string('x', 100_000))).Message.Length, 1, 101_000);
    }

    [Fact]
    public void ClonesOnInputsThatDoNotFitAreRefused()
    {
        Model model = Small();
        Assert.ThrowsAny<ArgumentException>(() => Model.Clone(null!));
        Assert.ThrowsAny<ArgumentException>(() => Model.Clone(model, inputTensors: (new Input(shape: [2]), new Input(shape: [2]))));
        Assert.ThrowsAny<ArgumentException>(() => Model.Clone(model, inputTensors: new Input(shape: [])));
        Assert.ThrowsAny<ArgumentException>(() => Model.Clone(model, cloneFunction: _ => null!));
        Assert.ThrowsAny<ArgumentException>(() => Model.Clone(model, cloneFunction: _ => new Conv2D(2, 2)));
    }

    private static Model Small()
    {
        Input input = new(shape: [2]);
        return new Model(input, new Dense(2, name: "dense").Apply(input), name: "small");
    }

    private sealed class Loop : Layer
    {
        private readonly Layer _inner;

        public Loop() => _inner = new Inner(this);

        public override Tensor Call(Tensor inputs, bool training = false) => _inner.Apply(inputs);
    }

    private sealed class Inner(Layer outer) : Layer
    {
        private readonly Layer _outer = outer;

        public override Tensor Call(Tensor inputs, bool training = false) => _outer.Apply(inputs);
    }
}
