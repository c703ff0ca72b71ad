using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Optimizers;

namespace NKeras.Tests.Training;

/// <summary>What Fit, Evaluate and Predict do on small data.</summary>
[Collection(NamesCollection.Name)]
public sealed class FitTests
{
    [Fact]
    public void LinearRegressionFindsTheLine()
    {
        Utils.SetRandomSeed(1);
        (Tensor x, Tensor y) = Line(64);
        Sequential model = new([new Input([2]), new Dense(1)]);
        model.Compile(new SGD(0.1), "mse", metrics: ["mae"]);
        History history = model.Fit(x, y, batchSize: 16, epochs: 120, verbose: 0);

        Assert.Equal(["loss", "mae"], history.Logs.Keys);
        Assert.Equal(120, history.Epoch.Count);
        Assert.True(history["loss"][^1] < 1e-4, $"loss {history["loss"][^1]}");
        float[] kernel = model.GetWeights()[0].ToArray<float>();
        Assert.Equal(2, kernel[0], 0.05);
        Assert.Equal(-3, kernel[1], 0.05);
        Scores scores = model.Evaluate(x, y, verbose: 0);
        Assert.Equal(["loss", "mae"], scores.Keys);
        Assert.True((double)scores < 1e-4);
        Assert.Equal(scores["mae"], scores[1]);

        Tensor predictions = model.Predict(x, batchSize: 10, verbose: 0);
        Assert.Equal("(64, 1)", predictions.Shape.ToString());
        Assert.Equal(model.Apply(x).ToArray<float>(), predictions.ToArray<float>());
    }

    [Fact]
    public void ArgumentsConvertFromWhatKerasUsersPass()
    {
        Model model = TwoHeads();
        model.Compile("adam", "mse", metrics: [["mae"], ["accuracy", "mse"]]);
        model.Compile(new Adam(1e-3), ["mse", new SparseCategoricalCrossentropy(fromLogits: true)], lossWeights: [1, 0.5]);
        model.Compile(
            loss: new() { ["score"] = "mse", ["label"] = new SparseCategoricalCrossentropy(fromLogits: true) },
            metrics: new() { ["label"] = ["accuracy"], ["score"] = "mae" });
        float[,] x = { { 1, 2 }, { 3, 4 }, { 5, 6 } };
        History history = model.Fit(x, [new float[] { 1, 2, 3 }, new int[] { 0, 1, 2 }], verbose: 0, epochs: 2);
        Assert.Equal(["label_accuracy", "label_loss", "loss", "score_loss", "score_mae"], history.Logs.Keys);
        Scores scores = model.Evaluate(x, [new float[] { 1, 2, 3 }, new int[] { 0, 1, 2 }], verbose: 0);
        Assert.Equal(["loss", "score_loss", "label_loss", "label_accuracy", "score_mae"], scores.Keys);
        model.Fit(x, new() { ["label"] = new int[] { 0, 1, 2 }, ["score"] = new float[] { 1, 2, 3 } }, verbose: 0);
        Assert.Equal(2, model.PredictAll(x, verbose: 0).Count);
    }

    private static Model TwoHeads()
    {
        Input x = new([2]);
        return new Model(x, [new Dense(1, name: "score").Apply(x), new Dense(3, name: "label").Apply(x)]);
    }

    internal static (Tensor X, Tensor Y) Line(int count)
    {
        Random random = new(7);
        float[,] x = new float[count, 2];
        float[,] y = new float[count, 1];
        for (int i = 0; i < count; i++)
        {
            (x[i, 0], x[i, 1]) = (random.NextSingle(), random.NextSingle());
            y[i, 0] = (2 * x[i, 0]) - (3 * x[i, 1]) + 1;
        }

        return (x, y);
    }
}
