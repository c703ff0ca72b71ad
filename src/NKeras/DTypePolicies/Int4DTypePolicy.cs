using NKeras.Quantizers;

namespace NKeras.DTypePolicies;

/// <summary>The policy of a layer with weights of 4 bits (<c>keras.dtype_policies.Int4DTypePolicy</c>).</summary>
public sealed class Int4DTypePolicy : QuantizedDTypePolicy
{
    /// <summary>Creates a policy.</summary>
    /// <param name="mode"><c>"int4/n"</c>, where n weights share a scale: -1 for all of a channel.</param>
    /// <param name="sourceName">The name of the policy for everything else; that of the global policy if omitted.</param>
    /// <exception cref="ArgumentException">The mode is not of that form, or there is no such policy.</exception>
    public Int4DTypePolicy(string mode, string? sourceName = null)
        : this(SizeIn(mode), sourceName)
    {
    }

    private Int4DTypePolicy(int blockSize, string? sourceName)
        : base("int4", $"int4/{blockSize}", sourceName) => BlockSize = blockSize;

    /// <summary>How many weights share a scale; -1 for all of a channel.</summary>
    public int BlockSize { get; }

    // Keras: files of older versions say None for -1.
    private static int SizeIn(string mode) => mode == "int4/None" ? -1 : QuantizationModes.Group(QuantizationModes.Numbers(mode, "int4", "block size")[0], nameof(mode));
}
