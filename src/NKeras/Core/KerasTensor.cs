using NKeras.Core;
using NKeras.Engine;
using NKeras.Layers;

namespace NKeras;

/// <summary>A symbolic tensor: a shape, a type and the layer call that produced it, but no data (<c>keras.KerasTensor</c>).</summary>
public class KerasTensor : Tensor
{
    /// <summary>A symbolic tensor that no layer produced.</summary>
    /// <param name="shape">The dimensions, the batch's included; null where unknown.</param>
    /// <param name="dtype">The element type.</param>
    /// <param name="name">The name; <c>keras_tensor</c>, <c>keras_tensor_1</c>, … if omitted.</param>
    public KerasTensor(Shape shape, DType? dtype = null, string? name = null)
        : this(new TensorSpec(shape, dtype ?? DType.Float32), name)
    {
    }

    internal KerasTensor(TensorSpec spec, string? name)
        : base(spec) => Name = name ?? Naming.AutoName("keras_tensor");

    /// <summary>The name.</summary>
    public string Name { get; }

    internal KerasHistory? History { get; set; }

    internal override Storage Data => throw new InvalidOperationException(
        $"The symbolic tensor '{Name}' of shape {Shape} has no data. Build a model with it and call Predict, or apply the layers to data.");

    /// <summary>The input layer of a model's input, so that <c>new Input(...)</c> can stand in a list of layers.</summary>
    /// <exception cref="ArgumentException">The tensor is not a model's input.</exception>
    public static implicit operator Layer(KerasTensor tensor) => tensor.History?.Operation as InputLayer
        ?? throw new ArgumentException($"The symbolic tensor '{tensor.Name}' is not an Input, so it cannot stand for a layer.", nameof(tensor));

    /// <summary>Shape, type and name.</summary>
    public override string ToString() => $"<KerasTensor shape={Shape}, dtype={DType}, name={Name}>";
}
