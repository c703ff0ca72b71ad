using NKeras.Layers;

namespace NKeras;

/// <summary>What a feature of numbers goes through that are used as they are: it only brings them to the layer's type.</summary>
// Keras: the class is not public there, but its name is in the files of feature spaces.
internal sealed class TFDIdentity(string? name = null, bool trainable = true, DTypePolicy? dtype = null) : Layer(name, trainable, dtype)
{
    public override Tensor Call(Tensor inputs, bool training = false) => Ops.Cast(inputs, ComputeDType);
}
