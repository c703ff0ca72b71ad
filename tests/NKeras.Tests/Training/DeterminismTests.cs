using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Training;

/// <summary>Same seed, same bits; other seed, other weights; whatever the number of threads.</summary>
[Collection(NamesCollection.Name)]
public sealed class DeterminismTests
{
    [Fact]
    public void SameSeedGivesTheSameBits() => Assert.Equal(Train(5), Train(5));

    [Fact]
    public void OtherSeedGivesOtherWeights() => Assert.NotEqual(Train(5), Train(6));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void NumberOfThreadsDoesNotMatter(int threads)
    {
        float[] expected = Train(11);
        Config.SetNumThreads(threads);
        try
        {
            Assert.Equal(expected, Train(11));
        }
        finally
        {
            Config.SetNumThreads(Environment.ProcessorCount);
        }
    }

    /// <summary>Random weights, dropout and shuffling all take part.</summary>
    private static float[] Train(int seed)
    {
        Utils.SetRandomSeed(seed);
        Sequential model = new([new Input([2]), new Dense(64, activation: "tanh"), new Dropout(0.3), new Dense(1)]);
        model.Compile(new Adam(0.01), "mse");
        (Tensor x, Tensor y) = FitTests.Line(70);
        double[] losses = [.. model.Fit(x, y, batchSize: 16, epochs: 3, verbose: 0)["loss"]];
        return [.. model.GetWeights().SelectMany(w => w.ToArray<float>()), .. losses.Select(l => (float)l)];
    }
}
