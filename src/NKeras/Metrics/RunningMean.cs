using NKeras.Core;

namespace NKeras.Metrics;

/// <summary>The state and arithmetic of a weighted mean over batches.</summary>
/// <param name="total">The weighted sum so far.</param>
/// <param name="count">The sum of the weights so far.</param>
internal sealed class RunningMean(Variable total, Variable count)
{
    /// <summary>Adds a batch of values.</summary>
    public void Add(Tensor values, Tensor? sampleWeight)
    {
        using WideScope scope = WideScope.Wanted(total.DType == DType.Float64);
        (values, Tensor? weight) = SamplewiseReduction.Reduce(values, sampleWeight, (x, axes) => Ops.Mean(x, axes), total.DType);
        total.AssignAdd(Ops.Sum(values));
        if (weight != null) count.AssignAdd(Ops.Sum(weight));
        else count.AssignAdd(Ops.Cast((float)(values.Rank == 0 ? 1 : values.Shape.Dims[0]), count.DType));
    }

    /// <summary>Whether the sum is a finite number.</summary>
    public bool IsFinite => double.IsFinite(total.Cell.FirstNumber);

    /// <summary>The mean; 0 where nothing was added.</summary>
    public Tensor Result()
    {
        using WideScope scope = WideScope.Wanted(total.DType == DType.Float64);
        return Ops.DivideNoNan(total.Value, count.Value);
    }
}
