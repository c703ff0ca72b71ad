using System.Text.Json.Nodes;
using NKeras.Quantizers;

namespace NKeras.DTypePolicies;

/// <summary>The policy of a layer with quantized weights (<c>keras.dtype_policies.QuantizedDTypePolicy</c>). A layer that is made with one has such weights from the start.</summary>
/// <example><code>
/// Dense dense = new(10, dtype: "int8_from_float32");
/// </code></example>
public class QuantizedDTypePolicy : DTypePolicy
{
    private readonly string _mode;

    /// <summary>Creates a policy.</summary>
    /// <param name="mode">How weights are quantized: <c>"int8"</c>, <c>"int4"</c>, <c>"float8"</c>, <c>"ternary"</c>.</param>
    /// <param name="sourceName">The name of the policy for everything else; that of the global policy if omitted.</param>
    /// <exception cref="ArgumentException">There is no such mode or policy, or they do not go together.</exception>
    public QuantizedDTypePolicy(string mode, string? sourceName = null)
        : this(mode, mode, sourceName)
    {
    }

    /// <summary>Creates a policy whose mode has settings.</summary>
    /// <param name="mode">How weights are quantized.</param>
    /// <param name="settings">The mode with its settings.</param>
    /// <param name="sourceName">The name of the policy for everything else; that of the global policy if omitted.</param>
    private protected QuantizedDTypePolicy(string mode, string settings, string? sourceName)
        : base(sourceName ?? Config.DTypePolicy().SourceName, $"{settings}_from_{sourceName ?? Config.DTypePolicy().SourceName}")
    {
        _mode = QuantizationModes.Check(mode);
        QuantizationModes.CheckType(mode, ComputeDType);
        Settings = settings;
    }

    /// <inheritdoc/>
    public override string? QuantizationMode => _mode;

    /// <summary>The mode with its settings.</summary>
    private protected string Settings { get; }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["mode"] = Settings, ["source_name"] = SourceName };
}
