using NKeras.Layers;

namespace NKeras.Conformance.Doubles;

/// <summary>The layer of Keras's tests that looks at what it is called with, and gives back its input.</summary>
[RegisterKerasSerializable]
internal sealed class CanaryLayer(string? name = null, bool trainable = true, DTypePolicy? dtype = null) : Layer(name, trainable, dtype)
{
    public override Tensor Call(Tensor inputs, bool training, Tensor? mask) => inputs;

    public override Tensor? ComputeMask(Tensor inputs, Tensor? previousMask = null) => inputs;
}
