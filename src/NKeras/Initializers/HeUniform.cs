namespace NKeras.Initializers;

/// <summary>Uniform in ±√(6 / fan in) (He et al., 2015) (<c>keras.initializers.HeUniform</c>).</summary>
/// <param name="seed">The seed, or a generator, with which every call gives other values; from the program's global sequence if omitted.</param>
/// <param name="inputAxes">The axes that count as a kernel's inputs, if they are not the usual ones.</param>
/// <param name="outputAxes">The axes that count as a kernel's outputs, if they are not the usual ones.</param>
public sealed class HeUniform(RandomSeed? seed = null, int[]? inputAxes = null, int[]? outputAxes = null)
    : VarianceScaling(2.0, "fan_in", "uniform", seed, inputAxes, outputAxes);
