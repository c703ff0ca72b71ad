namespace NKeras.Optimizers;

/// <summary>Adam with the greatest gradient, fading, in place of the average square (<c>keras.optimizers.Adamax</c>; Kingma and Ba, 2014).</summary>
/// <remarks>m ← m + (1-β₁)(g - m), u ← max(β₂·u, |g|), w ← w - α·m / (u + ε) with α = η / (1-β₁ᵗ).</remarks>
public sealed class Adamax : Optimizer
{
    private IReadOnlyList<Variable?> _momentums = [];
    private IReadOnlyList<Variable?> _norms = [];

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">How far a step goes: a number, or a schedule; 0.001 if omitted.</param>
    /// <param name="beta1">How much of the average gradient each step keeps.</param>
    /// <param name="beta2">How much of the greatest gradient each step keeps.</param>
    /// <param name="epsilon">Keeps the division finite.</param>
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
    public Adamax(
        LearningRate? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
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
        : base(learningRate ?? 0.001, weightDecay, clipnorm, clipvalue, globalClipnorm, useEma, emaMomentum, emaOverwriteFrequency, lossScaleFactor, gradientAccumulationSteps, name) =>
        (Beta1, Beta2, Epsilon) = (Fraction(beta1, nameof(beta1)), Fraction(beta2, nameof(beta2)), epsilon);

    /// <summary>How much of the average gradient each step keeps.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the greatest gradient each step keeps.</summary>
    public double Beta2 { get; }

    /// <summary>Keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected override void BuildState(IReadOnlyList<Variable> variables)
    {
        IReadOnlyList<Variable?>[] slots = AddOptimizerVariables(variables, ["momentum", "norm"]);
        (_momentums, _norms) = (slots[0], slots[1]);
    }

    /// <inheritdoc/>
    protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
    {
        Tensor alpha = OncePerStep("alpha", variable.DType, () => Ops.Divide(learningRate, Ops.Subtract(1.0, Ops.Power(Beta1, LocalStep(variable.DType)))));
        Variable m = Of(_momentums, variable), u = Of(_norms, variable);
        m.AssignAdd(Ops.Multiply(Ops.Subtract(gradient, m), 1 - Beta1));
        u.Assign(Ops.Maximum(Ops.Multiply(u, Beta2), Ops.Abs(gradient)));
        variable.AssignSub(Ops.Divide(Ops.Multiply(m, alpha), Ops.Add(u, Epsilon)));
    }
}
