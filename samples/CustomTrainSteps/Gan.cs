using NKeras;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Optimizers;

namespace Samples.CustomTrainSteps;

/// <summary>A generative adversarial network as a model: <c>Fit</c> does all but the step, in which two models and two optimizers take part.</summary>
public sealed class Gan : Model
{
    private readonly int _codeSize;
    private readonly SeedGenerator _seed = new(1337);
    private readonly Mean _discriminatorLoss = new("d_loss"), _generatorLoss = new("g_loss");
    private readonly NKeras.Losses.BinaryCrossentropy _loss = new(fromLogits: true);
    private readonly Optimizer _discriminatorOptimizer, _generatorOptimizer;

    public Gan(Optimizer discriminatorOptimizer, Optimizer generatorOptimizer, int codeSize = 16)
    {
        (_discriminatorOptimizer, _generatorOptimizer, _codeSize) = (discriminatorOptimizer, generatorOptimizer, codeSize);
        Discriminator = new Sequential(
            [
                new Input([8, 8, 1]),
                new Conv2D(16, 3, strides: 2, padding: "same"),
                new LeakyReLU(0.2),
                new Flatten(),
                new Dense(1),
            ],
            name: "discriminator");
        Generator = new Sequential(
            [
                new Input([codeSize]),
                new Dense(4 * 4 * 16),
                new LeakyReLU(0.2),
                new Reshape([4, 4, 16]),
                new Conv2DTranspose(16, 4, strides: 2, padding: "same"),
                new LeakyReLU(0.2),
                new Conv2D(1, 3, padding: "same", activation: "sigmoid"),
            ],
            name: "generator");
    }

    public Sequential Discriminator { get; }

    public Sequential Generator { get; }

    public override IReadOnlyList<Metric> Metrics => [_discriminatorLoss, _generatorLoss];

    /// <summary>What the discriminator says of pictures.</summary>
    public override Tensor Call(Tensor inputs, bool training = false) => Discriminator.Apply(inputs, training);

    public override IReadOnlyDictionary<string, Tensor> TrainStep(Batch data)
    {
        Tensor genuine = data.X[0];
        int count = genuine.Shape[0]!.Value;
        Tensor made = Generator.Apply(Codes(count)), labels = Ops.Concatenate([Ops.Ones([count, 1]), Ops.Zeros([count, 1])]);
        (Tensor discriminatorLoss, Tensor?[] gradients) = Gradients.ValueAndGrad(
            () => _loss.Apply(labels, Discriminator.Apply(Ops.Concatenate([genuine, made]), training: true)), Discriminator.TrainableVariables);
        _discriminatorOptimizer.Apply(gradients, Discriminator.TrainableVariables);

        Tensor codes = Codes(count);
        (Tensor generatorLoss, gradients) = Gradients.ValueAndGrad(
            () => _loss.Apply(Ops.Ones([count, 1]), Discriminator.Apply(Generator.Apply(codes, training: true))), Generator.TrainableVariables);
        _generatorOptimizer.Apply(gradients, Generator.TrainableVariables);

        _discriminatorLoss.UpdateState(discriminatorLoss);
        _generatorLoss.UpdateState(generatorLoss);
        return GetMetricsResult();
    }

    private Tensor Codes(int count) => RandomOps.Normal([count, _codeSize], seed: _seed);
}
