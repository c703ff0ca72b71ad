using NKeras;

namespace Samples.CustomTrainSteps;

/// <summary>Another loss and another metric, and everything else as usual: often all that is needed.</summary>
public sealed class OwnLossModel(KerasTensors inputs, KerasTensors outputs) : Model(inputs, outputs)
{
    public override Tensor ComputeLoss(Tensors? x = null, Tensors? y = null, Tensors? yPred = null, Tensors? sampleWeight = null, bool training = true)
    {
        Tensor errors = Ops.Mean(Ops.Square(y![0] - yPred![0]), axis: -1);
        return Ops.Mean(sampleWeight is null ? errors : errors * sampleWeight[0]);
    }

    public override IReadOnlyDictionary<string, Tensor> ComputeMetrics(Tensors x, Tensors? y, Tensors yPred, Tensors? sampleWeight = null) =>
        new Dictionary<string, Tensor>(base.ComputeMetrics(x, y, yPred, sampleWeight)) { ["largest_error"] = Ops.Max(Ops.Abs(y![0] - yPred[0])) };
}
