using NKeras.Callbacks;
using NKeras.Engine;

namespace NKeras.Training;

/// <summary>A pass over data that gathers what the model computes.</summary>
/// <param name="model">The model.</param>
/// <param name="steps">Its compiled steps.</param>
/// <param name="feed">The data.</param>
/// <param name="batches">How many batches to take.</param>
/// <param name="rows">How many samples those are.</param>
internal sealed class PredictionLoop(Model model, StepCache steps, BatchFeed feed, int batches, int rows)
{
    /// <summary>The predictions for all samples, in the structure in which the model gives them.</summary>
    public Tensors Run(CallbackList callbacks)
    {
        callbacks.Each(c => c.OnPredictBegin());
        FeedSteps compiled = new(StepKind.Predict, null, steps, feed);
        TrainingStep step = compiled[0];
        ConcreteTensor[] buffers = [.. step.Outputs.Select(ConcreteTensor.Allocate)];
        Predictions predictions = new(model.Name, step, feed.FullSpec.All[0].Shape.Dims[0], rows);
        for (int batch = 0; batch < batches; batch++)
        {
            callbacks.BatchBegin(batch, static (c, b) => c.OnPredictBatchBegin(b));
            TrainingStep next = compiled[batch];
            if (next != step)
            {
                step = next;
                buffers = [.. step.Outputs.Select(ConcreteTensor.Allocate)];
            }

            step.Run(feed.Fill(batch), buffers);
            predictions.Add(step, buffers, feed.FirstRow(batch));
            callbacks.BatchEnd(batch, null, static (c, b, l) => c.OnPredictBatchEnd(b, l));
        }

        callbacks.Each(c => c.OnPredictEnd());
        return step.Pack(predictions.Results);
    }
}
