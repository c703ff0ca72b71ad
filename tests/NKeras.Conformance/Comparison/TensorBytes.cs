namespace NKeras.Conformance.Comparison;

/// <summary>The bits of tensors.</summary>
internal static class TensorBytes
{
    /// <summary>The elements of a tensor as they are in memory.</summary>
    public static byte[] Of(Tensor tensor)
    {
        byte[] bytes = new byte[tensor.Spec.ByteLength];
        tensor.Data.CopyTo(bytes);
        return bytes;
    }
}
