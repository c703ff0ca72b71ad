using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Core;
using NKeras.Initializers;
using NKeras.Layers.Quantization;
using NKeras.Quantizers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>
/// An embedding that also goes the other way (<c>keras.layers.ReversibleEmbedding</c>): from vectors to a score for each number,
/// as at the end of a language model.
/// </summary>
/// <remarks>
/// Input (batch, …) of numbers, result (batch, …, outputDim); in reverse input (batch, …, outputDim), result (batch, …, inputDim).
/// </remarks>
/// <example><code>
/// ReversibleEmbedding embedding = new(vocabulary, 32);
/// Tensor hidden = embedding.Apply(words);                    // (16, 50) gives (16, 50, 32)
/// Tensor scores = embedding.Apply(hidden, reverse: true);    // (16, 50, vocabulary)
/// </code></example>
public class ReversibleEmbedding : Embedding
{
    private static readonly CallParameter[] s_parameters = ["inputs", new("reverse", IsFlag: true), new("training", IsFlag: true)];

    private Variable? _reverseEmbeddings;
    private QuantizedMatrix? _forward;
    private QuantizedMatrix? _reverse;

    /// <summary>Creates the layer.</summary>
    /// <param name="inputDim">How many numbers there are, greater than zero: the greatest and one.</param>
    /// <param name="outputDim">The length of each vector, greater than zero.</param>
    /// <param name="tieWeights">Whether the way back uses the same vectors, rather than some of its own.</param>
    /// <param name="embeddingsInitializer">Makes the vectors; <c>"uniform"</c> if omitted.</param>
    /// <param name="embeddingsRegularizer">A penalty on the vectors; none if omitted.</param>
    /// <param name="embeddingsConstraint">What the vectors are made to fulfil after each step; nothing if omitted.</param>
    /// <param name="maskZero">Whether 0 stands for no number at all, and is masked for the layers that follow.</param>
    /// <param name="reverseDtype">The type in which scores are computed; the one the layer computes in if omitted.</param>
    /// <param name="logitSoftCap">Scores are brought between minus this and this: <c>tanh(score / cap) · cap</c>; left as they are if omitted.</param>
    /// <param name="weights">The first vectors, (inputDim, outputDim); from the initializer if omitted.</param>
    /// <param name="loraRank">The rank of an update that is trained in the vectors' place (see <see cref="QuantizableLayer.EnableLora"/>); none if omitted.</param>
    /// <param name="loraAlpha">The update is multiplied by this over the rank; the rank if omitted.</param>
    /// <param name="quantizationConfig">How the vectors are quantized, if <paramref name="dtype"/> is a quantized policy; as is usual for it if omitted.</param>
    /// <param name="name">The name; <c>reversible_embedding</c>, <c>reversible_embedding_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the vectors.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">A dimension is not positive, the rank is negative, or the weights have another shape.</exception>
    public ReversibleEmbedding(
        int inputDim,
        int outputDim,
        bool tieWeights = true,
        Initializer? embeddingsInitializer = null,
        Regularizer? embeddingsRegularizer = null,
        Constraint? embeddingsConstraint = null,
        bool maskZero = false,
        DType? reverseDtype = null,
        double? logitSoftCap = null,
        Tensor? weights = null,
        int? loraRank = null,
        double? loraAlpha = null,
        QuantizationConfig? quantizationConfig = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(inputDim, outputDim, embeddingsInitializer, embeddingsRegularizer, embeddingsConstraint, maskZero, null, loraRank, loraAlpha, quantizationConfig, name, trainable, dtype)
    {
        (TieWeights, ReverseDtype, LogitSoftCap) = (tieWeights, reverseDtype, logitSoftCap);
        SetFirstVectors(weights);
    }

    /// <summary>Whether the way back uses the same vectors.</summary>
    public bool TieWeights { get; }

    /// <summary>The type in which scores are computed; null for the one the layer computes in.</summary>
    public DType? ReverseDtype { get; }

    /// <summary>Between minus and plus what scores are brought; null to leave them as they are.</summary>
    public double? LogitSoftCap { get; }

    /// <summary>The vectors of the way back as they are stored, (outputDim, inputDim); null if they are the same, or before the layer is built.</summary>
    public Variable? ReverseEmbeddings => _reverseEmbeddings ?? _reverse?.Values;

    internal override IReadOnlyList<CallParameter> Parameters => s_parameters;

    /// <summary>Applies the layer to a symbolic tensor, which adds it to a functional graph.</summary>
    /// <param name="inputs">Numbers, or vectors in reverse.</param>
    /// <param name="reverse">Whether to go from vectors to scores.</param>
    /// <exception cref="ArgumentException">The input does not fit; the message names the layer.</exception>
    public KerasTensor Apply(KerasTensor inputs, bool reverse) => (KerasTensor)ApplyTo(Call(inputs, reverse))[0];

    /// <summary>Applies the layer to data. No graph is recorded.</summary>
    /// <inheritdoc cref="Apply(KerasTensor, bool)"/>
    public Tensor Apply(Tensor inputs, bool reverse) => ApplyTo(Call(inputs, reverse))[0];

    internal override Tensors CallWith(CallArguments arguments, bool training) => arguments["reverse"] is true ? Scores(arguments.Inputs[0]) : base.CallWith(arguments, training);

    private protected override bool MasksResults(CallArguments arguments) => arguments["reverse"] is not true && base.MasksResults(arguments);

    internal override IReadOnlyList<Variable> FileVariables =>
        [.. base.FileVariables, .. _reverse?.Variables ?? (_reverseEmbeddings != null ? [_reverseEmbeddings] : [])];

    private protected override bool QuantizesAs(Type? type) => type == null || type == typeof(ReversibleEmbedding);

    private protected override void BuildMore(QuantizedMatrix? stored)
    {
        if (stored != null) StoreMore(stored);
        else if (!TieWeights) _reverseEmbeddings = AddWeight("reverse_embeddings", [OutputDim, InputDim], EmbeddingsInitializer);
    }

    private protected override void StoreMore(QuantizedMatrix stored)
    {
        _forward = stored;
        if (TieWeights) return;
        _reverse = new QuantizedMatrix(this, "reverse_embeddings", [OutputDim, InputDim], stored.Bits, axis: 0, packedAxis: 0, stored.BlockSize, stored.Groups);
        if (_reverseEmbeddings is not { } vectors) return;
        foreach ((Variable variable, Tensor value) in _reverse.Quantized(vectors.Value, QuantizationConfig?.WeightQuantizer)) variable.Assign(value);
        Remove(vectors);
        _reverseEmbeddings = null;
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        foreach (string key in (string[])["tie_weights", "reverse_dtype", "logit_soft_cap"])
        {
            JsonNode? value = config[key];
            config.Remove(key);
            config[key] = value;
        }

        return config;
    }

    private Tensor Scores(Tensor inputs)
    {
        Tensor scores;
        if (_forward != null)
        {
            // Keras: without the share of a low-rank update.
            if (ActivationQuantizer(new AbsMaxQuantizer()) is { } quantizer) inputs = RoundedInputs.Of(inputs, quantizer);
            scores = Ops.Cast(Ops.Matmul(inputs, _reverse?.Restored ?? Ops.Transpose(_forward.Restored)), ComputeDType);
        }
        else
        {
            Tensor kernel = _reverseEmbeddings?.Value ?? Ops.Transpose(EffectiveEmbeddings);
            if (ReverseDtype is not null) (inputs, kernel) = (Ops.Cast(inputs, ReverseDtype), Ops.Cast(kernel, ReverseDtype));
            scores = Ops.Matmul(inputs, kernel);
        }

        return LogitSoftCap is { } cap ? Ops.Multiply(Ops.Tanh(Ops.Divide(scores, cap)), cap) : scores;
    }

    private static CallArguments Call(object inputs, bool reverse) => new([inputs], [KeyValuePair.Create("reverse", (object?)reverse)]);
}
