using NKeras.DTypePolicies;

namespace NKeras.Layers.Quantization;

/// <summary>A floating-point kernel that is rounded to 8 bits at every call, as inputs and gradients are. Scales follow the greatest values of late.</summary>
internal sealed class Float8Kernel : StoredKernel
{
    private readonly Layer _layer;
    private readonly Func<Variable> _kernel;
    private readonly (Variable Scale, Variable History) _inputs;
    private readonly (Variable Scale, Variable History) _weights;
    private readonly (Variable Scale, Variable History) _gradients;

    /// <summary>Creates the weights.</summary>
    /// <param name="layer">The layer they belong to.</param>
    /// <param name="kernel">Gives the kernel.</param>
    public Float8Kernel(Layer layer, Func<Variable> kernel)
    {
        (_layer, _kernel) = (layer, kernel);
        int length = (layer.Policy as QuantizedFloat8DTypePolicy)?.AmaxHistoryLength ?? QuantizedFloat8DTypePolicy.DefaultAmaxHistoryLength;
        (_inputs, _weights, _gradients) = (Scaling("inputs"), Scaling("kernel"), Scaling("outputs_grad"));

        (Variable, Variable) Scaling(string of) => (layer.AddReplaced($"{of}_scale", Shape.Scalar, "ones"), layer.AddReplaced($"{of}_amax_history", [length], "zeros"));
    }

    public override Variable Values => _kernel();

    public override bool KeepsKernel => true;

    public override Tensor Kernel(bool training) => Rounded(_kernel(), _weights, training);

    public override Tensor Inputs(Tensor inputs, bool training) => Rounded(inputs, _inputs, training);

    /// <summary>The results as they are; their gradient is rounded.</summary>
    public override Tensor Results(Tensor results) => Ops.CustomGradient((Tensors t) => (t[0], (Func<Tensors, Tensors>)(upstream =>
    {
        Tensor rounded = QuantizerFunctions.QuantizeAndDequantize(upstream[0], t[1], "float8_e5m2", _layer.ComputeDType);
        return (rounded, NextScale(t[2], t[1], QuantizerFunctions.Float8E5M2Max), QuantizerFunctions.ComputeFloat8AmaxHistory(upstream[0], t[2]));
    })))((results, _gradients.Scale, _gradients.History))[0];

    // Keras: so that the addition can be merged into the product.
    public override Tensor Bias(Tensor bias) => _layer.ComputeDType == DType.Float32 ? Ops.Cast(Ops.Cast(bias, DType.BFloat16), bias.DType) : bias;

    public override IReadOnlyList<Variable> Variables =>
        [Values, _inputs.Scale, _inputs.History, _weights.Scale, _weights.History, _gradients.Scale, _gradients.History];

    /// <summary>Numbers rounded to 8 bits, with the gradient of numbers that are not. In training the "gradients" of scale and history are their next values.</summary>
    private Tensor Rounded(Tensor x, (Variable Scale, Variable History) of, bool training)
    {
        if (!training) return Ops.CustomGradient(t => (Round(t, of.Scale), upstream => upstream))(x);
        return Ops.CustomGradient((Tensors t) => ((Tensors)Round(t[0], t[1]), (Func<Tensors, Tensors>)(upstream =>
            (upstream[0], NextScale(t[2], t[1], QuantizerFunctions.Float8E4M3Max), QuantizerFunctions.ComputeFloat8AmaxHistory(t[0], t[2])))))((x, of.Scale, of.History))[0];
    }

    private Tensor Round(Tensor x, Tensor scale) => QuantizerFunctions.QuantizeAndDequantize(x, scale, "float8_e4m3fn", _layer.ComputeDType);

    private static Tensor NextScale(Tensor history, Tensor scale, double most) => QuantizerFunctions.ComputeFloat8Scale(Ops.Max(history, 0), scale, most);
}
