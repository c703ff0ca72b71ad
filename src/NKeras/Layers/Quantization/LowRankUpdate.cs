using System.Text.Json.Nodes;
using NKeras.Initializers;

namespace NKeras.Layers.Quantization;

/// <summary>The update that a layer's frozen weight has, or may get: the product of two small matrices, which are trained in its place (LoRA).</summary>
internal sealed class LowRankUpdate
{
    private readonly Layer _layer;
    private Variable? _a;
    private Variable? _b;

    /// <summary>Notes what the layer's constructor was told.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="loraRank">The rank; null or 0 for no update.</param>
    /// <param name="loraAlpha">What the update is multiplied by, times the rank; the rank for null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rank is negative.</exception>
    public LowRankUpdate(Layer layer, int? loraRank, double? loraAlpha)
    {
        _layer = layer;
        Rank = loraRank is { } rank and not 0 ? LayerArguments.Positive(layer, rank, nameof(loraRank)) : null;
        Alpha = loraAlpha ?? Rank;
    }

    /// <summary>The rank; null for no update.</summary>
    public int? Rank { get; private set; }

    /// <summary>What the update is multiplied by, times the rank.</summary>
    public double? Alpha { get; private set; }

    /// <summary>Whether there is an update.</summary>
    public bool IsEnabled => _a != null;

    private double Factor => Alpha!.Value / Rank!.Value;

    /// <summary>Freezes a weight and makes its update.</summary>
    /// <param name="target">The weight; null if the layer is not built.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="loraAlpha">What the update is multiplied by, times the rank; the rank for null.</param>
    /// <param name="aInitializer">Makes the first factor.</param>
    /// <param name="bInitializer">Makes the second factor.</param>
    public void Enable(LowRankTarget? target, int rank, double? loraAlpha, Initializer? aInitializer, Initializer? bInitializer)
    {
        LayerArguments.Positive(_layer, rank);
        if (target == null) throw new InvalidOperationException($"Layer '{_layer.Name}' is not built, so that it has no weight to update. Apply it to an input, or call Build.");
        if (IsEnabled) throw new InvalidOperationException($"Layer '{_layer.Name}' has a low-rank update already; there can be one only.");
        if (target.Constraint != null) throw new InvalidOperationException($"Layer '{_layer.Name}': a weight with a constraint takes no low-rank update, which would break it. Leave out the constraint.");

        // Keras: the factors are float32 whatever the layer's policy, lest small steps get lost.
        _a = _layer.AddFactor($"lora_{target.Name}_a", new Shape([.. target.Shape.Dims[..^1], rank]), aInitializer ?? "he_uniform", target.Regularizer);
        _b = _layer.AddFactor($"lora_{target.Name}_b", new Shape([rank, target.Shape.Dims[^1]]), bInitializer ?? "zeros", target.Regularizer);
        target.Weight.Trainable = false;
        (Rank, Alpha) = (rank, loraAlpha ?? rank);
    }

    /// <summary>Makes the update that the constructor was told to make, if any. To be called at the end of <c>Build</c>.</summary>
    // Keras: Dense and Embedding forget the constructor's alpha here.
    public void EnableIfAsked(LowRankTarget target)
    {
        if (Rank is { } rank) Enable(target, rank, Alpha, null, null);
    }

    /// <summary>The weight with the update, if there is one, in the type that the layer computes in.</summary>
    public Tensor Merge(Tensor weight) => IsEnabled ? Ops.Cast(Sum(weight), _layer.ComputeDType) : weight;

    /// <summary>The weight with the update.</summary>
    public Tensor Sum(Tensor weight) => Ops.Add(weight, Ops.Multiply(Factor, Ops.Matmul(_a!, _b!)));

    /// <summary>Makes the update nothing, where the weight already contains it.</summary>
    public void Clear()
    {
        foreach (Variable? factor in (Variable?[])[_a, _b]) factor?.Assign(Ops.ZerosLike(factor));
    }

    /// <summary>A result of the layer with the update's share, if there is one.</summary>
    /// <param name="result">The result without.</param>
    /// <param name="project">Computes the result for the first factor as weight.</param>
    public Tensor AddTo(Tensor result, Func<Tensor, Tensor> project) =>
        IsEnabled ? Ops.Cast(Ops.Add(result, Ops.Multiply(Factor, Ops.Matmul(project(_a!), _b!))), _layer.ComputeDType) : result;

    /// <summary>Writes what is known of the update where Keras does: at the end.</summary>
    public JsonObject Write(JsonObject config)
    {
        config.Remove("lora_rank");
        config.Remove("lora_alpha");
        if (Rank == null) return config;
        config["lora_rank"] = Rank;
        // Keras: the number as it was given, which usually is a whole one.
        config["lora_alpha"] = Alpha is { } alpha && alpha == Math.Truncate(alpha) ? (long)alpha : Alpha;
        return config;
    }
}
