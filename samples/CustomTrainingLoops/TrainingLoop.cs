using NKeras;
using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Optimizers;

namespace Samples.CustomTrainingLoops;

/// <summary>A training loop written out: gradients, a step of the optimizer, metrics, validation.</summary>
/// <param name="model">A model that gives scores (logits) of classes.</param>
/// <param name="compiled">Whether steps run as one compiled program, as those of <c>Fit</c> do, or function by function.</param>
public sealed class TrainingLoop(Model model, bool compiled)
{
    private readonly Adam _optimizer = new(2e-3);
    private readonly NKeras.Losses.SparseCategoricalCrossentropy _loss = new(fromLogits: true);
    private readonly SparseCategoricalAccuracy _trainAccuracy = new(), _valAccuracy = new();

    /// <summary>Trains, and gives the mean loss of each epoch and the accuracy on validation data after it.</summary>
    public IReadOnlyList<(double Loss, double ValAccuracy)> Run((Tensor X, Tensor Y) train, (Tensor X, Tensor Y) validation, int epochs, int batchSize, Action<string>? print = null)
    {
        // What these functions do is looked at once for each shape of batch; afterwards it is a program that updates all state in place.
        Func<Tensor, Tensor, Tensor> trainStep = TrainStep;
        Action<Tensor, Tensor> testStep = TestStep;
        if (compiled)
        {
            CompiledFunction trains = new((Tensor x, Tensor y) => TrainStep(x, y)), tests = new((Tensor x, Tensor y) =>
            {
                TestStep(x, y);
                return [];
            });
            (trainStep, testStep) = ((x, y) => trains.Apply(x, y), (x, y) => tests.ApplyAll(x, y));
        }

        List<(double, double)> results = [];
        Dataset batches = Dataset.FromTensorSlices(train.X, train.Y).Shuffle(2048, seed: 3).Batch(batchSize);
        Dataset valBatches = Dataset.FromTensorSlices(validation.X, validation.Y).Batch(batchSize);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            double sum = 0;
            int steps = 0;
            foreach (Batch batch in batches)
            {
                sum += trainStep(batch.X[0], batch.Y![0]).ToArray<float>()[0];
                steps++;
            }

            foreach (Batch batch in valBatches) testStep(batch.X[0], batch.Y![0]);
            double accuracy = Number(_trainAccuracy.Result()), valAccuracy = Number(_valAccuracy.Result());
            print?.Invoke($"epoch {epoch + 1}: loss {sum / steps:F4}, accuracy {accuracy:F4}, on validation data {valAccuracy:F4}");
            results.Add((sum / steps, valAccuracy));
            _trainAccuracy.ResetState();
            _valAccuracy.ResetState();
        }

        return results;
    }

    private Tensor TrainStep(Tensor x, Tensor y)
    {
        (Tensor loss, Tensors results, Tensor?[] gradients) = Gradients.ValueAndGrad(
            () =>
            {
                Tensor scores = model.Apply(x, training: true);
                // What layers add to the loss is there after the call.
                return (model.Losses.Aggregate(_loss.Apply(y, scores), (sum, more) => sum + more), scores);
            },
            model.TrainableVariables);
        _optimizer.Apply(gradients, model.TrainableVariables);
        _trainAccuracy.UpdateState(y, results[0]);
        return loss;
    }

    private void TestStep(Tensor x, Tensor y) => _valAccuracy.UpdateState(y, model.Apply(x, training: false));

    private static double Number(Tensor scalar) => scalar.ToArray<float>()[0];
}
