using NKeras.Constraints;
using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Graphs;
using NKeras.Initializers;
using NKeras.Regularizers;
using NKeras.Saving;

namespace NKeras;

/// <summary>A tensor with a lasting identity that training changes: a weight, or state (<c>keras.Variable</c>).</summary>
public sealed partial class Variable
{
    private readonly StateCell _cell;

    /// <summary>Creates a variable from its first value.</summary>
    /// <param name="initializer">The value.</param>
    /// <param name="trainable">Whether optimizers change it.</param>
    /// <param name="name">The name; <c>variable</c>, <c>variable_1</c>, … if omitted.</param>
    public Variable(Tensor initializer, bool trainable = true, string? name = null)
    {
        Name = name ?? Naming.AutoName("variable");
        Path = CallContext.Within(Name);
        Trainable = MadeTrainable = trainable;
        _cell = new StateCell(initializer);
    }

    /// <summary>Creates a variable whose first value an initializer makes.</summary>
    /// <param name="initializer">Makes the value.</param>
    /// <param name="shape">The dimensions.</param>
    /// <param name="dtype">The element type; float32 if omitted.</param>
    /// <param name="trainable">Whether optimizers change it.</param>
    /// <param name="name">The name.</param>
    public Variable(Initializer initializer, Shape shape, DType? dtype = null, bool trainable = true, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        ArgumentNullException.ThrowIfNull(shape);
        Name = name ?? Naming.AutoName("variable");
        Path = CallContext.Within(Name);
        Trainable = MadeTrainable = trainable;
        if (Reading.Current is { } reading && dtype is not null)
        {
            _cell = new StateCell(new TensorSpec(shape, dtype), () => initializer.Apply(shape, dtype));
            reading.Add(this);
        }
        else
        {
            _cell = new StateCell(initializer.Apply(shape, dtype));
        }
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The name with those of the layers it belongs to: <c>dense/kernel</c>.</summary>
    public string Path { get; internal set; }

    /// <summary>The dimensions.</summary>
    public Shape Shape => _cell.Spec.Shape;

    /// <summary>The element type.</summary>
    public DType DType => _cell.Spec.DType;

    /// <summary>Whether optimizers change it.</summary>
    public bool Trainable { get; set; }

    /// <summary>Whether it was made for optimizers to change, so that thawing its layer thaws it.</summary>
    internal bool MadeTrainable { get; }

    /// <summary>What the layer the variable belongs to adds to the loss for it; null for nothing.</summary>
    public Regularizer? Regularizer { get; set; }

    /// <summary>What optimizers apply to the value after each step; null for nothing.</summary>
    public Constraint? Constraint { get; set; }

    /// <summary>Whether the "gradient" of the value is the next value, with which optimizers replace it.</summary>
    public bool OverwriteWithGradient { get; internal set; }

    /// <summary>The value now: a snapshot that later assignments do not change. Within a layer's <c>Call</c> it has the type the layer computes in.</summary>
    public Tensor Value => Autocast && DType.IsFloating && AutocastScope.Current is { } type ? Ops.Cast(_cell.Value, type) : _cell.Value;

    /// <summary>Whether a layer that computes in another type reads the value in that type.</summary>
    internal bool Autocast { get; init; } = true;

    internal StateCell Cell => _cell;

    /// <summary>Replaces the value.</summary>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Assign(Tensor value)
    {
        if (value.Shape != Shape)
            throw new ArgumentException($"Variable '{Path}' has shape {Shape}; a value of shape {value.Shape} cannot be assigned to it.", nameof(value));
        _cell.Assign(Ops.Cast(value, DType));
    }

    /// <summary>Adds to the value.</summary>
    public void AssignAdd(Tensor value)
    {
        using WideScope scope = WideScope.Wanted(DType.Size == 8);
        Assign(Ops.Add(Value, value));
    }

    /// <summary>Subtracts from the value.</summary>
    public void AssignSub(Tensor value)
    {
        using WideScope scope = WideScope.Wanted(DType.Size == 8);
        Assign(Ops.Subtract(Value, value));
    }

    /// <summary>The value.</summary>
    public static implicit operator Tensor(Variable variable) => variable.Value;

    /// <summary>Path, shape and type.</summary>
    // Keras: prints the value, too. To read it while a function is traced would change the graph.
    public override string ToString() => $"<Variable path={Path}, shape={Shape}, dtype={DType}>";
}
