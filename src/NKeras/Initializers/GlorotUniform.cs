namespace NKeras.Initializers;

/// <summary>Uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio, 2010) (<c>keras.initializers.GlorotUniform</c>).</summary>
/// <param name="seed">The seed, or a generator, with which every call gives other values; from the program's global sequence if omitted.</param>
/// <param name="inputAxes">The axes that count as a kernel's inputs, if they are not the usual ones.</param>
/// <param name="outputAxes">The axes that count as a kernel's outputs, if they are not the usual ones.</param>
public sealed class GlorotUniform(RandomSeed? seed = null, int[]? inputAxes = null, int[]? outputAxes = null)
    : VarianceScaling(1.0, "fan_avg", "uniform", seed, inputAxes, outputAxes);
