namespace NKeras.Layers;

/// <summary>What layers have in common that combine several inputs element by element, with broadcasting.</summary>
/// <remarks>Inputs of lower rank get dimensions of one after the batch's. All inputs have one batch size.</remarks>
public abstract class Merge : Layer
{
    private protected Merge(string? name, bool trainable, DTypePolicy? dtype)
        : base(name, trainable, dtype)
    {
    }

    /// <inheritdoc/>
    public sealed override Tensors Call(Tensors inputs, bool training)
    {
        CheckShapes([.. inputs.Select(t => t.Shape)]);
        int rank = inputs.Max(t => t.Rank);
        return Combine([.. inputs.Select(t => Widen(t, rank))]);
    }

    /// <summary>Combines inputs of one rank.</summary>
    private protected abstract Tensor Combine(IReadOnlyList<Tensor> inputs);

    private static Tensor Widen(Tensor x, int rank)
    {
        for (int i = x.Rank; i < rank; i++) x = Ops.ExpandDims(x, 1);
        return x;
    }

    private void CheckShapes(Shape[] shapes)
    {
        if (shapes.Where(s => s.Rank > 0).Select(s => s[0]).OfType<int>().Distinct().Count() > 1) throw Mismatch("different batch sizes");
        for (int fromEnd = 1; fromEnd < shapes.Max(s => s.Rank); fromEnd++)
        {
            int[] dims = [.. shapes.Where(s => s.Rank > fromEnd).Select(s => s[-fromEnd]).OfType<int>().Where(d => d != 1).Distinct()];
            if (dims.Length > 1) throw Mismatch($"dimensions {string.Join(" and ", dims)}, counted {fromEnd} from the end, which do not broadcast");
        }

        ArgumentException Mismatch(string what) =>
            new($"Layer '{Name}' cannot combine inputs with {what}; received shapes {string.Join(", ", (object[])shapes)}.");
    }
}
