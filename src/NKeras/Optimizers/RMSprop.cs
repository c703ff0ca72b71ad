namespace NKeras.Optimizers;

/// <summary>Steps divided by the root of a running average of squared gradients (<c>keras.optimizers.RMSprop</c>; Hinton, 2012).</summary>
/// <remarks>
/// v ← ρ·v + (1-ρ)·g², then w ← w - η·g / √(v + ε). Centered: the variance v - a² takes v's place, with a the running
/// average of g. With momentum μ the steps are gathered: m ← μ·m + step, w ← w - m.
/// </remarks>
public sealed class RMSprop : Optimizer
{
    private IReadOnlyList<Variable?> _velocities = [];
    private IReadOnlyList<Variable?> _momentums = [];
    private IReadOnlyList<Variable?> _averages = [];

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">How far a step goes: a number, or a schedule; 0.001 if omitted.</param>
    /// <param name="rho">How much of the average squared gradient each step keeps.</param>
    /// <param name="momentum">How much of the last step the next one keeps.</param>
    /// <param name="epsilon">Keeps the division finite.</param>
    /// <param name="centered">Whether the squared average gradient is taken off the average square.</param>
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
    public RMSprop(
        LearningRate? learningRate = null,
        double rho = 0.9,
        double momentum = 0.0,
        double epsilon = 1e-7,
        bool centered = false,
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
        (Rho, Momentum, Epsilon, Centered) = (Fraction(rho, nameof(rho)), Fraction(momentum, nameof(momentum)), epsilon, centered);

    /// <summary>How much of the average squared gradient each step keeps.</summary>
    public double Rho { get; }

    /// <summary>How much of the last step the next one keeps.</summary>
    public double Momentum { get; }

    /// <summary>Keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <summary>Whether the squared average gradient is taken off the average square.</summary>
    public bool Centered { get; }

    /// <inheritdoc/>
    protected override void BuildState(IReadOnlyList<Variable> variables)
    {
        _velocities = AddOptimizerVariables(variables, "velocity");
        if (Momentum > 0) _momentums = AddOptimizerVariables(variables, "momentum");
        if (Centered) _averages = AddOptimizerVariables(variables, "average_gradient");
    }

    /// <inheritdoc/>
    protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
    {
        Variable velocity = Of(_velocities, variable);
        velocity.Assign(Ops.Add(Ops.Multiply(velocity, Rho), Ops.Multiply(Ops.Square(gradient), 1 - Rho)));
        Tensor spread = velocity;
        if (Centered)
        {
            Variable average = Of(_averages, variable);
            average.Assign(Ops.Add(Ops.Multiply(average, Rho), Ops.Multiply(gradient, 1 - Rho)));
            spread = Ops.Subtract(spread, Ops.Square(average));
        }

        Tensor step = Ops.Divide(Ops.Multiply(learningRate, gradient), Ops.Sqrt(Ops.Add(spread, Epsilon)));
        if (Momentum > 0)
        {
            Variable momentum = Of(_momentums, variable);
            momentum.Assign(Ops.Add(Ops.Multiply(momentum, Momentum), step));
            step = momentum;
        }

        variable.AssignSub(step);
    }
}
