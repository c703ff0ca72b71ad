using NKeras.Callbacks;

namespace NKeras.Conformance.Models;

/// <summary>What a fit gave.</summary>
/// <param name="History">The scores of every epoch.</param>
/// <param name="Weights">All variables afterwards.</param>
/// <param name="Predictions">What the trained model makes of the recorded inputs.</param>
internal sealed record FitResult(History History, IReadOnlyList<Tensor> Weights, Tensors Predictions);
