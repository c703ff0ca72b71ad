using NKeras.Core;
using NKeras.Optimizers;

namespace NKeras.Callbacks;

/// <summary>Sets the learning rate at the start of every epoch (<c>keras.callbacks.LearningRateScheduler</c>). Adds <c>learning_rate</c> to the logs.</summary>
/// <example>
/// <code>
/// // The first ten epochs at the initial rate, then less and less.
/// LearningRateScheduler scheduler = new((epoch, lr) => epoch &lt; 10 ? lr : lr * Math.Exp(-0.1));
/// model.Fit(x, y, epochs: 15, callbacks: [scheduler]);
/// </code>
/// </example>
public class LearningRateScheduler : Callback
{
    /// <summary>Creates the callback.</summary>
    /// <param name="schedule">Gives the learning rate of an epoch, counted from 0, from the rate before it.</param>
    /// <param name="verbose">Whether it prints rates: 0 or 1.</param>
    public LearningRateScheduler(Func<int, double, double> schedule, int verbose = 0)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        (Schedule, Verbose) = (schedule, verbose);
    }

    /// <summary>Creates the callback.</summary>
    /// <param name="schedule">Gives the learning rate of an epoch, counted from 0.</param>
    /// <param name="verbose">Whether it prints rates: 0 or 1.</param>
    public LearningRateScheduler(Func<int, double> schedule, int verbose = 0)
        : this(schedule == null ? null! : (epoch, _) => schedule(epoch), verbose)
    {
    }

    /// <summary>Gives the learning rate of an epoch from the rate before it.</summary>
    public Func<int, double, double> Schedule { get; }

    /// <summary>Whether it prints: 0 or 1.</summary>
    public int Verbose { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The rate is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">The optimizer's learning rate is a schedule.</exception>
    public override void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null)
    {
        foreach ((Optimizer optimizer, string prefix, _) in LearningRates.Of(Model))
        {
            double rate = Schedule(epoch, optimizer.LearningRate);
            optimizer.LearningRate = rate;
            if (Verbose > 0) Print($"\nEpoch {epoch + 1}: LearningRateScheduler setting {prefix}learning rate to {PythonNumber.Repr(rate)}.");
        }
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null) => LearningRates.Log(Model, logs);
}
