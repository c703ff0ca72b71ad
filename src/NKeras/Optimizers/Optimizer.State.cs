using NKeras.Core;
using NKeras.Engine.Graphs;
using NKeras.Initializers;

namespace NKeras.Optimizers;

public abstract partial class Optimizer
{
    private readonly List<Variable> _variables = [];
    private readonly Dictionary<Variable, int> _positions = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string, DType), Tensor> _scalars = [];
    private IReadOnlyList<Variable> _trained = [];

    /// <summary>The state in Keras's order: iteration, learning rate, then what the optimizer keeps for each variable.</summary>
    public virtual IReadOnlyList<Variable> Variables => _variables;

    /// <summary>Whether the state for the variables to train exists.</summary>
    public bool Built { get; private set; }

    /// <summary>Creates the state for variables. Done by the first <see cref="Apply"/> unless done before.</summary>
    /// <param name="variables">The variables to train.</param>
    public void Build(IReadOnlyList<Variable> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        if (Built) return;
        for (int i = 0; i < variables.Count; i++) _positions[variables[i]] = i;
        _trained = [.. variables];
        Trace.Suspend(() =>
        {
            if (UseEma) _averages = AddOptimizerVariables(variables, "average");
            if (Accumulates) _gradientSums = [.. variables.Select(v => AddVariableFromReference(v, "gradient_accumulator"))];
            BuildState(variables);
        });
        Built = true;
    }

    /// <summary>Replaces the state (<c>Optimizer.set_weights</c>).</summary>
    /// <param name="weights">The new values of <see cref="Variables"/>, in order.</param>
    /// <exception cref="InvalidOperationException">The optimizer is not built.</exception>
    /// <exception cref="ArgumentException">There are not as many, or one has another shape. The state is then unchanged.</exception>
    public void SetWeights(IReadOnlyList<Tensor> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (!Built) throw new InvalidOperationException($"Optimizer '{Name}' is not built, so it has no state for variables that could be set. Call Build(variables) first.");
        IReadOnlyList<Variable> variables = Variables;
        if (weights.Count != variables.Count) throw new ArgumentException($"Optimizer '{Name}' has {variables.Count} variables; received {weights.Count} weights.", nameof(weights));
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i].Shape != variables[i].Shape)
                throw new ArgumentException($"Variable {i} of optimizer '{Name}', '{variables[i].Path}', has shape {variables[i].Shape}; received a weight of shape {weights[i].Shape}.", nameof(weights));
        }

        for (int i = 0; i < weights.Count; i++) variables[i].Assign(weights[i]);
    }

    /// <summary>Creates what is kept for each variable, with <see cref="AddOptimizerVariables(IReadOnlyList{Variable}, string, Initializer)"/>. Called once, by <see cref="Build"/>.</summary>
    /// <param name="variables">The variables to train.</param>
    // Keras: build() itself is overridden, and checks first whether it has been called before.
    protected virtual void BuildState(IReadOnlyList<Variable> variables)
    {
    }

    /// <summary>Creates a variable of each given one's shape (<c>Optimizer.add_optimizer_variables</c>).</summary>
    /// <param name="trainableVariables">The variables to train.</param>
    /// <param name="name">What comes after the names of those.</param>
    /// <param name="initializer">Makes the first values; zeros if omitted.</param>
    /// <returns>A list in which <see cref="Of"/> finds what belongs to a variable. It holds null for those that gradients overwrite.</returns>
    protected IReadOnlyList<Variable?> AddOptimizerVariables(IReadOnlyList<Variable> trainableVariables, string name, Initializer? initializer = null) =>
        AddOptimizerVariables(trainableVariables, [name], initializer == null ? null : [initializer])[0];

    /// <summary>Creates several variables of each given one's shape: for each of them one per name, in that order.</summary>
    /// <param name="trainableVariables">The variables to train.</param>
    /// <param name="names">What comes after the names of those.</param>
    /// <param name="initializers">Make the first values, one per name; zeros if omitted.</param>
    /// <returns>A list for each name.</returns>
    /// <exception cref="ArgumentException">There are not as many initializers as names.</exception>
    protected IReadOnlyList<Variable?>[] AddOptimizerVariables(IReadOnlyList<Variable> trainableVariables, IReadOnlyList<string> names, IReadOnlyList<Initializer>? initializers = null)
    {
        ArgumentNullException.ThrowIfNull(trainableVariables);
        ArgumentNullException.ThrowIfNull(names);
        if (initializers != null && initializers.Count != names.Count) throw new ArgumentException($"Optimizer '{Name}': there are {names.Count} names and {initializers.Count} initializers; each name has one.", nameof(initializers));
        List<Variable?>[] lists = [.. names.Select(_ => new List<Variable?>())];
        foreach (Variable variable in trainableVariables)
        {
            for (int i = 0; i < names.Count; i++) lists[i].Add(variable.OverwriteWithGradient ? null : AddVariableFromReference(variable, names[i], initializers?[i]));
        }

        return lists;
    }

    /// <summary>Creates a variable of another one's shape and type (<c>Optimizer.add_variable_from_reference</c>).</summary>
    /// <param name="referenceVariable">The other variable.</param>
    /// <param name="name">What comes after the other one's name.</param>
    /// <param name="initializer">Makes the first value; zeros if omitted.</param>
    protected Variable AddVariableFromReference(Variable referenceVariable, string name = "var", Initializer? initializer = null) =>
        AddVariable(referenceVariable.Shape, initializer, referenceVariable.DType, $"{referenceVariable.Path.Replace('/', '_')}_{name}");

    /// <summary>Creates a variable, which becomes part of the optimizer's state (<c>Optimizer.add_variable</c>).</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="initializer">Makes the first value; zeros if omitted.</param>
    /// <param name="dtype">The element type; the default floating-point type if omitted.</param>
    /// <param name="name">The name.</param>
    protected Variable AddVariable(Shape shape, Initializer? initializer = null, DType? dtype = null, string? name = null) =>
        Track((initializer ?? "zeros").Apply(shape, dtype ?? Config.Floatx()), name ?? Naming.AutoName("variable"));

    /// <summary>What a list made by <see cref="AddOptimizerVariables(IReadOnlyList{Variable}, string, Initializer)"/> holds for a variable.</summary>
    /// <param name="list">The list.</param>
    /// <param name="variable">One of the variables to train.</param>
    /// <exception cref="ArgumentException">The optimizer was not built with the variable, or gradients overwrite it.</exception>
    protected Variable Of(IReadOnlyList<Variable?> list, Variable variable) => list[Position(variable)]
        ?? throw new ArgumentException($"Optimizer '{Name}' keeps nothing for variable '{variable.Path}', which gradients overwrite.", nameof(variable));

    /// <summary>A scalar that all variables of a type share, computed once per step.</summary>
    /// <param name="name">Its name within this optimizer.</param>
    /// <param name="dtype">Its type.</param>
    /// <param name="compute">Computes it.</param>
    protected Tensor OncePerStep(string name, DType dtype, Func<Tensor> compute)
    {
        if (!_scalars.TryGetValue((name, dtype), out Tensor? scalar)) _scalars[(name, dtype)] = scalar = compute();
        return scalar;
    }

    /// <summary>The number of this update, counted from 1, in a type.</summary>
    /// <param name="dtype">The type.</param>
    protected Tensor LocalStep(DType dtype) => OncePerStep("local_step", dtype, () => Ops.Cast(Ops.Add(UpdatesDone, 1), dtype));

    /// <summary>The variables that the optimizer was built with.</summary>
    private protected IReadOnlyList<Variable> TrainedVariables => _trained;

    /// <summary>The number of updates so far: fewer than calls where gradients are accumulated.</summary>
    private Tensor UpdatesDone => OncePerStep("updates", DType.Int32, () => Iterations);

    private int Position(Variable variable) => _positions.TryGetValue(variable, out int position)
        ? position
        : throw new ArgumentException(
            $"Optimizer '{Name}' does not know variable '{variable.Path}': it was built with other variables. Compile the model again with a new optimizer.", nameof(variable));

    private Variable Track(Tensor value, string name, DType? dtype = null)
    {
        Variable variable = new(dtype == null ? value : Ops.Cast(value, dtype), trainable: false, name: name) { Path = $"{Name}/{name}" };
        _variables.Add(variable);
        return variable;
    }
}
