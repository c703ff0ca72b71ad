using System.Text.Json.Nodes;

namespace NKeras.Quantizers;

/// <summary>Training with weights, inputs and gradients that are rounded to 8-bit floating point (<c>keras.quantizers.Float8QuantizationConfig</c>).</summary>
public sealed class Float8QuantizationConfig : QuantizationConfig
{
    /// <inheritdoc/>
    public override string Mode => "float8";

    /// <inheritdoc/>
    public override JsonObject GetConfig() => [];
}
