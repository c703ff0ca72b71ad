using NKeras.Core;
using NKeras.Engine.Graphs;

namespace NKeras.Optimizers;

/// <summary>
/// Changes variables along their gradients (<c>keras.optimizers.Optimizer</c>). A Keras name such as <c>"adam"</c> converts
/// implicitly. A subclass says in <see cref="UpdateStep"/> how one variable changes, with <c>Ops</c>.
/// </summary>
public abstract class Optimizer
{
    private readonly List<Variable> _variables = [];
    private readonly Dictionary<Variable, int> _positions = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string, DType), Tensor> _scalars = [];
    private readonly Variable _learningRate;
    private readonly double? _weightDecay;
    private readonly GradientClipping _clipping;

    /// <summary>Sets what all optimizers have.</summary>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="weightDecay">The share of each variable, times the learning rate, that is taken off at every step; null for none.</param>
    /// <param name="clipnorm">The greatest norm of each gradient; longer ones are scaled down.</param>
    /// <param name="clipvalue">The greatest absolute value of a gradient's element; greater ones are cut.</param>
    /// <param name="globalClipnorm">The greatest norm of all gradients together; all are scaled down where it is exceeded.</param>
    /// <exception cref="ArgumentException">The learning rate is negative or not a number, or more than one way of clipping is given.</exception>
    protected Optimizer(double learningRate, double? weightDecay = null, double? clipnorm = null, double? clipvalue = null, double? globalClipnorm = null)
    {
        Name = Naming.AutoName(GetType().Name);
        _weightDecay = weightDecay;
        _clipping = new GradientClipping(clipnorm, clipvalue, globalClipnorm);
        Iterations = AddVariable(Ops.Zeros(Shape.Scalar, DType.Int32), "iteration");
        _learningRate = AddVariable(Ops.Full(Shape.Scalar, CheckRate(learningRate), Config.Floatx()), "learning_rate");
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The number of steps so far: an int32 scalar.</summary>
    public Variable Iterations { get; }

    /// <summary>How far a step goes. Setting it takes effect at the next step, within <c>Fit</c> too.</summary>
    /// <exception cref="ArgumentException">It is negative or not a number.</exception>
    public double LearningRate
    {
        get => Engine.ElementView.Of(_learningRate.Cell.Snapshot).Number(0);
        set => Trace.Suspend(() => _learningRate.Assign(Ops.Full(Shape.Scalar, CheckRate(value), _learningRate.DType)));
    }

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
        Trace.Suspend(() => BuildState(variables));
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
        List<(Tensor Gradient, Variable Variable)> pairs = [];
        for (int i = 0; i < gradients.Count; i++)
        {
            if (gradients[i] is { } gradient) pairs.Add((Ops.Cast(gradient, variables[i].DType), variables[i]));
        }

        if (pairs.Count == 0)
            throw new ArgumentException("No variable has a gradient: the loss depends on none of them.", nameof(gradients));

        _scalars.Clear();
        IReadOnlyList<Tensor> clipped = _clipping.Clip([.. pairs.Select(p => p.Gradient)]);
        Tensor rate = _learningRate.Value;
        for (int i = 0; i < pairs.Count; i++)
        {
            Variable variable = pairs[i].Variable;
            Tensor local = OncePerStep("learning_rate", variable.DType, () => Ops.Cast(rate, variable.DType));
            if (_weightDecay is { } decay) variable.AssignSub(Ops.Multiply(variable, OncePerStep("decay", variable.DType, () => Ops.Multiply(local, decay))));
            UpdateStep(clipped[i], variable, local);
        }

        foreach ((_, Variable variable) in pairs)
        {
            if (variable.Constraint is { } constraint) variable.Assign(constraint.Apply(variable));
        }

        _scalars.Clear();
        Iterations.AssignAdd(1);
    }

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
            for (int i = 0; i < names.Count; i++)
                lists[i].Add(AddVariable(Ops.Zeros(variable.Shape, variable.DType), $"{variable.Path.Replace('/', '_')}_{names[i]}"));
        }

        return lists;
    }

    /// <summary>What a list made by <see cref="AddVariablesLike"/> holds for a variable.</summary>
    protected Variable Of(IReadOnlyList<Variable> list, Variable variable) => list[Position(variable)];

    /// <summary>A scalar that all variables of a type share, computed once per step.</summary>
    protected Tensor OncePerStep(string name, DType dtype, Func<Tensor> compute)
    {
        if (!_scalars.TryGetValue((name, dtype), out Tensor? scalar)) _scalars[(name, dtype)] = scalar = compute();
        return scalar;
    }

    /// <summary>A share, which lies between 0 and 1.</summary>
    private protected static double Fraction(double value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be between 0 and 1.");

    private static double CheckRate(double value) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentException($"The learning rate is {value}; it must be a number of 0 or more.", nameof(value));

    private int Position(Variable variable) => _positions.TryGetValue(variable, out int position)
        ? position
        : throw new ArgumentException(
            $"Optimizer '{Name}' does not know variable '{variable.Path}': it was built with other variables. Compile the model again with a new optimizer.", nameof(variable));

    private Variable AddVariable(Tensor value, string name)
    {
        Variable variable = new(value, trainable: false, name: name) { Path = $"{Name}/{name}" };
        _variables.Add(variable);
        return variable;
    }
}
