using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Quantizers;

/// <summary>Weights of 4 bits, two in a byte (<c>keras.quantizers.Int4QuantizationConfig</c>). Inputs stay as they are unless a quantizer is given.</summary>
/// <example><code>
/// dense.Quantize(config: new Int4QuantizationConfig(blockSize: 64));
/// </code></example>
public sealed class Int4QuantizationConfig : QuantizationConfig
{
    /// <summary>Creates a configuration.</summary>
    /// <param name="weightQuantizer">Quantizes the weights, to int8 between -8 and 7; a scale for each channel if omitted. For a scale for each channel only.</param>
    /// <param name="activationQuantizer">Quantizes the inputs; they stay as they are if omitted. For a scale for each channel only.</param>
    /// <param name="blockSize">How many weights of a channel share a scale and a zero point; null or -1 for one scale for each channel.</param>
    /// <exception cref="ArgumentException">The block size is neither, quantizers are given with blocks, or the weights would have another range.</exception>
    public Int4QuantizationConfig(Quantizer? weightQuantizer = null, QuantizerOrDefault activationQuantizer = default, int? blockSize = 128)
        : base(weightQuantizer, activationQuantizer.Or(null))
    {
        BlockSize = blockSize is { } size ? QuantizationModes.Group(size, nameof(blockSize)) : null;
        if (blockSize > 0 && (WeightQuantizer ?? ActivationQuantizer) != null)
            throw new ArgumentException($"Quantizers can be given for one scale for each channel only (blockSize: null); received blockSize={blockSize}.", nameof(blockSize));
        if (weightQuantizer == null) return;
        if (weightQuantizer is not AbsMaxQuantizer { ValueRange: [-8, 7] })
            throw new ArgumentException($"Weights of mode int4 lie between -8 and 7; received the quantizer {weightQuantizer}.", nameof(weightQuantizer));
        if (weightQuantizer.OutputDtype != DType.Int8)
            throw new ArgumentException($"Weights of mode int4 are int8 before they are packed; the quantizer given for them gives {weightQuantizer.OutputDtype}.", nameof(weightQuantizer));
    }

    /// <summary>How many weights of a channel share a scale; null or -1 for all.</summary>
    public int? BlockSize { get; }

    /// <inheritdoc/>
    public override string Mode => "int4";

    internal override string PolicyMode => $"int4/{BlockSize ?? -1}";

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        config["block_size"] = BlockSize;
        return config;
    }

    // Keras: a configuration that says nothing of blocks is of the time before them.
    internal static Int4QuantizationConfig FromConfig(JsonObject config)
    {
        (Quantizer? weights, Quantizer? activations) = QuantizersIn(config);
        return new(weights, activations, ConfigReader.Read<int?>(config["block_size"]));
    }
}
