using System.Globalization;
using NKeras.Engine.Graphs;
using NKeras.Optimizers.Schedules;

namespace NKeras.Optimizers;

/// <summary>How far an optimizer's steps go: a number, or a schedule. Both convert implicitly, and it converts to the number it is now.</summary>
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

    /// <summary>The schedule; null if the rate is a number.</summary>
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
