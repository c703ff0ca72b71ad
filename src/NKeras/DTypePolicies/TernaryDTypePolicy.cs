namespace NKeras.DTypePolicies;

/// <summary>The policy of a layer whose weights are -1, 0 and 1 times a scale (<c>keras.dtype_policies.TernaryDTypePolicy</c>).</summary>
/// <param name="mode"><c>"ternary"</c>.</param>
/// <param name="sourceName">The name of the policy for everything else; that of the global policy if omitted.</param>
/// <exception cref="ArgumentException">There is no such mode or policy.</exception>
public sealed class TernaryDTypePolicy(string mode, string? sourceName = null) : QuantizedDTypePolicy(mode, sourceName);
