using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>What a layer is told about one of its weights.</summary>
/// <param name="Initializer">Makes it.</param>
/// <param name="Regularizer">The penalty on it; null for none.</param>
/// <param name="Constraint">What it is made to fulfil; null for nothing.</param>
internal sealed record WeightArguments(Initializer Initializer, Regularizer? Regularizer, Constraint? Constraint)
{
    /// <summary>The arguments for a kernel, with Keras's default.</summary>
    public static WeightArguments Kernel(Initializer? initializer, Regularizer? regularizer, Constraint? constraint) => new(initializer ?? "glorot_uniform", regularizer, constraint);

    /// <summary>The arguments for a bias, with Keras's default.</summary>
    public static WeightArguments Bias(Initializer? initializer, Regularizer? regularizer, Constraint? constraint) => new(initializer ?? "zeros", regularizer, constraint);
}
