using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Initializers;
using NKeras.Saving;

namespace NKeras.Metrics;

/// <summary>
/// A number that is gathered over many batches (<c>keras.metrics.Metric</c>). A subclass keeps its state in variables made
/// by <see cref="AddVariable"/> and changes them with <c>Ops</c>, so that updates can be compiled into a training step.
/// </summary>
[DynamicallyAccessedMembers(AutoConfig.Needed)]
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

    /// <summary>The state.</summary>
    public IReadOnlyList<Variable> Variables => _variables;

    /// <summary>Takes a batch into account.</summary>
    /// <param name="yTrue">The targets.</param>
    /// <param name="yPred">The predictions.</param>
    /// <param name="sampleWeight">How much each sample counts; shape (batch,) or longer.</param>
    /// <exception cref="InvalidOperationException">The metric is of single values, not of targets and predictions.</exception>
    public virtual void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null) => throw new InvalidOperationException(
        $"Metric '{Name}' is of values, not of targets and predictions; it cannot stand in Compile's metrics.");

    /// <summary>The value over everything since the last <see cref="ResetState"/>: a scalar, as <c>Compile</c> needs it, or several numbers.</summary>
    public abstract Tensor Result();

    /// <summary>Forgets everything.</summary>
    public virtual void ResetState()
    {
        foreach (Variable variable in _variables) variable.Assign(Ops.Zeros(variable.Shape, variable.DType));
    }

    /// <summary>Name and type.</summary>
    public override string ToString() => $"<{GetType().Name} name={Name}>";

    /// <summary>Creates state whose shape depends on the data. Called before the first update, perhaps more than once; the batch size may be unknown.</summary>
    internal virtual void Build(Shape yTrue, Shape yPred)
    {
    }

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
