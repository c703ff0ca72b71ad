using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Saving;

namespace NKeras.Callbacks;

/// <summary>Saves the model, or its weights, while it is trained (<c>keras.callbacks.ModelCheckpoint</c>).</summary>
/// <remarks>
/// A file is replaced in one step, so that there is a whole one at every moment, whatever happens to the process. A loaded model goes on with training as
/// the saved one would have: <c>Fit(…, initialEpoch: …)</c>. To go on after an interruption without a thought, use <see cref="BackupAndRestore"/>.
/// </remarks>
/// <example><code>
/// model.Fit(x, y, epochs: 20, validationSplit: 0.1, callbacks:
/// [
///     new ModelCheckpoint("best.keras", monitor: "val_loss", saveBestOnly: true),
///     new ModelCheckpoint("weights/{epoch:02d}-{val_loss:.2f}.weights.h5", saveWeightsOnly: true),
/// ]);
/// </code></example>
public class ModelCheckpoint : MonitorCallback
{
    private readonly CheckpointPath _path;
    private readonly BatchCounter _batches;
    private int _epoch;

    /// <summary>Creates the callback.</summary>
    /// <param name="filepath">
    /// Where: a name that ends in <c>.keras</c> or <c>.h5</c>, or in <c>.weights.h5</c> for weights only. It can have fields as in Python: <c>{epoch:02d}</c> and
    /// <c>{batch}</c>, counted from 1, and scores such as <c>{val_loss:.2f}</c>. Folders are made.
    /// </param>
    /// <param name="monitor">The name of the score that says which model is the best.</param>
    /// <param name="verbose">Whether it prints what it does: 0 or 1.</param>
    /// <param name="saveBestOnly">Whether to save only if the score is better than ever before.</param>
    /// <param name="saveWeightsOnly">Whether to save weights, and the optimizer's state, without the rest of the model.</param>
    /// <param name="mode"><c>"min"</c> or <c>"max"</c>: whether less or more is better; <c>"auto"</c> looks at the metric.</param>
    /// <param name="saveFreq"><c>"epoch"</c>, or after how many batches each time; with several steps per execution, after the execution in which it is reached.</param>
    /// <param name="initialValueThreshold">A score to beat from the beginning.</param>
    /// <exception cref="ArgumentException">The path's ending or fields are not valid.</exception>
    public ModelCheckpoint(
        string filepath,
        string monitor = "val_loss",
        int verbose = 0,
        bool saveBestOnly = false,
        bool saveWeightsOnly = false,
        string mode = "auto",
        Frequency saveFreq = default,
        double? initialValueThreshold = null)
        : base(monitor, mode, initialValueThreshold)
    {
        ArgumentException.ThrowIfNullOrEmpty(filepath);
        saveFreq.RequireForSaving(nameof(ModelCheckpoint));
        if (saveWeightsOnly && !filepath.EndsWith(".weights.h5", StringComparison.Ordinal))
            throw new ArgumentException($"With saveWeightsOnly: true the filepath of ModelCheckpoint must end in .weights.h5 (Keras's format of weights). Received: \"{filepath}\".", nameof(filepath));
        if (!saveWeightsOnly && !filepath.EndsWith(".keras", StringComparison.Ordinal) && !filepath.EndsWith(".h5", StringComparison.Ordinal))
            throw new ArgumentException($"The filepath of ModelCheckpoint must end in .keras (Keras's format of models). Received: \"{filepath}\".", nameof(filepath));
        (Filepath, Verbose, SaveBestOnly, SaveWeightsOnly, SaveFreq, InitialValueThreshold) = (filepath, verbose, saveBestOnly, saveWeightsOnly, saveFreq, initialValueThreshold);
        _path = new CheckpointPath(filepath);
        _batches = new BatchCounter(saveFreq.Batches);
    }

    /// <summary>Where it saves, with fields.</summary>
    public string Filepath { get; }

    /// <summary>Whether it prints: 0 or 1.</summary>
    public int Verbose { get; }

    /// <summary>Whether it saves only what is better than ever before.</summary>
    public bool SaveBestOnly { get; }

    /// <summary>Whether it saves weights only.</summary>
    public bool SaveWeightsOnly { get; }

    /// <summary>How often it saves.</summary>
    public Frequency SaveFreq { get; }

    /// <summary>The score to beat from the beginning; null for none.</summary>
    public double? InitialValueThreshold { get; }

    // Subclasses may look at scores, too.
    internal override bool WantsScores => GetType() != typeof(ModelCheckpoint) || ((SaveBestOnly || _path.HasScores) && _batches.IsNear(Model.StepsPerExecution));

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null) => _epoch = epoch;

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null)
    {
        if (_batches.Count(batch)) Save(_epoch, batch, logs);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null)
    {
        _batches.EndEpoch();
        // A score whose direction nobody knows is an error, whether or not only the best is saved.
        _ = GreaterIsBetter;
        if (SaveFreq.Batches == null) Save(epoch, null, logs);
    }

    /// <inheritdoc/>
    public override JsonObject GetState() => new() { ["best"] = StateJson.Of(Best), ["batches"] = _batches.GetState() };

    /// <inheritdoc/>
    public override void SetState(JsonObject state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Best = StateJson.NumberOrNull(state, "best");
        _batches.SetState(state, "batches");
    }

    private void Save(int epoch, int? batch, IDictionary<string, double>? logs)
    {
        logs ??= new Dictionary<string, double>();
        string path = _path.Format(epoch + 1, batch + 1, logs);
        double? best = Best;
        if (SaveBestOnly && !IsBest(epoch, logs, path, ref best)) return;
        if (!SaveBestOnly && Verbose > 0) Print($"\nEpoch {epoch + 1}: saving model to {path}");
        if (Directory.Exists(path)) throw new IOException($"Please specify a non-directory filepath for ModelCheckpoint. Filepath used is an existing directory: {path}");
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        if (SaveWeightsOnly) Model.SaveWeights(path);
        else Model.Save(path);
        // Keras: takes the score for the best before it has saved the model, so that one which could not be saved is to be beaten.
        Best = best;
        if (Verbose > 0) Print($"\nEpoch {epoch + 1}: finished saving model to {path}");
    }

    private bool IsBest(int epoch, IDictionary<string, double> logs, string path, ref double? best)
    {
        if (!logs.TryGetValue(Monitor, out double current))
        {
            Warn($"Can save best model only with {Monitor} available.");
            return true;
        }

        string before = best is { } value ? PythonNumber.Fixed(value, 5) : "None";
        if (!IsImprovement(current, best))
        {
            if (Verbose > 0) Print($"\nEpoch {epoch + 1}: {Monitor} did not improve from {before}");
            return false;
        }

        if (Verbose > 0) Print($"\nEpoch {epoch + 1}: {Monitor} improved from {before} to {PythonNumber.Fixed(current, 5)}, saving model to {path}");
        best = current;
        return true;
    }
}
