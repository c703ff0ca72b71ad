namespace NKeras.Optimizers;

/// <summary>Adam without a schedule: variables lie between a sequence of steps and its average (<c>keras.optimizers.ScheduleFreeAdamW</c>; Defazio et al., 2024).</summary>
/// <remarks>
/// With the sequence z, which starts at w: v as Adam has it, x = (w - (1-β₁)·z) / β₁, z ← z - η·g / (√(v / (1-β₂ᵗ)) + ε),
/// x ← x + (z - x) / t, w ← (1-β₁)·z + β₁·x.
/// </remarks>
public sealed class ScheduleFreeAdamW : Optimizer
{
    private IReadOnlyList<Variable?> _momentums = [];
    private IReadOnlyList<Variable?> _velocities = [];

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">How far a step goes: a number, or a schedule; 0.0025 if omitted.</param>
    /// <param name="beta1">How close variables are to the average, greater than 0.</param>
    /// <param name="beta2">How much of the average squared gradient each step keeps.</param>
    /// <param name="epsilon">Keeps the division finite.</param>
    /// <param name="warmupSteps">Over how many steps the learning rate rises from zero.</param>
    /// <param name="weightDecay">The share of each variable, times the learning rate, that is taken off at every step.</param>
    /// <param name="clipnorm">The greatest norm of each gradient.</param>
    /// <param name="clipvalue">The greatest absolute value of a gradient's element.</param>
    /// <param name="globalClipnorm">The greatest norm of all gradients together.</param>
    /// <param name="useEma">Whether running averages of the variables are kept, which take the variables' place when <c>Fit</c> ends.</param>
    /// <param name="emaMomentum">How much of the running average each step keeps.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the variables become their running averages.</param>
    /// <param name="lossScaleFactor">What the loss is multiplied by before gradients are computed, and gradients are divided by.</param>
    /// <param name="gradientAccumulationSteps">Of how many steps the mean gradient is used for one update.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">A value is out of range, or more than one way of clipping is given.</exception>
    public ScheduleFreeAdamW(
        LearningRate? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        int warmupSteps = 0,
        double? weightDecay = null,
        double? clipnorm = null,
        double? clipvalue = null,
        double? globalClipnorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        string? name = null)
        : base(learningRate ?? 0.0025, weightDecay, clipnorm, clipvalue, globalClipnorm, useEma, emaMomentum, emaOverwriteFrequency, lossScaleFactor, gradientAccumulationSteps, name)
    {
        if (beta1 == 0) throw new ArgumentOutOfRangeException(nameof(beta1), beta1, "beta1 is 0; it must be greater, because the average is found by dividing by it.");
        (Beta1, Beta2, Epsilon, WarmupSteps) = (Fraction(beta1, nameof(beta1)), Fraction(beta2, nameof(beta2)), epsilon, (int)NotNegative(warmupSteps, nameof(warmupSteps)));
    }

    /// <summary>How close variables are to the average, greater than 0.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the average squared gradient each step keeps.</summary>
    public double Beta2 { get; }

    /// <summary>Keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <summary>Over how many steps the learning rate rises from zero.</summary>
    public int WarmupSteps { get; }

    /// <inheritdoc/>
    protected override void BuildState(IReadOnlyList<Variable> variables)
    {
        IReadOnlyList<Variable?>[] slots = AddOptimizerVariables(variables, ["momentum", "velocity"]);
        (_momentums, _velocities) = (slots[0], slots[1]);
        for (int i = 0; i < variables.Count; i++) _momentums[i]?.Assign(variables[i]);
    }

    /// <inheritdoc/>
    protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
    {
        DType dtype = variable.DType;
        Tensor rate = OncePerStep("rate", dtype, () => Warm(learningRate)), share = OncePerStep("share", dtype, () => Ops.Divide(1.0, LocalStep(dtype)));
        Tensor correction = OncePerStep("correction", dtype, () => Ops.Subtract(1.0, Ops.Power(Beta2, LocalStep(dtype))));

        Variable z = Of(_momentums, variable), v = Of(_velocities, variable);
        // Keras: on PyTorch the average is found with the new z, because the old one is overwritten in place; elsewhere as here.
        Tensor average = Ops.Divide(Ops.Subtract(variable, Ops.Multiply(z, 1 - Beta1)), Beta1);
        v.AssignAdd(Ops.Multiply(Ops.Subtract(Ops.Square(gradient), v), 1 - Beta2));
        z.AssignSub(Ops.Divide(Ops.Multiply(gradient, rate), Ops.Add(Ops.Sqrt(Ops.Divide(v, correction)), Epsilon)));
        average = Ops.Add(Ops.Multiply(average, Ops.Subtract(1.0, share)), Ops.Multiply(z, share));
        variable.Assign(Ops.Add(Ops.Multiply(z, 1 - Beta1), Ops.Multiply(average, Beta1)));
    }

    private Tensor Warm(Tensor learningRate) =>
        WarmupSteps == 0 ? learningRate : Ops.Multiply(learningRate, Ops.Minimum(Ops.Divide(LocalStep(learningRate.DType), (double)WarmupSteps), 1.0));
}
