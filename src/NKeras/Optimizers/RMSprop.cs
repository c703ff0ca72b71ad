namespace NKeras.Optimizers;

/// <summary>Steps divided by the root of a running average of squared gradients (<c>keras.optimizers.RMSprop</c>; Hinton, 2012).</summary>
/// <remarks>
/// v ← ρ·v + (1-ρ)·g², then w ← w - η·g / √(v + ε). Centered: the variance v - a² takes v's place, with a the running
/// average of g. With momentum μ the steps are gathered: m ← μ·m + step, w ← w - m.
/// </remarks>
public sealed class RMSprop : Optimizer
{
    private IReadOnlyList<Variable> _velocities = [];
    private IReadOnlyList<Variable> _momentums = [];
    private IReadOnlyList<Variable> _averages = [];

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="rho">How much of the average squared gradient each step keeps.</param>
    /// <param name="momentum">How much of the last step the next one keeps.</param>
    /// <param name="epsilon">Keeps the division finite.</param>
    /// <param name="centered">Whether the squared average gradient is taken off the average square.</param>
    /// <param name="weightDecay">The share of each variable, times the learning rate, that is taken off at every step.</param>
    /// <param name="clipnorm">The greatest norm of each gradient.</param>
    /// <param name="clipvalue">The greatest absolute value of a gradient's element.</param>
    /// <param name="globalClipnorm">The greatest norm of all gradients together.</param>
    /// <exception cref="ArgumentException">A value is out of range, or more than one way of clipping is given.</exception>
    public RMSprop(
        double learningRate = 0.001,
        double rho = 0.9,
        double momentum = 0.0,
        double epsilon = 1e-7,
        bool centered = false,
        double? weightDecay = null,
        double? clipnorm = null,
        double? clipvalue = null,
        double? globalClipnorm = null)
        : base(learningRate, weightDecay, clipnorm, clipvalue, globalClipnorm) =>
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
        _velocities = AddVariablesLike(variables, "velocity")[0];
        if (Momentum > 0) _momentums = AddVariablesLike(variables, "momentum")[0];
        if (Centered) _averages = AddVariablesLike(variables, "average_gradient")[0];
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
