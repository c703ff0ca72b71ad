using NKeras.Quantizers;

namespace NKeras.DTypePolicies;

/// <summary>The policy of a layer with weights that AWQ quantized (<c>keras.dtype_policies.AWQDTypePolicy</c>).</summary>
public sealed class AWQDTypePolicy : QuantizedDTypePolicy
{
    /// <summary>Creates a policy.</summary>
    /// <param name="mode"><c>"awq/4/n"</c>: weights of 4 bits, n of which share a scale (-1 for all of a channel).</param>
    /// <param name="sourceName">The name of the policy for everything else; that of the global policy if omitted.</param>
    /// <exception cref="ArgumentException">The mode is not of that form, or there is no such policy.</exception>
    public AWQDTypePolicy(string mode, string? sourceName = null)
        : base("awq", mode, sourceName)
    {
        int[] numbers = QuantizationModes.Numbers(mode, "awq", "weight bits", "group size");
        WeightBits = numbers[0] == 4 ? 4 : throw new ArgumentException($"The mode '{mode}' has weights of {numbers[0]} bits; with AWQ they have 4.", nameof(mode));
        GroupSize = QuantizationModes.Group(numbers[1], nameof(mode));
    }

    /// <summary>The bits of a weight: 4.</summary>
    public int WeightBits { get; }

    /// <summary>How many weights share a scale; -1 for all of a channel.</summary>
    public int GroupSize { get; }
}
