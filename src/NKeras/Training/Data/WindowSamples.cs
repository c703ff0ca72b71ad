using NKeras.Engine;

namespace NKeras.Training;

/// <summary>Samples that are windows of a series, which may overlap.</summary>
/// <param name="data">The series, step by step along the first axis.</param>
/// <param name="targets">The target of the window that begins at the same step; null for none.</param>
/// <param name="starts">Where windows begin.</param>
/// <param name="length">The number of steps in a window.</param>
/// <param name="rate">How far apart these are.</param>
internal sealed class WindowSamples(Tensor data, Tensor? targets, int[] starts, int length, int rate) : Samples
{
    public override int Count => starts.Length;

    public override Batch Cut(ReadOnlySpan<int> numbers)
    {
        int[] first = new int[numbers.Length], steps = new int[checked(numbers.Length * length)];
        for (int i = 0; i < numbers.Length; i++)
        {
            first[i] = starts[numbers[i]];
            for (int j = 0; j < length; j++) steps[(i * length) + j] = first[i] + (j * rate);
        }

        TensorSpec spec = new(new Shape([numbers.Length, length, .. data.Shape.Dims[1..]]), data.DType);
        ConcreteTensor windows = new(spec, RowSamples.Rows(data, steps).Data);
        return targets == null ? windows : (windows, RowSamples.Rows(targets, first));
    }
}
