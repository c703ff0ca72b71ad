using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Layers.Quantization;
using NKeras.Quantizers;
using NKeras.Regularizers;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>Turns whole numbers into vectors that are learned (<c>keras.layers.Embedding</c>): words of a vocabulary, for instance.</summary>
/// <remarks>Input (batch, …) of numbers from 0 to <c>inputDim - 1</c>, result (batch, …, outputDim).</remarks>
/// <example><code>
/// KerasTensor words = new Input([null], dtype: "int32");
/// KerasTensor vectors = new Embedding(1000, 64, maskZero: true).Apply(words);   // (null, null, 64)
/// </code></example>
public class Embedding : QuantizableLayer
{
    private Variable? _embeddings;
    private QuantizedMatrix? _stored;

    /// <summary>Creates the layer.</summary>
    /// <param name="inputDim">How many numbers there are, greater than zero: the greatest and one.</param>
    /// <param name="outputDim">The length of each vector, greater than zero.</param>
    /// <param name="embeddingsInitializer">Makes the vectors; <c>"uniform"</c> if omitted.</param>
    /// <param name="embeddingsRegularizer">A penalty on the vectors; none if omitted.</param>
    /// <param name="embeddingsConstraint">What the vectors are made to fulfil after each step; nothing if omitted.</param>
    /// <param name="maskZero">Whether 0 stands for no number at all, and is masked for the layers that follow.</param>
    /// <param name="weights">The first vectors, (inputDim, outputDim); from the initializer if omitted.</param>
    /// <param name="loraRank">The rank of an update that is trained in the vectors' place (see <see cref="QuantizableLayer.EnableLora"/>); none if omitted.</param>
    /// <param name="loraAlpha">The update is multiplied by this over the rank; the rank if omitted.</param>
    /// <param name="quantizationConfig">How the vectors are quantized, if <paramref name="dtype"/> is a quantized policy; as is usual for it if omitted.</param>
    /// <param name="name">The name; <c>embedding</c>, <c>embedding_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the vectors.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">A dimension is not positive, the rank is negative, or the weights have another shape.</exception>
    public Embedding(
        int inputDim,
        int outputDim,
        Initializer? embeddingsInitializer = null,
        Regularizer? embeddingsRegularizer = null,
        Constraint? embeddingsConstraint = null,
        bool maskZero = false,
        Tensor? weights = null,
        int? loraRank = null,
        double? loraAlpha = null,
        QuantizationConfig? quantizationConfig = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(loraRank, loraAlpha, quantizationConfig, name, trainable, dtype, activityRegularizer: null)
    {
        InputDim = LayerArguments.Positive(this, inputDim);
        OutputDim = LayerArguments.Positive(this, outputDim);
        EmbeddingsInitializer = embeddingsInitializer ?? "uniform";
        EmbeddingsRegularizer = embeddingsRegularizer;
        EmbeddingsConstraint = embeddingsConstraint;
        SupportsMasking = MaskZero = maskZero;
        SetFirstVectors(weights);
    }

    /// <summary>How many numbers there are.</summary>
    public int InputDim { get; }

    /// <summary>The length of each vector.</summary>
    public int OutputDim { get; }

    /// <summary>Makes the vectors.</summary>
    public Initializer EmbeddingsInitializer { get; }

    /// <summary>The penalty on the vectors; null for none.</summary>
    public Regularizer? EmbeddingsRegularizer { get; }

    /// <summary>What the vectors are made to fulfil; null for nothing.</summary>
    public Constraint? EmbeddingsConstraint { get; }

    /// <summary>Whether 0 stands for no number at all.</summary>
    public bool MaskZero { get; }

    /// <summary>The vectors as they are stored: without a low-rank update, and in whole numbers if they are quantized.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    // Keras: with an update, or where numbers are packed, a tensor that is computed of them.
    public Variable Embeddings => _embeddings ?? _stored?.Values ?? throw LayerArguments.NotBuilt(this, "embeddings");

    /// <summary>The vectors that the layer looks up, in floating point: with a low-rank update, if there is one.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Tensor EffectiveEmbeddings => LowRank.Merge(_stored?.Restored ?? Embeddings);

    /// <inheritdoc/>
    private protected override bool AutocastsInputs => false;

    private protected override bool TakesRagged => true;

    private protected override LowRankTarget Target => new("embeddings", Embeddings, [InputDim, OutputDim], EmbeddingsRegularizer, EmbeddingsConstraint);

    /// <summary>Creates the vectors, whose number and length depend on no input.</summary>
    public void Build()
    {
        if (!Built) BuildEmbeddings();
    }

    /// <inheritdoc/>
    public override void Build(Shape inputShape) => Build();

    private protected override bool TryBuild()
    {
        Build();
        return true;
    }

    /// <inheritdoc/>
    public override JsonObject? GetBuildConfig() => base.GetBuildConfig() ?? (Built ? new JsonObject { ["shapes_dict"] = new JsonObject() } : null);

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        Tensor numbers = inputs.DType == DType.Int32 || inputs.DType == DType.Int64 ? inputs : Ops.Cast(inputs, DType.Int32);
        if (_stored == null) return Ops.Cast(Ops.Take(EffectiveEmbeddings, numbers, axis: 0), ComputeDType);
        return LowRank.AddTo(_stored.Rows(numbers), a => Ops.Take(a, numbers, axis: 0));
    }

    /// <summary>Where the number is not 0, if 0 is masked.</summary>
    public override Tensor? ComputeMask(Tensor inputs, Tensor? previousMask = null) => MaskZero ? Ops.NotEqual(inputs, 0) : null;

    /// <inheritdoc/>
    public override JsonObject GetConfig() => base.GetConfig().Placed("activity_regularizer", KerasSerializer.Serialize(ActivityRegularizer), before: "embeddings_constraint");

    /// <summary>Creates the weights.</summary>
    private void BuildEmbeddings()
    {
        _stored = QuantizationMode is { } mode ? StoreAs(mode) : null;
        if (_stored == null)
            _embeddings = AddWeight("embeddings", [InputDim, OutputDim], EmbeddingsInitializer, regularizer: EmbeddingsRegularizer, constraint: EmbeddingsConstraint);
        Built = true;
        LowRank.EnableIfAsked(Target);
        BuildMore(_stored);
    }

    /// <summary>Builds the layer with vectors that the constructor was given.</summary>
    private protected void SetFirstVectors(Tensor? weights)
    {
        if (weights is null) return;
        Build();
        SetWeights([weights, .. GetWeights().Skip(1)]);
    }

    /// <summary>Creates the weights of a subclass.</summary>
    /// <param name="stored">The quantized vectors; null if they are not.</param>
    private protected virtual void BuildMore(QuantizedMatrix? stored)
    {
    }

    internal override IReadOnlyList<Variable> FileVariables => _stored?.Variables ?? (_embeddings != null ? [_embeddings] : []);

    private protected override IEnumerable<(Variable Variable, Tensor Value)> Merged() => _stored?.Quantized(LowRank.Sum(_stored.Restored)) ?? [(Embeddings, LowRank.Sum(Embeddings))];

    private protected override bool QuantizesAs(Type? type) => type == null || type == typeof(Embedding);

    private protected override void Store(string mode)
    {
        Variable embeddings = Embeddings;
        QuantizedMatrix stored = StoreAs(mode);
        foreach ((Variable variable, Tensor value) in stored.Quantized(embeddings.Value, QuantizationConfig?.WeightQuantizer)) variable.Assign(value);
        _stored = stored;
        Remove(embeddings);
        _embeddings = null;
        StoreMore(stored);
    }

    /// <summary>Quantizes the weights of a subclass.</summary>
    private protected virtual void StoreMore(QuantizedMatrix stored)
    {
    }

    private QuantizedMatrix StoreAs(string mode) => mode is "int8" or "int4"
        ? new QuantizedMatrix(this, "embeddings", [InputDim, OutputDim], mode == "int8" ? 8 : 4, axis: 1, blockSize: mode == "int4" ? BlockSize : null)
        : throw UnknownMode(mode);
}
