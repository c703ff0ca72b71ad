using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Layers.Quantization;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>What layers have in common whose main weight can be frozen and given an update of low rank (LoRA), which is trained in its place.</summary>
public abstract class LowRankLayer : Layer
{
    private protected LowRankLayer(int? loraRank, double? loraAlpha, string? name, bool trainable, DTypePolicy? dtype, Regularizer? activityRegularizer)
        : base(name, trainable, dtype, activityRegularizer)
    {
        LoraRank = loraRank is { } rank and not 0 ? LayerArguments.Positive(this, rank, nameof(loraRank)) : null;
        LoraAlpha = loraAlpha ?? LoraRank;
    }

    /// <summary>The rank of the update; null for none.</summary>
    public int? LoraRank { get; private set; }

    /// <summary>What the update is multiplied by, times the rank.</summary>
    public double? LoraAlpha { get; private set; }

    /// <summary>Whether the main weight is frozen and has an update.</summary>
    public bool LoraEnabled => LowRank != null;

    /// <summary>The update; null for none.</summary>
    private protected LowRankUpdate? LowRank { get; private set; }

    /// <summary>Freezes the main weight and gives it an update of low rank, which is trained in its place (LoRA).</summary>
    /// <param name="rank">The rank, greater than zero: the number of columns of the first factor and of rows of the second.</param>
    /// <param name="loraAlpha">The update is multiplied by this over the rank; the rank if omitted.</param>
    /// <param name="aInitializer">Makes the first factor; <c>"he_uniform"</c> if omitted.</param>
    /// <param name="bInitializer">Makes the second factor; <c>"zeros"</c> if omitted, so that the update begins with nothing.</param>
    /// <exception cref="ArgumentException">The rank is not positive.</exception>
    /// <exception cref="InvalidOperationException">The layer is not built, has an update already, or its weight is constrained or quantized in a way that takes none.</exception>
    public void EnableLora(int rank, double? loraAlpha = null, Initializer? aInitializer = null, Initializer? bInitializer = null)
    {
        LayerArguments.Positive(this, rank);
        if (!Built) throw new InvalidOperationException($"Layer '{Name}' is not built, so that it has no weight to update. Apply it to an input, or call Build.");
        if (LoraEnabled) throw new InvalidOperationException($"Layer '{Name}' has a low-rank update already; there can be one only.");
        LowRankTarget target = Target;
        if (target.Constraint != null) throw new InvalidOperationException($"Layer '{Name}': a weight with a constraint takes no low-rank update, which would break it. Leave out the constraint.");
        if (!TakesLowRank) throw new InvalidOperationException($"Layer '{Name}': weights that are quantized with mode '{QuantizationMode}' take no low-rank update.");

        // Keras: the factors are float32 whatever the layer's policy, lest small steps get lost.
        Variable a = AddWeight($"lora_{target.Name}_a", new Shape([.. target.Shape.Dims[..^1], rank]), aInitializer ?? "he_uniform", dtype: DType.Float32, regularizer: target.Regularizer);
        Variable b = AddWeight($"lora_{target.Name}_b", new Shape([rank, target.Shape.Dims[^1]]), bInitializer ?? "zeros", dtype: DType.Float32, regularizer: target.Regularizer);
        target.Weight.Trainable = false;
        (LoraRank, LoraAlpha) = (rank, loraAlpha ?? rank);
        LowRank = new LowRankUpdate(a, b, LoraAlpha.Value / rank);
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        config.Remove("lora_rank");
        config.Remove("lora_alpha");
        if (LoraRank == null) return config;
        config["lora_rank"] = LoraRank;
        // Keras: the number as it was given, which usually is a whole one.
        config["lora_alpha"] = LoraAlpha is { } alpha && alpha == Math.Truncate(alpha) ? (long)alpha : LoraAlpha;
        return config;
    }

    /// <summary>The weight to update.</summary>
    private protected abstract LowRankTarget Target { get; }

    /// <summary>Whether the weight, as it is stored, takes an update.</summary>
    private protected virtual bool TakesLowRank => true;

    /// <summary>Makes the update that the constructor was told to make. To be called at the end of <c>Build</c>.</summary>
    // Keras: Dense and Embedding forget the constructor's alpha here.
    private protected void EnableLoraIfAsked()
    {
        if (LoraRank is { } rank) EnableLora(rank, LoraAlpha);
    }

    /// <summary>A weight to update.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Weight">The variable that is frozen.</param>
    /// <param name="Shape">The shape of the weight, which may be stored in another one.</param>
    /// <param name="Regularizer">The penalty on each factor.</param>
    /// <param name="Constraint">The weight's constraint.</param>
    private protected sealed record LowRankTarget(string Name, Variable Weight, Shape Shape, Regularizer? Regularizer, Constraint? Constraint);
}
