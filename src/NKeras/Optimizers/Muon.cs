using NKeras.Core;

namespace NKeras.Optimizers;

/// <summary>
/// Steps along the momentum with all its singular values made one (<c>keras.optimizers.Muon</c>; Jordan et al., 2024; Liu et al., 2025), for
/// matrices inside a network; all other variables change as with <see cref="AdamW"/>.
/// </summary>
/// <remarks>
/// <para>
/// m ← μ·m + g, u = m or with Nesterov's variant g + μ·m, x = u / (‖u‖ + 1e-7), then several times A = x·xᵀ, x ← a·x + (b·A + c·A·A)·x
/// (Newton and Schulz's iteration), and w ← w - η · ρ·√(greater dimension) · x.
/// </para>
/// <para>
/// Adam's are: variables that are no matrices, those of embeddings (by the word in their path) unless <c>excludeEmbeddings</c> is false, and those
/// in whose path one of <c>excludeLayers</c> is found, which is to name the layer of the outputs.
/// </para>
/// </remarks>
/// <example><code>
/// Sequential model = new([new Input([784]), new Dense(128, activation: "relu"), new Dense(10, name: "digits")]);
/// model.Compile(new Muon(1e-3, excludeLayers: ["digits"]), new SparseCategoricalCrossentropy(fromLogits: true));
/// </code></example>
public sealed class Muon : Optimizer
{
    /// <summary>Keeps the division by the norm finite.</summary>
    private const double NormEpsilon = 1e-7;

    private readonly string[] _excludeLayers;
    private IReadOnlyList<Variable?> _momentums = [];
    private IReadOnlyList<Variable?> _velocities = [];

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">How far a step goes: a number, or a schedule; 0.001 if omitted.</param>
    /// <param name="adamBeta1">Adam: how much of the average gradient each step keeps.</param>
    /// <param name="adamBeta2">Adam: how much of the average squared gradient each step keeps.</param>
    /// <param name="adamWeightDecay">Adam: the share of each variable, times the learning rate, that is taken off at every step.</param>
    /// <param name="epsilon">Adam: keeps the division finite.</param>
    /// <param name="weightDecay">The same share for the other variables.</param>
    /// <param name="clipnorm">The greatest norm of each gradient.</param>
    /// <param name="clipvalue">The greatest absolute value of a gradient's element.</param>
    /// <param name="globalClipnorm">The greatest norm of all gradients together.</param>
    /// <param name="useEma">Whether running averages of the variables are kept, which take the variables' place when <c>Fit</c> ends.</param>
    /// <param name="emaMomentum">How much of the running average each step keeps.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the variables become their running averages.</param>
    /// <param name="lossScaleFactor">What the loss is multiplied by before gradients are computed, and gradients are divided by.</param>
    /// <param name="gradientAccumulationSteps">Of how many steps the mean gradient is used for one update.</param>
    /// <param name="name">The name.</param>
    /// <param name="excludeLayers">Parts of the paths of variables that are Adam's; regular expressions work too.</param>
    /// <param name="excludeEmbeddings">Whether variables with <c>embedding</c> in their path are Adam's.</param>
    /// <param name="muonA">The iteration's factor of x.</param>
    /// <param name="muonB">The iteration's factor of the third power.</param>
    /// <param name="muonC">The iteration's factor of the fifth power.</param>
    /// <param name="adamLrRatio">How many times the learning rate Adam's is.</param>
    /// <param name="momentum">How much of the momentum each step keeps.</param>
    /// <param name="nsSteps">How often the iteration runs.</param>
    /// <param name="nesterov">Whether momentum looks ahead.</param>
    /// <param name="rmsRate">The root mean square that steps are brought to, so that learning rates for Adam fit; null for steps as they are.</param>
    /// <exception cref="ArgumentException">A value is out of range, more than one way of clipping is given, or a part of a path is no regular expression.</exception>
    public Muon(
        LearningRate? learningRate = null,
        double adamBeta1 = 0.9,
        double adamBeta2 = 0.999,
        double? adamWeightDecay = 0.004,
        double epsilon = 1e-7,
        double? weightDecay = 0.004,
        double? clipnorm = null,
        double? clipvalue = null,
        double? globalClipnorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        string? name = null,
        IReadOnlyList<string>? excludeLayers = null,
        bool excludeEmbeddings = true,
        double muonA = 3.4445,
        double muonB = -4.7750,
        double muonC = 2.0315,
        double adamLrRatio = 1,
        double momentum = 0.95,
        int nsSteps = 5,
        bool nesterov = true,
        double? rmsRate = 0.2)
        : base(learningRate ?? 0.001, weightDecay, clipnorm, clipvalue, globalClipnorm, useEma, emaMomentum, emaOverwriteFrequency, lossScaleFactor, gradientAccumulationSteps, name)
    {
        (AdamBeta1, AdamBeta2, AdamWeightDecay, Epsilon) = (Fraction(adamBeta1, nameof(adamBeta1)), Fraction(adamBeta2, nameof(adamBeta2)), adamWeightDecay, epsilon);
        (MuonA, MuonB, MuonC, AdamLrRatio, RmsRate) = (muonA, muonB, muonC, adamLrRatio, rmsRate);
        (Momentum, NsSteps, Nesterov) = (Fraction(momentum, nameof(momentum)), (int)NotNegative(nsSteps, nameof(nsSteps)), nesterov);
        (_excludeLayers, ExcludeEmbeddings) = ([.. excludeLayers ?? []], excludeEmbeddings);
        foreach (string pattern in _excludeLayers) PathPattern.Check(pattern);
    }

    /// <summary>Adam: how much of the average gradient each step keeps.</summary>
    public double AdamBeta1 { get; }

    /// <summary>Adam: how much of the average squared gradient each step keeps.</summary>
    public double AdamBeta2 { get; }

    /// <summary>Adam: the share of each variable, times the learning rate, that is taken off at every step; null for none.</summary>
    public double? AdamWeightDecay { get; }

    /// <summary>Adam: keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <summary>Parts of the paths of variables that are Adam's.</summary>
    public IReadOnlyList<string> ExcludeLayers => _excludeLayers;

    /// <summary>Whether variables with <c>embedding</c> in their path are Adam's.</summary>
    public bool ExcludeEmbeddings { get; }

    /// <summary>The iteration's factor of x.</summary>
    public double MuonA { get; }

    /// <summary>The iteration's factor of the third power.</summary>
    public double MuonB { get; }

    /// <summary>The iteration's factor of the fifth power.</summary>
    public double MuonC { get; }

    /// <summary>How many times the learning rate Adam's is.</summary>
    public double AdamLrRatio { get; }

    /// <summary>How much of the momentum each step keeps.</summary>
    public double Momentum { get; }

    /// <summary>How often the iteration runs.</summary>
    public int NsSteps { get; }

    /// <summary>Whether momentum looks ahead.</summary>
    public bool Nesterov { get; }

    /// <summary>The root mean square that steps are brought to; null for steps as they are.</summary>
    public double? RmsRate { get; }

    /// <summary>
    /// Matrices with the same singular vectors, whose singular values are brought near one by Newton and Schulz's iteration
    /// (<c>Muon.zeropower_via_newtonschulz5</c>).
    /// </summary>
    /// <param name="x">The matrices, in the last two axes.</param>
    /// <param name="steps">How often the iteration runs.</param>
    /// <exception cref="ArgumentException">It has fewer than two axes.</exception>
    public Tensor ZeropowerViaNewtonschulz5(Tensor x, int steps)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2) throw new ArgumentException($"Optimizer '{Name}': Newton and Schulz's iteration is for matrices; received a tensor of shape {x.Shape}.", nameof(x));
        // The square of the smaller side is the smaller product.
        bool tall = x.Shape.Dims[^2] > x.Shape.Dims[^1];
        if (tall) x = TransposeLastAxis(x);
        x = Ops.Divide(x, Ops.Add(Ops.Sqrt(Ops.Sum(Ops.Square(x), [-2, -1], keepdims: true)), NormEpsilon));
        for (int i = 0; i < steps; i++)
        {
            Tensor square = Ops.Matmul(x, TransposeLastAxis(x));
            Tensor polynomial = Ops.Add(Ops.Multiply(square, MuonB), Ops.Multiply(Ops.Matmul(square, square), MuonC));
            x = Ops.Add(Ops.Multiply(x, MuonA), Ops.Matmul(polynomial, x));
        }

        return tall ? TransposeLastAxis(x) : x;
    }

    /// <summary>Brings the step of a matrix to the root mean square <see cref="RmsRate"/> (<c>Muon.lr_adjust</c>; Liu et al., 2025).</summary>
    /// <param name="x">The step.</param>
    /// <returns>The step times that rate and the root of its greater dimension; as it is if there is no rate.</returns>
    public Tensor LrAdjust(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return RmsRate is { } rate ? Ops.Multiply(x, rate * Math.Sqrt(Math.Max(x.Shape.Dims[0], x.Shape.Dims[1]))) : x;
    }

    /// <summary>Swaps the last two axes (<c>Muon.transpose_last_axis</c>).</summary>
    /// <param name="x">The tensor.</param>
    public static Tensor TransposeLastAxis(Tensor x) => Ops.Swapaxes(x, -2, -1);

    /// <inheritdoc/>
    protected override void BuildState(IReadOnlyList<Variable> variables)
    {
        List<Variable?> momentums = [], velocities = [];
        foreach (Variable variable in variables)
        {
            momentums.Add(variable.OverwriteWithGradient ? null : AddVariableFromReference(variable, "momentum"));
            velocities.Add(variable.OverwriteWithGradient || !IsAdams(variable) ? null : AddVariableFromReference(variable, "velocity"));
        }

        (_momentums, _velocities) = (momentums, velocities);
    }

    /// <inheritdoc/>
    protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
    {
        if (IsAdams(variable))
        {
            AdamStep(gradient, variable, learningRate);
            return;
        }

        Variable momentum = Of(_momentums, variable);
        momentum.Assign(Ops.Add(Ops.Multiply(momentum, Momentum), gradient));
        Tensor direction = Nesterov ? Ops.Add(Ops.Multiply(momentum, Momentum), gradient) : momentum;
        variable.AssignSub(LrAdjust(Ops.Multiply(ZeropowerViaNewtonschulz5(direction, NsSteps), learningRate)));
    }

    private protected override double? DecayOf(Variable variable) => IsAdams(variable) ? AdamWeightDecay : WeightDecay;

    private bool IsAdams(Variable variable) => variable.Shape.Rank != 2
        || (ExcludeEmbeddings && variable.Path.Contains("embedding", StringComparison.OrdinalIgnoreCase))
        || _excludeLayers.Any(p => PathPattern.Occurs(p, variable.Path));

    private void AdamStep(Tensor gradient, Variable variable, Tensor learningRate)
    {
        Tensor alpha = OncePerStep("alpha", variable.DType, () =>
        {
            Tensor step = LocalStep(learningRate.DType), rate = Ops.Multiply(learningRate, AdamLrRatio);
            Tensor one = Ops.Subtract(1.0, Ops.Power(AdamBeta1, step)), two = Ops.Subtract(1.0, Ops.Power(AdamBeta2, step));
            return Ops.Divide(Ops.Multiply(rate, Ops.Sqrt(two)), one);
        });
        Variable m = Of(_momentums, variable), v = Of(_velocities, variable);
        m.AssignAdd(Ops.Multiply(Ops.Subtract(gradient, m), 1 - AdamBeta1));
        v.AssignAdd(Ops.Multiply(Ops.Subtract(Ops.Square(gradient), v), 1 - AdamBeta2));
        variable.AssignSub(Ops.Divide(Ops.Multiply(m, alpha), Ops.Add(Ops.Sqrt(v), Epsilon)));
    }
}
