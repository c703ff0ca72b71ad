using NKeras;
using NKeras.Metrics;

namespace Samples.CustomTrainSteps;

/// <summary>A functional model whose step is written out, with a loss and metrics of its own: <c>Compile</c> needs the optimizer only.</summary>
public sealed class OwnStepModel(KerasTensors inputs, KerasTensors outputs) : Model(inputs, outputs)
{
    private readonly Mean _loss = new("loss");
    private readonly NKeras.Metrics.MeanAbsoluteError _error = new(name: "mae");

    /// <summary>What is listed here is reset at the start of each epoch.</summary>
    public override IReadOnlyList<Metric> Metrics => [_loss, _error];

    public override IReadOnlyDictionary<string, Tensor> TrainStep(Batch data)
    {
        (Tensor x, Tensor y) = (data.X[0], data.Y![0]);
        (Tensor loss, Tensors predictions, Tensor?[] gradients) = Gradients.ValueAndGrad(
            () =>
            {
                Tensor prediction = Apply(x, training: true);
                return (SquaredError(y, prediction), prediction);
            },
            TrainableVariables);
        Optimizer.Apply(gradients, TrainableVariables);
        _loss.UpdateState(loss);
        _error.UpdateState(y, predictions[0]);
        return GetMetricsResult();
    }

    public override IReadOnlyDictionary<string, Tensor> TestStep(Batch data)
    {
        Tensor prediction = Apply(data.X[0], training: false);
        _loss.UpdateState(SquaredError(data.Y![0], prediction));
        _error.UpdateState(data.Y[0], prediction);
        return GetMetricsResult();
    }

    private static Tensor SquaredError(Tensor y, Tensor prediction) => Ops.Mean(Ops.Square(y - prediction));
}
