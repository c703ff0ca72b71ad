using NKeras;
using NKeras.Layers;
using NKeras.Metrics;

namespace Samples.TrainingWithBuiltInMethods;

/// <summary>Passes its inputs on, adds their size to the loss, and reports their spread: losses and metrics that come from within a model.</summary>
public sealed class ActivityPenalty(double rate = 1e-3) : Layer
{
    private readonly Mean _spread = new("activity_spread");

    public double Rate { get; } = rate;

    public override Tensor Call(Tensor inputs, bool training = false)
    {
        AddLoss(Rate * Ops.Mean(Ops.Sum(inputs, axis: -1)));
        _spread.UpdateState(Ops.Std(inputs));
        return inputs;
    }
}
