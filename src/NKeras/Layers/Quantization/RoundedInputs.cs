using NKeras.Quantizers;

namespace NKeras.Layers.Quantization;

/// <summary>What is left of a layer's inputs that are quantized at every call.</summary>
internal static class RoundedInputs
{
    /// <summary>The inputs, rounded.</summary>
    public static Tensor Of(Tensor inputs, Quantizer quantizer, Ints? axis = null)
    {
        (Tensor values, Tensor scale) = quantizer.Apply(inputs, axis);
        return Ops.Divide(Ops.Cast(values, inputs.DType), scale);
    }

    /// <summary>The same, with the gradient of inputs that are not rounded.</summary>
    public static Tensor WithGradient(Tensor inputs, Quantizer quantizer, Ints axis) =>
        Ops.CustomGradient(x => (Of(x, quantizer, axis), upstream => upstream))(inputs);
}
