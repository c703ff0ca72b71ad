using NKeras.Engine;

namespace NKeras.Training;

/// <summary>Samples that are the rows of tensors.</summary>
internal sealed class RowSamples : Samples
{
    private readonly Batch _data;

    public RowSamples(Batch data)
    {
        ArgumentNullException.ThrowIfNull(data.X, "x");
        _data = data;
        (string Name, int Rows)? first = null;
        foreach ((string name, Tensors? tensors) in ((string, Tensors?)[])[("x", data.X), ("y", data.Y), ("sampleWeight", data.SampleWeight)])
        {
            foreach (Tensor tensor in tensors ?? [])
            {
                int rows = Dense(name, tensor).Shape.Dims[0];
                first ??= (name, rows);
                if (rows != first.Value.Rows) throw new ArgumentException($"Dataset: {name} has {rows} samples (shape {tensor.Shape}), but {first.Value.Name} has {first.Value.Rows}.", name);
            }
        }

        Count = first?.Rows ?? throw new ArgumentException("Dataset: x holds no tensors.", "x");
    }

    public override int Count { get; }

    public override Batch Cut(ReadOnlySpan<int> numbers)
    {
        int[] rows = numbers.ToArray();
        return Select(_data, t => Rows(t, rows));
    }

    /// <summary>Rows of a tensor, copied.</summary>
    public static ConcreteTensor Rows(Tensor tensor, ReadOnlySpan<int> rows)
    {
        ConcreteTensor cut = ConcreteTensor.Allocate(new TensorSpec(tensor.Shape.With(0, rows.Length), tensor.DType));
        int size = rows.Length == 0 ? 0 : cut.Shape.Size / rows.Length;
        for (int i = 0; i < rows.Length;)
        {
            // Rows that follow each other are copied at once.
            int run = 1;
            while (i + run < rows.Length && rows[i + run] == rows[i] + run) run++;
            ((ConcreteTensor)tensor).CopyElements(rows[i] * size, cut, i * size, run * size);
            i += run;
        }

        return cut;
    }
}
