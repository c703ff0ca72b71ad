using NKeras.Layers;

namespace NKeras.Conformance.Doubles;

/// <summary>The cell with two states of Keras's tests.</summary>
[RegisterKerasSerializable]
internal sealed class TwoStatesRNNCell(int units, Ints? stateSize = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null) : RNNCell(name, trainable, dtype)
{
    private Variable _kernel = null!;
    private Variable _recurrentKernel1 = null!;
    private Variable _recurrentKernel2 = null!;

    public int Units { get; } = units;

    public override Ints StateSize { get; } = stateSize ?? (units, units);

    public override int OutputSize => Units;

    public override void Build(Shape inputShape)
    {
        _kernel = AddWeight("kernel", [inputShape[-1], Units], "ones");
        _recurrentKernel1 = AddWeight("recurrent_kernel_1", [Units, Units], "ones");
        _recurrentKernel2 = AddWeight("recurrent_kernel_2", [Units, Units], "ones");
    }

    // Keras: this test cell takes its first state for the second one, too.
    public override (Tensor Output, Tensors States) Call(Tensor inputs, Tensors states, bool training = false)
    {
        Tensor x = Ops.Matmul(inputs, _kernel);
        Tensor first = x + Ops.Matmul(states[0], _recurrentKernel1), second = x + Ops.Matmul(states[0], _recurrentKernel2);
        return (first + second, [first, second]);
    }
}
