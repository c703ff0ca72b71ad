using System.Text.Json.Nodes;

namespace NKeras.Quantizers;

/// <summary>Weights of -1, 0 and 1 times one scale, five in a byte (<c>keras.quantizers.TernaryQuantizationConfig</c>).</summary>
public sealed class TernaryQuantizationConfig : QuantizationConfig
{
    /// <inheritdoc/>
    public override string Mode => "ternary";

    /// <inheritdoc/>
    public override JsonObject GetConfig() => [];
}
