using System.Runtime.CompilerServices;
using NKeras.Core;
using NKeras.Engine;
using NKeras.Layers;

namespace NKeras;

/// <summary>A symbolic tensor: a shape, a type and the layer call that produced it, but no data (<c>keras.KerasTensor</c>).</summary>
public class KerasTensor : Tensor
{
    /// <summary>What the names of those that the user did not name begin with.</summary>
    internal const string AutomaticName = "keras_tensor";

    /// <summary>A symbolic tensor that no layer produced.</summary>
    /// <param name="shape">The dimensions, the batch's included; null where unknown.</param>
    /// <param name="dtype">The element type; the floating-point default if omitted.</param>
    /// <param name="sparse">Whether it stands for a sparse tensor.</param>
    /// <param name="ragged">Whether it stands for a ragged tensor.</param>
    /// <param name="name">The name; <c>keras_tensor</c>, <c>keras_tensor_1</c>, … if omitted.</param>
    /// <exception cref="ArgumentException">It is to be sparse and ragged at once.</exception>
    public KerasTensor(Shape shape, DType? dtype = null, bool sparse = false, bool ragged = false, string? name = null)
        : this(new TensorSpec(shape, dtype ?? Config.Floatx()), name, sparse, ragged)
    {
    }

    internal KerasTensor(TensorSpec spec, string? name, bool sparse = false, bool ragged = false)
        : base(spec)
    {
        if (sparse && ragged) throw new ArgumentException("A symbolic tensor cannot be sparse and ragged at once. Choose one of the two.", nameof(ragged));
        CheckSize(spec.Shape);
        (Sparse, Ragged) = (sparse, ragged);
        Name = name ?? Naming.AutoName(AutomaticName);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Whether it stands for a sparse tensor.</summary>
    public bool Sparse { get; }

    /// <summary>Whether it stands for a ragged tensor.</summary>
    public bool Ragged { get; }

    /// <inheritdoc cref="Tensor.this"/>
    /// <remarks>The part is a step of the model.</remarks>
    [IndexerName("Part")]
    public new KerasTensor this[params ReadOnlySpan<TensorIndex> index] => (KerasTensor)GetItem(new TensorKey(index.ToArray()));

    /// <summary>The layer call that produced it; null for none.</summary>
    internal virtual KerasHistory? History { get; set; }

    /// <summary>The tensor that takes part in graphs: this one, unless this is an <see cref="Input"/>, which stands for its layer's.</summary>
    internal virtual KerasTensor Origin => this;

    internal override Storage Data => throw new InvalidOperationException(
        $"The symbolic tensor '{Name}' of shape {Shape} has no data. Build a model with it and call Predict, or apply the layers to data.");

    /// <summary>The input layer of a model's input, so that <c>new Input(...)</c> can stand in a list of layers.</summary>
    /// <exception cref="ArgumentException">The tensor is not a model's input.</exception>
    public static implicit operator Layer(KerasTensor tensor) => tensor.History?.Operation as InputLayer
        ?? throw new ArgumentException($"The symbolic tensor '{tensor.Name}' is not an Input, so it cannot stand for a layer.", nameof(tensor));

    internal override Tensor GetItem(TensorKey key) => PickFrom(this, key);

    internal override Tensor PickFrom(Tensor x, TensorKey key) =>
        OpDispatch.CallWith("GetItem", new CallArguments([x, key]), c => ((TensorKey)c.Positional[1]!).Apply((Tensor)c.Positional[0]!));

    /// <summary>Shape, type and name, as Keras prints them.</summary>
    public override string ToString() =>
        $"<KerasTensor shape={Shape}, dtype={DType}, sparse={(Sparse ? "True" : "False")}, ragged={(Ragged ? "True" : "False")}, name={Name}>";

    /// <summary>Refuses what no data can ever have, which arithmetic on dimensions need not expect then.</summary>
    private static void CheckSize(Shape shape)
    {
        double size = 1;
        foreach (int dim in shape.Dims)
        {
            if (dim < Shape.Unknown) throw new ArgumentException($"A dimension of shape {shape} is negative.", nameof(shape));
            if (dim > 0) size *= dim;
        }

        if (size > int.MaxValue) throw new ArgumentException($"Shape {shape} has more elements than the {int.MaxValue} that a tensor can have.", nameof(shape));
    }
}
