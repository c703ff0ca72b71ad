namespace NKeras.Layers;

/// <summary>What a layer demands of an input (<c>keras.layers.InputSpec</c>).</summary>
public sealed class InputSpec
{
    /// <summary>Creates the demands; what is omitted is not demanded.</summary>
    /// <param name="dtype">The element type.</param>
    /// <param name="shape">The dimensions, the batch's included; null where any will do.</param>
    /// <param name="ndim">The exact rank.</param>
    /// <param name="maxNdim">The greatest rank.</param>
    /// <param name="minNdim">The least rank.</param>
    /// <param name="axes">Dimensions of single axes; negative axes count from the end.</param>
    /// <param name="allowLastAxisSqueeze">Whether a last dimension of one may be there or not, whatever <paramref name="shape"/> says.</param>
    public InputSpec(
        DType? dtype = null,
        Shape? shape = null,
        int? ndim = null,
        int? maxNdim = null,
        int? minNdim = null,
        IReadOnlyDictionary<int, int>? axes = null,
        bool allowLastAxisSqueeze = false) =>
        (DType, Shape, Ndim, MaxNdim, MinNdim, Axes, AllowLastAxisSqueeze) = (dtype, shape, shape is null ? ndim : shape.Rank, maxNdim, minNdim, axes, allowLastAxisSqueeze);

    /// <summary>The element type; null for any.</summary>
    public DType? DType { get; }

    /// <summary>The dimensions; null for any.</summary>
    public Shape? Shape { get; }

    /// <summary>The exact rank; null for any.</summary>
    public int? Ndim { get; }

    /// <summary>The greatest rank; null for any.</summary>
    public int? MaxNdim { get; }

    /// <summary>The least rank; null for any.</summary>
    public int? MinNdim { get; }

    /// <summary>Dimensions of single axes; null for any.</summary>
    public IReadOnlyDictionary<int, int>? Axes { get; }

    /// <summary>Whether a last dimension of one may be there or not.</summary>
    public bool AllowLastAxisSqueeze { get; }

    /// <summary>Checks an input.</summary>
    /// <exception cref="ArgumentException">It does not fit; the message names the layer, what it expects and what it got.</exception>
    internal void Check(string layer, Shape shape, DType? dtype = null)
    {
        // Keras: with allow_last_axis_squeeze it looks at the dimensions that both have, whatever the rank.
        Shape given = AllowLastAxisSqueeze ? Squeezed(shape) : shape;
        Shape? expected = AllowLastAxisSqueeze && Shape is not null ? Squeezed(Shape) : Shape;
        if ((expected?.Rank ?? Ndim) is { } exact && given.Rank != exact) throw Mismatch(Shape is null ? $"rank {exact}" : $"shape {Shape}", $"rank {shape.Rank}");
        if (MinNdim is { } least && shape.Rank < least) throw Mismatch($"rank {least} or more", $"rank {shape.Rank}");
        if (MaxNdim is { } most && shape.Rank > most) throw Mismatch($"rank {most} or less", $"rank {shape.Rank}");
        if (DType is not null && dtype is not null && DType != dtype) throw Mismatch($"elements of type {DType}", $"{dtype}");
        if (expected is not null && !expected.IsCompatibleWith(given)) throw Mismatch($"shape {Shape}", "another");
        foreach ((int axis, int dim) in Axes ?? new Dictionary<int, int>())
        {
            if (shape[axis] is { } size && size != dim) throw Mismatch($"axis {axis} to have {dim} elements", $"{size}");
        }

        static Shape Squeezed(Shape shape) => shape.Rank > 0 && shape[-1] == 1 ? new Shape(shape.Dims[..^1]) : shape;

        ArgumentException Mismatch(string expected, string received) =>
            new($"The input of layer '{layer}' does not fit the layer: expected {expected}, received {received} (shape {shape}).");
    }
}
