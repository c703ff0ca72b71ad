using NKeras;
using NKeras.Layers;

namespace DocumentationExamples;

/// <summary>The examples of <c>Sequential</c>.</summary>
public sealed class SequentialExampleTests
{
    [Fact]
    public void WithAnInput()
    {
        #region add
        var model = new Sequential();
        model.Add(new Input(shape: [16]));
        model.Add(new Dense(8));
        #endregion

        Assert.Equal([null, 16], model.InputShape);
        Assert.Equal([null, 8], model.OutputShape);
        Assert.Equal(2, model.Weights.Count);
        Assert.Single(model.Layers);
    }

    [Fact]
    public void WithoutAnInputThereAreNoWeightsYet()
    {
        #region deferred
        var model = new Sequential();
        model.Add(new Dense(8));
        model.Add(new Dense(4));
        // There are no weights yet.
        #endregion

        Assert.False(model.Built);
        Assert.Empty(model.Weights);
    }

    [Fact]
    public void BuiltByHand()
    {
        #region build
        var model = new Sequential();
        model.Add(new Dense(8));
        model.Add(new Dense(4));
        model.Build([null, 16]);
        Console.WriteLine(model.Weights.Count); // 4
        #endregion

        Assert.Equal(4, model.Weights.Count);
        Assert.Equal([null, 4], model.OutputShape);
    }

    [Fact]
    public void BuiltByFit()
    {
        var (x, y) = (RandomOps.Uniform([8, 16]), RandomOps.Uniform([8, 1]));

        #region build by fit
        var model = new Sequential();
        model.Add(new Dense(8));
        model.Add(new Dense(1));
        model.Compile(optimizer: "sgd", loss: "mse");
        // This builds the model.
        model.Fit(x, y, batchSize: 32, epochs: 10, verbose: 0);
        #endregion

        Assert.Equal([null, 16], model.InputShape);
        Assert.Equal(4, model.Weights.Count);
    }
}
