using NKeras.Core;

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
        CheckIsList(this, inputs);
        CheckShapes([.. inputs.Select(t => t.Shape)]);
        int rank = inputs.Max(t => t.Rank);
        return Combine([.. inputs.Select(t => Widen(t, rank))]);
    }

    /// <summary>What any of the inputs has unmasked, if all have a mask.</summary>
    public override Tensors? ComputeMask(Tensors inputs, Tensors? previousMask) =>
        previousMask == null || previousMask.Contains(null!) ? null : (Tensors)previousMask.Aggregate(Ops.LogicalOr);

    /// <summary>Checks that a layer that combines inputs was given a list of them.</summary>
    internal static void CheckIsList(Layer layer, Tensors inputs)
    {
        if (inputs.IsSingle)
            throw new ArgumentException($"Layer '{layer.Name}' combines a list of inputs; received a single tensor of shape {inputs[0].Shape}. Give a list: Apply(a, b).", nameof(inputs));
    }

    /// <summary>Combines inputs of one rank.</summary>
    private protected abstract Tensor Combine(IReadOnlyList<Tensor> inputs);

    /// <summary>An input's mask with a dimension for its features; null for none.</summary>
    private protected static Tensor? MaskOf(Tensor x) => KerasMask.Of(x) is { } mask ? Ops.ExpandDims(mask, -1) : null;

    /// <summary>Gives a result the mask of the steps that have an unmasked feature.</summary>
    private protected static Tensor WithMask(Tensor result, Tensor mask)
    {
        KerasMask.Set(result, Ops.Any(mask, -1));
        return result;
    }

    /// <summary>Combines inputs in turn, where they are unmasked. The result is masked where all are, unless one has no mask.</summary>
    private protected static Tensor CombineUnmasked(IReadOnlyList<Tensor> inputs, Func<Tensor, Tensor, Tensor> function)
    {
        (Tensor result, Tensor? resultMask) = (inputs[0], MaskOf(inputs[0]));
        foreach (Tensor input in inputs.Skip(1))
        {
            Tensor x = input;
            Tensor? mask = MaskOf(input);
            if (mask is not null) x = Ops.Where(mask, x, result);
            if (resultMask is not null) result = Ops.Where(resultMask, result, x);
            resultMask = mask is null || resultMask is null ? null : Ops.LogicalOr(resultMask, mask);
            result = function(result, x);
        }

        return resultMask is null ? result : WithMask(result, resultMask);
    }

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
