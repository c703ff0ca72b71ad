using NKeras;
using NKeras.Callbacks;
using NKeras.Losses;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;

namespace Samples.Text;

/// <summary>How to train a character model, and what to show of it.</summary>
/// <param name="Length">Characters in a piece of text.</param>
/// <param name="BatchSize">Pieces in a batch.</param>
/// <param name="StepsPerEpoch">Batches between two looks at the model.</param>
/// <param name="Epochs">How many such looks.</param>
/// <param name="LearningRate">Where the learning rate begins; it falls to a tenth.</param>
/// <param name="Prompt">What the model is to go on with.</param>
/// <param name="Characters">How many characters it writes at each look.</param>
/// <param name="Temperature">How daring it is (see <see cref="TextWriting.Write"/>).</param>
/// <param name="Seed">Chooses the pieces.</param>
public sealed record TextTrainingOptions(
    int Length = 64,
    int BatchSize = 64,
    int StepsPerEpoch = 125,
    int Epochs = 8,
    double LearningRate = 4e-3,
    string Prompt = "ROMEO:\n",
    int Characters = 200,
    double Temperature = 0.7,
    int Seed = 1);

/// <summary>Trains a character model to say which character comes next.</summary>
public static class TextTraining
{
    /// <summary>Trains, and writes a bit of text to <paramref name="output"/> along the way.</summary>
    public static History Train(ICharacterModel model, Corpus corpus, TextTrainingOptions options, TextWriter output)
    {
        int steps = options.Epochs * options.StepsPerEpoch;
        // All that training will see, at random places: an epoch is no more than the time between two looks at the model.
        (Tensor x, Tensor y) = corpus.TrainingPieces(steps * options.BatchSize, options.Length, options.Seed);
        (Tensor X, Tensor Y) validation = corpus.ValidationPieces(10 * options.BatchSize, options.Length);

        model.Network.Compile(
            // Recurrent networks meet a very steep slope now and then: no step is longer than clipnorm.
            new Adam(new CosineDecay(options.LearningRate, steps, alpha: 0.1), clipnorm: 1.0),
            new SparseCategoricalCrossentropy(fromLogits: true));
        return model.Network.Fit(
            x,
            y,
            options.BatchSize,
            options.Epochs,
            verbose: 0,
            callbacks: [new TextProgress(model, corpus, options, output)],
            validationData: validation,
            stepsPerEpoch: options.StepsPerEpoch);
    }
}
