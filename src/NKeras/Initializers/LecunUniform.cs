namespace NKeras.Initializers;

/// <summary>Uniform in ±√(3 / fan in) (Klambauer et al., 2017) (<c>keras.initializers.LecunUniform</c>).</summary>
/// <param name="seed">The seed, or a generator, with which every call gives other values; from the program's global sequence if omitted.</param>
/// <param name="inputAxes">The axes that count as a kernel's inputs, if they are not the usual ones.</param>
/// <param name="outputAxes">The axes that count as a kernel's outputs, if they are not the usual ones.</param>
public sealed class LecunUniform(RandomSeed? seed = null, int[]? inputAxes = null, int[]? outputAxes = null)
    : VarianceScaling(1.0, "fan_in", "uniform", seed, inputAxes, outputAxes);
