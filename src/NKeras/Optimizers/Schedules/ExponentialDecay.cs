namespace NKeras.Optimizers.Schedules;

/// <summary>The learning rate is multiplied by a factor every so many steps (<c>keras.optimizers.schedules.ExponentialDecay</c>).</summary>
/// <remarks>η · r^(step / n); in stairs, the exponent is rounded down.</remarks>
/// <example><code>
/// model.Compile(new SGD(new ExponentialDecay(0.1, decaySteps: 10_000, decayRate: 0.96, staircase: true)), "mse");
/// </code></example>
/// <param name="initialLearningRate">The rate at the first step.</param>
/// <param name="decaySteps">After how many steps the rate has been multiplied by the factor.</param>
/// <param name="decayRate">The factor.</param>
/// <param name="staircase">Whether the rate keeps still in between.</param>
/// <param name="name">The name.</param>
/// <exception cref="ArgumentOutOfRangeException">The number of steps is not greater than 0.</exception>
public sealed class ExponentialDecay(
    double initialLearningRate, double decaySteps, double decayRate, bool staircase = false, string name = "ExponentialDecay") : LearningRateSchedule
{
    /// <summary>The rate at the first step.</summary>
    public double InitialLearningRate { get; } = initialLearningRate;

    /// <summary>After how many steps the rate has been multiplied by the factor.</summary>
    public double DecaySteps { get; } = Positive(decaySteps, nameof(decaySteps));

    /// <summary>The factor.</summary>
    public double DecayRate { get; } = decayRate;

    /// <summary>Whether the rate keeps still in between.</summary>
    public bool Staircase { get; } = staircase;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor step)
    {
        Tensor times = Ops.Divide(ToRate(step), DecaySteps);
        if (Staircase) times = Floor(times);
        return Ops.Multiply(Ops.Power(DecayRate, times), InitialLearningRate);
    }
}
