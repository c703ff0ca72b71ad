namespace NKeras.Conformance.Comparison;

/// <summary>The bits of tensors.</summary>
internal static class TensorBytes
{
    /// <summary>The elements of a tensor as they are in memory; strings as UTF-8, each with its end.</summary>
    public static byte[] Of(Tensor tensor)
    {
        if (tensor.DType == DType.String) return [.. tensor.ToStrings().SelectMany(t => (byte[])[.. System.Text.Encoding.UTF8.GetBytes(t), 0])];
        byte[] bytes = new byte[tensor.Spec.ByteLength];
        tensor.Data.CopyTo(bytes);
        return bytes;
    }
}
