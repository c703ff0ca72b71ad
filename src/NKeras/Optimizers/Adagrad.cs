using NKeras.Initializers;

namespace NKeras.Optimizers;

/// <summary>Steps divided by the root of the sum of all squared gradients so far (<c>keras.optimizers.Adagrad</c>; Duchi et al., 2011).</summary>
/// <remarks>a ← a + g², then w ← w - η·g / √(a + ε).</remarks>
public sealed class Adagrad : Optimizer
{
    private IReadOnlyList<Variable?> _accumulators = [];

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">How far a step goes: a number, or a schedule; 0.001 if omitted.</param>
    /// <param name="initialAccumulatorValue">What the sums of squares begin with.</param>
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
    public Adagrad(
        LearningRate? learningRate = null,
        double initialAccumulatorValue = 0.1,
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
        (InitialAccumulatorValue, Epsilon) = (NotNegative(initialAccumulatorValue, nameof(initialAccumulatorValue)), epsilon);

    /// <summary>What the sums of squares begin with.</summary>
    public double InitialAccumulatorValue { get; }

    /// <summary>Keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected override void BuildState(IReadOnlyList<Variable> variables) =>
        _accumulators = AddOptimizerVariables(variables, "accumulator", new Constant(InitialAccumulatorValue));

    /// <inheritdoc/>
    protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
    {
        Variable accumulator = Of(_accumulators, variable);
        accumulator.AssignAdd(Ops.Square(gradient));
        variable.AssignSub(Ops.Divide(Ops.Multiply(learningRate, gradient), Ops.Sqrt(Ops.Add(accumulator, Epsilon))));
    }
}
