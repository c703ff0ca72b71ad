using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras.Optimizers;

public abstract partial class Optimizer
{
    private IReadOnlyList<Variable?> _gradientSums = [];
    private HashSet<Variable> _withoutDecay = [];
    private IReadOnlyList<string> _withoutDecayNames = [];

    /// <summary>Changes variables along their gradients: one step. Without any gradients, an empty list, nothing happens.</summary>
    /// <param name="grads">One for each variable; null where nothing depends on it.</param>
    /// <param name="trainableVariables">The variables; those the optimizer was built with, or some of them. All of those if omitted.</param>
    /// <exception cref="ArgumentException">There are not as many gradients as variables, one has another shape, a variable is unknown, or all gradients are null.</exception>
    /// <exception cref="InvalidOperationException">No variables are given, and the optimizer is not built.</exception>
    public virtual void Apply(IReadOnlyList<Tensor?> grads, IReadOnlyList<Variable>? trainableVariables = null)
    {
        IReadOnlyList<Variable> variables = CheckedVariables(grads, trainableVariables);
        if (grads.Count == 0) return;
        if (grads.All(g => g is null)) throw new ArgumentException("No variable has a gradient: the loss depends on none of them.", nameof(grads));

        using WideScope scope = WideScope.Wanted(variables.Any(v => v.DType == DType.Float64));
        _scalars.Clear();
        List<Variable> changed = [];
        List<Tensor> given = [];
        for (int i = 0; i < grads.Count; i++)
        {
            if (grads[i] is not { } gradient) continue;
            if (variables[i].OverwriteWithGradient)
            {
                Overwrite(variables[i], gradient);
                continue;
            }

            changed.Add(variables[i]);
            given.Add(Ops.Cast(gradient, variables[i].DType));
        }

        if (changed.Count > 0) ApplyChecked(given, changed);
        _scalars.Clear();
        CountCall();
    }

    /// <summary>Changes variables along their gradients: one step (<c>Optimizer.apply_gradients</c>).</summary>
    /// <param name="gradsAndVars">The variables, each with its gradient; null where nothing depends on it.</param>
    /// <returns>The variable that counts the calls.</returns>
    /// <exception cref="ArgumentException">A gradient has another shape than its variable, a variable is unknown, or all gradients are null.</exception>
    public Variable ApplyGradients(IEnumerable<(Tensor? Gradient, Variable Variable)> gradsAndVars)
    {
        ArgumentNullException.ThrowIfNull(gradsAndVars);
        (Tensor? Gradient, Variable Variable)[] pairs = [.. gradsAndVars];
        Apply([.. pairs.Select(p => p.Gradient)], [.. pairs.Select(p => p.Variable)]);
        return _iterations;
    }

    /// <summary>What <see cref="Apply"/> would make of other values of the state and the variables; these themselves are left as they are.</summary>
    /// <param name="optimizerVariables">Values for <see cref="Variables"/>, in order.</param>
    /// <param name="grads">A gradient for each variable that the optimizer was built with.</param>
    /// <param name="trainableVariables">Values of these variables.</param>
    /// <returns>The new values of both.</returns>
    /// <exception cref="InvalidOperationException">The optimizer is not built.</exception>
    /// <exception cref="ArgumentException">There are not as many values as variables, or one does not fit.</exception>
    public (IReadOnlyList<Tensor> TrainableVariables, IReadOnlyList<Tensor> OptimizerVariables) StatelessApply(
        IReadOnlyList<Tensor> optimizerVariables, IReadOnlyList<Tensor?> grads, IReadOnlyList<Tensor> trainableVariables)
    {
        ArgumentNullException.ThrowIfNull(optimizerVariables);
        ArgumentNullException.ThrowIfNull(trainableVariables);
        if (!Built) throw new InvalidOperationException($"Optimizer '{Name}' is not built: call Build(variables) before StatelessApply.");
        IReadOnlyList<Variable> own = Variables, trained = _trained;
        if (optimizerVariables.Count != own.Count) throw new ArgumentException($"Optimizer '{Name}' has {own.Count} variables; received {optimizerVariables.Count} values for them.", nameof(optimizerVariables));
        if (trainableVariables.Count != trained.Count) throw new ArgumentException($"Optimizer '{Name}' was built with {trained.Count} variables; received {trainableVariables.Count} values for them.", nameof(trainableVariables));
        Variable[] all = [.. trained, .. own];
        Tensor[] before = [.. all.Select(v => v.Value)];
        try
        {
            for (int i = 0; i < all.Length; i++) all[i].Assign(i < trained.Count ? trainableVariables[i] : optimizerVariables[i - trained.Count]);
            Apply(grads);
            return ([.. trained.Select(v => v.Value)], [.. own.Select(v => v.Value)]);
        }
        finally
        {
            for (int i = 0; i < all.Length; i++) all[i].Assign(before[i]);
        }
    }

    /// <summary>The loss that gradients are to be computed of, with which <see cref="Apply"/> is to be called.</summary>
    /// <param name="loss">The loss.</param>
    public virtual Tensor ScaleLoss(Tensor loss) => LossScaleFactor is { } scale ? Ops.Multiply(loss, scale) : loss;

    /// <summary>Keeps weight decay away from some variables. To be called before the optimizer is built.</summary>
    /// <param name="varList">Variables to leave alone.</param>
    /// <param name="varNames">Parts of the names of variables to leave alone, such as <c>"bias"</c>; regular expressions work too.</param>
    /// <exception cref="InvalidOperationException">The optimizer is built.</exception>
    /// <exception cref="ArgumentException">A name is no regular expression.</exception>
    public void ExcludeFromWeightDecay(IReadOnlyList<Variable>? varList = null, IReadOnlyList<string>? varNames = null)
    {
        if (Built) throw new InvalidOperationException($"Optimizer '{Name}' is built: variables can be excluded from its weight decay before that only.");
        foreach (string name in varNames ?? []) PathPattern.Check(name);
        _withoutDecay = new HashSet<Variable>(varList ?? [], ReferenceEqualityComparer.Instance);
        _withoutDecayNames = varNames ?? [];
    }

    /// <summary>Gives a variable a value (<c>Optimizer.assign</c>).</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="value">The value.</param>
    public static void Assign(Variable variable, Tensor value) => variable.Assign(value);

    /// <summary>Adds to a variable (<c>Optimizer.assign_add</c>).</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="value">What is added.</param>
    public static void AssignAdd(Variable variable, Tensor value) => variable.AssignAdd(value);

    /// <summary>Subtracts from a variable (<c>Optimizer.assign_sub</c>).</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="value">What is subtracted.</param>
    public static void AssignSub(Variable variable, Tensor value) => variable.AssignSub(value);

    /// <summary>Changes one variable, and what is kept for it.</summary>
    /// <param name="gradient">The gradient, in the variable's type.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="learningRate">The learning rate: a scalar in the variable's type.</param>
    protected abstract void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate);

    /// <summary><see cref="UpdateStep"/>, for optimizers around this one.</summary>
    internal void UpdateOne(Tensor gradient, Variable variable, Tensor learningRate) => UpdateStep(gradient, variable, learningRate);

    /// <summary>The share of a variable, times the learning rate, that is taken off; null for none.</summary>
    private protected virtual double? DecayOf(Variable variable) => WeightDecay;

    /// <summary>The variables of a call, which are known, built for, and fit their gradients.</summary>
    private protected IReadOnlyList<Variable> CheckedVariables(IReadOnlyList<Tensor?> grads, IReadOnlyList<Variable>? variables)
    {
        ArgumentNullException.ThrowIfNull(grads);
        if (grads.Count == 0) return [];
        if (variables == null && !Built) throw new InvalidOperationException($"Optimizer '{Name}' is not built, so it has to be told the variables of the gradients: call Build(variables) first, or pass them.");
        variables ??= _trained;
        if (grads.Count != variables.Count) throw new ArgumentException($"Optimizer '{Name}' was given {grads.Count} gradients for {variables.Count} variables.", nameof(grads));
        Build(variables);
        for (int i = 0; i < grads.Count; i++)
        {
            Position(variables[i]);
            if (grads[i] is { } gradient && gradient.Shape != variables[i].Shape)
                throw new ArgumentException($"Optimizer '{Name}': the gradient of variable '{variables[i].Path}' has shape {gradient.Shape}; the variable has {variables[i].Shape}.", nameof(grads));
        }

        return variables;
    }

    /// <summary>Counts a call of <see cref="Apply"/>.</summary>
    private protected void CountCall() => _iterations.AssignAdd(1);

    private void ApplyChecked(List<Tensor> gradients, List<Variable> variables)
    {
        if (LossScaleFactor is { } scale) gradients = [.. gradients.Select(g => Ops.Divide(g, scale))];
        if (Accumulates) Accumulate(gradients, variables);
        else Update(gradients, variables);
        if (UseEma) UpdateAverages();
        foreach (Variable variable in variables)
        {
            if (variable.Constraint is { } constraint) variable.Assign(constraint.Apply(variable));
        }
    }

    /// <summary>Clips, decays, and changes the variables and what is kept for them.</summary>
    private void Update(IReadOnlyList<Tensor> gradients, IReadOnlyList<Variable> variables)
    {
        IReadOnlyList<Tensor> clipped = _clipping.Clip(gradients);
        Tensor rate = _schedule?.Apply(_iterations) ?? _learningRate!.Value;
        for (int i = 0; i < variables.Count; i++)
        {
            Variable variable = variables[i];
            Tensor local = OncePerStep("learning_rate", variable.DType, () => Ops.Cast(rate, variable.DType));
            if (DecayOf(variable) is { } decay && Decays(variable))
                variable.AssignSub(Ops.Multiply(variable, OncePerStep(FormattableString.Invariant($"decay {decay}"), variable.DType, () => Ops.Multiply(local, decay))));
            UpdateStep(clipped[i], variable, local);
        }
    }

    /// <summary>Adds gradients up, and updates with their mean every so many steps.</summary>
    private void Accumulate(IReadOnlyList<Tensor> gradients, IReadOnlyList<Variable> variables)
    {
        Tensor due = UpdateIsDue();
        Tensor[] sums = [.. gradients.Select((g, i) => Ops.Add(g, Of(_gradientSums, variables[i])))];
        ChangesIf.Keep(due, variables.Concat(_variables), () => Update([.. sums.Select(s => Ops.Divide(s, (double)GradientAccumulationSteps!.Value))], variables));
        for (int i = 0; i < sums.Length; i++) Of(_gradientSums, variables[i]).Assign(Ops.Where(due, 0.0, sums[i]));
        foreach (Variable other in _trained.Except(variables)) Of(_gradientSums, other).Assign(Ops.Where(due, 0.0, Of(_gradientSums, other)));
    }

    /// <summary>Gives a variable the value that stands in its gradient's place: of accumulated ones the greatest.</summary>
    private void Overwrite(Variable variable, Tensor gradient)
    {
        if (!Accumulates)
        {
            variable.Assign(gradient);
            return;
        }

        Variable greatest = Of(_gradientSums, variable);
        Tensor due = UpdateIsDue(), next = Ops.Maximum(Ops.Cast(gradient, variable.DType), greatest);
        variable.Assign(Ops.Where(due, next, variable));
        greatest.Assign(Ops.Where(due, 0.0, next));
    }

    private Tensor UpdateIsDue() => OncePerStep("update_due", DType.Bool, () => IsMultiple(Ops.Add(_iterations, 1), GradientAccumulationSteps!.Value));

    private bool Decays(Variable variable) => !_withoutDecay.Contains(variable) && !_withoutDecayNames.Any(n => PathPattern.Occurs(n, variable.Name));

    /// <summary>Whether a number of steps is a multiple of another: a boolean scalar.</summary>
    private static Tensor IsMultiple(Tensor steps, int of) =>
        Ops.Equal(PrimitiveOps.Binary(ElementwiseFunction.Remainder, steps, PrimitiveOps.Scalar(DType.Int32, of)), 0);
}
