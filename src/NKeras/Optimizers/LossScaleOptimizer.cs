using NKeras.Core;
using NKeras.Initializers;

namespace NKeras.Optimizers;

/// <summary>
/// Another optimizer, with the loss multiplied by as much as float16 can hold (<c>keras.optimizers.LossScaleOptimizer</c>), so that small
/// gradients do not vanish. Models with the policy <c>"mixed_float16"</c> are compiled with one.
/// </summary>
/// <remarks>
/// A step whose gradients are not all finite changes nothing but the scale, which is halved. After so many finite steps in a row it is doubled.
/// </remarks>
/// <example><code>
/// LossScaleOptimizer optimizer = new(new Adam(1e-3), initialScale: 1024);
/// var (loss, gradients) = Gradients.ValueAndGrad(() =&gt; optimizer.ScaleLoss(Loss()), model.TrainableVariables);
/// optimizer.Apply(gradients, model.TrainableVariables);
/// </code></example>
public sealed class LossScaleOptimizer : Optimizer
{
    private Variable? _stepCounter;
    private Variable? _dynamicScale;

    /// <summary>Puts an optimizer inside.</summary>
    /// <param name="innerOptimizer">The other optimizer. A loss scale of its own is dropped.</param>
    /// <param name="initialScale">The scale at the start; too high a one comes down much faster than too low a one goes up.</param>
    /// <param name="dynamicGrowthSteps">After how many finite steps in a row the scale is doubled.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">A value is not greater than 0, or the optimizer is a <see cref="LossScaleOptimizer"/> itself.</exception>
    public LossScaleOptimizer(Optimizer innerOptimizer, double initialScale = 32768.0, int dynamicGrowthSteps = 2000, string? name = null)
        : base(0.0, name: name)
    {
        ArgumentNullException.ThrowIfNull(innerOptimizer);
        if (innerOptimizer is LossScaleOptimizer) throw new ArgumentException($"Optimizer '{innerOptimizer.Name}' scales the loss already.", nameof(innerOptimizer));
        if (!(initialScale > 0 && double.IsFinite(initialScale))) throw new ArgumentOutOfRangeException(nameof(initialScale), initialScale, $"initialScale is {initialScale}; it must be a finite number greater than 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(dynamicGrowthSteps, 1);
        (InnerOptimizer, InitialScale, DynamicGrowthSteps) = (innerOptimizer, initialScale, dynamicGrowthSteps);
        innerOptimizer.LossScaleFactor = null;
    }

    /// <summary>The other optimizer.</summary>
    public Optimizer InnerOptimizer { get; }

    /// <summary>The scale at the start.</summary>
    public double InitialScale { get; }

    /// <summary>After how many finite steps in a row the scale is doubled.</summary>
    public int DynamicGrowthSteps { get; }

    /// <summary>How many finite steps there were since the scale last changed: an int32 scalar; null until the optimizer is built.</summary>
    public Variable? StepCounter => _stepCounter;

    /// <summary>The scale: a float32 scalar; null until the optimizer is built.</summary>
    public Variable? DynamicScale => _dynamicScale;

    /// <summary>This optimizer's own state, then the other one's.</summary>
    public override IReadOnlyList<Variable> Variables => [.. base.Variables, .. InnerOptimizer.Variables];

    /// <summary>The other optimizer's number of updates; steps that were not finite do not count.</summary>
    public override Tensor Iterations => InnerOptimizer.Iterations;

    /// <summary>The other optimizer's learning rate.</summary>
    public override LearningRate LearningRate
    {
        get => InnerOptimizer.LearningRate;
        set => InnerOptimizer.LearningRate = value;
    }

    /// <inheritdoc/>
    public override void Apply(IReadOnlyList<Tensor?> grads, IReadOnlyList<Variable>? trainableVariables = null)
    {
        IReadOnlyList<Variable> variables = CheckedVariables(grads, trainableVariables);
        if (grads.Count == 0) return;
        Tensor finite = CheckFinite(grads);
        using (WideScope.Wanted(variables.Any(v => v.DType == DType.Float64)))
        {
            // What overwrites its variable is no gradient, and was not scaled.
            Tensor?[] unscaled = [.. grads.Select((g, i) => g is null || variables[i].OverwriteWithGradient ? g : Ops.Divide(g, _dynamicScale!))];
            ChangesIf.Keep(finite, variables.Concat(InnerOptimizer.Variables), () => InnerOptimizer.Apply(unscaled, variables));
        }

        Tensor grows = Ops.Equal(_stepCounter!, DynamicGrowthSteps - 1);
        _dynamicScale!.Assign(Ops.Multiply(_dynamicScale, Ops.Where(finite, Ops.Where(grows, 2f, 1f), 0.5f)));
        _stepCounter!.Assign(Ops.Where(Ops.LogicalOr(grows, Ops.LogicalNot(finite)), 0, Ops.Add(_stepCounter, 1)));
    }

    /// <summary>Whether all gradients are finite: a boolean scalar.</summary>
    /// <param name="grads">The gradients; those that are null do not count.</param>
    public static Tensor CheckFinite(IReadOnlyList<Tensor?> grads)
    {
        ArgumentNullException.ThrowIfNull(grads);
        Tensor[] finite = [.. grads.OfType<Tensor>().Select(g => Ops.All(Ops.Isfinite(g)))];
        return finite.Length == 0 ? Ops.Ones(Shape.Scalar, DType.Bool) : finite.Aggregate(Ops.LogicalAnd);
    }

    /// <inheritdoc/>
    public override Tensor ScaleLoss(Tensor loss) => Ops.Multiply(loss, _dynamicScale is { } scale ? scale.Value : InitialScale);

    /// <inheritdoc/>
    public override void FinalizeVariableValues(IReadOnlyList<Variable> varList) => InnerOptimizer.FinalizeVariableValues(varList);

    /// <inheritdoc/>
    protected override void BuildState(IReadOnlyList<Variable> variables)
    {
        _stepCounter = AddVariable(Shape.Scalar, dtype: DType.Int32, name: "step_counter");
        _dynamicScale = AddVariable(Shape.Scalar, new Constant(InitialScale), DType.Float32, "dynamic_scale");
        InnerOptimizer.Build(variables);
    }

    /// <inheritdoc/>
    protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate) => InnerOptimizer.UpdateOne(gradient, variable, learningRate);

    /// <summary>An optimizer as models with a policy are compiled with it: with loss scaling around it where the policy computes in float16.</summary>
    internal static Optimizer Around(Optimizer optimizer, DTypePolicy policy) =>
        policy.Name == "mixed_float16" && optimizer is not LossScaleOptimizer ? new LossScaleOptimizer(optimizer, name: "loss_scale_optimizer") : optimizer;

    internal override object? Schedule => InnerOptimizer.Schedule;

    internal override IEnumerable<(Variable Variable, Variable Average)> RunningAverages => InnerOptimizer.RunningAverages;
}
