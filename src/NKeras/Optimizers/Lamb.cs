namespace NKeras.Optimizers;

/// <summary>Adam's steps, scaled by the ratio of a variable's length to the step's (<c>keras.optimizers.Lamb</c>; You et al., 2019).</summary>
/// <remarks>
/// m and v as Adam has them; d = m̂ / (√v̂ + ε) with m̂ = m / (1-β₁ᵗ) and v̂ = v / (1-β₂ᵗ); w ← w - η·d·|w| / |d|, or w - η·d where
/// one of the lengths is zero.
/// </remarks>
public sealed class Lamb : Optimizer
{
    private IReadOnlyList<Variable?> _momentums = [];
    private IReadOnlyList<Variable?> _velocities = [];

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">How far a step goes: a number, or a schedule; 0.001 if omitted.</param>
    /// <param name="beta1">How much of the average gradient each step keeps.</param>
    /// <param name="beta2">How much of the average squared gradient each step keeps.</param>
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
    public Lamb(
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

    /// <summary>How much of the average squared gradient each step keeps.</summary>
    public double Beta2 { get; }

    /// <summary>Keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected override void BuildState(IReadOnlyList<Variable> variables)
    {
        IReadOnlyList<Variable?>[] averages = AddOptimizerVariables(variables, ["momentum", "velocity"]);
        (_momentums, _velocities) = (averages[0], averages[1]);
    }

    /// <inheritdoc/>
    protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
    {
        Tensor one = OncePerStep("one", variable.DType, () => Correction(Beta1, variable.DType)), two = OncePerStep("two", variable.DType, () => Correction(Beta2, variable.DType));
        Variable m = Of(_momentums, variable), v = Of(_velocities, variable);
        m.AssignAdd(Ops.Multiply(Ops.Subtract(gradient, m), 1 - Beta1));
        v.AssignAdd(Ops.Multiply(Ops.Subtract(Ops.Square(gradient), v), 1 - Beta2));
        Tensor step = Ops.Divide(Ops.Divide(m, one), Ops.Add(Ops.Sqrt(Ops.Divide(v, two)), Epsilon));
        Tensor length = Norm(variable), stepLength = Norm(step);
        Tensor ratio = Ops.Where(Ops.Greater(Ops.Multiply(length, stepLength), 0.0), Ops.Divide(length, stepLength), 1.0);
        variable.AssignSub(Ops.Multiply(step, Ops.Multiply(ratio, learningRate)));
    }

    private static Tensor Norm(Tensor x) => Ops.Sqrt(Ops.Sum(Ops.Square(x)));

    /// <summary>What makes up for an average starting at zero.</summary>
    private Tensor Correction(double beta, DType dtype) => Ops.Subtract(1.0, Ops.Power(beta, LocalStep(dtype)));
}
