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
        TrainingStep step = steps.Get(StepKind.Predict, null, feed.FullSpec);
        ConcreteTensor[] buffers = [.. step.Outputs.Select(ConcreteTensor.Allocate)];
        ConcreteTensor[] results = [.. step.Outputs.Select((s, i) => ResultFor(s, step.OutputName(i)))];
        for (int batch = 0; batch < batches; batch++)
        {
            callbacks.BatchBegin(batch, static (c, b) => c.OnPredictBatchBegin(b));
            if (feed.IsRest(batch))
            {
                step = steps.Get(StepKind.Predict, null, feed.RestSpec!.Value);
                buffers = [.. step.Outputs.Select(ConcreteTensor.Allocate)];
            }

            step.Run(feed.Fill(batch), buffers);
            for (int i = 0; i < buffers.Length; i++) Append(buffers[i], results[i], feed.FirstRow(batch));
            callbacks.BatchEnd(batch, null, static (c, b, l) => c.OnPredictBatchEnd(b, l));
        }

        callbacks.Each(c => c.OnPredictEnd());
        return step.Pack(results);
    }

    private static void Append(ConcreteTensor part, ConcreteTensor whole, int firstRow)
    {
        Span<byte> to = ((HostStorage)whole.Data).Bytes, from = ((HostStorage)part.Data).Bytes;
        from.CopyTo(to[(from.Length / part.Shape.Dims[0] * firstRow)..]);
    }

    private ConcreteTensor ResultFor(TensorSpec batch, string output)
    {
        int batchSize = feed.FullSpec.All[0].Shape.Dims[0];
        if (batch.Shape.Rank == 0 || batch.Shape.Dims[0] != batchSize)
        {
            throw new InvalidOperationException(
                $"Output {output} of model '{model.Name}' has shape {batch.Shape} for a batch of {batchSize}: Predict needs one result per sample.");
        }

        return ConcreteTensor.Allocate(batch with { Shape = batch.Shape.With(0, rows) });
    }
}
