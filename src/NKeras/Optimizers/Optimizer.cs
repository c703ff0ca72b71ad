using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NKeras.Core;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using NKeras.Initializers;
using NKeras.Optimizers.Schedules;
using NKeras.Saving;

namespace NKeras.Optimizers;

/// <summary>
/// Changes variables along their gradients (<c>keras.optimizers.Optimizer</c>). A Keras name such as <c>"adam"</c> converts
/// implicitly. A subclass says in <see cref="UpdateStep"/> how one variable changes, with <c>Ops</c>.
/// </summary>
[DynamicallyAccessedMembers(AutoConfig.Needed)]
public abstract class Optimizer : IConfigurable
{
    private readonly List<Variable> _variables = [];
    private readonly Dictionary<Variable, int> _positions = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string, DType), Tensor> _scalars = [];
    private readonly GradientClipping _clipping;
    private Variable? _learningRate;
    private LearningRateSchedule? _schedule;
    private IReadOnlyList<Variable> _trained = [];
    private IReadOnlyList<Variable> _averages = [];
    private IReadOnlyList<Variable> _gradientSums = [];
    private HashSet<Variable> _withoutDecay = [];
    private Regex? _withoutDecayNames;

    /// <summary>Sets what all optimizers have.</summary>
    /// <param name="learningRate">How far a step goes: a number, or a schedule.</param>
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
        Iterations = Track(Ops.Zeros(Shape.Scalar, DType.Int32), "iteration");
        _schedule = learningRate.Schedule;
        if (_schedule == null) _learningRate = Track(Ops.Full(Shape.Scalar, rate, Config.Floatx()), "learning_rate");
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The number of calls of <see cref="Apply"/> so far: an int32 scalar.</summary>
    // Keras: counts updates where gradients are accumulated; its saved state holds this number.
    public Variable Iterations { get; }

    /// <summary>
    /// How far a step goes. Setting it to a number takes effect at the next step, within <c>Fit</c> too; to a schedule, with the next
    /// call of <c>Fit</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The number is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">It is a number, but the optimizer has a schedule.</exception>
    public LearningRate LearningRate
    {
        get => _schedule == null
            ? Engine.ElementView.Of(_learningRate!.Cell.Snapshot).Number(0)
            : new LearningRate(_schedule, (int)Engine.ElementView.Of(Iterations.Cell.Snapshot).Number(0));
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
            Trace.Suspend(() => _learningRate.Assign(Ops.Full(Shape.Scalar, rate, _learningRate.DType)));
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
    public double? LossScaleFactor { get; }

    /// <summary>Of how many steps the mean gradient is used for one update; null for an update at every step.</summary>
    public int? GradientAccumulationSteps { get; }

    /// <summary>The state in Keras's order: iteration, learning rate, then what the optimizer keeps for each variable.</summary>
    public IReadOnlyList<Variable> Variables => _variables;

    /// <summary>Whether the state for the variables to train exists.</summary>
    public bool Built { get; private set; }

    /// <summary>The optimizer with a Keras name.</summary>
    /// <exception cref="ArgumentException">There is no such optimizer; the message suggests the nearest name.</exception>
    public static implicit operator Optimizer(string name) => OptimizerNames.Get(name);

    /// <summary>Creates the state for variables. Done by the first <see cref="Apply"/> unless done before.</summary>
    /// <param name="variables">The variables to train.</param>
    public void Build(IReadOnlyList<Variable> variables)
    {
        if (Built) return;
        for (int i = 0; i < variables.Count; i++) _positions[variables[i]] = i;
        _trained = [.. variables];
        Trace.Suspend(() =>
        {
            if (UseEma) _averages = AddVariablesLike(variables, "average")[0];
            if (Accumulates) _gradientSums = AddVariablesLike(variables, "gradient_accumulator")[0];
            BuildState(variables);
        });
        Built = true;
    }

    /// <summary>Changes variables along their gradients: one step.</summary>
    /// <param name="gradients">One for each variable; null where nothing depends on it.</param>
    /// <param name="variables">The variables; those the optimizer was built with, or some of them.</param>
    /// <exception cref="ArgumentException">There are not as many gradients as variables, a variable is unknown, or there is no gradient at all.</exception>
    public void Apply(IReadOnlyList<Tensor?> gradients, IReadOnlyList<Variable> variables)
    {
        if (gradients.Count != variables.Count)
            throw new ArgumentException($"Optimizer '{Name}' was given {gradients.Count} gradients for {variables.Count} variables.", nameof(gradients));
        Build(variables);
        foreach (Variable variable in variables) Position(variable);
        List<Variable> changed = [];
        List<Tensor> given = [];
        for (int i = 0; i < gradients.Count; i++)
        {
            if (gradients[i] is not { } gradient) continue;
            if (variables[i].OverwriteWithGradient)
            {
                variables[i].Assign(gradient);
                continue;
            }

            changed.Add(variables[i]);
            given.Add(Ops.Cast(gradient, variables[i].DType));
        }

        if (changed.Count == 0)
            throw new ArgumentException("No variable has a gradient: the loss depends on none of them.", nameof(gradients));

        using WideScope scope = WideScope.Wanted(changed.Any(v => v.DType == DType.Float64));
        _scalars.Clear();
        if (LossScaleFactor is { } scale) given = [.. given.Select(g => Ops.Divide(g, scale))];
        if (Accumulates) Accumulate(given, changed);
        else Update(given, changed);
        if (UseEma) UpdateAverages();
        foreach (Variable variable in changed)
        {
            if (variable.Constraint is { } constraint) variable.Assign(constraint.Apply(variable));
        }

        _scalars.Clear();
        Iterations.AssignAdd(1);
    }

    /// <summary>The loss that gradients are to be computed of, with which <see cref="Apply"/> is to be called.</summary>
    /// <param name="loss">The loss.</param>
    public Tensor ScaleLoss(Tensor loss) => LossScaleFactor is { } scale ? Ops.Multiply(loss, scale) : loss;

    /// <summary>Keeps weight decay away from some variables. To be called before the optimizer is built.</summary>
    /// <param name="varList">Variables to leave alone.</param>
    /// <param name="varNames">Parts of the names of variables to leave alone, such as <c>"bias"</c>; regular expressions work too.</param>
    /// <exception cref="InvalidOperationException">The optimizer is built.</exception>
    public void ExcludeFromWeightDecay(IReadOnlyList<Variable>? varList = null, IReadOnlyList<string>? varNames = null)
    {
        if (Built) throw new InvalidOperationException($"Optimizer '{Name}' is built: variables can be excluded from its weight decay before that only.");
        _withoutDecay = new HashSet<Variable>(varList ?? [], ReferenceEqualityComparer.Instance);
        _withoutDecayNames = varNames is { Count: > 0 } ? new Regex(string.Join('|', varNames), RegexOptions.CultureInvariant) : null;
    }

    /// <summary>Ends training: where running averages are kept, the variables become them. <c>Fit</c> calls it.</summary>
    /// <param name="varList">The variables.</param>
    public void FinalizeVariableValues(IReadOnlyList<Variable> varList)
    {
        if (!UseEma) return;
        foreach (Variable variable in varList) variable.Assign(Of(_averages, variable));
    }

    /// <summary>The variables of which running averages are kept, with these; none if they are not kept, or the optimizer is not built.</summary>
    internal virtual IEnumerable<(Variable Variable, Variable Average)> RunningAverages => _trained.Zip(_averages);

    /// <summary>Changes one variable, and what is kept for it.</summary>
    /// <param name="gradient">The gradient, in the variable's type.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="learningRate">The learning rate: a scalar in the variable's type.</param>
    protected abstract void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate);

    /// <summary>Creates what is kept for each variable, with <see cref="AddVariablesLike"/>.</summary>
    /// <param name="variables">The variables to train.</param>
    protected virtual void BuildState(IReadOnlyList<Variable> variables)
    {
    }

    /// <summary>Creates zero-filled variables of each given one's shape: for each of them one per name, in that order.</summary>
    /// <returns>For each name a list that <see cref="Of"/> finds a variable's own in.</returns>
    protected IReadOnlyList<Variable>[] AddVariablesLike(IReadOnlyList<Variable> variables, params IReadOnlyList<string> names)
    {
        List<Variable>[] lists = [.. names.Select(_ => new List<Variable>())];
        foreach (Variable variable in variables)
        {
            for (int i = 0; i < names.Count; i++) lists[i].Add(AddVariableFromReference(variable, names[i]));
        }

        return lists;
    }

    /// <summary>Creates a variable of another one's shape and type.</summary>
    /// <param name="referenceVariable">The other variable.</param>
    /// <param name="name">What comes after the other one's name.</param>
    /// <param name="initializer">Makes the first value; zeros if omitted.</param>
    protected Variable AddVariableFromReference(Variable referenceVariable, string name = "var", Initializer? initializer = null) =>
        AddVariable(referenceVariable.Shape, initializer, referenceVariable.DType, $"{referenceVariable.Path.Replace('/', '_')}_{name}");

    /// <summary>Creates a variable, which becomes part of the optimizer's state.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="initializer">Makes the first value; zeros if omitted.</param>
    /// <param name="dtype">The element type; the default floating-point type if omitted.</param>
    /// <param name="name">The name.</param>
    protected Variable AddVariable(Shape shape, Initializer? initializer = null, DType? dtype = null, string? name = null) =>
        Track((initializer ?? "zeros").Apply(shape, dtype ?? Config.Floatx()), name ?? Naming.AutoName("variable"));

    /// <summary>What a list made by <see cref="AddVariablesLike"/> holds for a variable.</summary>
    protected Variable Of(IReadOnlyList<Variable> list, Variable variable) => list[Position(variable)];

    /// <summary>A scalar that all variables of a type share, computed once per step.</summary>
    protected Tensor OncePerStep(string name, DType dtype, Func<Tensor> compute)
    {
        if (!_scalars.TryGetValue((name, dtype), out Tensor? scalar)) _scalars[(name, dtype)] = scalar = compute();
        return scalar;
    }

    /// <summary>The number of this update, counted from 1, in a type.</summary>
    protected Tensor LocalStep(DType dtype) => OncePerStep("local_step", dtype, () => Ops.Cast(Ops.Add(UpdatesDone, 1), dtype));

    /// <summary>The schedule of the learning rate; null if it is a number.</summary>
    internal LearningRateSchedule? Schedule => _schedule;

    private bool Accumulates => GradientAccumulationSteps > 0;

    /// <summary>The number of updates so far: fewer than calls where gradients are accumulated.</summary>
    private Tensor UpdatesDone => Accumulates
        ? OncePerStep("updates", DType.Int32, () => PrimitiveOps.Binary(ElementwiseFunction.FloorDivide, Iterations, PrimitiveOps.Scalar(DType.Int32, GradientAccumulationSteps!.Value)))
        : Iterations;

    /// <summary>A share, which lies between 0 and 1.</summary>
    private protected static double Fraction(double value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be between 0 and 1.");

    private protected static double NotNegative(double value, string name) => value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be 0 or more.");

    private static void AtLeast(int least, int? value, string name)
    {
        // Zero is Keras's other way to say none.
        if (value is { } given && given != 0 && given < least)
            throw new ArgumentOutOfRangeException(name, given, $"{name} is {given}; it must be {least} or more.");
    }

    private static double CheckRate(double value) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentException($"The learning rate is {value}; it must be a number of 0 or more.", nameof(value));

    /// <summary>Whether a number of steps is a multiple of another: a boolean scalar.</summary>
    private static Tensor IsMultiple(Tensor steps, int of) =>
        Ops.Equal(PrimitiveOps.Binary(ElementwiseFunction.Remainder, steps, PrimitiveOps.Scalar(DType.Int32, of)), 0);

    /// <summary>Clips, decays, and changes the variables and what is kept for them.</summary>
    private void Update(IReadOnlyList<Tensor> gradients, IReadOnlyList<Variable> variables)
    {
        IReadOnlyList<Tensor> clipped = _clipping.Clip(gradients);
        Tensor rate = _schedule?.Apply(Iterations) ?? _learningRate!.Value;
        for (int i = 0; i < variables.Count; i++)
        {
            Variable variable = variables[i];
            Tensor local = OncePerStep("learning_rate", variable.DType, () => Ops.Cast(rate, variable.DType));
            if (WeightDecay is { } decay && Decays(variable))
                variable.AssignSub(Ops.Multiply(variable, OncePerStep("decay", variable.DType, () => Ops.Multiply(local, decay))));
            UpdateStep(clipped[i], variable, local);
        }
    }

    /// <summary>Adds gradients up, and updates with their mean every so many steps.</summary>
    /// <remarks>The update is computed at every step, and dropped at those where it is not due: a graph has no branches.</remarks>
    private void Accumulate(IReadOnlyList<Tensor> gradients, IReadOnlyList<Variable> variables)
    {
        int steps = GradientAccumulationSteps!.Value;
        Tensor due = IsMultiple(Ops.Add(Iterations, 1), steps);
        Tensor[] sums = [.. gradients.Select((g, i) => Ops.Add(g, Of(_gradientSums, variables[i])))];
        (Variable Variable, Tensor Value)[] before = [.. variables.Concat(_variables).Select(v => (v, v.Value))];
        Update([.. sums.Select(s => Ops.Divide(s, (double)steps))], variables);
        foreach ((Variable variable, Tensor value) in before)
        {
            if (!ReferenceEquals(variable.Value, value)) variable.Assign(Ops.Where(due, variable, value));
        }

        for (int i = 0; i < sums.Length; i++) Of(_gradientSums, variables[i]).Assign(Ops.Where(due, 0.0, sums[i]));
        foreach (Variable other in _trained.Except(variables)) Of(_gradientSums, other).Assign(Ops.Where(due, 0.0, Of(_gradientSums, other)));
    }

    /// <summary>Takes the variables into their running averages, which take their place when it is time.</summary>
    private void UpdateAverages()
    {
        foreach (Variable variable in _trained)
        {
            Variable average = Of(_averages, variable);
            Tensor kept = OncePerStep("average_kept", variable.DType, () => Ops.Multiply(Ops.Cast(Ops.NotEqual(UpdatesDone, 0), variable.DType), EmaMomentum));
            Tensor taken = OncePerStep("average_taken", variable.DType, () => Ops.Subtract(1.0, kept));
            average.Assign(Ops.Add(Ops.Multiply(average, kept), Ops.Multiply(variable, taken)));
            if (EmaOverwriteFrequency is not > 0) continue;
            Tensor due = OncePerStep("average_due", DType.Bool, () => IsMultiple(Ops.Add(UpdatesDone, 1), EmaOverwriteFrequency.Value));
            variable.Assign(Ops.Where(due, average, variable));
        }
    }

    private bool Decays(Variable variable) => !_withoutDecay.Contains(variable) && _withoutDecayNames?.IsMatch(variable.Name) != true;

    private int Position(Variable variable) => _positions.TryGetValue(variable, out int position)
        ? position
        : throw new ArgumentException(
            $"Optimizer '{Name}' does not know variable '{variable.Path}': it was built with other variables. Compile the model again with a new optimizer.", nameof(variable));

    private Variable Track(Tensor value, string name)
    {
        Variable variable = new(value, trainable: false, name: name) { Path = $"{Name}/{name}" };
        _variables.Add(variable);
        return variable;
    }

    /// <summary>What it was made with, by Keras's names: unless overridden the constructor's parameters, each read from the property of the same name.</summary>
    public virtual JsonObject GetConfig() => AutoConfig.Read(GetType(), this);

    /// <summary>Class, name and whether the state exists.</summary>
    public override string ToString() => $"<{GetType().Name} name={Name}, built={(Built ? "True" : "False")}>";
}
