using System.Text.Json.Nodes;

namespace NKeras.Quantizers;

/// <summary>Weights of 8 bits, and inputs that are rounded to 8 bits at every call (<c>keras.quantizers.Int8QuantizationConfig</c>).</summary>
/// <example><code>
/// dense.Quantize(config: new Int8QuantizationConfig(activationQuantizer: null));   // weights only
/// </code></example>
public sealed class Int8QuantizationConfig : QuantizationConfig
{
    /// <summary>Creates a configuration.</summary>
    /// <param name="weightQuantizer">Quantizes the weights, to int8; a scale for each channel if omitted.</param>
    /// <param name="activationQuantizer">Quantizes the inputs; an <see cref="AbsMaxQuantizer"/> if omitted, null to leave them as they are.</param>
    /// <exception cref="ArgumentException">The weights would not be int8.</exception>
    public Int8QuantizationConfig(Quantizer? weightQuantizer = null, QuantizerOrDefault activationQuantizer = default)
        : base(weightQuantizer, activationQuantizer.Or(new AbsMaxQuantizer()))
    {
        if (weightQuantizer is { OutputDtype: { } dtype } && dtype != DType.Int8)
            throw new ArgumentException($"Weights of mode int8 are int8; the quantizer given for them gives {dtype}.", nameof(weightQuantizer));
    }

    /// <inheritdoc/>
    public override string Mode => "int8";

    internal static Int8QuantizationConfig FromConfig(JsonObject config)
    {
        (Quantizer? weights, Quantizer? activations) = QuantizersIn(config);
        return new(weights, activations);
    }
}
