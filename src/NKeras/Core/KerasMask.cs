using System.Runtime.CompilerServices;

namespace NKeras.Core;

/// <summary>The masks that travel with tensors: booleans that tell which steps of a sequence count.</summary>
// Keras: sets an attribute on the tensor; the engine's tensors know nothing of layers.
internal static class KerasMask
{
    private static readonly ConditionalWeakTable<Tensor, Tensor> s_masks = [];

    /// <summary>The mask of a tensor; null for none.</summary>
    public static Tensor? Of(Tensor? tensor) => tensor != null && s_masks.TryGetValue(tensor, out Tensor? mask) ? mask : null;

    /// <summary>Gives a tensor a mask.</summary>
    public static void Set(Tensor tensor, Tensor mask) => s_masks.AddOrUpdate(tensor, mask);

    /// <summary>Takes a tensor's mask away.</summary>
    public static void Clear(Tensor tensor) => s_masks.Remove(tensor);

    /// <summary>Gives one tensor the mask of another, if it has one.</summary>
    public static Tensor Copy(Tensor from, Tensor to)
    {
        if (!ReferenceEquals(from, to) && Of(from) is { } mask) Set(to, mask);
        return to;
    }
}
