namespace NKeras.Optimizers;

/// <summary>Steps divided by the root of average squares that are kept by row and column only (<c>keras.optimizers.Adafactor</c>; Shazeer and Stern, 2018).</summary>
/// <remarks>
/// With β = 1 - t^d and h = g² + ε₁: r ← β·r + (1-β)·mean(h by row), c ← β·c + (1-β)·mean(h by column), v = r·c / mean(r); vectors keep
/// v ← β·v + (1-β)·h themselves. u = g / √v, w ← w - max(ε₂, rms(w)) · min(η, 1/√t) · u / max(1, rms(u) / threshold).
/// </remarks>
public sealed class Adafactor : Optimizer
{
    private readonly List<Variable?> _rows = [];
    private readonly List<Variable?> _columns = [];
    private readonly List<Variable?> _velocities = [];

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">How far a step goes: a number, or a schedule; 0.001 if omitted.</param>
    /// <param name="beta2Decay">The power of the number of steps by which averages forget more slowly.</param>
    /// <param name="epsilon1">Keeps the average squares from zero.</param>
    /// <param name="epsilon2">The least size a variable counts as having.</param>
    /// <param name="clipThreshold">Longer steps are scaled down to this root of their mean square.</param>
    /// <param name="relativeStep">Kept for configurations: the learning rate never exceeds one over the root of the number of steps.</param>
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
    public Adafactor(
        LearningRate? learningRate = null,
        double beta2Decay = -0.8,
        double epsilon1 = 1e-30,
        double epsilon2 = 1e-3,
        double clipThreshold = 1.0,
        bool relativeStep = true,
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
        (Beta2Decay, Epsilon1, Epsilon2, ClipThreshold, RelativeStep) = (beta2Decay, epsilon1, epsilon2, clipThreshold, relativeStep);

    /// <summary>The power of the number of steps by which averages forget more slowly.</summary>
    public double Beta2Decay { get; }

    /// <summary>Keeps the average squares from zero.</summary>
    public double Epsilon1 { get; }

    /// <summary>The least size a variable counts as having.</summary>
    public double Epsilon2 { get; }

    /// <summary>Longer steps are scaled down to this root of their mean square.</summary>
    public double ClipThreshold { get; }

    /// <summary>Kept for configurations: the learning rate never exceeds one over the root of the number of steps.</summary>
    public bool RelativeStep { get; }

    /// <inheritdoc/>
    protected override void BuildState(IReadOnlyList<Variable> variables)
    {
        foreach (Variable variable in variables)
        {
            ReadOnlySpan<int> dims = variable.Shape.Dims;
            bool factored = dims.Length >= 2, kept = !variable.OverwriteWithGradient;
            // Keras: keeps a whole number as a placeholder where nothing is factored.
            Shape rows = factored ? new Shape(dims[..^1]) : Shape.Scalar, columns = factored ? new Shape([.. dims[..^2], dims[^1]]) : Shape.Scalar;
            DType dtype = factored ? variable.DType : DType.Int32;
            _rows.Add(kept || !factored ? AddVariable(rows, dtype: dtype, name: variable.Name) : null);
            _columns.Add(kept || !factored ? AddVariable(columns, dtype: dtype, name: variable.Name) : null);
            _velocities.Add(kept ? AddVariableFromReference(variable, "velocity") : null);
        }
    }

    /// <inheritdoc/>
    protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
    {
        DType dtype = variable.DType;
        Tensor rate = OncePerStep("rate", dtype, () => Ops.Minimum(learningRate, Ops.Rsqrt(LocalStep(dtype))));
        Tensor fresh = OncePerStep("fresh", dtype, () => Ops.Power(LocalStep(dtype), Beta2Decay));
        Tensor kept = OncePerStep("kept", dtype, () => Ops.Subtract(1.0, fresh));

        Variable velocity = Of(_velocities, variable);
        Tensor squares = Ops.Add(Ops.Square(gradient), Epsilon1);
        if (variable.Shape.Rank < 2) velocity.Assign(Average(velocity, squares));
        else
        {
            Variable rows = Of(_rows, variable), columns = Of(_columns, variable);
            rows.Assign(Average(rows, Ops.Mean(squares, -1)));
            columns.Assign(Average(columns, Ops.Mean(squares, -2)));
            Tensor share = Ops.Divide(rows, Ops.Mean(rows, -1, keepdims: true));
            velocity.Assign(Ops.Multiply(Ops.ExpandDims(share, -1), Ops.ExpandDims(columns, -2)));
        }

        Tensor step = Ops.Divide(gradient, Ops.Sqrt(velocity));
        Tensor length = Ops.Maximum(Ops.Divide(RootMeanSquare(step), ClipThreshold), 1.0);
        Tensor alpha = Ops.Multiply(Ops.Maximum(RootMeanSquare(variable), Epsilon2), rate);
        variable.AssignSub(Ops.Multiply(step, Ops.Divide(alpha, length)));

        Tensor Average(Tensor average, Tensor next) => Ops.Add(Ops.Multiply(average, kept), Ops.Multiply(next, fresh));
    }

    private static Tensor RootMeanSquare(Tensor x) => Ops.Sqrt(Ops.Mean(Ops.Square(x)));
}
