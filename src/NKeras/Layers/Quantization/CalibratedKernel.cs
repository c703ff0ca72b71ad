namespace NKeras.Layers.Quantization;

/// <summary>A kernel that GPTQ or AWQ quantized: whole numbers of few bits without sign, with a scale and a zero point for each block of a channel.</summary>
internal sealed class CalibratedKernel : StoredKernel
{
    private readonly Shape _shape;
    private readonly int _columns;
    private readonly int _bits;
    private Variable? _kernel;
    private readonly Variable _scale;
    private readonly Variable _zero;
    private readonly Variable? _inputScales;
    private readonly Variable _groups;

    /// <summary>Creates the weights.</summary>
    /// <param name="layer">The layer they belong to.</param>
    /// <param name="shape">The kernel's shape.</param>
    /// <param name="rows">The rows of the kernel as a matrix, which is stored transposed.</param>
    /// <param name="bits">The bits of a weight.</param>
    /// <param name="groupSize">How many weights of a channel share a scale; -1 for all.</param>
    /// <param name="hasInputScales">Whether each row has a scale besides (AWQ).</param>
    /// <param name="zeroName">The name of the zero points.</param>
    /// <param name="kernel">The floating-point kernel, with which is computed as long as nothing has calibrated the layer; null if it is.</param>
    public CalibratedKernel(Layer layer, Shape shape, int rows, int bits, int groupSize, bool hasInputScales, string zeroName, Variable? kernel)
    {
        (_shape, _columns, _bits, _kernel) = (shape, shape.Size / rows, bits, kernel);
        int perByte = bits is 2 or 4 ? 8 / bits : 1, groups = groupSize == -1 ? 1 : ((rows - 1) / groupSize) + 1;
        Values = layer.AddStored("kernel", [((_columns - 1) / perByte) + 1, rows], "zeros", DType.UInt8);
        _scale = layer.AddStored("kernel_scale", [_columns, groups], "ones");
        _zero = layer.AddStored(zeroName, [_columns, groups], "zeros", DType.UInt8);
        if (hasInputScales) _inputScales = layer.AddStored("awq_scales", [rows], "ones");
        _groups = layer.AddStored("g_idx", [rows], "zeros", DType.Float32);
    }

    public override Variable Values { get; }

    public override IReadOnlyList<Variable> Variables => [Values, _scale, _zero, .. _inputScales != null ? [_inputScales] : (Variable[])[], _groups];

    public override bool KeepsKernel => _kernel != null;

    public override Tensor Kernel(bool training)
    {
        if (_kernel != null) return _kernel;
        Tensor numbers = _bits switch
        {
            4 => QuantizerFunctions.UnpackInt4(Values, _columns, 0, DType.UInt8),
            2 => QuantizerFunctions.UnpackInt2(Values, _columns, 0, DType.UInt8),
            _ => Values,
        };
        Tensor kernel = Ops.Transpose(QuantizerFunctions.DequantizeInGroups(numbers, _scale, _zero, _groups, -1));
        if (_inputScales != null) kernel = Ops.Divide(kernel, Ops.ExpandDims(_inputScales, -1));
        return Ops.Reshape(kernel, _shape);
    }

    /// <summary>Says that the weights are those of a calibrated layer: those from a file are.</summary>
    public void MarkCalibrated() => _kernel = null;

    /// <summary>The bytes for a layer whose file has one weight of 2 bits in each, as files of older versions do; others as they are.</summary>
    public Tensor Packed(Tensor bytes) => _bits == 2 && bytes.Shape == [_columns, _groups.Shape[0]]
        ? QuantizerFunctions.PackInt2(Ops.Cast(bytes, DType.UInt8), 0, DType.UInt8).Packed
        : bytes;
}
