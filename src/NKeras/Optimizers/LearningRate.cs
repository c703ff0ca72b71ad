using System.Globalization;
using NKeras.Engine.Graphs;
using NKeras.Optimizers.Schedules;

namespace NKeras.Optimizers;

/// <summary>How far an optimizer's steps go: a number, a schedule or a function. The first two convert implicitly, and it converts to the number it is now.</summary>
/// <example><code>
/// Adam constant = new(1e-3), falling = new(new CosineDecay(1e-3, decaySteps: 10_000));
/// Variable rate = new(1e-3);
/// Adam own = new(new LearningRate(() =&gt; rate * 2));
/// </code></example>
public sealed class LearningRate
{
    private readonly double _value;
    private readonly int _step;

    /// <summary>A constant rate.</summary>
    /// <param name="value">The rate.</param>
    public LearningRate(double value) => _value = value;

    /// <summary>A rate that depends on the number of steps so far.</summary>
    /// <param name="schedule">The schedule.</param>
    public LearningRate(LearningRateSchedule schedule)
        : this(schedule, 0)
    {
    }

    /// <summary>A rate that a function computes at each step. Like a schedule it becomes part of compiled steps, so what changes from step to step has to be a variable.</summary>
    /// <param name="function">Gives a scalar.</param>
    public LearningRate(Func<Tensor> function)
        : this(new FunctionSchedule(function), 0)
    {
    }

    /// <summary>A rate that depends on the number of steps so far, and how many these are.</summary>
    internal LearningRate(LearningRateSchedule schedule, int step)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        (Schedule, _step) = (schedule, step);
    }

    /// <summary>The rate. That of a schedule is the one at the step the optimizer was at when it was asked, or at the first.</summary>
    public double Value
    {
        get
        {
            double value = _value;
            if (Schedule != null) Trace.Suspend(() => value = Ops.Cast(Schedule.Apply(_step), DType.Float64).Item<double>());
            return value;
        }
    }

    /// <summary>The schedule, or the function as one; null if the rate is a number.</summary>
    public LearningRateSchedule? Schedule { get; }

    /// <summary>A constant rate.</summary>
    public static implicit operator LearningRate(double value) => new(value);

    /// <summary>A rate that depends on the number of steps so far.</summary>
    public static implicit operator LearningRate(LearningRateSchedule schedule) => new(schedule);

    /// <summary>The number.</summary>
    public static implicit operator double(LearningRate rate) => rate.Value;

    /// <summary>The number, and the schedule's class.</summary>
    public override string ToString()
    {
        string value = Value.ToString(CultureInfo.InvariantCulture);
        return Schedule == null ? value : $"{value} ({Schedule.GetType().Name})";
    }
}
