using NKeras.Constraints;
using NKeras.Regularizers;

namespace NKeras.Layers.Quantization;

/// <summary>A weight that may get a low-rank update.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">The variable that is frozen.</param>
/// <param name="Shape">The shape of the weight, which may be stored in another one.</param>
/// <param name="Regularizer">The penalty on each factor.</param>
/// <param name="Constraint">The weight's constraint.</param>
internal sealed record LowRankTarget(string Name, Variable Weight, Shape Shape, Regularizer? Regularizer, Constraint? Constraint);
