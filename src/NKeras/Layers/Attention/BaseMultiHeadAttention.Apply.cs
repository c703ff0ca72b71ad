using NKeras.Core;

namespace NKeras.Layers;

public abstract partial class BaseMultiHeadAttention
{
    /// <summary>Applies the layer to symbolic tensors, which adds it to a functional graph.</summary>
    /// <param name="query">What asks, (batch, queries, features).</param>
    /// <param name="value">What is summed up, (batch, keys, features); give the query again for attention of a sequence to itself.</param>
    /// <param name="key">What queries are compared with, (batch, keys, features); the value if omitted.</param>
    /// <param name="queryMask">Which queries count, (batch, queries); the mask that travels with the query if omitted.</param>
    /// <param name="valueMask">Which values count, (batch, keys); the mask that travels with the value if omitted.</param>
    /// <param name="keyMask">Which keys count, (batch, keys); the mask that travels with the key if omitted.</param>
    /// <param name="attentionMask">Which keys count for which query; broadcast to (batch, queries, keys), or with an axis of heads behind the batch's.</param>
    /// <param name="training">Whether to behave as in training, at this place whatever the model does; null to follow the model.</param>
    /// <param name="useCausalMask">Whether keys behind the query do not count.</param>
    /// <exception cref="ArgumentException">Shapes do not belong together; the message names the layer.</exception>
    public KerasTensor Apply(
        KerasTensor query,
        KerasTensor value,
        KerasTensor? key = null,
        KerasTensor? queryMask = null,
        KerasTensor? valueMask = null,
        KerasTensor? keyMask = null,
        KerasTensor? attentionMask = null,
        bool? training = null,
        bool useCausalMask = false) =>
        (KerasTensor)ApplyTo(Arguments(query, value, key, queryMask, valueMask, keyMask, attentionMask, false, training, useCausalMask))[0];

    /// <summary>Applies the layer to data. No graph is recorded.</summary>
    /// <inheritdoc cref="Apply(KerasTensor, KerasTensor, KerasTensor?, KerasTensor?, KerasTensor?, KerasTensor?, KerasTensor?, bool?, bool)"/>
    public Tensor Apply(
        Tensor query,
        Tensor value,
        Tensor? key = null,
        Tensor? queryMask = null,
        Tensor? valueMask = null,
        Tensor? keyMask = null,
        Tensor? attentionMask = null,
        bool? training = null,
        bool useCausalMask = false) =>
        ApplyTo(Arguments(query, value, key, queryMask, valueMask, keyMask, attentionMask, false, training, useCausalMask))[0];

    /// <summary>Applies the layer to symbolic tensors, and returns the weights of the values too.</summary>
    /// <inheritdoc cref="Apply(KerasTensor, KerasTensor, KerasTensor?, KerasTensor?, KerasTensor?, KerasTensor?, KerasTensor?, bool?, bool)"/>
    /// <returns>The result, and the scores (batch, heads, queries, keys), which add up to one for each query.</returns>
    // Keras: return_attention_scores=True makes the result a tuple; in C# that is another type, so another method.
    public (KerasTensor Output, KerasTensor Scores) ApplyWithScores(
        KerasTensor query,
        KerasTensor value,
        KerasTensor? key = null,
        KerasTensor? queryMask = null,
        KerasTensor? valueMask = null,
        KerasTensor? keyMask = null,
        KerasTensor? attentionMask = null,
        bool? training = null,
        bool useCausalMask = false)
    {
        Tensors results = ApplyTo(Arguments(query, value, key, queryMask, valueMask, keyMask, attentionMask, true, training, useCausalMask));
        return ((KerasTensor)results[0], (KerasTensor)results[1]);
    }

    /// <summary>Applies the layer to data, and returns the weights of the values too. No graph is recorded.</summary>
    /// <inheritdoc cref="ApplyWithScores(KerasTensor, KerasTensor, KerasTensor?, KerasTensor?, KerasTensor?, KerasTensor?, KerasTensor?, bool?, bool)"/>
    public (Tensor Output, Tensor Scores) ApplyWithScores(
        Tensor query,
        Tensor value,
        Tensor? key = null,
        Tensor? queryMask = null,
        Tensor? valueMask = null,
        Tensor? keyMask = null,
        Tensor? attentionMask = null,
        bool? training = null,
        bool useCausalMask = false)
    {
        Tensors results = ApplyTo(Arguments(query, value, key, queryMask, valueMask, keyMask, attentionMask, true, training, useCausalMask));
        return (results[0], results[1]);
    }

    private static CallArguments Arguments(
        Tensor query, Tensor value, Tensor? key, Tensor? queryMask, Tensor? valueMask, Tensor? keyMask, Tensor? attentionMask, bool withScores, bool? training, bool causal)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(value);
        (string Name, object? Value)[] named =
        [
            ("key", key), ("query_mask", queryMask), ("value_mask", valueMask), ("key_mask", keyMask), ("attention_mask", attentionMask),
            ("return_attention_scores", withScores ? true : null), ("training", training), ("use_causal_mask", causal ? true : null),
        ];
        return new CallArguments([query, value], [.. named.Where(n => n.Value is not null).Select(n => KeyValuePair.Create(n.Name, n.Value))]);
    }
}
