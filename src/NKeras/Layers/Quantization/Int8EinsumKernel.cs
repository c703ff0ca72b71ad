using NKeras.Quantizers;

namespace NKeras.Layers.Quantization;

/// <summary>The kernel of an <see cref="EinsumDense"/> in whole numbers of 8 bits: what is summed up shares a scale.</summary>
internal sealed class Int8EinsumKernel : StoredKernel
{
    private readonly Shape _shape;
    private readonly int[] _summed;
    private readonly int[] _order;
    private readonly Quantizer? _weightQuantizer;
    private readonly Quantizer? _inputQuantizer;
    private readonly Ints _inputAxes;
    private readonly Variable _scale;

    /// <summary>Creates the weights.</summary>
    /// <param name="layer">The layer they belong to.</param>
    /// <param name="equation">The layer's equation.</param>
    /// <param name="shape">The kernel's shape.</param>
    /// <param name="inputRank">The number of axes of the input.</param>
    /// <param name="weightQuantizer">Rounds the kernel; the usual one if null.</param>
    /// <param name="inputQuantizer">Rounds the inputs; null to leave them as they are.</param>
    public Int8EinsumKernel(Layer layer, KernelEquation equation, Shape shape, int inputRank, Quantizer? weightQuantizer, Quantizer? inputQuantizer)
    {
        (_shape, _weightQuantizer, _inputQuantizer, _inputAxes) = (shape, weightQuantizer, inputQuantizer, equation.InputAxes());
        _summed = equation.KernelAxes().Inputs;
        // The kernel's other axes in the order of the result's, with which scales are stored.
        _order = [.. equation.Output.Select(c => equation.Kernel.IndexOf(c)).Where(i => i >= 0)];
        int[] elided = [.. Enumerable.Repeat(1, inputRank - equation.Input.Length)];
        int[] scales = [.. equation.Output.Select(c => equation.Kernel.IndexOf(c) is var at and >= 0 ? shape.Dims[at] : 1)];
        Values = layer.AddStored("kernel", shape, "zeros", DType.Int8);
        _scale = layer.AddStored("kernel_scale", new Shape(equation.Leads ? [.. elided, .. scales] : [.. scales, .. elided]), "ones");
    }

    public override Variable Values { get; }

    public override bool TakesLowRank => true;

    public override Tensor Kernel(bool training)
    {
        Tensor stored = Ops.Reshape(_scale, new Shape([.. _order.Select(a => _shape.Dims[a])]));
        int[] kept = [.. _order.Order()];
        Tensor scale = Ops.Transpose(stored, Ints.Create([.. kept.Select(a => Array.IndexOf(_order, a))]));
        scale = Ops.Reshape(scale, new Shape([.. _shape.Dims.ToArray().Select((d, i) => _summed.Contains(i) ? 1 : d)]));
        return Ops.Divide(Ops.Cast(Values, scale.DType), scale);
    }

    public override Tensor Inputs(Tensor inputs, bool training) => _inputQuantizer == null ? inputs : RoundedInputs.WithGradient(inputs, _inputQuantizer, _inputAxes);

    public override IReadOnlyList<Variable> Variables => [Values, _scale];

    public override IEnumerable<(Variable Variable, Tensor Value)> Quantized(Tensor kernel, bool asIsUsual = false)
    {
        Quantizer quantizer = (asIsUsual ? null : _weightQuantizer) ?? new AbsMaxQuantizer(_summed);
        (Tensor values, Tensor scale) = quantizer.Apply(kernel);
        return [(Values, values), (_scale, Ops.Reshape(Ops.Transpose(scale, Ints.Create([.. _order, .. _summed])), _scale.Shape))];
    }
}
