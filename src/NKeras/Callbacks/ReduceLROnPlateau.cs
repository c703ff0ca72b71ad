using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Optimizers;
using NKeras.Saving;

namespace NKeras.Callbacks;

/// <summary>Lowers the learning rate when a score has stopped improving (<c>keras.callbacks.ReduceLROnPlateau</c>). Adds <c>learning_rate</c> to the logs.</summary>
/// <example>
/// <code>
/// model.Fit(x, y, epochs: 100, validationSplit: 0.1, callbacks: [new ReduceLROnPlateau("val_loss", factor: 0.2, patience: 5, minLr: 0.001)]);
/// </code>
/// </example>
public class ReduceLROnPlateau : MonitorCallback
{
    /// <summary>Creates the callback.</summary>
    /// <param name="monitor">The name of the score, as it is in the logs.</param>
    /// <param name="factor">What the learning rate is multiplied by, less than 1.</param>
    /// <param name="patience">After how many epochs without an improvement.</param>
    /// <param name="verbose">Whether it prints new rates: 0 or 1.</param>
    /// <param name="mode"><c>"min"</c> or <c>"max"</c>: whether less or more is better; <c>"auto"</c> looks at the metric.</param>
    /// <param name="minDelta">By how much a value must be better to count as an improvement.</param>
    /// <param name="cooldown">How many epochs after a change do not count.</param>
    /// <param name="minLr">The least learning rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is 1 or more.</exception>
    public ReduceLROnPlateau(
        string monitor = "val_loss",
        double factor = 0.1,
        int patience = 10,
        int verbose = 0,
        string mode = "auto",
        double minDelta = 0.0001,
        int cooldown = 0,
        double minLr = 0.0)
        : base(monitor, mode, minDelta: minDelta)
    {
        if (!(factor < 1)) throw new ArgumentOutOfRangeException(nameof(factor), factor, $"ReduceLROnPlateau takes a factor less than 1; received {factor}.");
        (Factor, Patience, Verbose, Cooldown, MinLr) = (factor, patience, verbose, cooldown, minLr);
    }

    /// <summary>What the learning rate is multiplied by.</summary>
    public double Factor { get; }

    /// <summary>After how many epochs without an improvement.</summary>
    public int Patience { get; }

    /// <summary>Whether it prints: 0 or 1.</summary>
    public int Verbose { get; }

    /// <summary>How many epochs after a change do not count.</summary>
    public int Cooldown { get; }

    /// <summary>The least learning rate.</summary>
    public double MinLr { get; }

    /// <summary>How many epochs there were since the last improvement or change.</summary>
    public int Wait { get; private set; }

    /// <summary>How many epochs from now on do not count.</summary>
    public int CooldownCounter { get; private set; }

    /// <summary>Whether epochs do not count at present.</summary>
    public bool InCooldown() => CooldownCounter > 0;

    /// <inheritdoc/>
    public override void OnTrainBegin(IDictionary<string, double>? logs = null) => (Best, Wait, CooldownCounter) = (null, 0, 0);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The optimizer's learning rate is a schedule.</exception>
    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null)
    {
        _ = GreaterIsBetter;
        LearningRates.Log(Model, logs);
        if (logs == null || !logs.TryGetValue(Monitor, out double current))
        {
            Warn($"Learning rate reduction is conditioned on metric `{Monitor}` which is not available. Available metrics are: {string.Join(',', logs?.Keys ?? [])}.");
            return;
        }

        if (InCooldown())
        {
            CooldownCounter--;
            Wait = 0;
        }

        if (IsImprovement(current, Best))
        {
            Best = current;
            Wait = 0;
        }
        else if (!InCooldown() && ++Wait >= Patience && Reduce(epoch))
        {
            CooldownCounter = Cooldown;
            Wait = 0;
        }
    }

    /// <inheritdoc/>
    public override JsonObject GetState() => new() { ["best"] = StateJson.Of(Best), ["wait"] = Wait, ["cooldown_counter"] = CooldownCounter };

    /// <inheritdoc/>
    public override void SetState(JsonObject state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (Best, Wait, CooldownCounter) = (StateJson.NumberOrNull(state, "best"), StateJson.Integer(state, "wait"), StateJson.Integer(state, "cooldown_counter"));
    }

    private bool Reduce(int epoch)
    {
        bool reduced = false;
        foreach ((Optimizer optimizer, string prefix, _) in LearningRates.Of(Model))
        {
            double rate = optimizer.LearningRate;
            // Rates are float32: at the least one they are what it is in that type.
            if (!(rate > (float)MinLr)) continue;
            rate = Math.Max(rate * Factor, MinLr);
            optimizer.LearningRate = rate;
            if (Verbose > 0) Print($"\nEpoch {epoch + 1}: ReduceLROnPlateau reducing {prefix}learning rate to {PythonNumber.Repr(rate)}.");
            reduced = true;
        }

        return reduced;
    }
}
