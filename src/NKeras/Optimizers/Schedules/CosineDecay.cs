namespace NKeras.Optimizers.Schedules;

/// <summary>The learning rate falls along half a wave of the cosine, after a warm-up if wanted (<c>keras.optimizers.schedules.CosineDecay</c>; Loshchilov and Hutter, 2016).</summary>
/// <remarks>
/// η · ((1 - α) · ½(1 + cos(π · step / n)) + α), and η·α from step n on. With a warm-up the rate rises in a straight line from the
/// initial rate to the target, and falls from there.
/// </remarks>
/// <example><code>
/// model.Compile(new Adam(new CosineDecay(0.0, decaySteps: 9_000, warmupTarget: 1e-3, warmupSteps: 1_000)), "mse");
/// </code></example>
/// <param name="initialLearningRate">The rate at the first step.</param>
/// <param name="decaySteps">How many steps the fall takes.</param>
/// <param name="alpha">The share of the rate that is left at the end.</param>
/// <param name="name">The name.</param>
/// <param name="warmupTarget">The rate at the end of the warm-up; no warm-up if omitted.</param>
/// <param name="warmupSteps">How many steps the warm-up takes.</param>
/// <exception cref="ArgumentOutOfRangeException">The number of steps is not greater than 0.</exception>
public sealed class CosineDecay(
    double initialLearningRate, double decaySteps, double alpha = 0.0, string name = "CosineDecay", double? warmupTarget = null, double warmupSteps = 0)
    : LearningRateSchedule
{
    /// <summary>The rate at the first step.</summary>
    public double InitialLearningRate { get; } = initialLearningRate;

    /// <summary>How many steps the fall takes.</summary>
    public double DecaySteps { get; } = Positive(decaySteps, nameof(decaySteps));

    /// <summary>The share of the rate that is left at the end.</summary>
    public double Alpha { get; } = alpha;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The rate at the end of the warm-up; null for no warm-up.</summary>
    public double? WarmupTarget { get; } = warmupTarget;

    /// <summary>How many steps the warm-up takes.</summary>
    public double WarmupSteps { get; } = warmupSteps;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor step)
    {
        Tensor at = ToRate(step);
        if (WarmupTarget is not { } target) return Fall(at, InitialLearningRate);
        Tensor rising = Ops.Add(Ops.Multiply(Ops.Divide(at, WarmupSteps), target - InitialLearningRate), InitialLearningRate);
        return Ops.Where(Ops.Less(at, WarmupSteps), rising, Fall(Ops.Subtract(at, WarmupSteps), target));
    }

    private Tensor Fall(Tensor at, double from)
    {
        Tensor done = Ops.Divide(Ops.Minimum(at, DecaySteps), DecaySteps);
        return Ops.Multiply(Ops.Add(Ops.Multiply(HalfWave(done), 1 - Alpha), Alpha), from);
    }
}
