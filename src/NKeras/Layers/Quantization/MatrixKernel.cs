using NKeras.Quantizers;

namespace NKeras.Layers.Quantization;

/// <summary>A kernel of whole numbers of 8 or 4 bits with scales; inputs may be rounded at every call.</summary>
/// <param name="matrix">The kernel as a matrix, one column for each channel.</param>
/// <param name="shape">The kernel's shape.</param>
/// <param name="weightQuantizer">Rounds the kernel; the usual one if null.</param>
/// <param name="inputQuantizer">Rounds the inputs; null to leave them as they are.</param>
/// <param name="inputAxes">The axes of the inputs that are summed over.</param>
internal sealed class MatrixKernel(QuantizedMatrix matrix, Shape shape, Quantizer? weightQuantizer, Quantizer? inputQuantizer, Ints inputAxes) : StoredKernel
{
    public override Variable Values => matrix.Values;

    public override bool TakesLowRank => true;

    public override Tensor Kernel(bool training) => shape.Rank == 2 ? matrix.Restored : Ops.Reshape(matrix.Restored, shape);

    public override Tensor Inputs(Tensor inputs, bool training) => inputQuantizer == null ? inputs : RoundedInputs.WithGradient(inputs, inputQuantizer, inputAxes);

    public override IReadOnlyList<Variable> Variables => matrix.Variables;

    public override IEnumerable<(Variable Variable, Tensor Value)> Quantized(Tensor kernel, bool asIsUsual = false) =>
        matrix.Quantized(Ops.Reshape(kernel, matrix.Shape), asIsUsual ? null : weightQuantizer);
}
