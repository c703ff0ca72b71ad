using System.Runtime.CompilerServices;
using NKeras.Callbacks;
using NKeras.Training;

namespace NKeras;

public partial class Model
{
    /// <summary>Whether training is to stop after the batch in progress. Callbacks set it.</summary>
    public bool StopTraining { get; set; }

    /// <summary>The scores of the last call of <c>Fit</c>, which goes on adding to them while it runs; null before the first.</summary>
    public History? History { get; private set; }

    /// <summary>In which order <c>Fit</c> takes data that is to be shuffled.</summary>
    internal ShuffleOrder ShuffleOrder { get; } = new();

    /// <summary>What the next call of <c>Fit</c> does first; null for nothing.</summary>
    internal Action? OnNextFit { get; set; }

    /// <summary>The loop of <c>Fit</c> while it runs.</summary>
    internal FitLoop? FitInProgress { get; private set; }

    /// <summary>Trains the model (<c>Model.fit</c>).</summary>
    /// <param name="x">The inputs, samples along the first axis: a tensor or array, or several for several inputs.</param>
    /// <param name="y">The targets, as many samples.</param>
    /// <param name="batchSize">Samples per step; 32 if omitted.</param>
    /// <param name="epochs">The number of the last epoch, counted from 1.</param>
    /// <param name="verbose"><c>"auto"</c>, 0 (prints nothing), 1 (a progress bar) or 2 (a line per epoch).</param>
    /// <param name="callbacks">What is called along the way.</param>
    /// <param name="validationSplit">The share of the data, taken from its end, that is kept for validation, in [0, 1).</param>
    /// <param name="validationData">Data for validation, <c>(x, y)</c>, <c>(x, y, sampleWeight)</c> or batches, in place of a split.</param>
    /// <param name="shuffle">Whether each epoch takes the samples in a new random order (see <see cref="Utils.SetRandomSeed"/>).</param>
    /// <param name="classWeight">How much samples of each class count; once if not given.</param>
    /// <param name="sampleWeight">How much each sample counts.</param>
    /// <param name="initialEpoch">The number of the first epoch, counted from 0.</param>
    /// <param name="stepsPerEpoch">Batches per epoch, if not all; the next epoch goes on from there.</param>
    /// <param name="validationSteps">Batches of each validation, if not all.</param>
    /// <param name="validationBatchSize">Samples per batch of validation; <paramref name="batchSize"/> if omitted.</param>
    /// <param name="validationFreq">How many epochs lie between validations.</param>
    /// <param name="cancellationToken">Ends training between two steps; the model is then as the last step left it.</param>
    /// <returns>The scores of every epoch.</returns>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">The arguments do not fit each other or the model. The model is then unchanged.</exception>
    /// <exception cref="TrainingException">A callback, a data set or a layer threw in the middle of training.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    [OverloadResolutionPriority(1)]
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
        int validationFreq = 1,
        CancellationToken cancellationToken = default)
    {
        Compilation compilation = RequireCompiled(nameof(Fit));
        int size = FitArguments.Positive(batchSize ?? 32, nameof(batchSize));
        if (validationSplit is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(validationSplit), validationSplit, "validationSplit is in [0, 1).");
        FitArguments arguments = new FitArguments(
            epochs, verbose, callbacks, validationData, classWeight, initialEpoch, stepsPerEpoch, validationSteps, validationBatchSize ?? size, validationFreq, cancellationToken).Checked();
        LoopPosition position = new(Name, nameof(Fit)) { Epoch = initialEpoch, Batch = 0 };
        return position.Run(
            () =>
            {
                TrainingData train = Prepare(compilation, new Batch(x, y, sampleWeight), classWeight);
                BatchFeed? kept = null;
                if (validationData == null && validationSplit > 0)
                {
                    (train, TrainingData last) = train.Split(validationSplit);
                    kept = new BatchFeed(last, arguments.ValidationBatchSize, null);
                }

                kept ??= PrepareValidation(compilation, arguments);
                compilation.Optimizer.Build(TrainableVariables);
                ShuffleOrder? order = shuffle ? ShuffleOrder : null;
                ArrayBatches source = new(Supply(StepKind.Train, compilation), new BatchFeed(train, size, order), order?.Begin() ?? 0);
                return Train(compilation, source, kept, arguments, position);
            },
            cancellationToken);
    }

    /// <summary>Trains the model on batches as they come: from a <c>PyDataset</c>, a list, or any sequence.</summary>
    /// <param name="x">The batches. Without <paramref name="stepsPerEpoch"/> the sequence is gone through once in each epoch.</param>
    /// <param name="epochs">The number of the last epoch, counted from 1.</param>
    /// <param name="verbose"><c>"auto"</c>, 0 (prints nothing), 1 (a progress bar) or 2 (a line per epoch).</param>
    /// <param name="callbacks">What is called along the way.</param>
    /// <param name="validationData">Data for validation, <c>(x, y)</c>, <c>(x, y, sampleWeight)</c> or batches.</param>
    /// <param name="shuffle">Whether each epoch takes the batches of a <c>PyDataset</c> in a new random order. Other sequences keep theirs.</param>
    /// <param name="classWeight">How much samples of each class count; once if not given.</param>
    /// <param name="initialEpoch">The number of the first epoch, counted from 0.</param>
    /// <param name="stepsPerEpoch">Batches per epoch, if not all; the next epoch goes on from there.</param>
    /// <param name="validationSteps">Batches of each validation, if not all.</param>
    /// <param name="validationBatchSize">Samples per batch of validation, if its data is in memory; 32 if omitted.</param>
    /// <param name="validationFreq">How many epochs lie between validations.</param>
    /// <param name="cancellationToken">Ends training between two steps, or while it waits for a batch; the model is then as the last step left it.</param>
    /// <inheritdoc cref="Fit(Tensors, Tensors, int?, int, Verbosity, IReadOnlyList{Callback}, double, ValidationData, bool, IReadOnlyDictionary{int, double}, Tensors, int, int?, int?, int?, int, CancellationToken)"/>
    public History Fit(
        IEnumerable<Batch> x,
        int epochs = 1,
        Verbosity verbose = default,
        IReadOnlyList<Callback>? callbacks = null,
        ValidationData? validationData = null,
        bool shuffle = true,
        IReadOnlyDictionary<int, double>? classWeight = null,
        int initialEpoch = 0,
        int? stepsPerEpoch = null,
        int? validationSteps = null,
        int? validationBatchSize = null,
        int validationFreq = 1,
        CancellationToken cancellationToken = default) => Fit<IEnumerable<Batch>>(
            x, epochs, verbose, callbacks, validationData, shuffle, classWeight, initialEpoch, stepsPerEpoch, validationSteps, validationBatchSize, validationFreq, cancellationToken);

    /// <inheritdoc cref="Fit(IEnumerable{Batch}, int, Verbosity, IReadOnlyList{Callback}, ValidationData, bool, IReadOnlyDictionary{int, double}, int, int?, int?, int?, int, CancellationToken)"/>
    public History Fit(
        IAsyncEnumerable<Batch> x,
        int epochs = 1,
        Verbosity verbose = default,
        IReadOnlyList<Callback>? callbacks = null,
        ValidationData? validationData = null,
        IReadOnlyDictionary<int, double>? classWeight = null,
        int initialEpoch = 0,
        int? stepsPerEpoch = null,
        int? validationSteps = null,
        int? validationBatchSize = null,
        int validationFreq = 1,
        CancellationToken cancellationToken = default) => FitStream(StreamOf(x), new FitArguments(
            epochs, verbose, callbacks, validationData, classWeight, initialEpoch, stepsPerEpoch, validationSteps, validationBatchSize ?? 32, validationFreq, cancellationToken));

    private History FitStream(BatchStream stream, FitArguments arguments)
    {
        Compilation compilation = RequireCompiled(nameof(Fit));
        arguments.Checked();
        LoopPosition position = new(Name, nameof(Fit)) { Epoch = arguments.InitialEpoch, Batch = 0 };
        return position.Run(
            () =>
            {
                StreamBatches source = Stream(StepKind.Train, compilation, stream, position, arguments.CancellationToken, arguments.ClassWeight);
                try
                {
                    source.Peek();
                    return Train(compilation, source, PrepareValidation(compilation, arguments), arguments, position);
                }
                finally
                {
                    source.Close();
                }
            },
            arguments.CancellationToken);
    }

    private History Train(Compilation compilation, BatchSource source, BatchFeed? validation, FitArguments arguments, LoopPosition position)
    {
        LoopOptions options = new(StepsPerExecution, arguments.CancellationToken);
        FitLoop loop = new(this, compilation, source, arguments.StepsPerEpoch, position, options);
        BatchSource? judged = validation != null ? new ArrayBatches(Supply(StepKind.Test, compilation), validation)
            : arguments.ValidationData?.Stream is { } stream ? Stream(StepKind.Test, compilation, stream, position, arguments.CancellationToken, most: arguments.ValidationSteps)
            : null;
        if (judged != null) loop.Validate(new EvaluationLoop(this, compilation, judged, arguments.ValidationSteps, position, options), arguments.ValidationFreq);
        CallbackParameters parameters = new(arguments.Verbose.Level, arguments.Epochs, arguments.StepsPerEpoch ?? source.BatchCount);
        position.Callbacks = CallbackList.Of(this, arguments.Callbacks, parameters, withHistory: true);
        History = position.Callbacks.History;
        OnNextFit?.Invoke();
        OnNextFit = null;
        FitInProgress = loop;
        try
        {
            return loop.Run(arguments.InitialEpoch, arguments.Epochs, position.Callbacks);
        }
        finally
        {
            FitInProgress = null;
        }
    }

    /// <summary>Data in memory for validation, checked; null if there is none.</summary>
    private BatchFeed? PrepareValidation(Compilation compilation, FitArguments arguments)
    {
        if (arguments.ValidationData?.Data is not { } data) return null;
        try
        {
            return new BatchFeed(Prepare(compilation, data, null), arguments.ValidationBatchSize, null);
        }
        catch (ArgumentException e)
        {
            // The checks speak of x and y, which Fit has too.
            throw new ArgumentException($"In validationData: {e.Message}", "validationData", e);
        }
    }

    private StepSupply Supply(StepKind kind, Compilation? compilation) => new(kind, this, compilation, Steps);
}
