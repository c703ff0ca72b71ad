namespace NKeras.Conformance.Models;

/// <summary>Weights that rounding cannot tell from given ones.</summary>
internal static class WeightRounding
{
    /// <summary>The weights with each float32 number moved to the one below or above, or left. Zeros stay: they are exact.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="seed">Decides which way; 0 leaves all as they are.</param>
    public static IReadOnlyList<Tensor> Move(IReadOnlyList<Tensor> weights, int seed)
    {
        if (seed == 0) return weights;
        Random random = new(seed);
        return [.. weights.Select(w => w.DType == DType.Float32 ? Tensor.From([.. w.ToArray<float>().Select(v => Move(v, random.Next(3)))], w.Shape) : w)];
    }

    private static float Move(float value, int way) => (value, way) switch
    {
        (0, _) or (_, 0) => value,
        (_, 1) => MathF.BitDecrement(value),
        _ => MathF.BitIncrement(value),
    };
}
