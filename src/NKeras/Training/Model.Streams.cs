using System.Runtime.CompilerServices;
using NKeras.Callbacks;
using NKeras.Training;

namespace NKeras;

// An array of batches is data in memory by the rules of C#, too, since any array converts to Tensors, and those go first so that `new() { ["a"] = … }`
// means them. The generic methods say what is meant.
public partial class Model
{
    /// <typeparam name="TBatches">The type of the sequence.</typeparam>
    /// <inheritdoc cref="Fit(IEnumerable{Batch}, int, Verbosity, IReadOnlyList{Callback}, ValidationData, bool, IReadOnlyDictionary{int, double}, int, int?, int?, int?, int, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public History Fit<TBatches>(
        TBatches x,
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
        CancellationToken cancellationToken = default)
        where TBatches : IEnumerable<Batch> => FitStream(StreamOf(x, shuffle), new FitArguments(
            epochs, verbose, callbacks, validationData, classWeight, initialEpoch, stepsPerEpoch, validationSteps, validationBatchSize ?? 32, validationFreq, cancellationToken));

    /// <typeparam name="TBatches">The type of the sequence.</typeparam>
    /// <inheritdoc cref="Evaluate(IEnumerable{Batch}, Verbosity, int?, IReadOnlyList{Callback}, bool, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Scores Evaluate<TBatches>(
        TBatches x, Verbosity verbose = default, int? steps = null, IReadOnlyList<Callback>? callbacks = null, bool returnDict = false, CancellationToken cancellationToken = default)
        where TBatches : IEnumerable<Batch>
    {
        BatchStream stream = StreamOf(x);
        return Judge((compilation, position) => Stream(StepKind.Test, compilation, stream, position, cancellationToken), verbose, steps, callbacks, returnDict, cancellationToken);
    }

    /// <typeparam name="TBatches">The type of the sequence.</typeparam>
    /// <inheritdoc cref="Predict(IEnumerable{Batch}, Verbosity, int?, IReadOnlyList{Callback}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Tensor Predict<TBatches>(
        TBatches x, Verbosity verbose = default, int? steps = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default)
        where TBatches : IEnumerable<Batch> => Only(PredictAll(x, verbose, steps, callbacks, cancellationToken), nameof(PredictAll));

    /// <typeparam name="TBatches">The type of the sequence.</typeparam>
    /// <inheritdoc cref="PredictAll(IEnumerable{Batch}, Verbosity, int?, IReadOnlyList{Callback}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Tensors PredictAll<TBatches>(
        TBatches x, Verbosity verbose = default, int? steps = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default)
        where TBatches : IEnumerable<Batch> => PredictStream(StreamOf(x), verbose, steps, callbacks, cancellationToken);

    private BatchStream StreamOf(IEnumerable<Batch> x, bool shuffle = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x is PyDataset data ? new PyDatasetStream(data, shuffle ? ShuffleOrder : null) : new SequenceStream(x);
    }

    private static BatchStream StreamOf(IAsyncEnumerable<Batch> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new AsyncStream(x);
    }

    /// <summary>Batches of a data set of the user's. The first one builds the model.</summary>
    private StreamBatches Stream(
        StepKind kind, Compilation? compilation, BatchStream stream, LoopPosition position, CancellationToken cancellationToken, IReadOnlyDictionary<int, double>? classWeight = null, int? most = null)
    {
        bool first = true;
        return new StreamBatches(stream, Supply(kind, compilation), Prepared, position, cancellationToken, most);

        TrainingData Prepared(Batch batch)
        {
            bool builds = first;
            first = false;
            if (compilation == null) return PrepareInputs(batch.X, builds);
            TrainingData data = Prepare(compilation, batch, classWeight, builds);
            if (builds && kind == StepKind.Train) compilation.Optimizer.Build(TrainableVariables);
            return data;
        }
    }
}
