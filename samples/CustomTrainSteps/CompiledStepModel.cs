using NKeras;

namespace Samples.CustomTrainSteps;

/// <summary>A step of one's own with the loss and the metrics given to <c>Compile</c>, and with the weights of samples given to <c>Fit</c>.</summary>
public sealed class CompiledStepModel(KerasTensors inputs, KerasTensors outputs) : Model(inputs, outputs)
{
    public override IReadOnlyDictionary<string, Tensor> TrainStep(Batch data)
    {
        (Tensor loss, Tensors predictions, Tensor?[] gradients) = Gradients.ValueAndGrad(
            () =>
            {
                Tensor prediction = Apply(data.X[0], training: true);
                return (ComputeLoss(data.X, data.Y, prediction, data.SampleWeight), prediction);
            },
            TrainableVariables);
        Optimizer.Apply(gradients, TrainableVariables);
        foreach (var metric in Metrics.Where(m => m.Name == "loss").OfType<NKeras.Metrics.Mean>()) metric.UpdateState(loss);
        return ComputeMetrics(data.X, data.Y, predictions[0], data.SampleWeight);
    }

    public override IReadOnlyDictionary<string, Tensor> TestStep(Batch data)
    {
        Tensor prediction = Apply(data.X[0], training: false);
        foreach (var metric in Metrics.Where(m => m.Name == "loss").OfType<NKeras.Metrics.Mean>()) metric.UpdateState(ComputeLoss(data.X, data.Y, prediction, data.SampleWeight, training: false));
        return ComputeMetrics(data.X, data.Y, prediction, data.SampleWeight);
    }
}
