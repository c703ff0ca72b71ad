using NKeras.DTypePolicies;
using NKeras.Quantizers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>What layers have in common whose main weight can be stored in fewer bits, and take a low-rank update.</summary>
public abstract class QuantizableLayer : LowRankLayer
{
    private protected QuantizableLayer(
        int? loraRank, double? loraAlpha, QuantizationConfig? quantizationConfig, string? name, bool trainable, DTypePolicy? dtype, Regularizer? activityRegularizer)
        : base(loraRank, loraAlpha, name, trainable, dtype, activityRegularizer) => QuantizationConfig = quantizationConfig;

    /// <summary>How the weights are quantized; null if they are not, or as is usual for the mode.</summary>
    public QuantizationConfig? QuantizationConfig { get; private set; }

    private protected sealed override void QuantizeTo(QuantizationConfig config)
    {
        QuantizationConfig? before = QuantizationConfig;
        QuantizationConfig = config;
        try
        {
            Store(config.Mode);
        }
        catch
        {
            QuantizationConfig = before;
            throw;
        }
    }

    /// <summary>Puts quantized weights in the place of the layer's, as <see cref="QuantizationConfig"/> says.</summary>
    private protected abstract void Store(string mode);

    /// <summary>How many weights of 4 bits share a scale; null for all of a channel.</summary>
    private protected int? BlockSize => (QuantizationConfig as Int4QuantizationConfig, DTypePolicy as Int4DTypePolicy) switch
    {
        ({ } config, _) => config.BlockSize,
        (_, { } policy) => policy.BlockSize,
        _ => null,
    } is { } size and > 0 ? size : null;

    /// <summary>What quantizes the layer's inputs; null to leave them as they are.</summary>
    /// <param name="usual">What is usual for the mode.</param>
    private protected Quantizer? ActivationQuantizer(Quantizer? usual) => QuantizationConfig == null ? usual : QuantizationConfig.ActivationQuantizer;
}
