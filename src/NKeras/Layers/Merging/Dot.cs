namespace NKeras.Layers;

/// <summary>
/// The dot product of two inputs, sample by sample, along one axis of each (<c>keras.layers.Dot</c>): with inputs (batch, n) and
/// axis 1 the result is (batch, 1).
/// </summary>
/// <remarks>The result's dimensions are the batch's, the first input's others, then the second's; (batch, 1) if there are none.</remarks>
/// <example><code>
/// KerasTensor similarity = new Dot(axes: 1, normalize: true).Apply(a, b);
/// </code></example>
public sealed class Dot : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="axes">The axis of both inputs, or one for each; not the batch's. Negative ones count from the end.</param>
    /// <param name="normalize">Whether both are brought to length 1 along the axis first, so that the result is the cosine.</param>
    /// <param name="name">The name; <c>dot</c>, <c>dot_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">There is not one axis, or two; or one is the batch's.</exception>
    public Dot(Ints axes, bool normalize = false, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        ArgumentNullException.ThrowIfNull(axes);
        if (axes.Count != 2 && !axes.IsNumber)
            throw new ArgumentException($"Layer '{Name}': axes is one axis, or a list of two, one for each input; received {axes}.", nameof(axes));
        if (axes.Contains(0))
            throw new ArgumentException($"Layer '{Name}': axes cannot be 0, the batch's axis; received {axes}. For inputs without batch add a dimension: Ops.ExpandDims(x, 0).", nameof(axes));
        Axes = axes;
        Normalize = normalize;
    }

    /// <summary>The axis of both inputs, or one for each.</summary>
    public Ints Axes { get; }

    /// <summary>Whether the result is the cosine.</summary>
    public bool Normalize { get; }

    /// <inheritdoc/>
    public override Tensors Call(Tensors inputs, bool training)
    {
        Merge.CheckIsList(this, inputs);
        if (inputs.Count != 2)
            throw new ArgumentException($"Layer '{Name}' takes a list of 2 inputs; received {inputs.Count}: {inputs}.", nameof(inputs));
        (Tensor x, Tensor y) = (inputs[0], inputs[1]);
        int xAxis = AxisOf(x, Axes[0]), yAxis = AxisOf(y, Axes[^1]);
        if (Differ(x.Shape[0], y.Shape[0]) || Differ(x.Shape[xAxis], y.Shape[yAxis]))
            throw new ArgumentException($"Layer '{Name}' takes inputs of one batch size and of one length along axes {xAxis} and {yAxis}; received shapes {x.Shape} and {y.Shape}.", nameof(inputs));
        if (Normalize) (x, y) = (UnitLength(x, xAxis), UnitLength(y, yAxis));
        return Product(x, xAxis, y, yAxis);

        static bool Differ(int? a, int? b) => a != null && b != null && a != b;
    }

    /// <summary>None: the result has no steps.</summary>
    public override Tensors? ComputeMask(Tensors inputs, Tensors? previousMask = null) => null;

    /// <summary>The axes summed over are brought together, the others are one dimension each, and the result is a product of matrices.</summary>
    private static Tensor Product(Tensor x, int xAxis, Tensor y, int yAxis)
    {
        int[] xOthers = Others(x, xAxis), yOthers = Others(y, yAxis);
        int?[] rows = [.. xOthers.Select(a => x.Shape[a])], columns = [.. yOthers.Select(a => y.Shape[a])];
        int? batch = x.Shape[0] ?? y.Shape[0], length = x.Shape[xAxis] ?? y.Shape[yAxis];
        Tensor left = Ops.Reshape(Ops.Transpose(x, [0, .. xOthers, xAxis]), [batch, Size(rows), length]);
        Tensor right = Ops.Reshape(Ops.Transpose(y, [0, yAxis, .. yOthers]), [batch, length, Size(columns)]);
        return Ops.Reshape(Ops.Matmul(left, right), TargetShape.Create(rows.Length + columns.Length == 0 ? [batch, 1] : [batch, .. rows, .. columns]));
    }

    private static int[] Others(Tensor x, int axis) => [.. Enumerable.Range(1, x.Rank - 1).Where(a => a != axis)];

    private static int? Size(int?[] dims) => dims.Aggregate((int?)1, (product, d) => product * d);

    private static Tensor UnitLength(Tensor x, int axis) =>
        Ops.Multiply(x, Ops.Minimum(Ops.Rsqrt(Ops.Sum(Ops.Square(x), axis, keepdims: true)), 1 / Config.Epsilon()));

    private int AxisOf(Tensor x, int axis)
    {
        int at = axis < 0 ? axis + x.Rank : axis;
        return at > 0 && at < x.Rank
            ? at
            : throw new ArgumentException($"Layer '{Name}': an input of shape {x.Shape} has no axis {axis} besides the batch's.", nameof(axis));
    }
}
