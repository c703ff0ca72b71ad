namespace NKeras.Optimizers;

/// <summary>Steps as long as recent ones were for gradients of this size (<c>keras.optimizers.Adadelta</c>; Zeiler, 2012).</summary>
/// <remarks>
/// a ← ρ·a + (1-ρ)·g², d = g·√(s + ε) / √(a + ε), s ← ρ·s + (1-ρ)·d², w ← w - η·d.
/// </remarks>
public sealed class Adadelta : Optimizer
{
    private IReadOnlyList<Variable?> _gradients = [];
    private IReadOnlyList<Variable?> _deltas = [];

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">How far a step goes: a number, or a schedule; 0.001 if omitted.</param>
    /// <param name="rho">How much of the average squares each step keeps.</param>
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
    public Adadelta(
        LearningRate? learningRate = null,
        double rho = 0.95,
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
        (Rho, Epsilon) = (Fraction(rho, nameof(rho)), epsilon);

    /// <summary>How much of the average squares each step keeps.</summary>
    public double Rho { get; }

    /// <summary>Keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected override void BuildState(IReadOnlyList<Variable> variables)
    {
        IReadOnlyList<Variable?>[] squares = AddOptimizerVariables(variables, ["accumulated_grad", "accumulated_delta_var"]);
        (_gradients, _deltas) = (squares[0], squares[1]);
    }

    /// <inheritdoc/>
    protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
    {
        Variable gradients = Of(_gradients, variable), deltas = Of(_deltas, variable);
        gradients.Assign(Average(gradients, gradient));
        Tensor delta = Ops.Divide(Ops.Multiply(Root(deltas), gradient), Root(gradients));
        deltas.Assign(Average(deltas, delta));
        variable.AssignSub(Ops.Multiply(delta, learningRate));
    }

    private Tensor Average(Tensor squares, Tensor next) => Ops.Add(Ops.Multiply(squares, Rho), Ops.Multiply(Ops.Square(next), 1 - Rho));

    private Tensor Root(Tensor squares) => Ops.Sqrt(Ops.Add(squares, Epsilon));
}
