using NKeras.Quantizers;

namespace NKeras.Layers.Quantization;

/// <summary>
/// A matrix stored in whole numbers of 8 or 4 bits. All elements along an axis share a scale; of 4 bits also blocks of them may,
/// and then have a zero point too.
/// </summary>
internal sealed class QuantizedMatrix
{
    private readonly int _axis;
    private readonly int _packedAxis;
    private readonly Variable _scale;
    private readonly Variable? _zero;
    private readonly bool _ownsGroups;

    /// <summary>Creates the weights.</summary>
    /// <param name="layer">The layer they belong to.</param>
    /// <param name="name">The matrix's name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="bits">The bits of an element: 8 or 4.</param>
    /// <param name="axis">The axis whose elements share a scale: 0 or 1.</param>
    /// <param name="packedAxis">The axis along which two elements of 4 bits share a byte.</param>
    /// <param name="blockSize">How many elements share a scale; null for all.</param>
    /// <param name="groups">The block of each position along the axis, where another matrix has it; one more weight if omitted.</param>
    public QuantizedMatrix(Layer layer, string name, Shape shape, int bits, int axis, int packedAxis = 1, int? blockSize = null, Variable? groups = null)
    {
        (Bits, _axis, _packedAxis, BlockSize, Shape) = (bits, axis, packedAxis, blockSize, shape);
        Values = layer.AddStored(name, bits == 8 ? shape : shape.With(packedAxis, (shape.Dims[packedAxis] + 1) / 2), "zeros", DType.Int8);
        int length = shape.Dims[axis];
        Shape scales = blockSize is { } size ? shape.With(axis, ((length - 1) / size) + 1) : [shape.Dims[1 - axis]];
        _scale = layer.AddStored($"{name}_scale", scales, "ones");
        if (blockSize == null) return;
        // Keras: the zero points of a matrix that shares its blocks with another are floating point.
        _zero = layer.AddStored($"{name}_zero", scales, "zeros", groups == null ? DType.Int8 : null);
        _ownsGroups = groups == null;
        if (groups == null)
        {
            groups = layer.AddStored("g_idx", [length], "zeros", DType.Float32);
            groups.Assign(Ops.FloorDivide(Ops.Arange(length, dtype: DType.Float32), blockSize.Value));
        }

        Groups = groups;
    }

    /// <summary>The bits of an element.</summary>
    public int Bits { get; }

    /// <summary>How many elements share a scale; null for all along the axis.</summary>
    public int? BlockSize { get; }

    /// <summary>The shape of the matrix.</summary>
    public Shape Shape { get; }

    /// <summary>The whole numbers as they are stored.</summary>
    public Variable Values { get; }

    /// <summary>The block of each position along the axis; null without blocks.</summary>
    public Variable? Groups { get; }

    /// <summary>The whole numbers.</summary>
    private Tensor Numbers => Bits == 8 ? Values : QuantizerFunctions.UnpackInt4(Values, Shape.Dims[_packedAxis], _packedAxis);

    /// <summary>The matrix.</summary>
    public Tensor Restored => _zero != null
        ? QuantizerFunctions.DequantizeInGroups(Numbers, _scale, _zero, Groups!, _axis)
        : Divide(Numbers, _axis == 0 ? _scale : Ops.ExpandDims(_scale, -1));

    /// <summary>All weights, in the order in which files keep them.</summary>
    public IReadOnlyList<Variable> Variables => [Values, _scale, .. _zero != null ? [_zero] : (Variable[])[], .. _ownsGroups ? [Groups!] : (Variable[])[]];

    /// <summary>Values of the weights for a matrix.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="quantizer">Rounds it; the usual one if omitted. Not for blocks.</param>
    public IEnumerable<(Variable Variable, Tensor Value)> Quantized(Tensor matrix, Quantizer? quantizer = null)
    {
        Tensor numbers, scale;
        if (_zero != null)
        {
            (numbers, scale, Tensor zero) = QuantizerFunctions.AbsMaxQuantizeGroupedWithZeroPoint(Turned(matrix), BlockSize!.Value, toNumpy: true);
            (numbers, scale) = (Turned(numbers), Turned(scale));
            yield return (_zero, Turned(zero));
        }
        else
        {
            (numbers, scale) = (quantizer ?? new AbsMaxQuantizer(_axis, valueRange: Bits == 8 ? null : (-8, 7))).Apply(matrix);
            scale = Ops.Reshape(scale, _scale.Shape);
        }

        yield return (_scale, scale);
        yield return (Values, Bits == 8 ? numbers : QuantizerFunctions.PackInt4(numbers, _packedAxis).Packed);
    }

    /// <summary>Rows of the matrix.</summary>
    public Tensor Rows(Tensor positions)
    {
        Tensor numbers = Ops.Take(Numbers, positions, 0), scale = Ops.Take(_scale, positions, 0);
        return _zero != null
            ? QuantizerFunctions.DequantizeInGroups(numbers, scale, Ops.Take(_zero, positions, 0), Groups!, -1)
            : Divide(numbers, Ops.ExpandDims(scale, -1));
    }

    /// <summary>A matrix with the axis whose elements share a scale in front.</summary>
    private Tensor Turned(Tensor matrix) => _axis == 0 ? matrix : Ops.Transpose(matrix);

    private static Tensor Divide(Tensor numbers, Tensor scale) => Ops.Divide(Ops.Cast(numbers, scale.DType), scale);
}
