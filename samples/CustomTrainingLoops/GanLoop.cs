using NKeras;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Optimizers;

namespace Samples.CustomTrainingLoops;

/// <summary>
/// A generative adversarial network (Goodfellow et al., 2014) end to end: a discriminator learns to tell digits from pictures that a generator makes
/// of random codes, and the generator to deceive it. Two models, two optimizers, one compiled step.
/// </summary>
public sealed class GanLoop
{
    private const int CodeSize = 16;

    private readonly SeedGenerator _seed = new(1337);
    private readonly Adam _discriminatorOptimizer = new(1e-3, beta1: 0.5), _generatorOptimizer = new(2e-3, beta1: 0.5);
    private readonly BinaryCrossentropy _loss = new(fromLogits: true);
    private readonly CompiledFunction _step;

    public GanLoop()
    {
        Discriminator = new Sequential(
            [
                new Input([8, 8, 1]),
                new Conv2D(16, 3, strides: 2, padding: "same"),
                new LeakyReLU(0.2),
                new Conv2D(32, 3, strides: 2, padding: "same"),
                new LeakyReLU(0.2),
                new GlobalMaxPooling2D(),
                new Dense(1),
            ],
            name: "discriminator");
        Generator = new Sequential(
            [
                new Input([CodeSize]),
                new Dense(2 * 2 * 32),
                new LeakyReLU(0.2),
                new Reshape([2, 2, 32]),
                new Conv2DTranspose(32, 4, strides: 2, padding: "same"),
                new LeakyReLU(0.2),
                new Conv2DTranspose(16, 4, strides: 2, padding: "same"),
                new LeakyReLU(0.2),
                new Conv2D(1, 3, padding: "same", activation: "sigmoid"),
            ],
            name: "generator");
        _step = new CompiledFunction((Tensor images) => Step(images));
    }

    /// <summary>From pictures [n, 8, 8, 1] to a score that is the higher the more genuine they look.</summary>
    public Sequential Discriminator { get; }

    /// <summary>From codes to pictures.</summary>
    public Sequential Generator { get; }

    /// <summary>Trains, and gives the losses of both after each step.</summary>
    public IReadOnlyList<(float Discriminator, float Generator)> Run(Tensor images, int steps, int batchSize)
    {
        List<(float, float)> losses = [];
        foreach (Batch batch in Dataset.FromTensorSlices(images).Shuffle(2048, seed: 5).Batch(batchSize, dropRemainder: true).Repeat().Take(steps))
        {
            (Tensor discriminator, Tensor generator) = _step.ApplyAll(batch.X[0]);
            losses.Add((discriminator.ToArray<float>()[0], generator.ToArray<float>()[0]));
        }

        return losses;
    }

    private Tensors Step(Tensor genuine)
    {
        int count = genuine.Shape[0]!.Value;
        Tensor made = Generator.Apply(RandomOps.Normal([count, CodeSize], seed: _seed));

        // Labels with a little noise keep the discriminator from becoming too sure.
        Tensor labels = Ops.Concatenate([Ops.Ones([count, 1]), Ops.Zeros([count, 1])]);
        labels -= 0.05 * Ops.Sign(labels - 0.5) * RandomOps.Uniform([2 * count, 1], seed: _seed);
        (Tensor discriminatorLoss, Tensor?[] gradients) = Gradients.ValueAndGrad(
            () => _loss.Apply(labels, Discriminator.Apply(Ops.Concatenate([genuine, made]), training: true)), Discriminator.TrainableVariables);
        _discriminatorOptimizer.Apply(gradients, Discriminator.TrainableVariables);

        // The generator gets better where the discriminator takes its pictures for genuine.
        Tensor codes = RandomOps.Normal([count, CodeSize], seed: _seed);
        (Tensor generatorLoss, gradients) = Gradients.ValueAndGrad(
            () => _loss.Apply(Ops.Ones([count, 1]), Discriminator.Apply(Generator.Apply(codes, training: true))), Generator.TrainableVariables);
        _generatorOptimizer.Apply(gradients, Generator.TrainableVariables);
        return (discriminatorLoss, generatorLoss);
    }
}
