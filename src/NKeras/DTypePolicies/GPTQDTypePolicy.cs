using NKeras.Quantizers;

namespace NKeras.DTypePolicies;

/// <summary>The policy of a layer with weights that GPTQ quantized (<c>keras.dtype_policies.GPTQDTypePolicy</c>).</summary>
public sealed class GPTQDTypePolicy : QuantizedDTypePolicy
{
    /// <summary>Creates a policy.</summary>
    /// <param name="mode"><c>"gptq/b/n"</c>: weights of b bits (2, 3, 4 or 8), n of which share a scale (-1 for all of a channel).</param>
    /// <param name="sourceName">The name of the policy for everything else; that of the global policy if omitted.</param>
    /// <exception cref="ArgumentException">The mode is not of that form, or there is no such policy.</exception>
    public GPTQDTypePolicy(string mode, string? sourceName = null)
        : base("gptq", mode, sourceName)
    {
        int[] numbers = QuantizationModes.Numbers(mode, "gptq", "weight bits", "group size");
        WeightBits = numbers[0] is 2 or 3 or 4 or 8
            ? numbers[0]
            : throw new ArgumentException($"The mode '{mode}' has weights of {numbers[0]} bits; they can have 2, 3, 4 or 8.", nameof(mode));
        GroupSize = QuantizationModes.Group(numbers[1], nameof(mode));
    }

    /// <summary>The bits of a weight.</summary>
    public int WeightBits { get; }

    /// <summary>How many weights share a scale; -1 for all of a channel.</summary>
    public int GroupSize { get; }
}
