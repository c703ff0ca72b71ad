using System.Text.Json.Nodes;

namespace NKeras.DTypePolicies;

/// <summary>The policy of a layer that is trained in 8-bit floating point (<c>keras.dtype_policies.QuantizedFloat8DTypePolicy</c>).</summary>
/// <param name="mode"><c>"float8"</c>.</param>
/// <param name="sourceName">The name of the policy for everything else; that of the global policy if omitted.</param>
/// <param name="amaxHistoryLength">Of how many steps the greatest absolute values are kept, from which scales are computed.</param>
/// <exception cref="ArgumentException">There is no such mode or policy, or the length is not positive.</exception>
public sealed class QuantizedFloat8DTypePolicy(string mode, string? sourceName = null, int amaxHistoryLength = QuantizedFloat8DTypePolicy.DefaultAmaxHistoryLength)
    : QuantizedDTypePolicy(mode, sourceName)
{
    /// <summary>The length of the history unless another is given.</summary>
    public const int DefaultAmaxHistoryLength = 1024;

    /// <summary>Of how many steps the greatest absolute values are kept.</summary>
    public int AmaxHistoryLength { get; } = amaxHistoryLength > 0
        ? amaxHistoryLength
        : throw new ArgumentOutOfRangeException(nameof(amaxHistoryLength), amaxHistoryLength, $"amaxHistoryLength is {amaxHistoryLength}; it must be greater than 0.");

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        config["amax_history_length"] = AmaxHistoryLength;
        return config;
    }
}
