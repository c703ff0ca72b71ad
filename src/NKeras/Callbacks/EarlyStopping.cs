using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Callbacks;

/// <summary>Stops training when a score has stopped improving (<c>keras.callbacks.EarlyStopping</c>).</summary>
/// <example>
/// <code>
/// // Stops when the loss of the validation data has not improved for three epochs, and goes back to the best weights.
/// model.Fit(x, y, epochs: 100, validationSplit: 0.1, callbacks: [new EarlyStopping("val_loss", patience: 3, restoreBestWeights: true)]);
/// </code>
/// </example>
public class EarlyStopping : MonitorCallback
{
    /// <summary>Creates the callback.</summary>
    /// <param name="monitor">The name of the score, as it is in the logs.</param>
    /// <param name="minDelta">By how much a value must be better to count as an improvement.</param>
    /// <param name="patience">After how many epochs without an improvement training stops.</param>
    /// <param name="verbose">Whether it prints when it stops training: 0 or 1.</param>
    /// <param name="mode"><c>"min"</c> or <c>"max"</c>: whether less or more is better; <c>"auto"</c> looks at the metric.</param>
    /// <param name="baseline">A value that is to be beaten: improvements that do not reach it do not count for <paramref name="patience"/>.</param>
    /// <param name="restoreBestWeights">Whether the model gets back the weights of the best epoch when training ends, for whatever reason.</param>
    /// <param name="startFromEpoch">The first epoch, counted from 0, that is looked at.</param>
    public EarlyStopping(
        string monitor = "val_loss",
        double minDelta = 0,
        int patience = 0,
        int verbose = 0,
        string mode = "auto",
        double? baseline = null,
        bool restoreBestWeights = false,
        int startFromEpoch = 0)
        : base(monitor, mode, minDelta: minDelta) =>
        (Patience, Verbose, Baseline, RestoreBestWeights, StartFromEpoch) = (patience, verbose, baseline, restoreBestWeights, startFromEpoch);

    /// <summary>After how many epochs without an improvement training stops.</summary>
    public int Patience { get; }

    /// <summary>Whether it prints: 0 or 1.</summary>
    public int Verbose { get; }

    /// <summary>The value that is to be beaten; null for none.</summary>
    public double? Baseline { get; }

    /// <summary>Whether the model gets back the best weights when training ends.</summary>
    public bool RestoreBestWeights { get; }

    /// <summary>The first epoch that is looked at.</summary>
    public int StartFromEpoch { get; }

    /// <summary>How many epochs there were since the last improvement.</summary>
    public int Wait { get; private set; }

    /// <summary>The epoch, counted from 0, after which training was stopped; 0 if it was not.</summary>
    public int StoppedEpoch { get; private set; }

    /// <summary>The best epoch, counted from 0.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>The weights after the best epoch, which training does not change; null unless they are to be restored.</summary>
    public IReadOnlyList<Tensor>? BestWeights { get; private set; }

    /// <inheritdoc/>
    public override void OnTrainBegin(IDictionary<string, double>? logs = null) => (Wait, StoppedEpoch, BestEpoch, Best, BestWeights) = (0, 0, 0, null, null);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null)
    {
        // A score whose direction nobody knows is an error, whether or not it is there.
        _ = GreaterIsBetter;
        if (GetMonitorValue(logs) is not { } current || epoch < StartFromEpoch) return;
        // If nothing ever improves, the first weights are the best.
        if (RestoreBestWeights && BestWeights == null) Keep(epoch);
        Wait++;
        if (IsImprovement(current, Best))
        {
            Best = current;
            Keep(epoch);
            if (Baseline == null || IsImprovement(current, Baseline)) Wait = 0;
            return;
        }

        if (Wait < Patience || epoch == 0) return;
        StoppedEpoch = epoch;
        Model.StopTraining = true;
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(IDictionary<string, double>? logs = null)
    {
        if (StoppedEpoch > 0 && Verbose > 0) Print($"Epoch {StoppedEpoch + 1}: early stopping");
        if (BestWeights == null) return;
        if (Verbose > 0) Print($"Restoring model weights from the end of the best epoch: {BestEpoch + 1}.");
        Model.SetWeights(BestWeights);
    }

    /// <inheritdoc/>
    public override JsonObject GetState() => new() { ["best"] = StateJson.Of(Best), ["best_epoch"] = BestEpoch, ["wait"] = Wait, ["stopped_epoch"] = StoppedEpoch };

    /// <inheritdoc/>
    public override void SetState(JsonObject state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (Best, BestEpoch) = (StateJson.NumberOrNull(state, "best"), StateJson.Integer(state, "best_epoch"));
        (Wait, StoppedEpoch) = (StateJson.Integer(state, "wait"), StateJson.Integer(state, "stopped_epoch"));
    }

    internal override IReadOnlyList<Tensor> StateTensors
    {
        get => BestWeights ?? [];
        set => BestWeights = value.Count == 0 ? null : value;
    }

    /// <summary>The score that is watched; null, with a warning, if it is not there.</summary>
    /// <param name="logs">The scores of an epoch.</param>
    public double? GetMonitorValue(IDictionary<string, double>? logs)
    {
        if (logs != null && logs.TryGetValue(Monitor, out double value)) return value;
        Warn($"Early stopping conditioned on metric `{Monitor}` which is not available. Available metrics are: {string.Join(',', logs?.Keys ?? [])}");
        return null;
    }

    private void Keep(int epoch)
    {
        BestEpoch = epoch;
        if (RestoreBestWeights) BestWeights = Model.GetWeights();
    }
}
