using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Initializers;
using NKeras.Layers;
using NKeras.Saving;

namespace NKeras.Metrics;

/// <summary>
/// A number that is gathered over many batches (<c>keras.metrics.Metric</c>). A subclass keeps its state in variables made
/// by <see cref="AddVariable"/> and changes them with <c>Ops</c>, so that updates can be compiled into a training step.
/// </summary>
/// <example><code>
/// public sealed class BinaryTruePositives : Metric
/// {
///     private readonly Variable _count;
///
///     public BinaryTruePositives(string? name = "binary_true_positives", DType? dtype = null)
///         : base(dtype, name) =&gt; _count = AddWeight(name: "true_positives");
///
///     public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
///     {
///         Tensor values = Ops.Cast(Ops.LogicalAnd(yTrue &gt; 0.5, yPred &gt; 0.5), DType);
///         if (sampleWeight is not null) values *= Ops.Cast(sampleWeight, DType);
///         _count.AssignAdd(Ops.Sum(values));
///     }
///
///     public override Tensor Result() =&gt; _count;
/// }
/// </code></example>
[DynamicallyAccessedMembers(InnerState.Needed)]
public abstract class Metric : IConfigurable
{
    private readonly List<Variable> _variables = [];

    /// <summary>Sets what all metrics have.</summary>
    /// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
    /// <param name="name">The name; the class name in snake case if omitted.</param>
    protected Metric(DType? dtype = null, string? name = null)
    {
        Name = name ?? Naming.AutoName(GetType().Name);
        DType = dtype ?? Config.Floatx();
    }

    /// <summary>The name.</summary>
    public string Name { get; internal set; }

    /// <summary>The type of the state and the result.</summary>
    public DType DType { get; }

    /// <summary>The state, that of metrics inside included.</summary>
    public IReadOnlyList<Variable> Variables => InnerState.Of<Metric>(this) is { Count: > 0 } inner ? [.. _variables, .. inner.SelectMany(m => m.Variables)] : _variables;

    /// <summary>Takes a batch into account.</summary>
    /// <param name="yTrue">The targets.</param>
    /// <param name="yPred">The predictions.</param>
    /// <param name="sampleWeight">How much each sample counts; shape (batch,) or longer.</param>
    /// <exception cref="InvalidOperationException">The metric is of single values, not of targets and predictions.</exception>
    public virtual void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null) => throw new InvalidOperationException(
        $"Metric '{Name}' is of values, not of targets and predictions; it cannot stand in Compile's metrics.");

    /// <summary>The value over everything since the last <see cref="ResetState"/>: a scalar, as <c>Compile</c> needs it, or several numbers.</summary>
    public abstract Tensor Result();

    /// <summary>
    /// The values by name, for a metric that reports several numbers; null for one that reports its <see cref="Result"/>. In logs they stand
    /// under these names, without that of the metric or of an output.
    /// </summary>
    // Keras: result() may return a dictionary; in C# a method has one type.
    public virtual IReadOnlyDictionary<string, Tensor>? Results() => null;

    /// <summary>Takes a batch into account, and gives the value so far.</summary>
    /// <inheritdoc cref="UpdateState"/>
    // Keras: metrics are called like functions; C# has no call operator.
    public Tensor Apply(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        UpdateState(yTrue, yPred, sampleWeight);
        return Result();
    }

    /// <summary>Forgets everything.</summary>
    public virtual void ResetState()
    {
        foreach (Variable variable in Variables) variable.Assign(Ops.Zeros(variable.Shape, variable.DType));
    }

    /// <summary>Name and type.</summary>
    public override string ToString() => $"<{GetType().Name} name={Name}>";

    /// <summary>What the state becomes with a batch; the metric's own stays as it is (<c>stateless_update_state</c>).</summary>
    /// <param name="metricVariables">The state before, a value for each of <see cref="Variables"/>.</param>
    /// <param name="yTrue">The targets.</param>
    /// <param name="yPred">The predictions.</param>
    /// <param name="sampleWeight">How much each sample counts.</param>
    /// <exception cref="ArgumentException">The number of values is another.</exception>
    public IReadOnlyList<Tensor> StatelessUpdateState(IReadOnlyList<Tensor> metricVariables, Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null) =>
        OnState(metricVariables, () => UpdateState(yTrue, yPred, sampleWeight), Values);

    /// <summary>The value of some state (<c>stateless_result</c>).</summary>
    /// <param name="metricVariables">The state, a value for each of <see cref="Variables"/>.</param>
    /// <exception cref="ArgumentException">The number of values is another.</exception>
    public Tensor StatelessResult(IReadOnlyList<Tensor> metricVariables) => OnState(metricVariables, () => { }, Result);

    /// <summary>The state in which nothing was gathered (<c>stateless_reset_state</c>).</summary>
    public IReadOnlyList<Tensor> StatelessResetState() => OnState(Values(), ResetState, Values);

    /// <summary>
    /// Creates state whose shape depends on the data. Called before the first update, perhaps more than once; the batch size may be unknown.
    /// </summary>
    /// <param name="yTrue">The targets' shape.</param>
    /// <param name="yPred">The predictions' shape.</param>
    // Keras: makes such state in the first update; here that may be part of a program that is being compiled.
    protected internal virtual void Build(Shape yTrue, Shape yPred)
    {
    }

    /// <summary>Runs something on other state, and puts back what was there.</summary>
    private protected T OnState<T>(IReadOnlyList<Tensor> state, Action run, Func<T> result)
    {
        ArgumentNullException.ThrowIfNull(state);
        IReadOnlyList<Variable> variables = Variables;
        if (state.Count != variables.Count)
            throw new ArgumentException($"Metric '{Name}' has {variables.Count} variables; received {state.Count} values for them.", nameof(state));
        IReadOnlyList<Tensor> before = Values();
        try
        {
            for (int i = 0; i < state.Count; i++) variables[i].Assign(state[i]);
            run();
            return result();
        }
        finally
        {
            for (int i = 0; i < before.Count; i++) variables[i].Assign(before[i]);
        }
    }

    /// <summary>While it is open, what a metric of 64 bits computes keeps them.</summary>
    private protected WideScope InOwnType() => WideScope.Wanted(DType == DType.Float64);

    private protected IReadOnlyList<Tensor> Values() => [.. Variables.Select(v => v.Value)];

    /// <summary>Creates a variable that belongs to the metric; a scalar unless told otherwise.</summary>
    /// <inheritdoc cref="AddVariable"/>
    protected Variable AddWeight(Shape? shape = null, Initializer? initializer = null, DType? dtype = null, string? name = null) =>
        AddVariable(shape ?? Shape.Scalar, initializer, dtype, name);

    /// <summary>Creates a variable that belongs to the metric.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="initializer">Makes the first value; zeros if omitted.</param>
    /// <param name="dtype">The element type; the metric's if omitted.</param>
    /// <param name="name">The name.</param>
    protected Variable AddVariable(Shape shape, Initializer? initializer = null, DType? dtype = null, string? name = null)
    {
        Variable variable = new(initializer ?? new Zeros(), shape, dtype ?? DType, trainable: false, name: name);
        variable.Path = $"{Name}/{variable.Name}";
        _variables.Add(variable);
        return variable;
    }

    /// <summary>What it was made with, by Keras's names: unless overridden the constructor's parameters, each read from the property of the same name.</summary>
    public virtual JsonObject GetConfig() => AutoConfig.Read(GetType(), this);
}
