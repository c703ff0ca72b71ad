using NKeras.Engine.Primitives;

namespace NKeras.Optimizers;

/// <summary>Steps of one length in the direction of a running average's sign (<c>keras.optimizers.Lion</c>; Chen et al., 2023).</summary>
/// <remarks>w ← w - η·sign(β₁·m + (1-β₁)·g), then m ← β₂·m + (1-β₂)·g.</remarks>
public sealed class Lion : Optimizer
{
    private IReadOnlyList<Variable?> _momentums = [];

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">How far a step goes: a number, or a schedule; 0.001 if omitted.</param>
    /// <param name="beta1">How much the average counts for a step, greater than 0; the rest is the gradient.</param>
    /// <param name="beta2">How much of the average each step keeps.</param>
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
    public Lion(
        LearningRate? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.99,
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
        : base(learningRate ?? 0.001, weightDecay, clipnorm, clipvalue, globalClipnorm, useEma, emaMomentum, emaOverwriteFrequency, lossScaleFactor, gradientAccumulationSteps, name)
    {
        if (beta1 == 0) throw new ArgumentOutOfRangeException(nameof(beta1), beta1, "beta1 is 0; it must be greater: without the average, steps follow the sign of the gradient alone.");
        (Beta1, Beta2) = (Fraction(beta1, nameof(beta1)), Fraction(beta2, nameof(beta2)));
    }

    /// <summary>How much the average counts for a step, greater than 0; the rest is the gradient.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the average each step keeps.</summary>
    public double Beta2 { get; }

    /// <inheritdoc/>
    protected override void BuildState(IReadOnlyList<Variable> variables) => _momentums = AddOptimizerVariables(variables, "momentum");

    /// <inheritdoc/>
    protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
    {
        Variable m = Of(_momentums, variable);
        Tensor direction = Ops.Add(Ops.Multiply(m, Beta1), Ops.Multiply(gradient, 1 - Beta1));
        variable.AssignSub(Ops.Multiply(PrimitiveOps.Unary(ElementwiseFunction.Sign, direction), learningRate));
        m.Assign(Ops.Add(Ops.Multiply(m, Beta2), Ops.Multiply(gradient, 1 - Beta2)));
    }
}
