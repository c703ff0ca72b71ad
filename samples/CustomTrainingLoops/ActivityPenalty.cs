using NKeras;
using NKeras.Layers;

namespace Samples.CustomTrainingLoops;

/// <summary>Passes its inputs on and adds their size to the model's losses, which a loop of one's own takes into account itself.</summary>
public sealed class ActivityPenalty(double rate) : Layer
{
    public double Rate { get; } = rate;

    public override Tensor Call(Tensor inputs, bool training = false)
    {
        AddLoss(Rate * Ops.Mean(Ops.Sum(Ops.Square(inputs), axis: -1)));
        return inputs;
    }
}
