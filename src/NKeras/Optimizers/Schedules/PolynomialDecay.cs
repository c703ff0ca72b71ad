using NKeras.Engine.Primitives;

namespace NKeras.Optimizers.Schedules;

/// <summary>The learning rate falls to an end rate along a power of the steps left (<c>keras.optimizers.schedules.PolynomialDecay</c>).</summary>
/// <remarks>(η - e) · (1 - step / n)^p + e, and e from step n on; in cycles, n doubles, triples, … as steps exceed it.</remarks>
/// <example><code>
/// model.Compile(new SGD(new PolynomialDecay(0.1, decaySteps: 10_000, endLearningRate: 0.01, power: 0.5)), "mse");
/// </code></example>
/// <param name="initialLearningRate">The rate at the first step.</param>
/// <param name="decaySteps">How many steps the fall takes.</param>
/// <param name="endLearningRate">The rate it ends at.</param>
/// <param name="power">The power; 1 for a straight line.</param>
/// <param name="cycle">Whether, past the end, the rate rises again and takes the next multiple of the steps to fall.</param>
/// <param name="name">The name.</param>
/// <exception cref="ArgumentOutOfRangeException">The number of steps is not greater than 0.</exception>
public sealed class PolynomialDecay(
    double initialLearningRate, double decaySteps, double endLearningRate = 0.0001, double power = 1.0, bool cycle = false, string name = "PolynomialDecay")
    : LearningRateSchedule
{
    /// <summary>The rate at the first step.</summary>
    public double InitialLearningRate { get; } = initialLearningRate;

    /// <summary>How many steps the fall takes.</summary>
    public double DecaySteps { get; } = Positive(decaySteps, nameof(decaySteps));

    /// <summary>The rate it ends at.</summary>
    public double EndLearningRate { get; } = endLearningRate;

    /// <summary>The power.</summary>
    public double Power { get; } = power;

    /// <summary>Whether the rate rises again past the end.</summary>
    public bool Cycle { get; } = cycle;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor step)
    {
        Tensor at = ToRate(step), done;
        if (Cycle)
        {
            Tensor falls = Ops.Where(Ops.Equal(at, 0.0), 1.0, PrimitiveOps.Unary(ElementwiseFunction.Ceiling, Ops.Divide(at, DecaySteps)));
            done = Ops.Divide(at, Ops.Multiply(falls, DecaySteps));
        }
        else done = Ops.Divide(Ops.Minimum(at, DecaySteps), DecaySteps);
        return Ops.Add(Ops.Multiply(Ops.Power(Ops.Subtract(1.0, done), Power), InitialLearningRate - EndLearningRate), EndLearningRate);
    }
}
