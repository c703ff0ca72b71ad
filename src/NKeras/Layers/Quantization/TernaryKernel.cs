using NKeras.Initializers;

namespace NKeras.Layers.Quantization;

/// <summary>A kernel of the numbers -1, 0 and 1 times one scale, five of which share a byte.</summary>
internal sealed class TernaryKernel : StoredKernel
{
    /// <summary>The byte that stands for five zeros.</summary>
    private const double Zeros = 121;

    private readonly int _rows;
    private readonly double? _threshold;
    private readonly Variable _scale;

    /// <summary>Creates the weights.</summary>
    /// <param name="layer">The layer they belong to.</param>
    /// <param name="shape">The kernel's shape, (features, units).</param>
    /// <param name="threshold">Up to which absolute value numbers become 0, and those beyond -1 or 1 without a scale; half the mean, and with the mean as scale, if null.</param>
    public TernaryKernel(Layer layer, Shape shape, double? threshold = null)
    {
        (_rows, _threshold) = (shape.Dims[0], threshold);
        Values = layer.AddStored("kernel", shape.With(0, (_rows + 4) / 5), new Constant(Zeros), DType.UInt8);
        _scale = layer.AddStored("kernel_scale", Shape.Scalar, "ones");
    }

    public override Variable Values { get; }

    public override Tensor Kernel(bool training)
    {
        Tensor scale = _scale;
        return Ops.Multiply(Ops.Cast(QuantizerFunctions.UnpackTernary(Values, _rows), scale.DType), scale);
    }

    public override IReadOnlyList<Variable> Variables => [Values, _scale];

    public override IEnumerable<(Variable Variable, Tensor Value)> Quantized(Tensor kernel, bool asIsUsual = false) =>
        [(Values, QuantizerFunctions.PackTernary(Signs(kernel, _threshold)).Packed), (_scale, _threshold == null ? Ops.Mean(Ops.Abs(kernel)) : 1.0)];

    /// <summary>-1, 0 or 1 for each number of a kernel.</summary>
    public static Tensor Signs(Tensor kernel, double? threshold)
    {
        Tensor size = Ops.Abs(kernel);
        Tensor least = threshold is { } given ? given : Ops.Multiply(0.5, Ops.Mean(size));
        return Ops.Multiply(Ops.Sign(kernel), Ops.Cast(Ops.Greater(size, least), kernel.DType));
    }
}
