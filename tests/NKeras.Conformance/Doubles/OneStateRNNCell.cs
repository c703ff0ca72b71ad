using NKeras.Layers;

namespace NKeras.Conformance.Doubles;

/// <summary>The cell with one state of Keras's tests.</summary>
[RegisterKerasSerializable]
internal class OneStateRNNCell(int units, Ints? stateSize = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null) : RNNCell(name, trainable, dtype)
{
    private Variable _kernel = null!;
    private Variable _recurrentKernel = null!;

    public int Units { get; } = units;

    public override Ints StateSize { get; } = stateSize ?? units;

    public override void Build(Shape inputShape)
    {
        _kernel = AddWeight("kernel", [inputShape[-1], Units], "ones");
        _recurrentKernel = AddWeight("recurrent_kernel", [Units, Units], "ones");
    }

    public override (Tensor Output, Tensors States) Call(Tensor inputs, Tensors states, bool training = false)
    {
        Tensor output = Ops.Matmul(inputs, _kernel) + Ops.Matmul(states[0], _recurrentKernel);
        return (output, [output]);
    }
}
