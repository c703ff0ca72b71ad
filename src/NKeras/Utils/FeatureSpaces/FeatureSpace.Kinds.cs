using NKeras.Core;
using NKeras.Layers;

namespace NKeras;

public sealed partial class FeatureSpace
{
    /// <summary>A number that is used as it is.</summary>
    /// <param name="name">The name of its layer is made of it.</param>
    public static Feature Float(string? name = null) => new(DType.Float32, new TFDIdentity(LayerName(name, "float"), dtype: DType.Float32), "float");

    /// <summary>A number of which a multiple is used: scale · x + offset.</summary>
    /// <param name="scale">The factor.</param>
    /// <param name="offset">What is added.</param>
    /// <param name="name">The name of its layer is made of it.</param>
    public static Feature FloatRescaled(double scale = 1.0, double offset = 0.0, string? name = null) =>
        new(DType.Float32, new Rescaling(scale, offset, name: LayerName(name, "float_rescaled")), "float");

    /// <summary>A number that is shifted and scaled to mean 0 and variance 1, as <see cref="Adapt(Tensors, Verbosity)"/> finds them.</summary>
    /// <param name="name">The name of its layer is made of it.</param>
    public static Feature FloatNormalized(string? name = null) => new(DType.Float32, new Normalization(axis: -1, name: LayerName(name, "float_normalized")), "float");

    /// <summary>A number of which the interval counts that it lies in.</summary>
    /// <param name="numBins">The number of intervals that <see cref="Adapt(Tensors, Verbosity)"/> finds; null if their boundaries are given.</param>
    /// <param name="binBoundaries">The boundaries between intervals.</param>
    /// <param name="outputMode"><c>"one_hot"</c> for vectors, <c>"int"</c> for the interval's number.</param>
    /// <param name="name">The name of its layer is made of it.</param>
    public static Feature FloatDiscretized(int? numBins, Floats? binBoundaries = null, string outputMode = "one_hot", string? name = null) =>
        new(DType.Float32, new Discretization(binBoundaries, numBins, name: LayerName(name, "float_discretized")), outputMode);

    /// <summary>A whole number that stands for a class. <see cref="Adapt(Tensors, Verbosity)"/> finds the classes.</summary>
    /// <param name="maxTokens">How many classes there are at most, those for unknown numbers included; no bound if omitted.</param>
    /// <param name="numOovIndices">How many classes unknown numbers are spread over.</param>
    /// <param name="outputMode"><c>"one_hot"</c> for vectors, <c>"int"</c> for class numbers.</param>
    /// <param name="name">The name of its layer is made of it.</param>
    public static Feature IntegerCategorical(int? maxTokens = null, int numOovIndices = 1, string outputMode = "one_hot", string? name = null) =>
        new(DType.Int32, new IntegerLookup(maxTokens: maxTokens, numOovIndices: numOovIndices, name: LayerName(name, "integer_categorical")), outputMode);

    /// <summary>A text that stands for a class. <see cref="Adapt(Tensors, Verbosity)"/> finds the classes.</summary>
    /// <param name="maxTokens">How many classes there are at most, those for unknown texts included; no bound if omitted.</param>
    /// <param name="numOovIndices">How many classes unknown texts are spread over.</param>
    /// <param name="outputMode"><c>"one_hot"</c> for vectors, <c>"int"</c> for class numbers.</param>
    /// <param name="name">The name of its layer is made of it.</param>
    public static Feature StringCategorical(int? maxTokens = null, int numOovIndices = 1, string outputMode = "one_hot", string? name = null) =>
        new(DType.String, new StringLookup(maxTokens: maxTokens, numOovIndices: numOovIndices, name: LayerName(name, "string_categorical")), outputMode);

    /// <summary>A text whose hash is its class.</summary>
    /// <param name="numBins">The number of classes.</param>
    /// <param name="outputMode"><c>"one_hot"</c> for vectors, <c>"int"</c> for class numbers.</param>
    /// <param name="name">The name of its layer is made of it.</param>
    public static Feature StringHashed(int numBins, string outputMode = "one_hot", string? name = null) =>
        new(DType.String, new Hashing(numBins, name: LayerName(name, "string_hashed")), outputMode);

    /// <summary>A whole number whose hash is its class.</summary>
    /// <param name="numBins">The number of classes.</param>
    /// <param name="outputMode"><c>"one_hot"</c> for vectors, <c>"int"</c> for class numbers.</param>
    /// <param name="name">The name of its layer is made of it.</param>
    public static Feature IntegerHashed(int numBins, string outputMode = "one_hot", string? name = null) =>
        new(DType.Int32, new Hashing(numBins, name: LayerName(name, "integer_hashed")), outputMode);

    /// <summary>A feature that a layer of one's choice prepares.</summary>
    /// <param name="dtype">The type of the raw feature.</param>
    /// <param name="preprocessor">The layer.</param>
    /// <param name="outputMode"><c>"float"</c> or <c>"int"</c> for what the layer gives, or <c>"one_hot"</c> to turn its class numbers into vectors.</param>
    public static Feature Feature(DType dtype, Layer preprocessor, string outputMode) => new(dtype, preprocessor, outputMode);

    /// <summary>Features to be crossed: their values together are hashed into one more feature.</summary>
    /// <param name="featureNames">The names of the features.</param>
    /// <param name="crossingDim">How many values the new feature has.</param>
    /// <param name="outputMode"><c>"one_hot"</c> for vectors, <c>"int"</c> for class numbers.</param>
    public static Cross Cross(IReadOnlyList<string> featureNames, int crossingDim, string outputMode = "one_hot") => new(featureNames, crossingDim, outputMode);

    private static string LayerName(string? name, string kind) => $"{name ?? Naming.AutoName(kind)}_preprocessor";

    /// <summary>What the names of kinds stand for in this space.</summary>
    private Dictionary<string, Func<string, Feature>> Kinds() => new()
    {
        ["float"] = Float,
        ["float_normalized"] = FloatNormalized,
        ["float_rescaled"] = name => FloatRescaled(name: name),
        ["float_discretized"] = name => FloatDiscretized(NumDiscretizationBins, name: name),
        ["integer_categorical"] = name => IntegerCategorical(name: name),
        ["string_categorical"] = name => StringCategorical(name: name),
        ["integer_hashed"] = name => IntegerHashed(HashingDim, name: name),
        ["string_hashed"] = name => StringHashed(HashingDim, name: name),
    };
}
