using NKeras.Layers;

namespace NKeras;

public sealed partial class FeatureSpace
{
    /// <summary>Prepares, crosses and encodes columns.</summary>
    /// <param name="columns">The columns by name.</param>
    /// <param name="makesEncoders">Whether this is the first time, when the sizes of vectors are found out.</param>
    private Tensors Encode(Dictionary<string, Tensor> columns, bool makesEncoders)
    {
        Dictionary<string, Tensor> prepared = _preprocessors.ToDictionary(p => p.Key, p => ApplyInner(p.Value, columns[p.Key]));
        Dictionary<string, Tensor> crossed = Crosses.ToDictionary(c => c.Name, c => ApplyInner(_crossers[c.Name], [.. c.FeatureNames.Select(f => prepared[f])]));
        Tensors encoded = [];
        foreach ((string name, Tensor value) in prepared.OrderBy(p => p.Key, StringComparer.Ordinal).Concat(crossed.OrderBy(c => c.Key, StringComparer.Ordinal)))
        {
            bool isOneHot = (Features.TryGetValue(name, out Feature? feature) ? feature.OutputMode : Crosses.First(c => c.Name == name).OutputMode) == "one_hot";
            if (isOneHot && makesEncoders && !_oneHotEncoders.ContainsKey(name)) _oneHotEncoders[name] = EncoderFor(name, value.DType);
            encoded[name] = isOneHot ? ApplyInner(_oneHotEncoders[name], value) : value;
        }

        if (OutputMode == "dict") return encoded;
        foreach (string name in encoded.Names!)
        {
            if (!encoded[name].DType.IsFloating)
                throw new ArgumentException($"FeatureSpace '{Name}': feature '{name}' is {encoded[name].DType}, so it cannot be put into one vector with the others. Use outputMode 'one_hot' for it, or 'dict' for the space.");
        }

        return Ops.Concatenate([.. encoded], axis: -1);
    }

    /// <summary>Turns class numbers into vectors.</summary>
    private CategoryEncoding EncoderFor(string name, DType dtype)
    {
        Layer layer = _preprocessors.GetValueOrDefault(name) ?? _crossers[name];
        if (!dtype.IsInteger)
            throw new ArgumentException($"FeatureSpace '{Name}': feature '{name}' has outputMode 'one_hot', so its layer gives whole numbers; '{layer.Name}' gives {dtype}.");
        int count = layer switch
        {
            IndexLookup lookup => lookup.VocabularySize(),
            CategoryEncoding encoding => encoding.NumTokens,
            Discretization discretization => discretization.NumBins ?? discretization.BinBoundaries!.Count + 1,
            HashedCrossing crossing => crossing.NumBins,
            Hashing hashing => hashing.NumBins,
            _ => throw new ArgumentException($"FeatureSpace '{Name}': feature '{name}' has outputMode 'one_hot', but how many values layer '{layer.Name}' ({layer.GetType().Name}) gives is not known. Use 'int'."),
        };
        return new CategoryEncoding(count, outputMode: "multi_hot");
    }

    private static Tensor ApplyInner(Layer layer, params Tensor[] inputs) =>
        layer.ApplyTo(new Core.CallArguments([inputs.Length == 1 ? inputs[0] : Tensors.Create(inputs)])) is { Count: 1 } results
            ? results[0]
            : throw new ArgumentException($"Layer '{layer.Name}' of a feature space has several results; a feature has one.");
}
