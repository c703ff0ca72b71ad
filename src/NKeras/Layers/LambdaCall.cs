namespace NKeras.Layers;

/// <summary>All that a call of a <see cref="Lambda"/> layer is about, for functions that need more than the input.</summary>
/// <param name="Inputs">What the layer is applied to.</param>
/// <param name="Training">Whether to behave as in training.</param>
/// <param name="Mask">A mask (or null) for each input; null if none has one.</param>
/// <param name="Arguments">The layer's <c>arguments</c>.</param>
public sealed record LambdaCall(Tensors Inputs, bool Training, Tensors? Mask, IReadOnlyDictionary<string, object?> Arguments);
