using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Quantizers;

/// <summary>How a layer's weights and inputs are quantized (<c>keras.quantizers.QuantizationConfig</c>). A mode converts implicitly: <c>"int8"</c>, <c>"int4"</c>, ….</summary>
[DynamicallyAccessedMembers(AutoConfig.Needed)]
public abstract class QuantizationConfig : IConfigurable
{
    /// <summary>Sets what all configurations have.</summary>
    /// <param name="weightQuantizer">Quantizes the weights; the mode's own if omitted.</param>
    /// <param name="activationQuantizer">Quantizes the inputs; they stay as they are if omitted.</param>
    protected QuantizationConfig(Quantizer? weightQuantizer = null, Quantizer? activationQuantizer = null) =>
        (WeightQuantizer, ActivationQuantizer) = (weightQuantizer, activationQuantizer);

    /// <summary>Quantizes the weights; null for the mode's own quantizer.</summary>
    public Quantizer? WeightQuantizer { get; }

    /// <summary>Quantizes the inputs; null to leave them as they are.</summary>
    public Quantizer? ActivationQuantizer { get; }

    /// <summary>The mode: <c>"int8"</c>, <c>"int4"</c>, ….</summary>
    public abstract string Mode { get; }

    /// <summary>What the name of a layer's policy begins with once it is quantized.</summary>
    internal virtual string PolicyMode => Mode;

    /// <summary>The configuration that a mode means.</summary>
    /// <exception cref="ArgumentException">There is no such mode, or it says too little.</exception>
    public static implicit operator QuantizationConfig(string mode) => Of(mode);

    /// <inheritdoc cref="op_Implicit(string)"/>
    internal static QuantizationConfig Of(string mode) => QuantizationModes.Check(mode) switch
    {
        "int8" => new Int8QuantizationConfig(),
        "int4" => new Int4QuantizationConfig(),
        "float8" => new Float8QuantizationConfig(),
        "ternary" => new TernaryQuantizationConfig(),
        _ => throw new ArgumentException($"The mode '{mode}' says too little: give a {mode.ToUpperInvariant()}Config as config.", nameof(mode)),
    };

    /// <summary>The configuration that a mode and a configuration, one of which may be missing, mean together.</summary>
    /// <exception cref="ArgumentException">Both are missing, or they contradict each other.</exception>
    internal static QuantizationConfig Resolve(string? mode, QuantizationConfig? config)
    {
        if (config == null) return Of(mode ?? throw new ArgumentException("Either mode or config says how to quantize; both are missing.", nameof(mode)));
        return mode == null || QuantizationModes.Check(mode) == config.Mode
            ? config
            : throw new ArgumentException($"The mode is '{mode}', but config is a {config.GetType().Name}, whose mode is '{config.Mode}'.", nameof(mode));
    }

    /// <summary>What it was made with, by Keras's names.</summary>
    public virtual JsonObject GetConfig() => new()
    {
        ["weight_quantizer"] = KerasSerializer.Serialize(WeightQuantizer),
        ["activation_quantizer"] = KerasSerializer.Serialize(ActivationQuantizer),
    };

    /// <summary>Class and settings.</summary>
    public override string ToString() => Description.Of(this);

    /// <summary>The quantizers in a configuration.</summary>
    private protected static (Quantizer? Weights, Quantizer? Activations) QuantizersIn(JsonObject config) =>
        (ConfigReader.Read<Quantizer>(config["weight_quantizer"]), ConfigReader.Read<Quantizer>(config["activation_quantizer"]));
}
