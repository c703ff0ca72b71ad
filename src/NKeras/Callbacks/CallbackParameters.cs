namespace NKeras.Callbacks;

/// <summary>How <c>Fit</c>, <c>Evaluate</c> or <c>Predict</c> was called: what callbacks find in <see cref="Callback.Params"/>.</summary>
/// <param name="Verbose">0, 1 or 2.</param>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="Steps">The number of batches in an epoch; null while nobody knows it, as in the first epoch over a stream.</param>
public sealed record CallbackParameters(int Verbose = 1, int Epochs = 1, int? Steps = null);
