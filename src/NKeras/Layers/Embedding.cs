using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>Turns whole numbers into vectors that are learned (<c>keras.layers.Embedding</c>): words of a vocabulary, for instance.</summary>
/// <remarks>Input (batch, …) of numbers from 0 to <c>inputDim - 1</c>, result (batch, …, outputDim).</remarks>
public sealed class Embedding : Layer
{
    private Variable? _embeddings;

    /// <summary>Creates the layer.</summary>
    /// <param name="inputDim">How many numbers there are, greater than zero: the greatest and one.</param>
    /// <param name="outputDim">The length of each vector, greater than zero.</param>
    /// <param name="embeddingsInitializer">Makes the vectors; <c>"uniform"</c> if omitted.</param>
    /// <param name="embeddingsRegularizer">A penalty on the vectors; none if omitted.</param>
    /// <param name="embeddingsConstraint">What the vectors are made to fulfil after each step; nothing if omitted.</param>
    /// <param name="maskZero">Whether 0 stands for no number at all, and is masked for the layers that follow.</param>
    /// <param name="weights">The first vectors, (inputDim, outputDim); from the initializer if omitted.</param>
    /// <param name="name">The name; <c>embedding</c>, <c>embedding_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the vectors.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">A dimension is not positive, or the weights have another shape.</exception>
    public Embedding(
        int inputDim,
        int outputDim,
        Initializer? embeddingsInitializer = null,
        Regularizer? embeddingsRegularizer = null,
        Constraint? embeddingsConstraint = null,
        bool maskZero = false,
        Tensor? weights = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        InputDim = LayerArguments.Positive(this, inputDim);
        OutputDim = LayerArguments.Positive(this, outputDim);
        EmbeddingsInitializer = embeddingsInitializer ?? "uniform";
        EmbeddingsRegularizer = embeddingsRegularizer;
        EmbeddingsConstraint = embeddingsConstraint;
        SupportsMasking = MaskZero = maskZero;
        if (weights is null) return;
        Build(Shape.Scalar);
        SetWeights([weights]);
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

    /// <summary>The vectors, (inputDim, outputDim).</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable Embeddings => _embeddings ?? throw LayerArguments.NotBuilt(this, "embeddings");

    /// <inheritdoc/>
    private protected override bool AutocastsInputs => false;

    private protected override bool TakesRagged => true;

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        _embeddings = AddWeight("embeddings", [InputDim, OutputDim], EmbeddingsInitializer, regularizer: EmbeddingsRegularizer, constraint: EmbeddingsConstraint);
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        Tensor numbers = inputs.DType == DType.Int32 || inputs.DType == DType.Int64 ? inputs : Ops.Cast(inputs, DType.Int32);
        return Ops.Cast(Ops.Take(Embeddings, numbers, axis: 0), ComputeDType);
    }

    /// <summary>Where the number is not 0, if 0 is masked.</summary>
    public override Tensor? ComputeMask(Tensor inputs, Tensor? previousMask = null) => MaskZero ? Ops.NotEqual(inputs, 0) : null;

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        config["activity_regularizer"] = KerasSerializer.Serialize(ActivityRegularizer);
        config["quantization_config"] = null;
        return config;
    }
}
