using Samples.CustomTrainingLoops;

namespace NKeras.Samples.Tests;

public sealed class OwnLoopTests
{
    public OwnLoopTests() => Utils.SetRandomSeed(1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_loop_learns_digits(bool compiled)
    {
        var (train, test) = DigitClassifier.Data();
        List<string> lines = [];
        IReadOnlyList<(double Loss, double ValAccuracy)> epochs = new TrainingLoop(DigitClassifier.Create(), compiled).Run(train, test, epochs: 5, batchSize: 128, lines.Add);
        Assert.Equal(5, lines.Count);
        Assert.True(epochs[4].Loss < 0.5 * epochs[0].Loss, $"{epochs[0].Loss} {epochs[4].Loss}");
        Assert.InRange(epochs[4].ValAccuracy, 0.85, 1);
    }

    [Fact]
    public void Compiled_and_eager_loops_give_the_same_numbers()
    {
        var (train, test) = DigitClassifier.Data();
        Model first = DigitClassifier.Create(), second = DigitClassifier.Create();
        second.SetWeights(first.GetWeights());
        (Tensor X, Tensor Y) few = (train.X[..192], train.Y[..192]), fewTest = (test.X[..64], test.Y[..64]);
        (double loss, double accuracy) = new TrainingLoop(first, compiled: true).Run(few, fewTest, epochs: 1, batchSize: 64)[0];
        (double Loss, double ValAccuracy) eager = new TrainingLoop(second, compiled: false).Run(few, fewTest, epochs: 1, batchSize: 64)[0];
        Assert.Equal(loss, eager.Loss, 1e-4);
        Assert.Equal(accuracy, eager.ValAccuracy, 1e-6);
    }

    [Fact]
    public void Generator_and_discriminator_learn_against_each_other()
    {
        var (train, _) = DigitClassifier.Data();
        GanLoop gan = new();
        Tensor[] before = [.. gan.Generator.GetWeights()];
        IReadOnlyList<(float Discriminator, float Generator)> losses = gan.Run(Ops.Reshape(train.X, [-1, 8, 8, 1]), steps: 30, batchSize: 32);
        Assert.Equal(30, losses.Count);
        Assert.All(losses, l => Assert.True(float.IsFinite(l.Discriminator) && float.IsFinite(l.Generator)));
        // Coins tossed cost ln 2; at first the discriminator gets better than that.
        Assert.True(losses.Min(l => l.Discriminator) < 0.65, $"{losses.Min(l => l.Discriminator)}");
        Assert.Contains(before.Zip(gan.Generator.GetWeights()), p => !p.First.ToArray<float>().SequenceEqual(p.Second.ToArray<float>()));
        Assert.Equal([2, 8, 8, 1], gan.Generator.Predict(RandomOps.Normal([2, 16], seed: 1), verbose: 0).Shape);
    }
}
