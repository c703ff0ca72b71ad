using NKeras.Initializers;

namespace NKeras.Optimizers;

/// <summary>Adam with a momentum that looks ahead and warms up (<c>keras.optimizers.Nadam</c>; Dozat, 2015).</summary>
/// <remarks>
/// With the momentum of step t, uₜ = β₁(1 - ½·0.96ᵗ), and the product Uₜ of those so far: m and v as Adam has them,
/// m̂ = uₜ₊₁·m / (1 - Uₜ₊₁) + (1-uₜ)·g / (1 - Uₜ), v̂ = v / (1-β₂ᵗ), w ← w - η·m̂ / (√v̂ + ε).
/// </remarks>
public sealed class Nadam : Optimizer
{
    private IReadOnlyList<Variable?> _momentums = [];
    private IReadOnlyList<Variable?> _velocities = [];
    private Variable? _product;

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
    public Nadam(
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
        _product = AddVariable(Shape.Scalar, new Ones(), variables.Count == 0 ? null : variables[0].DType);
    }

    /// <inheritdoc/>
    protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
    {
        DType dtype = variable.DType;
        Tensor momentum = OncePerStep("momentum", dtype, () => Momentum(LocalStep(dtype)));
        Tensor next = OncePerStep("next_momentum", dtype, () => Momentum(Ops.Add(LocalStep(dtype), 1.0)));
        Tensor product = OncePerStep("product", dtype, () => Ops.Cast(OncePerStep("new_product", _product!.DType, NewProduct), dtype));
        Tensor averageShare = OncePerStep("average_share", dtype, () => Ops.Divide(next, Ops.Subtract(1.0, Ops.Multiply(product, next))));
        Tensor gradientShare = OncePerStep("gradient_share", dtype, () => Ops.Divide(Ops.Subtract(1.0, momentum), Ops.Subtract(1.0, product)));
        Tensor correction = OncePerStep("correction", dtype, () => Ops.Subtract(1.0, Ops.Power(Beta2, LocalStep(dtype))));

        Variable m = Of(_momentums, variable), v = Of(_velocities, variable);
        m.AssignAdd(Ops.Multiply(Ops.Subtract(gradient, m), 1 - Beta1));
        v.AssignAdd(Ops.Multiply(Ops.Subtract(Ops.Square(gradient), v), 1 - Beta2));
        Tensor ahead = Ops.Add(Ops.Multiply(m, averageShare), Ops.Multiply(gradient, gradientShare));
        variable.AssignSub(Ops.Divide(Ops.Multiply(ahead, learningRate), Ops.Add(Ops.Sqrt(Ops.Divide(v, correction)), Epsilon)));
    }

    /// <summary>The momentum of a step.</summary>
    private Tensor Momentum(Tensor step) => Ops.Multiply(Ops.Subtract(1.0, Ops.Multiply(Ops.Power(0.96, step), 0.5)), Beta1);

    /// <summary>The product of all momentums so far, this step's included.</summary>
    private Tensor NewProduct()
    {
        _product!.Assign(Ops.Multiply(_product, Momentum(LocalStep(_product.DType))));
        return _product;
    }
}
