using NKeras.Initializers;

namespace NKeras.Optimizers;

/// <summary>Follows the regularized leader: sparse models through an L1 penalty (<c>keras.optimizers.Ftrl</c>; McMahan et al., 2013).</summary>
/// <remarks>
/// With the power p: n' = n + g², z ← z + g + 2·s·w - (n'^-p - n^-p) / η · w, w ← (clip(z, -λ₁, λ₁) - z) / (n'^-p / η + 2·λ₂ + β / η), n ← n'.
/// </remarks>
public sealed class Ftrl : Optimizer
{
    private IReadOnlyList<Variable?> _accumulators = [];
    private IReadOnlyList<Variable?> _linears = [];

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">How far a step goes: a number, or a schedule; 0.001 if omitted.</param>
    /// <param name="learningRatePower">How the learning rate falls with the sum of squares: 0 for not at all, never positive.</param>
    /// <param name="initialAccumulatorValue">What the sums of squares begin with.</param>
    /// <param name="l1RegularizationStrength">The strength of the L1 penalty.</param>
    /// <param name="l2RegularizationStrength">The strength of the L2 penalty.</param>
    /// <param name="l2ShrinkageRegularizationStrength">The strength of an L2 penalty that adds to the gradient.</param>
    /// <param name="beta">Slows the first steps down.</param>
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
    public Ftrl(
        LearningRate? learningRate = null,
        double learningRatePower = -0.5,
        double initialAccumulatorValue = 0.1,
        double l1RegularizationStrength = 0.0,
        double l2RegularizationStrength = 0.0,
        double l2ShrinkageRegularizationStrength = 0.0,
        double beta = 0.0,
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
        if (!(learningRatePower <= 0))
            throw new ArgumentOutOfRangeException(nameof(learningRatePower), learningRatePower, $"learningRatePower is {learningRatePower}; it must be 0 or less.");
        LearningRatePower = learningRatePower;
        InitialAccumulatorValue = NotNegative(initialAccumulatorValue, nameof(initialAccumulatorValue));
        L1RegularizationStrength = NotNegative(l1RegularizationStrength, nameof(l1RegularizationStrength));
        L2RegularizationStrength = NotNegative(l2RegularizationStrength, nameof(l2RegularizationStrength));
        L2ShrinkageRegularizationStrength = NotNegative(l2ShrinkageRegularizationStrength, nameof(l2ShrinkageRegularizationStrength));
        Beta = beta;
    }

    /// <summary>How the learning rate falls with the sum of squares: 0 for not at all, never positive.</summary>
    public double LearningRatePower { get; }

    /// <summary>What the sums of squares begin with.</summary>
    public double InitialAccumulatorValue { get; }

    /// <summary>The strength of the L1 penalty.</summary>
    public double L1RegularizationStrength { get; }

    /// <summary>The strength of the L2 penalty.</summary>
    public double L2RegularizationStrength { get; }

    /// <summary>The strength of an L2 penalty that adds to the gradient.</summary>
    public double L2ShrinkageRegularizationStrength { get; }

    /// <summary>Slows the first steps down.</summary>
    public double Beta { get; }

    /// <inheritdoc/>
    protected override void BuildState(IReadOnlyList<Variable> variables)
    {
        IReadOnlyList<Variable?>[] slots = AddOptimizerVariables(variables, ["accumulator", "linear"], [new Constant(InitialAccumulatorValue), new Zeros()]);
        (_accumulators, _linears) = (slots[0], slots[1]);
    }

    /// <inheritdoc/>
    protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
    {
        Variable accumulator = Of(_accumulators, variable), linear = Of(_linears, variable);
        Tensor old = Powered(accumulator);
        accumulator.AssignAdd(Ops.Square(gradient));
        Tensor now = Powered(accumulator);
        if (L2ShrinkageRegularizationStrength != 0) gradient = Ops.Add(gradient, Ops.Multiply(variable, 2 * L2ShrinkageRegularizationStrength));
        linear.AssignAdd(Ops.Subtract(gradient, Ops.Multiply(Ops.Divide(Ops.Subtract(now, old), learningRate), variable)));

        Tensor beta = OncePerStep("beta", variable.DType, () => Ops.Add(Ops.Divide(Beta, learningRate), 2 * L2RegularizationStrength));
        Tensor quadratic = Ops.Add(Ops.Divide(now, learningRate), beta);
        Tensor clipped = Ops.Clip(linear, -L1RegularizationStrength, L1RegularizationStrength);
        variable.Assign(Ops.Divide(Ops.Subtract(clipped, linear), quadratic));
    }

    private Tensor Powered(Tensor accumulator) => LearningRatePower == -0.5 ? Ops.Sqrt(accumulator) : Ops.Power(accumulator, -LearningRatePower);
}
