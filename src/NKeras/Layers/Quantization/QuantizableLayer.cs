using System.Text.Json.Nodes;
using NKeras.DTypePolicies;
using NKeras.Initializers;
using NKeras.Layers.Quantization;
using NKeras.Quantizers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>What layers have in common whose main weight can be stored in fewer bits, and take a low-rank update (LoRA).</summary>
public abstract class QuantizableLayer : Layer
{
    private protected QuantizableLayer(
        int? loraRank, double? loraAlpha, QuantizationConfig? quantizationConfig, string? name, bool trainable, DTypePolicy? dtype, Regularizer? activityRegularizer)
        : base(name, trainable, dtype, activityRegularizer)
    {
        LowRank = new LowRankUpdate(this, loraRank, loraAlpha);
        QuantizationConfig = quantizationConfig;
    }

    /// <summary>The rank of the update; null for none.</summary>
    public int? LoraRank => LowRank.Rank;

    /// <summary>What the update is multiplied by, times the rank.</summary>
    public double? LoraAlpha => LowRank.Alpha;

    /// <summary>Whether the main weight is frozen and has an update.</summary>
    public bool LoraEnabled => LowRank.IsEnabled;

    /// <summary>How the weights are quantized; null if they are not, or as is usual for the mode.</summary>
    public QuantizationConfig? QuantizationConfig { get; private set; }

    /// <summary>The update of the main weight.</summary>
    private protected LowRankUpdate LowRank { get; }

    /// <summary>The main weight.</summary>
    private protected abstract LowRankTarget Target { get; }

    /// <summary>Whether the main weight, as it is stored, takes an update.</summary>
    private protected virtual bool TakesLowRank => true;

    /// <summary>How many weights of 4 bits share a scale; null for all of a channel.</summary>
    private protected int? BlockSize => (QuantizationConfig, Policy) switch
    {
        (Int4QuantizationConfig config, _) => config.BlockSize,
        (_, Int4DTypePolicy policy) => policy.BlockSize,
        _ => null,
    } is { } size and > 0 ? size : null;

    /// <summary>Freezes the main weight and gives it an update of low rank, which is trained in its place (LoRA).</summary>
    /// <param name="rank">The rank, greater than zero: the number of columns of the first factor and of rows of the second.</param>
    /// <param name="loraAlpha">The update is multiplied by this over the rank; the rank if omitted.</param>
    /// <param name="aInitializer">Makes the first factor; <c>"he_uniform"</c> if omitted.</param>
    /// <param name="bInitializer">Makes the second factor; <c>"zeros"</c> if omitted, so that the update begins with nothing.</param>
    /// <exception cref="ArgumentException">The rank is not positive.</exception>
    /// <exception cref="InvalidOperationException">The layer is not built, has an update already, or its weight is constrained or quantized in a way that takes none.</exception>
    public void EnableLora(int rank, double? loraAlpha = null, Initializer? aInitializer = null, Initializer? bInitializer = null)
    {
        if (Built && !TakesLowRank) throw new InvalidOperationException($"Layer '{Name}': weights that are quantized with mode '{QuantizationMode}' take no low-rank update.");
        LowRank.Enable(Built ? Target : null, rank, loraAlpha, aInitializer, bInitializer);
    }

    /// <inheritdoc/>
    // Keras: the update becomes part of the weight.
    public override void SaveOwnVariables(IDictionary<string, Tensor> store)
    {
        ArgumentNullException.ThrowIfNull(store);
        Dictionary<Variable, Tensor> merged = LoraEnabled ? Merged().ToDictionary(m => m.Variable, m => m.Value) : [];
        foreach (Variable variable in FileVariables) store[$"{store.Count}"] = merged.TryGetValue(variable, out Tensor? value) ? value : variable.Value;
    }

    /// <inheritdoc/>
    public override void LoadOwnVariables(IReadOnlyDictionary<string, Tensor> store)
    {
        base.LoadOwnVariables(store);
        LowRank.Clear();
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => LowRank.Write(base.GetConfig());

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

    /// <summary>Values with which the main weight, as it is stored, contains its update.</summary>
    private protected abstract IEnumerable<(Variable Variable, Tensor Value)> Merged();

    /// <summary>What quantizes the layer's inputs; null to leave them as they are.</summary>
    /// <param name="usual">What is usual for the mode.</param>
    private protected Quantizer? ActivationQuantizer(Quantizer? usual) => QuantizationConfig == null ? usual : QuantizationConfig.ActivationQuantizer;
}
