using NKeras;
using NKeras.Layers;
using NKeras.Optimizers;

namespace DocumentationExamples;

/// <summary>The examples of <c>Input</c>, <c>InputLayer</c>, <c>KerasTensor</c> and <c>InputSpec</c>, also those of older versions.</summary>
public sealed class InputExampleTests
{
    [Fact]
    public void LogisticRegression()
    {
        #region input
        // This is a logistic regression.
        var x = new Input(shape: [32]);
        var y = new Dense(16, activation: "softmax").Apply(x);
        var model = new Model(x, y);
        #endregion

        Assert.Equal([null, 32], model.InputShape);
        Assert.Equal([null, 16], model.OutputShape);
        Assert.Equal((32 * 16) + 16, model.CountParams());
        Assert.Equal([4, 16], model.Predict(Ops.Ones([4, 32]), verbose: 0).Shape);
    }

    [Fact]
    public void AFunctionAppliedToAnInputIsAStepOfTheModel()
    {
        #region input operation
        var x = new Input(shape: [32]);
        var y = Ops.Square(x); // A step of the model, as a layer would be.
        var model = new Model(x, y);
        #endregion

        Assert.Equal([9f], model.Predict(Tensor.From([3f], [1, 1]) * Ops.Ones([1, 32]), verbose: 0).ToArray<float>().Distinct());
    }

    [Fact]
    public void AnInputWithSomeDimensionsUnknown()
    {
        #region shapes
        var images = new Input(shape: [null, null, 3]); // (None, None, None, 3)
        var sequences = new Input(shape: [null], dtype: "int32");
        var batch = new Input(batchShape: [16, 10, 5]);
        var numbers = new Input(shape: []); // One number per sample.
        #endregion

        Assert.Equal([null, null, null, 3], images.Shape);
        Assert.Equal(DType.Int32, sequences.DType);
        Assert.Equal([16, 10, 5], batch.Shape);
        Assert.Equal([null], numbers.Shape);
        Assert.Equal([3, 30, 20, 2], new Model(images, new Conv2D(2, 3, padding: "same").Apply(images)).Predict(Ops.Zeros([3, 30, 20, 3]), verbose: 0).Shape);
    }

    [Fact]
    public void AnInputWrapsATensorThatExists()
    {
        #region input tensor
        var given = new KerasTensor(shape: [null, 3], name: "given");
        var x = new Input(tensor: given);
        var model = new Model(x, new Dense(2).Apply(x));
        #endregion

        Assert.Equal("given", x.Name);
        Assert.Equal([null, 3], model.InputShape);
        Assert.Contains("shape", Assert.Throws<ArgumentException>(() => new Input(shape: [4], tensor: given)).Message);
    }

    [Fact]
    public void AnOptionalInputMayBeLeftOut()
    {
        #region optional input
        var x = new Input(shape: [3]);
        var extra = new Input(shape: [3], name: "extra", optional: true);
        var model = new Model([x, extra], new AddIfGiven().Apply(x, extra));

        var without = model.Predict((Ops.Ones([2, 3]), null), verbose: 0);
        var with = model.Predict((Ops.Ones([2, 3]), Ops.Ones([2, 3])), verbose: 0);
        #endregion

        Assert.All(without.ToArray<float>(), v => Assert.Equal(1, v));
        Assert.All(with.ToArray<float>(), v => Assert.Equal(2, v));
    }

    [Fact]
    public void AKerasTensorHasAShapeAndAType()
    {
        #region keras tensor
        var x = new KerasTensor(shape: [3, 4], dtype: "float32");
        Console.WriteLine(x.Shape); // (3, 4)
        Console.WriteLine(x.DType); // float32
        #endregion

        Assert.Equal("(3, 4)", x.Shape.ToString());
        Assert.Equal("float32", x.DType.ToString());
    }

    [Fact]
    public void AnInputLayerStandsInAListOfLayers()
    {
        #region input layer
        var model = new Sequential([
            new InputLayer(shape: [4]),
            new Dense(8),
        ]);
        model.Compile(new RMSprop(0.001), loss: "mse");
        model.Fit(Ops.Zeros([10, 4]), Ops.Ones([10, 8]), verbose: 0);
        #endregion

        Assert.Equal([null, 4], model.InputShape);
        Assert.Equal([null, 8], model.OutputShape);
    }

    [Fact]
    public void ALayerSaysWhatInputsItTakes()
    {
        MyLayer layer = new();
        Assert.Equal([3, 28, 28], layer.Apply(Ops.Ones([3, 28, 28])).Shape);
        Assert.Equal([3, 28, 28, 1], layer.Apply(Ops.Ones([3, 28, 28, 1])).Shape);
        Assert.Contains("(None, 28, 28, 1)", Assert.Throws<ArgumentException>(() => layer.Apply(Ops.Ones([3, 28, 29]))).Message);
        Assert.Contains("(3, 28, 28, 2)", Assert.Throws<ArgumentException>(() => layer.Apply(Ops.Ones([3, 28, 28, 2]))).Message);
        Assert.Throws<ArgumentException>(() => layer.Apply(Ops.Ones([3, 28])));
    }

    private sealed class AddIfGiven : Layer
    {
        public override Tensors Call(Tensors inputs, bool training) => inputs[1] is { } given ? inputs[0] + given : inputs[0];
    }

    #region input spec
    public class MyLayer : Layer
    {
        public MyLayer() =>
            // Takes shapes (*, 28, 28) and (*, 28, 28, 1), and throws for others.
            InputSpec = new InputSpec(shape: [null, 28, 28, 1], allowLastAxisSqueeze: true);

        public override Tensor Call(Tensor inputs, bool training = false) => inputs;
    }
    #endregion
}
