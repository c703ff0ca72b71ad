using NKeras.Callbacks;
using NKeras.Training;

namespace NKeras;

public partial class Model
{
    /// <summary>Whether training is to stop after the batch in progress. Callbacks set it.</summary>
    public bool StopTraining { get; set; }

    /// <summary>Trains the model (<c>Model.fit</c>).</summary>
    /// <param name="x">The inputs, samples along the first axis: a tensor or array, or several for several inputs.</param>
    /// <param name="y">The targets, as many samples.</param>
    /// <param name="batchSize">Samples per step; 32 if omitted.</param>
    /// <param name="epochs">The number of the last epoch, counted from 1.</param>
    /// <param name="verbose"><c>"auto"</c>, 0 (prints nothing), 1 (a progress bar) or 2 (a line per epoch).</param>
    /// <param name="callbacks">What is called along the way.</param>
    /// <param name="validationSplit">The share of the data, taken from its end, that is kept for validation, in [0, 1).</param>
    /// <param name="validationData">Data for validation, <c>(x, y)</c> or <c>(x, y, sampleWeight)</c>, in place of a split.</param>
    /// <param name="shuffle">Whether each epoch takes the samples in a new random order (see <see cref="Utils.SetRandomSeed"/>).</param>
    /// <param name="classWeight">How much samples of each class count; once if not given.</param>
    /// <param name="sampleWeight">How much each sample counts.</param>
    /// <param name="initialEpoch">The number of the first epoch, counted from 0.</param>
    /// <param name="stepsPerEpoch">Batches per epoch, if not all; the next epoch goes on from there.</param>
    /// <param name="validationSteps">Batches of each validation, if not all.</param>
    /// <param name="validationBatchSize">Samples per batch of validation; <paramref name="batchSize"/> if omitted.</param>
    /// <param name="validationFreq">How many epochs lie between validations.</param>
    /// <returns>The scores of every epoch.</returns>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">The arguments do not fit each other or the model. The model is then unchanged.</exception>
    public History Fit(
        Tensors x,
        Tensors? y = null,
        int? batchSize = null,
        int epochs = 1,
        Verbosity verbose = default,
        IReadOnlyList<Callback>? callbacks = null,
        double validationSplit = 0.0,
        ValidationData? validationData = null,
        bool shuffle = true,
        IReadOnlyDictionary<int, double>? classWeight = null,
        Tensors? sampleWeight = null,
        int initialEpoch = 0,
        int? stepsPerEpoch = null,
        int? validationSteps = null,
        int? validationBatchSize = null,
        int validationFreq = 1)
    {
        Compilation compilation = RequireCompiled(nameof(Fit));
        int size = Positive(batchSize ?? 32, nameof(batchSize));
        if (epochs < 0) throw Negative(epochs, nameof(epochs));
        if (initialEpoch < 0) throw Negative(initialEpoch, nameof(initialEpoch));
        if (validationSplit is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(validationSplit), validationSplit, "validationSplit is in [0, 1).");
        Positive(validationFreq, nameof(validationFreq));
        int validationSize = Positive(validationBatchSize ?? size, nameof(validationBatchSize));
        if (stepsPerEpoch is { } steps) Positive(steps, nameof(stepsPerEpoch));
        if (validationSteps is { } some) Positive(some, nameof(validationSteps));

        TrainingData train = Prepare(compilation, x, y, sampleWeight, classWeight);
        TrainingData? validation = null;
        if (validationData != null) validation = PrepareValidation(compilation, validationData);
        else if (validationSplit > 0) (train, validation) = train.Split(validationSplit);

        compilation.Optimizer.Build(TrainableVariables);
        FitLoop loop = new(this, compilation, Steps, new BatchFeed(train, size, shuffle ? Core.GlobalSeed.Next() : null), stepsPerEpoch);
        if (validation != null) loop.Validate(new BatchFeed(validation, validationSize, null), validationSteps, validationFreq);
        return loop.Run(initialEpoch, epochs, verbose.Level, callbacks);
    }

    private TrainingData PrepareValidation(Compilation compilation, ValidationData data)
    {
        try
        {
            return Prepare(compilation, data.X, data.Y, data.SampleWeight, null);
        }
        catch (ArgumentException e)
        {
            // The checks speak of x and y, which Fit has too.
            throw new ArgumentException($"In validationData: {e.Message}", "validationData", e);
        }
    }

    private static int Positive(int value, string name) => value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be 1 or more.");

    private static ArgumentOutOfRangeException Negative(int value, string name) => new(name, value, $"{name} is {value}; it cannot be negative.");
}
