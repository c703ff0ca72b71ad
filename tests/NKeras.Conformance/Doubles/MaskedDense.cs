using NKeras.Layers;

namespace NKeras.Conformance.Doubles;

/// <summary>The layer of Keras's tests that makes masked rows zero.</summary>
[RegisterKerasSerializable]
internal sealed class MaskedDense(int units, string? name = null, bool trainable = true, DTypePolicy? dtype = null) : Layer(name, trainable, dtype)
{
    private readonly Dense _layer = new(units, useBias: false);

    public int Units { get; } = units;

    public override void Build(Shape inputShape) => BuildInner(_layer, inputShape);

    public override Tensor Call(Tensor inputs, bool training, Tensor? mask)
    {
        Tensor rows = _layer.Call(inputs);
        return mask is null ? rows : Ops.Transpose(Ops.Transpose(rows) * Ops.Cast(mask, inputs.DType));
    }
}
