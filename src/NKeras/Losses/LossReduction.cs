namespace NKeras.Losses;

/// <summary>How the values of samples become one number, with weights and masks.</summary>
internal static class LossReduction
{
    private static readonly string[] s_known = ["mean", "mean_with_sample_weight", "none", "sum", "sum_over_batch_size"];

    /// <summary>The reduction, if there is one of that name.</summary>
    public static string? Check(string? reduction) => reduction == null || s_known.Contains(reduction)
        ? reduction
        : throw new ArgumentException($"Unknown reduction '{reduction}'. {Suggestion.For(reduction, s_known)}", nameof(reduction));

    /// <summary>
    /// Brings two tensors whose ranks differ by one to the same rank, if the longer one ends in a dimension of one: a vector
    /// gets such a dimension too, a longer tensor loses it.
    /// </summary>
    public static (Tensor A, Tensor B) MatchRanks(Tensor a, Tensor b)
    {
        if (a.Rank == b.Rank + 1 && a.Shape[-1] == 1)
            return b.Rank == 1 ? (a, Ops.ExpandDims(b, -1)) : (Ops.Squeeze(a, -1), b);
        if (b.Rank == a.Rank + 1 && b.Shape[-1] == 1)
            return a.Rank == 1 ? (Ops.ExpandDims(a, -1), b) : (a, Ops.Squeeze(b, -1));
        return (a, b);
    }

    /// <summary>A mask that travels with predictions, for the values that they give; null where it says nothing about those.</summary>
    // Keras: fails unless the mask has the values' shape; here it may be of the first axes alone, and one of attention's scores is passed over.
    public static Tensor? MaskFor(Tensor values, Tensor? mask)
    {
        if (mask is null) return null;
        if (mask.Rank < values.Rank) mask = Ops.ExpandDims(mask, Enumerable.Range(mask.Rank, values.Rank - mask.Rank).ToArray());
        if (mask.Rank == values.Rank + 1 && mask.Shape[-1] == 1) mask = Ops.Squeeze(mask, -1);
        bool fits = mask.Rank == values.Rank && Enumerable.Range(0, mask.Rank).All(i => mask.Shape[i] is null or 1 || values.Shape[i] is null || mask.Shape[i] == values.Shape[i]);
        return fits ? mask : null;
    }

    /// <summary>The weighted, reduced value.</summary>
    public static Tensor Reduce(Tensor values, Tensor? sampleWeight, Tensor? mask, string? reduction)
    {
        Tensor? weight = Combine(sampleWeight, mask, values.DType, reduction);
        if (weight != null)
        {
            (values, weight) = MatchRanks(values, weight);
            values = Weighted(values, weight);
        }

        if (reduction is null or "none" || values.Rank == 0 || (values.Rank == 1 && values.Shape[0] == 0)) return values;
        Tensor sum = Ops.Sum(values);
        if (reduction == "sum") return sum;
        if (reduction == "mean_with_sample_weight" && weight != null) return Ops.DivideNoNan(sum, Ops.Sum(weight));
        if (!values.Shape.IsKnown) return Ops.Mean(values);
        return values.Shape.Size == 0 ? sum : Ops.Multiply(sum, 1.0 / values.Shape.Size);
    }

    /// <summary>Weight and mask as one weight. Averages are taken over what the mask keeps.</summary>
    public static Tensor? Combine(Tensor? sampleWeight, Tensor? mask, DType type, string? reduction)
    {
        Tensor? weight = sampleWeight == null ? null : Ops.Cast(sampleWeight, type);
        if (mask == null) return weight;
        Tensor kept = Ops.Cast(mask, type);
        if (reduction is "mean" or "sum_over_batch_size")
            kept = Ops.Multiply(kept, Ops.DivideNoNan(mask.Shape.IsKnown ? (double)mask.Shape.Size : Ops.Sum(Ops.OnesLike(kept)), Ops.Sum(kept)));
        if (weight == null) return kept;
        (kept, weight) = MatchRanks(kept, weight);
        if (weight.Rank > 0 && weight.Rank < kept.Rank) weight = Ops.ExpandDims(weight, Enumerable.Range(weight.Rank, kept.Rank - weight.Rank).ToArray());
        return Weighted(kept, weight);
    }

    /// <summary>Values times their weights.</summary>
    /// <exception cref="ArgumentException">The weights have another shape.</exception>
    public static Tensor Weighted(Tensor values, Tensor weight)
    {
        try
        {
            return Ops.Multiply(values, weight);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"sampleWeight of shape {weight.Shape} does not fit values of shape {values.Shape}: give one weight for each sample, or for each value.", "sampleWeight", e);
        }
    }
}
