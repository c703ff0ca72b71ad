namespace NKeras.Optimizers;

/// <summary>Steps scaled by running averages of the gradient and its square (<c>keras.optimizers.Adam</c>; Kingma and Ba, 2014).</summary>
/// <remarks>
/// m ← m + (1-β₁)(g - m), v ← v + (1-β₂)(g² - v), w ← w - α·m / (√v + ε) with α = η·√(1-β₂ᵗ) / (1-β₁ᵗ). AMSGrad
/// (Reddi et al., 2018) takes the greatest v so far.
/// </remarks>
public class Adam : Optimizer
{
    private IReadOnlyList<Variable?> _momentums = [];
    private IReadOnlyList<Variable?> _velocities = [];
    private IReadOnlyList<Variable?> _greatest = [];

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">How far a step goes: a number, or a schedule; 0.001 if omitted.</param>
    /// <param name="beta1">How much of the average gradient each step keeps.</param>
    /// <param name="beta2">How much of the average squared gradient each step keeps.</param>
    /// <param name="epsilon">Keeps the division finite.</param>
    /// <param name="amsgrad">Whether the greatest average of squares so far is used.</param>
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
    public Adam(
        LearningRate? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        bool amsgrad = false,
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
        (Beta1, Beta2, Epsilon, Amsgrad) = (Fraction(beta1, nameof(beta1)), Fraction(beta2, nameof(beta2)), epsilon, amsgrad);

    /// <summary>How much of the average gradient each step keeps.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the average squared gradient each step keeps.</summary>
    public double Beta2 { get; }

    /// <summary>Keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <summary>Whether the greatest average of squares so far is used.</summary>
    public bool Amsgrad { get; }

    /// <inheritdoc/>
    protected override void BuildState(IReadOnlyList<Variable> variables)
    {
        IReadOnlyList<Variable?>[] averages = AddOptimizerVariables(variables, ["momentum", "velocity"]);
        (_momentums, _velocities) = (averages[0], averages[1]);
        if (Amsgrad) _greatest = AddOptimizerVariables(variables, "velocity_hat");
    }

    /// <inheritdoc/>
    protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
    {
        Tensor alpha = OncePerStep("alpha", variable.DType, () => CorrectedRate(learningRate));
        Variable m = Of(_momentums, variable), v = Of(_velocities, variable);
        m.AssignAdd(Ops.Multiply(Ops.Subtract(gradient, m), 1 - Beta1));
        v.AssignAdd(Ops.Multiply(Ops.Subtract(Ops.Square(gradient), v), 1 - Beta2));
        Tensor scale = v;
        if (Amsgrad)
        {
            Variable greatest = Of(_greatest, variable);
            greatest.Assign(Ops.Maximum(greatest, v));
            scale = greatest;
        }

        variable.AssignSub(Ops.Divide(Ops.Multiply(m, alpha), Ops.Add(Ops.Sqrt(scale), Epsilon)));
    }

    /// <summary>The learning rate that makes up for averages starting at zero.</summary>
    private Tensor CorrectedRate(Tensor learningRate)
    {
        Tensor step = LocalStep(learningRate.DType);
        Tensor one = Ops.Subtract(1.0, Ops.Power(Beta1, step)), two = Ops.Subtract(1.0, Ops.Power(Beta2, step));
        return Ops.Divide(Ops.Multiply(learningRate, Ops.Sqrt(two)), one);
    }
}
