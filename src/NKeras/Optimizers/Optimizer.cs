using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using NKeras.Optimizers.Schedules;
using NKeras.Saving;

namespace NKeras.Optimizers;

/// <summary>
/// Changes variables along their gradients (<c>keras.Optimizer</c>, <c>keras.optimizers.Optimizer</c>). A Keras name such as <c>"adam"</c>
/// converts implicitly. A subclass creates what it keeps for each variable in <see cref="BuildState"/>, and says in
/// <see cref="UpdateStep"/> how one variable changes, with <c>Ops</c>.
/// </summary>
/// <example><code>
/// public sealed class HeavyBall(LearningRate learningRate, double friction = 0.1) : Optimizer(learningRate)
/// {
///     private IReadOnlyList&lt;Variable?&gt; _speeds = [];
///
///     public double Friction { get; } = friction;
///
///     protected override void BuildState(IReadOnlyList&lt;Variable&gt; variables) =&gt; _speeds = AddOptimizerVariables(variables, "speed");
///
///     protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
///     {
///         Variable speed = Of(_speeds, variable);
///         speed.Assign(speed * (1 - Friction) - gradient);
///         variable.AssignAdd(speed * learningRate);
///     }
/// }
///
/// model.Compile(new HeavyBall(0.01), "mse");
/// </code></example>
[DynamicallyAccessedMembers(AutoConfig.Needed)]
public abstract partial class Optimizer : IConfigurable
{
    private readonly GradientClipping _clipping;
    private readonly Variable _iterations;
    private Variable? _learningRate;
    private LearningRateSchedule? _schedule;

    /// <summary>Sets what all optimizers have.</summary>
    /// <param name="learningRate">How far a step goes: a number, a schedule or a function.</param>
    /// <param name="weightDecay">The share of each variable, times the learning rate, that is taken off at every step; null for none.</param>
    /// <param name="clipnorm">The greatest norm of each gradient; longer ones are scaled down.</param>
    /// <param name="clipvalue">The greatest absolute value of a gradient's element; greater ones are cut.</param>
    /// <param name="globalClipnorm">The greatest norm of all gradients together; all are scaled down where it is exceeded.</param>
    /// <param name="useEma">Whether running averages of the variables are kept, which take the variables' place when <c>Fit</c> ends.</param>
    /// <param name="emaMomentum">How much of the running average each step keeps.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the variables become their running averages; only when <c>Fit</c> ends if omitted.</param>
    /// <param name="lossScaleFactor">What the loss is multiplied by before gradients are computed, and gradients are divided by; null for nothing.</param>
    /// <param name="gradientAccumulationSteps">Of how many steps the mean gradient is used for one update; null for an update at every step.</param>
    /// <param name="name">The name; the class's in snake case, numbered, if omitted.</param>
    /// <exception cref="ArgumentException">A value is out of range, or more than one way of clipping is given.</exception>
    protected Optimizer(
        LearningRate learningRate,
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
    {
        ArgumentNullException.ThrowIfNull(learningRate);
        _clipping = new GradientClipping(clipnorm, clipvalue, globalClipnorm);
        if (useEma)
        {
            Fraction(emaMomentum, nameof(emaMomentum));
            AtLeast(1, emaOverwriteFrequency, nameof(emaOverwriteFrequency));
        }

        AtLeast(2, gradientAccumulationSteps, nameof(gradientAccumulationSteps));
        if (lossScaleFactor is { } factor && !(factor > 0 && double.IsFinite(factor)))
            throw new ArgumentOutOfRangeException(nameof(lossScaleFactor), factor, $"lossScaleFactor is {factor}; it must be a finite number greater than 0.");
        (WeightDecay, Clipnorm, Clipvalue, GlobalClipnorm) = (weightDecay, clipnorm, clipvalue, globalClipnorm);
        (UseEma, EmaMomentum, EmaOverwriteFrequency) = (useEma, emaMomentum, emaOverwriteFrequency);
        (LossScaleFactor, GradientAccumulationSteps) = (lossScaleFactor, gradientAccumulationSteps);
        double rate = learningRate.Schedule == null ? CheckRate(learningRate.Value) : 0;

        Name = name ?? Naming.AutoName(GetType().Name);
        _iterations = Track(Ops.Zeros(Shape.Scalar, DType.Int32), "iteration");
        _schedule = learningRate.Schedule;
        if (_schedule == null) _learningRate = Track(RateTensor(rate), "learning_rate", Config.Floatx());
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>
    /// The number of updates so far: an int32 scalar. Where gradients are accumulated it is fewer than there were calls of
    /// <see cref="Apply"/>; the first of <see cref="Variables"/> holds the number of these.
    /// </summary>
    public virtual Tensor Iterations => Accumulates
        ? PrimitiveOps.Binary(ElementwiseFunction.FloorDivide, _iterations, PrimitiveOps.Scalar(DType.Int32, GradientAccumulationSteps!.Value))
        : _iterations;

    /// <summary>
    /// How far a step goes. Setting it to a number takes effect at the next step, within <c>Fit</c> too; to a schedule, with the next
    /// call of <c>Fit</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The number is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">It is a number, but the optimizer has a schedule.</exception>
    public virtual LearningRate LearningRate
    {
        get => _schedule == null
            ? Engine.ElementView.Of(_learningRate!.Cell.Snapshot).Number(0)
            : new LearningRate(_schedule, (int)Engine.ElementView.Of(_iterations.Cell.Snapshot).Number(0));
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Schedule != null)
            {
                _schedule = value.Schedule;
                if (_learningRate != null) _variables.Remove(_learningRate);
                _learningRate = null;
                return;
            }

            if (_learningRate == null)
                throw new InvalidOperationException($"Optimizer '{Name}' has a {_schedule!.GetType().Name} as its learning rate, so it cannot be set to a number. Create the optimizer with a number.");
            double rate = CheckRate(value.Value);
            Trace.Suspend(() => _learningRate.Assign(RateTensor(rate)));
        }
    }

    /// <summary>The share of each variable, times the learning rate, that is taken off at every step; null for none.</summary>
    public double? WeightDecay { get; }

    /// <summary>The greatest norm of each gradient; null for no limit.</summary>
    public double? Clipnorm { get; }

    /// <summary>The greatest absolute value of a gradient's element; null for no limit.</summary>
    public double? Clipvalue { get; }

    /// <summary>The greatest norm of all gradients together; null for no limit.</summary>
    public double? GlobalClipnorm { get; }

    /// <summary>Whether running averages of the variables are kept.</summary>
    public bool UseEma { get; }

    /// <summary>How much of the running average each step keeps.</summary>
    public double EmaMomentum { get; }

    /// <summary>After how many steps the variables become their running averages; null for only when <c>Fit</c> ends.</summary>
    public int? EmaOverwriteFrequency { get; }

    /// <summary>What the loss is multiplied by before gradients are computed, and gradients are divided by; null for nothing.</summary>
    public virtual double? LossScaleFactor { get; internal set; }

    /// <summary>Of how many steps the mean gradient is used for one update; null for an update at every step.</summary>
    public int? GradientAccumulationSteps { get; }

    /// <summary>The optimizer with a Keras name.</summary>
    /// <exception cref="ArgumentException">There is no such optimizer; the message suggests the nearest name.</exception>
    public static implicit operator Optimizer(string name) => OptimizerNames.Get(name);

    /// <summary>What it was made with, by Keras's names: unless overridden the constructor's parameters, each read from the property of the same name.</summary>
    public virtual JsonObject GetConfig() => AutoConfig.Read(GetType(), this);

    /// <summary>Class, name and whether the state exists.</summary>
    public override string ToString() => $"<{GetType().Name} name={Name}, built={(Built ? "True" : "False")}>";

    /// <summary>What the learning rate is computed by, if it is no number: steps that were compiled with another are stale.</summary>
    internal virtual object? Schedule => _schedule;

    private bool Accumulates => GradientAccumulationSteps > 0;

    /// <summary>A share, which lies between 0 and 1.</summary>
    private protected static double Fraction(double value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be between 0 and 1.");

    private protected static double NotNegative(double value, string name) => value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be 0 or more.");

    private protected static void AtLeast(int least, int? value, string name)
    {
        // Zero is Keras's other way to say none.
        if (value is { } given && given != 0 && given < least)
            throw new ArgumentOutOfRangeException(name, given, $"{name} is {given}; it must be {least} or more.");
    }

    private static double CheckRate(double value) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentException($"The learning rate is {value}; it must be a number of 0 or more.", nameof(value));

    /// <summary>A rate as data, not as a constant of a program: programs of single operations are kept.</summary>
    private static Tensor RateTensor(double rate) => Tensor.From([rate], Shape.Scalar);
}
