using NKeras.Core;
using NKeras.Losses;

namespace NKeras.Metrics;

/// <summary>Brings a batch of values to one per sample, weighted.</summary>
internal static class SamplewiseReduction
{
    /// <summary>How axes are combined.</summary>
    public delegate Tensor Combine(Tensor x, int[] axes);

    /// <summary>One value per sample, and the weight of each if there are weights.</summary>
    public static (Tensor Values, Tensor? Weight) Reduce(Tensor values, Tensor? sampleWeight, Combine combine, DType type)
    {
        // Keras: what a mask leaves out is left out of a weighted mean, but counts (as zero, mostly) in an unweighted one.
        Tensor? mask = KerasMask.Of(values);
        values = Ops.Cast(values, type);
        Tensor? weight = sampleWeight == null ? null : Ops.Cast(sampleWeight, type);
        if (weight != null)
        {
            if (mask != null) weight = LossReduction.Combine(weight, mask, type, "sum")!;
            (values, weight) = LossReduction.MatchRanks(values, weight);
            // A weight for several elements applies to their combination.
            if (values.Rank > weight.Rank) values = combine(values, [.. Enumerable.Range(weight.Rank, values.Rank - weight.Rank)]);
            int rank = weight.Rank;
            weight = Fitting(weight, values.Shape);
            values = Ops.Multiply(values, weight);
            if (rank > 1) weight = combine(weight, [.. Enumerable.Range(1, rank - 1)]);
        }

        if (values.Rank > 1) values = combine(values, [.. Enumerable.Range(1, values.Rank - 1)]);
        return (values, weight);
    }

    private static Tensor Fitting(Tensor weight, Shape shape)
    {
        try
        {
            return Ops.BroadcastTo(weight, shape);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"sampleWeight of shape {weight.Shape} does not fit values of shape {shape}: give one weight for each sample, or for each value.", "sampleWeight", e);
        }
    }
}
