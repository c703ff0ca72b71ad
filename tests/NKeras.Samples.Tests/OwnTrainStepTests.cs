using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Optimizers;
using Samples.CustomTrainSteps;

namespace NKeras.Samples.Tests;

public sealed class OwnTrainStepTests
{
    private static readonly Tensor s_x = RandomOps.Uniform([64, 4], seed: 1), s_y = Ops.Sum(s_x, axis: 1, keepdims: true);
    private static readonly Tensor s_weights = RandomOps.Uniform([64], seed: 2);

    [Fact]
    public void A_step_written_out_trains_like_the_usual_one()
    {
        (Input x, KerasTensor y) = Layers();
        OwnStepModel own = new(x, y);
        Model usual = new(x, y);
        (History expected, History actual) = TrainBoth(usual, own, null);
        Assert.Equal(["loss", "mae"], actual.Logs.Keys.Order());
        AssertEqual(expected, actual);
        Assert.Equal(usual.Evaluate(s_x, s_y, verbose: 0)["loss"], own.Evaluate(s_x, s_y, verbose: 0)["loss"], 1e-5);
    }

    [Fact]
    public void Weights_of_samples_and_the_compiled_loss_are_used()
    {
        (Input x, KerasTensor y) = Layers();
        CompiledStepModel own = new(x, y);
        Model usual = new(x, y);
        (History expected, History actual) = TrainBoth(usual, own, s_weights);
        AssertEqual(expected, actual);
        Assert.Equal(usual.Evaluate(s_x, s_y, sampleWeight: s_weights, verbose: 0)["loss"], own.Evaluate(s_x, s_y, sampleWeight: s_weights, verbose: 0)["loss"], 1e-5);
    }

    [Fact]
    public void Another_loss_alone_is_enough()
    {
        (Input x, KerasTensor y) = Layers();
        OwnLossModel own = new(x, y);
        Model usual = new(x, y);
        (History expected, History actual) = TrainBoth(usual, own, s_weights);
        Assert.Contains("largest_error", actual.Logs.Keys);
        for (int i = 0; i < 2; i++) Assert.Equal(expected["loss"][i], actual["loss"][i], 1e-5);
    }

    [Fact]
    public void Generator_and_discriminator_train_within_Fit()
    {
        Utils.SetRandomSeed(1);
        var ((images, _), _) = Datasets.Digits.LoadData();
        Gan gan = new(new Adam(1e-3, beta1: 0.5), new Adam(2e-3, beta1: 0.5));
        gan.Compile();
        Tensor[] before = gan.Generator.GetWeights();
        History history = gan.Fit(Ops.ExpandDims(Ops.Cast(images[..512], "float32") / 16.0, axis: -1), batchSize: 64, epochs: 2, verbose: 0);
        Assert.Equal(["d_loss", "g_loss"], history.Logs.Keys.Order());
        Assert.All(history.Logs.Values.SelectMany(v => v), v => Assert.True(double.IsFinite(v)));
        Assert.True(history["d_loss"][^1] < 0.69, $"{history["d_loss"][^1]}");
        Assert.Contains(before.Zip(gan.Generator.GetWeights()), p => !p.First.ToArray<float>().SequenceEqual(p.Second.ToArray<float>()));
    }

    private static (Input, KerasTensor) Layers()
    {
        Utils.SetRandomSeed(1);
        Input x = new([4]);
        return (x, new Dense(1).Apply(new Dense(8, activation: "tanh").Apply(x)));
    }

    /// <summary>Both models share their layers: the weights go back in between.</summary>
    private static (History Usual, History Own) TrainBoth(Model usual, Model own, Tensor? weights)
    {
        Tensor[] start = usual.GetWeights();
        History expected = Train(usual);
        usual.SetWeights(start);
        return (expected, Train(own));

        History Train(Model model)
        {
            model.Compile(new SGD(0.1), "mse", metrics: ["mae"]);
            return model.Fit(s_x, s_y, batchSize: 16, epochs: 2, shuffle: false, sampleWeight: weights, verbose: 0);
        }
    }

    private static void AssertEqual(History expected, History actual)
    {
        foreach ((string name, IReadOnlyList<double> values) in expected.Logs)
        {
            for (int i = 0; i < values.Count; i++) Assert.Equal(values[i], actual[name][i], 1e-5);
        }
    }
}
