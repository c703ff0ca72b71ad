using NKeras.Core;

namespace NKeras.Optimizers.Schedules;

/// <summary>
/// The learning rate falls along half a wave of the cosine, again and again
/// (<c>keras.optimizers.schedules.CosineDecayRestarts</c>; Loshchilov and Hutter, 2016).
/// </summary>
/// <remarks>The k-th fall (from 0) takes n·tᵏ steps, from η·((1 - α)·mᵏ + α) to η·α.</remarks>
/// <example><code>
/// model.Compile(new SGD(new CosineDecayRestarts(0.1, firstDecaySteps: 1_000)), "mse");
/// </code></example>
/// <param name="initialLearningRate">The rate at the first step.</param>
/// <param name="firstDecaySteps">How many steps the first fall takes.</param>
/// <param name="tMul">How many times longer each fall is than the one before.</param>
/// <param name="mMul">How many times higher each fall begins than the one before.</param>
/// <param name="alpha">The share of the rate that is left at the end.</param>
/// <param name="name">The name.</param>
/// <exception cref="ArgumentOutOfRangeException">The number of steps is not greater than 0.</exception>
public sealed class CosineDecayRestarts(
    double initialLearningRate, double firstDecaySteps, double tMul = 2.0, double mMul = 1.0, double alpha = 0.0, string name = "SGDRDecay") : LearningRateSchedule
{
    /// <summary>Makes up for the rounding of logarithms: without it a restart could come a step late.</summary>
    private const double Rounding = 1e-12;

    /// <summary>The rate at the first step.</summary>
    public double InitialLearningRate { get; } = initialLearningRate;

    /// <summary>How many steps the first fall takes.</summary>
    public double FirstDecaySteps { get; } = Positive(firstDecaySteps, nameof(firstDecaySteps));

    /// <summary>How many times longer each fall is than the one before.</summary>
    public double TMul { get; } = tMul;

    /// <summary>How many times higher each fall begins than the one before.</summary>
    public double MMul { get; } = mMul;

    /// <summary>The share of the rate that is left at the end.</summary>
    public double Alpha { get; } = alpha;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor step)
    {
        // In double precision, because the number of restarts hangs on a logarithm.
        using WideScope scope = WideScope.Wanted();
        Tensor first = Ops.Divide(Ops.Cast(step, DType.Float64), FirstDecaySteps), restarts, done;
        if (TMul == 1)
        {
            restarts = Floor(first);
            done = Ops.Subtract(first, restarts);
        }
        else
        {
            // k falls take (tᵏ - 1) / (t - 1) times as long as the first.
            restarts = Floor(Ops.Add(Ops.Multiply(Ops.Log(Ops.Add(Ops.Multiply(first, TMul - 1), 1.0)), 1 / Math.Log(TMul)), Rounding));
            Tensor length = Ops.Power(TMul, restarts), before = Ops.Multiply(Ops.Subtract(length, 1.0), 1 / (TMul - 1));
            done = Ops.Divide(Ops.Subtract(first, before), length);
        }

        Tensor share = Ops.Multiply(Ops.Multiply(HalfWave(done), Ops.Power(MMul, restarts)), 1 - Alpha);
        return ToRate(Ops.Multiply(Ops.Add(share, Alpha), InitialLearningRate));
    }
}
