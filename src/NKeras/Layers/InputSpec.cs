namespace NKeras.Layers;

/// <summary>What a layer demands of an input's shape (<c>keras.layers.InputSpec</c>).</summary>
/// <param name="Ndim">The exact rank.</param>
/// <param name="MinNdim">The least rank.</param>
/// <param name="MaxNdim">The greatest rank.</param>
/// <param name="Axes">Dimensions of single axes; negative axes count from the end.</param>
public sealed record InputSpec(int? Ndim = null, int? MinNdim = null, int? MaxNdim = null, IReadOnlyDictionary<int, int>? Axes = null)
{
    /// <summary>Checks a shape.</summary>
    /// <exception cref="ArgumentException">It does not fit; the message names the layer, what it expects and what it got.</exception>
    internal void Check(string layer, Shape shape)
    {
        if (Ndim is { } exact && shape.Rank != exact) throw Mismatch($"rank {exact}", $"rank {shape.Rank}");
        if (MinNdim is { } least && shape.Rank < least) throw Mismatch($"rank {least} or more", $"rank {shape.Rank}");
        if (MaxNdim is { } most && shape.Rank > most) throw Mismatch($"rank {most} or less", $"rank {shape.Rank}");
        foreach ((int axis, int dim) in Axes ?? new Dictionary<int, int>())
        {
            if (shape[axis] is { } given && given != dim) throw Mismatch($"axis {axis} to have {dim} elements", $"{given}");
        }

        ArgumentException Mismatch(string expected, string received) =>
            new($"The input of layer '{layer}' does not fit the layer: expected {expected}, received {received} (shape {shape}).");
    }
}
