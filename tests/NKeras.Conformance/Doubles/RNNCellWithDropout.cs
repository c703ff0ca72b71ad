using NKeras.Layers;

namespace NKeras.Conformance.Doubles;

/// <summary>The cell with dropout of Keras's tests. It draws at every step where Keras's keeps one mask, which random records do not tell apart.</summary>
[RegisterKerasSerializable]
internal sealed class RNNCellWithDropout : RNNCell
{
    private readonly SeedGenerator _seedGenerator;
    private Variable _kernel = null!;
    private Variable _recurrentKernel = null!;

    public RNNCellWithDropout(int units, double dropout = 0.5, double recurrentDropout = 0.5, int? seed = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        (Units, Dropout, RecurrentDropout, Seed) = (units, dropout, recurrentDropout, seed);
        _seedGenerator = new SeedGenerator(seed);
    }

    public int Units { get; }

    public double Dropout { get; }

    public double RecurrentDropout { get; }

    public int? Seed { get; }

    public override Ints StateSize => Units;

    public override void Build(Shape inputShape)
    {
        _kernel = AddWeight("kernel", [inputShape[-1], Units], "ones");
        _recurrentKernel = AddWeight("recurrent_kernel", [Units, Units], "ones");
    }

    public override (Tensor Output, Tensors States) Call(Tensor inputs, Tensors states, bool training = false)
    {
        Tensor state = states[0];
        if (training) (inputs, state) = (RandomOps.Dropout(inputs, Dropout, seed: _seedGenerator), RandomOps.Dropout(state, RecurrentDropout, seed: _seedGenerator));
        Tensor output = Ops.Matmul(inputs, _kernel) + Ops.Matmul(state, _recurrentKernel);
        return (output, [output]);
    }
}
