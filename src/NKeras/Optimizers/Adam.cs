namespace NKeras.Optimizers;

/// <summary>Steps scaled by running averages of the gradient and its square (<c>keras.optimizers.Adam</c>; Kingma and Ba, 2014).</summary>
/// <remarks>
/// m ← m + (1-β₁)(g - m), v ← v + (1-β₂)(g² - v), w ← w - α·m / (√v + ε) with α = η·√(1-β₂ᵗ) / (1-β₁ᵗ). AMSGrad
/// (Reddi et al., 2018) takes the greatest v so far.
/// </remarks>
public sealed class Adam : Optimizer
{
    private IReadOnlyList<Variable> _momentums = [];
    private IReadOnlyList<Variable> _velocities = [];
    private IReadOnlyList<Variable> _greatest = [];

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="beta1">How much of the average gradient each step keeps.</param>
    /// <param name="beta2">How much of the average squared gradient each step keeps.</param>
    /// <param name="epsilon">Keeps the division finite.</param>
    /// <param name="amsgrad">Whether the greatest average of squares so far is used.</param>
    /// <param name="weightDecay">The share of each variable, times the learning rate, that is taken off at every step.</param>
    /// <param name="clipnorm">The greatest norm of each gradient.</param>
    /// <param name="clipvalue">The greatest absolute value of a gradient's element.</param>
    /// <param name="globalClipnorm">The greatest norm of all gradients together.</param>
    /// <exception cref="ArgumentException">A value is out of range, or more than one way of clipping is given.</exception>
    public Adam(
        double learningRate = 0.001,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        bool amsgrad = false,
        double? weightDecay = null,
        double? clipnorm = null,
        double? clipvalue = null,
        double? globalClipnorm = null)
        : base(learningRate, weightDecay, clipnorm, clipvalue, globalClipnorm) =>
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
        IReadOnlyList<Variable>[] averages = AddVariablesLike(variables, "momentum", "velocity");
        (_momentums, _velocities) = (averages[0], averages[1]);
        if (Amsgrad) _greatest = AddVariablesLike(variables, "velocity_hat")[0];
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
        Tensor step = Ops.Cast(Ops.Add(Iterations, 1), learningRate.DType);
        Tensor one = Ops.Subtract(1.0, Ops.Power(Beta1, step)), two = Ops.Subtract(1.0, Ops.Power(Beta2, step));
        return Ops.Divide(Ops.Multiply(learningRate, Ops.Sqrt(two)), one);
    }
}
