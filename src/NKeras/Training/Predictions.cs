using NKeras.Core;
using NKeras.Engine;

namespace NKeras.Training;

/// <summary>Gathers the predictions for batches.</summary>
internal sealed class Predictions
{
    private readonly ConcreteTensor?[] _dense;
    private readonly List<Tensor>[] _parts;
    private int _rows;

    /// <summary>Prepares for the predictions of a step.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="step">The step for the first batch.</param>
    /// <param name="batchSize">The samples of the first batch.</param>
    /// <param name="rows">How many samples there will be; null if that is not known.</param>
    public Predictions(string model, TrainingStep step, int batchSize, int? rows)
    {
        _dense = new ConcreteTensor?[step.Composites.Length];
        _parts = [.. step.Composites.Select(_ => new List<Tensor>())];
        int part = 0;
        for (int i = 0; i < _dense.Length; i++)
        {
            CompositeSpec? composite = step.Composites[i];
            Shape shape = composite?.Shape ?? step.Outputs[part].Shape;
            if (shape.Rank == 0 || shape.Dims[0] != batchSize)
            {
                throw new InvalidOperationException(
                    $"Output {step.OutputName(i)} of model '{model}' has shape {shape} for a batch of {batchSize}: Predict needs one result per sample.");
            }

            if (composite == null && rows is { } all) _dense[i] = ConcreteTensor.Allocate(step.Outputs[part] with { Shape = shape.With(0, all) });
            part += composite?.Parts.Length ?? 1;
        }
    }

    /// <summary>All predictions, one tensor for each output.</summary>
    public IReadOnlyList<Tensor> Results => [.. _dense.Select((t, i) => t == null ? Join(_parts[i]) : t.Shape.Dims[0] == _rows ? t : t[.._rows])];

    /// <summary>Takes over the predictions of a batch.</summary>
    /// <param name="step">The step that made them.</param>
    /// <param name="parts">The blocks of numbers they consist of; they may be overwritten afterwards.</param>
    /// <param name="rows">How many samples they are for.</param>
    public void Add(TrainingStep step, ConcreteTensor[] parts, int rows)
    {
        int next = 0;
        for (int i = 0; i < _dense.Length; i++)
        {
            int count = step.Composites[i]?.Parts.Length ?? 1;
            if (_dense[i] is { } whole) Copy(parts[next], whole, _rows);
            else _parts[i].Add(step.Composites[i]?.Build([.. parts[next..(next + count)].Select(Snapshot)]) ?? Snapshot(parts[next]));
            next += count;
        }

        _rows += rows;
    }

    private static Tensor Join(List<Tensor> parts) => parts[0] is CompositeTensor first ? first.JoinRows([.. parts.Cast<CompositeTensor>()])
        : parts.Count == 1 ? parts[0]
        : Ops.Concatenate([.. parts], axis: 0);

    private static void Copy(ConcreteTensor part, ConcreteTensor whole, int firstRow)
    {
        int count = part.Shape.Size;
        part.CopyElements(0, whole, count / part.Shape.Dims[0] * firstRow, count);
    }

    private static Tensor Snapshot(ConcreteTensor part)
    {
        ConcreteTensor copy = ConcreteTensor.Allocate(part.Spec);
        part.CopyElements(0, copy, 0, part.Shape.Size);
        return copy;
    }
}
