namespace NKeras;

/// <summary>The batch that a step of training or of evaluation is given: inputs, targets and how much each sample counts.</summary>
/// <param name="X">The inputs, in the structure in which the model takes them.</param>
/// <param name="Y">The targets, one for each output; null if <c>Fit</c> was given none.</param>
/// <param name="SampleWeight">How much each sample counts, once for all outputs or for each; null if all count the same.</param>
// Keras: train_step takes a tuple, which keras.utils.unpack_x_y_sample_weight takes apart.
public sealed record StepData(Tensors X, Tensors? Y = null, Tensors? SampleWeight = null);
