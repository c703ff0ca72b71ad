using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>
/// A rectified linear unit whose slopes for negative numbers are learned (<c>keras.layers.PReLU</c>; He et al., 2015):
/// x where it is positive, alpha · x elsewhere.
/// </summary>
/// <remarks>
/// Input (batch, …), result the same; all dimensions but the batch's and those of shared axes must be known. Weight: alpha, in the
/// shape of one sample, with 1 for shared axes.
/// </remarks>
/// <example><code>
/// KerasTensor images = new Input([28, 28, 8]);
/// KerasTensor y = new PReLU(sharedAxes: [1, 2]).Apply(images); // one slope for each of 8 channels
/// </code></example>
public sealed class PReLU : Layer
{
    private Variable? _alpha;

    /// <summary>Creates the layer.</summary>
    /// <param name="alphaInitializer">Makes the slopes; <c>"zeros"</c> if omitted.</param>
    /// <param name="alphaRegularizer">A penalty on the slopes; none if omitted.</param>
    /// <param name="alphaConstraint">What the slopes are made to fulfil after each step; nothing if omitted.</param>
    /// <param name="sharedAxes">The axes, counted from the batch's, which is 0, along which elements share a slope; none if omitted.</param>
    /// <param name="name">The name; <c>p_re_lu</c>, <c>p_re_lu_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the slopes.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A shared axis is not positive.</exception>
    public PReLU(
        Initializer? alphaInitializer = null,
        Regularizer? alphaRegularizer = null,
        Constraint? alphaConstraint = null,
        Ints? sharedAxes = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        AlphaInitializer = alphaInitializer ?? "zeros";
        (AlphaRegularizer, AlphaConstraint) = (alphaRegularizer, alphaConstraint);
        if (sharedAxes != null) SharedAxes = LayerArguments.Positive(this, [.. sharedAxes], argument: nameof(sharedAxes));
        SupportsMasking = true;
    }

    /// <summary>Makes the slopes.</summary>
    public Initializer AlphaInitializer { get; }

    /// <summary>The penalty on the slopes; null for none.</summary>
    public Regularizer? AlphaRegularizer { get; }

    /// <summary>What the slopes are made to fulfil; null for nothing.</summary>
    public Constraint? AlphaConstraint { get; }

    /// <summary>The axes along which elements share a slope; null for none.</summary>
    public Ints? SharedAxes { get; }

    /// <summary>The slopes.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable Alpha => _alpha ?? throw LayerArguments.NotBuilt(this, "alpha");

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        if (inputShape.Rank == 0) throw new ArgumentException($"Layer '{Name}' takes inputs with an axis for the batch; received shape {inputShape}.", nameof(inputShape));
        foreach (int axis in SharedAxes ?? []) LayerArguments.Axis(this, inputShape, axis);
        int[] own = [.. Enumerable.Range(1, inputShape.Rank - 1).Where(a => SharedAxes?.Contains(a) != true)];
        Shape shape = new([.. Enumerable.Range(1, inputShape.Rank - 1).Select(a => own.Contains(a) ? LayerArguments.KnownDimension(this, inputShape, a) : 1)]);
        _alpha = AddWeight("alpha", shape, AlphaInitializer, regularizer: AlphaRegularizer, constraint: AlphaConstraint);
        InputSpec = new InputSpec(ndim: inputShape.Rank, axes: own.ToDictionary(a => a, a => inputShape.Dims[a]));
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) =>
        Ops.Subtract(Ops.Relu(inputs), Ops.Multiply(Alpha, Ops.Relu(Ops.Negative(inputs))));
}
