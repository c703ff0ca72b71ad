namespace NKeras.Layers;

/// <summary>Gives each sample another shape (<c>keras.layers.Reshape</c>): (batch, …) becomes (batch, target shape…).</summary>
public sealed class Reshape : Layer
{
    private readonly int[] _targetShape;

    /// <summary>Creates the layer.</summary>
    /// <param name="targetShape">The dimensions of one sample; at most one may be -1, which takes what is left.</param>
    /// <param name="name">The name; <c>reshape</c>, <c>reshape_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A dimension is less than -1, or more than one is -1.</exception>
    public Reshape(Ints targetShape, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        ArgumentNullException.ThrowIfNull(targetShape);
        if (targetShape.Any(d => d < -1) || targetShape.Count(d => d == -1) > 1)
            throw new ArgumentException($"Layer '{Name}': the dimensions of targetShape are zero or greater, and at most one is -1; received {targetShape}.", nameof(targetShape));
        _targetShape = [.. targetShape];
        InputSpec = new InputSpec(minNdim: 1);
        Built = true;
    }

    /// <summary>The dimensions of one sample.</summary>
    public IReadOnlyList<int> TargetShape => _targetShape;

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) =>
        Ops.Reshape(inputs, new Shape([inputs.Shape.Dims[0], .. SampleDims(inputs.Shape)]));

    /// <summary>The target with -1 replaced where the input is known well enough.</summary>
    private int[] SampleDims(Shape input)
    {
        Shape sample = new(input.Dims[1..]);
        if (!sample.IsKnown) return _targetShape;
        long known = 1;
        foreach (int d in _targetShape) known *= d == -1 ? 1 : d;
        int open = Array.IndexOf(_targetShape, -1);
        if (open < 0 ? known != sample.Size : known == 0 || sample.Size % known != 0)
            throw new ArgumentException($"Layer '{Name}': a sample of shape {sample} has {sample.Size} elements, which do not fill targetShape {Text(_targetShape)} (input shape {input}).");
        int[] dims = [.. _targetShape];
        if (open >= 0) dims[open] = (int)(sample.Size / known);
        return dims;
    }

    private static string Text(int[] dims) => $"({string.Join(", ", dims)})";
}
