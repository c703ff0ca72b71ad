namespace NKeras.Conformance.Calls;

/// <summary>A recorded vector-Jacobian product.</summary>
/// <param name="Cotangents">One for each floating-point result.</param>
/// <param name="Gradients">One for each floating-point argument; null where nothing flows.</param>
internal sealed record RecordedPullback(IReadOnlyList<Tensor?> Cotangents, IReadOnlyList<Tensor?> Gradients);
