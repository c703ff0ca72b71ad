namespace NKeras.Optimizers.Schedules;

/// <summary>The learning rate changes at given steps and is constant in between (<c>keras.optimizers.schedules.PiecewiseConstantDecay</c>).</summary>
/// <example><code>
/// // 1.0 up to step 100 000, 0.5 up to step 110 000, 0.1 from then on.
/// model.Compile(new SGD(new PiecewiseConstantDecay([100_000, 110_000], [1.0, 0.5, 0.1])), "mse");
/// </code></example>
public sealed class PiecewiseConstantDecay : LearningRateSchedule
{
    private readonly double[] _boundaries;
    private readonly double[] _values;

    /// <summary>Creates the schedule.</summary>
    /// <param name="boundaries">The last step of each rate but the last one, in rising order.</param>
    /// <param name="values">The rates: one more than there are boundaries.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">There is not exactly one rate more than boundaries.</exception>
    public PiecewiseConstantDecay(IReadOnlyList<double> boundaries, IReadOnlyList<double> values, string name = "PiecewiseConstant")
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        ArgumentNullException.ThrowIfNull(values);
        if (boundaries.Count != values.Count - 1)
            throw new ArgumentException($"PiecewiseConstantDecay takes one value more than boundaries; received {values.Count} values and {boundaries.Count} boundaries.", nameof(values));
        (_boundaries, _values, Name) = ([.. boundaries], [.. values], name);
    }

    /// <summary>The last step of each rate but the last one.</summary>
    public IReadOnlyList<double> Boundaries => _boundaries;

    /// <summary>The rates.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor step)
    {
        // Whole numbers are compared exactly, fractions in their own precision.
        Tensor at = step.DType.IsFloating ? step : Ops.Cast(step, DType.Float64);
        Tensor rate = Ops.Full(step.Shape, _values[^1], Config.Floatx());
        for (int i = _boundaries.Length - 1; i >= 0; i--) rate = Ops.Where(Ops.LessEqual(at, _boundaries[i]), _values[i], rate);
        return rate;
    }
}
