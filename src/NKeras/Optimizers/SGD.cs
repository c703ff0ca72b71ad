namespace NKeras.Optimizers;

/// <summary>Gradient descent, with momentum if wanted (<c>keras.optimizers.SGD</c>).</summary>
/// <remarks>
/// Without momentum w ← w - η·g. With momentum μ: v ← μ·v - η·g, then w ← w + v, or with Nesterov's variant w ← w + μ·v - η·g.
/// </remarks>
public sealed class SGD : Optimizer
{
    private IReadOnlyList<Variable?> _momentums = [];

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">How far a step goes: a number, or a schedule; 0.01 if omitted.</param>
    /// <param name="momentum">How much of the last step the next one keeps, in [0, 1].</param>
    /// <param name="nesterov">Whether momentum looks ahead (Nesterov, 1983).</param>
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
    public SGD(
        LearningRate? learningRate = null,
        double momentum = 0.0,
        bool nesterov = false,
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
        : base(learningRate ?? 0.01, weightDecay, clipnorm, clipvalue, globalClipnorm, useEma, emaMomentum, emaOverwriteFrequency, lossScaleFactor, gradientAccumulationSteps, name) =>
        (Momentum, Nesterov) = (Fraction(momentum, nameof(momentum)), nesterov);

    /// <summary>How much of the last step the next one keeps.</summary>
    public double Momentum { get; }

    /// <summary>Whether momentum looks ahead.</summary>
    public bool Nesterov { get; }

    /// <inheritdoc/>
    protected override void BuildState(IReadOnlyList<Variable> variables)
    {
        if (Momentum != 0) _momentums = AddOptimizerVariables(variables, "momentum");
    }

    /// <inheritdoc/>
    protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
    {
        Tensor step = Ops.Multiply(gradient, learningRate);
        if (Momentum == 0)
        {
            variable.AssignSub(step);
            return;
        }

        Variable momentum = Of(_momentums, variable);
        Tensor velocity = Ops.Subtract(Ops.Multiply(momentum, Momentum), step);
        momentum.Assign(velocity);
        variable.AssignAdd(Nesterov ? Ops.Subtract(Ops.Multiply(velocity, Momentum), step) : velocity);
    }
}
