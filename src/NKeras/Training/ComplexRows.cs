using NKeras.Core;
using NKeras.Engine;

namespace NKeras.Training;

/// <summary>Takes rows out of a complex tensor.</summary>
internal sealed class ComplexRows(ComplexTensor tensor) : CompositeRows
{
    protected override int[] Starts { get; } = [.. Enumerable.Range(0, tensor.Shape.Dims[0] + 1)];

    protected override CompositeSpec Spec(int rows, int capacity) => new ComplexSpec(tensor.Shape.With(0, rows), tensor.DType);

    protected override void Copy(ReadOnlySpan<int> rows, ConcreteTensor[] parts)
    {
        int size = parts[0].Shape.Size / Math.Max(1, rows.Length);
        CopyValues(rows, tensor.Real, parts[0], size);
        CopyValues(rows, tensor.Imag, parts[1], size);
    }
}
