using NKeras.Optimizers;

namespace NKeras.Tests.Optimizers;

/// <summary>Clipping, and mistakes in using an optimizer by hand.</summary>
public sealed class OptimizerTests
{
    [Fact]
    public void GradientsAreClipped()
    {
        float[] gradient = [3, 4];
        Assert.Equal([-0.6f, -0.8f], Step(new SGD(1, clipnorm: 1), gradient));
        Assert.Equal([-3f, -3.5f], Step(new SGD(1, clipvalue: 3.5), gradient));
        Assert.Equal([-3f, -4f], Step(new SGD(1, clipnorm: 10), gradient));

        Variable a = new(Tensor.From<float>([0])), b = new(Tensor.From<float>([0]));
        new SGD(1, globalClipnorm: 1).Apply([Tensor.From<float>([3]), Tensor.From<float>([4])], [a, b]);
        Assert.Equal(-0.6f, a.Value.Item<float>(), 1e-6f);
        Assert.Equal(-0.8f, b.Value.Item<float>(), 1e-6f);
    }

    [Fact]
    public void VariablesWithoutGradientStay()
    {
        Variable a = new(Tensor.From<float>([1])), b = new(Tensor.From<float>([1]));
        new SGD(1).Apply([null, Tensor.From<float>([1])], [a, b]);
        Assert.Equal(1, a.Value.Item<float>());
        Assert.Equal(0, b.Value.Item<float>());
        Assert.Contains("No variable has a gradient", Assert.Throws<ArgumentException>(() => new SGD(1).Apply([null], [a])).Message);
    }

    [Fact]
    public void OtherVariablesThanItWasBuiltWithAreRefused()
    {
        Variable known = new(Tensor.From<float>([1])), other = new(Tensor.From<float>([1]), name: "stranger");
        Adam adam = new();
        adam.Build([known]);
        Assert.Contains("'stranger'", Assert.Throws<ArgumentException>(() => adam.Apply([Tensor.From<float>([1])], [other])).Message);
        Assert.Contains("2 gradients for 1", Assert.Throws<ArgumentException>(() => adam.Apply([null, null], [known])).Message);
        Assert.Equal(0, adam.Iterations.Item<int>());
    }

    [Fact]
    public void StateHasKerasOrderAndPaths()
    {
        Adam adam = new(amsgrad: true);
        adam.Build([new Variable(Tensor.From<float>([1]), name: "w") { Path = "dense/kernel" }, new Variable(Tensor.From<float>([1]), name: "b") { Path = "dense/bias" }]);
        Assert.Equal(
            ["iteration", "learning_rate", "dense_kernel_momentum", "dense_kernel_velocity", "dense_bias_momentum", "dense_bias_velocity", "dense_kernel_velocity_hat", "dense_bias_velocity_hat"],
            adam.Variables.Select(v => v.Path.Split('/')[1]));
    }

    [Fact]
    public void ScheduleFreeVariablesLieBetweenStepsAndTheirAverage()
    {
        // Gradients of one size make steps of one length: z falls by 0.1 each, and x is the mean of all z.
        Variable w = new(Tensor.From<float>([1]));
        ScheduleFreeAdamW optimizer = new(0.1, beta1: 0.5);
        double z = 1, sum = 0;
        for (int t = 1; t <= 5; t++)
        {
            optimizer.Apply([Tensor.From<float>([2])], [w]);
            z -= 0.1;
            sum += z;
            Assert.Equal((0.5 * z) + (0.5 * sum / t), w.Value.Item<float>(), 1e-5);
        }
    }

    [Fact]
    public void GradientsAreOfTheVariablesShape()
    {
        Variable w = new(Ops.Ones([2, 3]), name: "w");
        string message = Assert.Throws<ArgumentException>(() => new SGD().Apply([Ops.Ones([3])], [w])).Message;
        Assert.Contains("'w' has shape (3,)", message);
        Assert.Contains("(2, 3)", message);
    }

    [Fact]
    public void NewtonAndSchulzBringSingularValuesNearOne()
    {
        // From Keras's own test.
        float[] expected = [-0.4422f, 0.6457f, 0.7285f, 0.2968f], actual = new Muon().ZeropowerViaNewtonschulz5(new float[,] { { 0.2499f, 0.9105f }, { 0.2655f, 0.8824f } }, 5).ToArray<float>();
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-3f);
        // A stack of matrices is one matrix at a time, a tall one the transpose of a wide one.
        Tensor wide = RandomOps.Normal([2, 3, 5], seed: 1), all = new Muon().ZeropowerViaNewtonschulz5(wide, 5);
        float[] one = new Muon().ZeropowerViaNewtonschulz5(Muon.TransposeLastAxis(wide[1]), 5).ToArray<float>(), same = Muon.TransposeLastAxis(all[1]).ToArray<float>();
        for (int i = 0; i < one.Length; i++) Assert.Equal(one[i], same[i], 1e-5f);
        Assert.Equal(2 * 0.2f, new Muon().LrAdjust(Ops.Ones([4, 2])).ToArray<float>()[0], 1e-6f);
        Assert.Equal(1, new Muon(rmsRate: null).LrAdjust(Ops.Ones([4, 2])).ToArray<float>()[0]);
        Assert.Throws<ArgumentException>(() => new Muon().ZeropowerViaNewtonschulz5(Ops.Ones([3]), 5));
    }

    [Fact]
    public void WithoutGradientsNothingHappens()
    {
        SGD sgd = new();
        sgd.Apply([]);
        Assert.Equal(0, sgd.Iterations.Item<int>());
        Assert.Contains("not built", Assert.Throws<InvalidOperationException>(() => sgd.Apply([Ops.Ones([1])])).Message);
    }

    [Fact]
    public void StateIsSetAllOrNothing()
    {
        Variable w = new(Ops.Ones([2]), name: "w");
        Adam adam = new(0.5);
        Assert.Contains("not built", Assert.Throws<InvalidOperationException>(() => adam.SetWeights([])).Message);
        adam.Build([w]);
        Assert.Contains("4 variables; received 1", Assert.Throws<ArgumentException>(() => adam.SetWeights([1])).Message);
        Assert.Contains("(2,); received a weight of shape (3,)", Assert.Throws<ArgumentException>(() => adam.SetWeights([5, 0.25, Ops.Ones([2]), Ops.Ones([3])])).Message);
        Assert.Equal((0, 0.5), (adam.Iterations.Item<int>(), adam.LearningRate.Value));
        adam.SetWeights([5, 0.25, Ops.Ones([2]), Ops.Ones([2])]);
        Assert.Equal((5, 0.25), (adam.Iterations.Item<int>(), adam.LearningRate.Value));
        Assert.Throws<ArgumentException>(() => adam.StatelessApply([], [w.Value], [w.Value]));
        Assert.Throws<ArgumentException>(() => adam.StatelessApply([.. adam.Variables.Select(v => v.Value)], [w.Value], []));
    }

    [Fact]
    public void AScheduleTakesThePlaceOfTheRatesVariable()
    {
        Adam adam = new(0.001);
        Assert.Equal(2, adam.Variables.Count);
        adam.LearningRate = new NKeras.Optimizers.Schedules.PolynomialDecay(adam.LearningRate, 4);
        Assert.Single(adam.Variables);
    }

    private static float[] Step(Optimizer optimizer, float[] gradient)
    {
        Variable variable = new(Ops.Zeros([2]));
        optimizer.Apply([gradient], [variable]);
        return variable.Value.ToArray<float>();
    }
}
