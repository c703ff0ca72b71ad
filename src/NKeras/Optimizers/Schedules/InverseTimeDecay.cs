namespace NKeras.Optimizers.Schedules;

/// <summary>The learning rate falls with one over the number of steps (<c>keras.optimizers.schedules.InverseTimeDecay</c>).</summary>
/// <remarks>η / (1 + r · step / n); in stairs, step / n is rounded down.</remarks>
/// <example><code>
/// model.Compile(new SGD(new InverseTimeDecay(0.1, decaySteps: 100, decayRate: 0.5)), "mse");
/// </code></example>
/// <param name="initialLearningRate">The rate at the first step.</param>
/// <param name="decaySteps">How many steps count as one unit of time.</param>
/// <param name="decayRate">How fast the rate falls.</param>
/// <param name="staircase">Whether the rate keeps still within a unit of time.</param>
/// <param name="name">The name.</param>
/// <exception cref="ArgumentOutOfRangeException">The number of steps is not greater than 0.</exception>
public sealed class InverseTimeDecay(
    double initialLearningRate, double decaySteps, double decayRate, bool staircase = false, string name = "InverseTimeDecay") : LearningRateSchedule
{
    /// <summary>The rate at the first step.</summary>
    public double InitialLearningRate { get; } = initialLearningRate;

    /// <summary>How many steps count as one unit of time.</summary>
    public double DecaySteps { get; } = Positive(decaySteps, nameof(decaySteps));

    /// <summary>How fast the rate falls.</summary>
    public double DecayRate { get; } = decayRate;

    /// <summary>Whether the rate keeps still within a unit of time.</summary>
    public bool Staircase { get; } = staircase;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor step)
    {
        Tensor time = Ops.Divide(ToRate(step), DecaySteps);
        if (Staircase) time = Floor(time);
        return Ops.Divide(InitialLearningRate, Ops.Add(Ops.Multiply(time, DecayRate), 1.0));
    }
}
