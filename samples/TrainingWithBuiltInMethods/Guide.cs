using NKeras;
using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;

namespace Samples.TrainingWithBuiltInMethods;

/// <summary>The ways of training a model with <c>Compile</c>, <c>Fit</c>, <c>Evaluate</c> and <c>Predict</c>, one method each.</summary>
/// <param name="epochs">How long each of them trains.</param>
/// <param name="verbose">What they print: 0 (nothing) or 2 (a line per epoch).</param>
public sealed class Guide(int epochs = 3, int verbose = 2)
{
    private readonly (Tensor X, Tensor Y) _train = DigitData.Load().Train;
    private readonly (Tensor X, Tensor Y) _test = DigitData.Load().Test;

    /// <summary>Two hidden layers and a score for each digit.</summary>
    public static Model Classifier(Layer? between = null)
    {
        Input inputs = new([64], name: "digits");
        KerasTensor x = new Dense(64, activation: "relu", name: "dense_1").Apply(inputs);
        if (between != null) x = between.Apply(x);
        x = new Dense(64, activation: "relu", name: "dense_2").Apply(x);
        return new Model(inputs, new Dense(10, activation: "softmax", name: "predictions").Apply(x));
    }

    /// <summary>The usual way: names for what Keras has, data that is held back for validation, a test at the end.</summary>
    public (History History, Scores Test, Tensor Predictions) Usual()
    {
        Model model = Classifier();
        model.Compile("rmsprop", "sparse_categorical_crossentropy", metrics: ["sparse_categorical_accuracy"]);
        History history = model.Fit(_train.X, _train.Y, batchSize: 64, epochs: epochs, validationSplit: 0.2, verbose: verbose);
        return (history, model.Evaluate(_test.X, _test.Y, batchSize: 128, verbose: 0), model.Predict(_test.X[..3], verbose: 0));
    }

    /// <summary>A loss and a metric of one's own, and a layer that adds to both.</summary>
    public History OwnLossesAndMetrics()
    {
        Model model = Classifier(new ActivityPenalty());
        model.Compile(new Adam(1e-3), new UnsureSquares(), metrics: [new CategoricalAccuracy(name: "accuracy")]);
        Tensor oneHot = Ops.OneHot(_train.Y, 10);
        History history = model.Fit(_train.X, oneHot, batchSize: 64, epochs: epochs, verbose: verbose);

        Model counted = Classifier();
        counted.Compile(new Adam(1e-3), "sparse_categorical_crossentropy", metrics: [new CorrectCount()]);
        counted.Fit(_train.X, _train.Y, batchSize: 64, epochs: epochs, verbose: verbose);
        return history;
    }

    /// <summary>Samples that count more: all those of a class, or one by one. Both of these make fives count twice.</summary>
    public (History ByClass, History BySample) Weights()
    {
        float[] bySample = [.. Ops.Cast(_train.Y, "int32").ToArray<int>().Select(d => d == 5 ? 2f : 1f)];
        return (Train(new Dictionary<int, double> { [5] = 2.0 }, null), Train(null, bySample));

        History Train(IReadOnlyDictionary<int, double>? classWeight, Tensors? sampleWeight)
        {
            Utils.SetRandomSeed(7);
            Model model = Classifier();
            model.Compile(new SGD(0.1), "sparse_categorical_crossentropy", weightedMetrics: ["accuracy"]);
            return model.Fit(_train.X, _train.Y, batchSize: 64, epochs: epochs, classWeight: classWeight, sampleWeight: sampleWeight, verbose: verbose);
        }
    }

    /// <summary>Batches in place of arrays: a data set, and batches that are made as they are needed.</summary>
    public (History FromDataset, History FromSequence) Streams()
    {
        Model model = Compiled();
        Dataset batches = Dataset.FromTensorSlices(_train.X, _train.Y).Shuffle(1024, seed: 1).Batch(64);
        Dataset validation = Dataset.FromTensorSlices(_test.X, _test.Y).Batch(64);
        History fromDataset = model.Fit(batches, epochs: epochs, validationData: new ValidationData(validation), verbose: verbose);
        return (fromDataset, Compiled().Fit(Mirrored(), epochs: epochs, stepsPerEpoch: 10, verbose: verbose));

        static Model Compiled()
        {
            Model model = Classifier();
            model.Compile("adam", "sparse_categorical_crossentropy", metrics: ["accuracy"]);
            return model;
        }

        // Goes on for ever, so Fit needs to know how many batches are an epoch.
        IEnumerable<Batch> Mirrored()
        {
            for (int at = 0; ; at = (at + 64) % 1024) yield return (Ops.Flip(_train.X[at..(at + 64)], axis: 1), _train.Y[at..(at + 64)]);
        }
    }

    /// <summary>A model with two inputs and two outputs: losses, their weights, metrics and data by the outputs' names.</summary>
    public (History History, Scores Scores) SeveralInputsAndOutputs()
    {
        Input upper = new([32], name: "upper"), lower = new([32], name: "lower");
        KerasTensor both = new Dense(32, activation: "relu").Apply(new Concatenate().Apply(upper, lower));
        Model model = new(
            new() { ["upper"] = upper, ["lower"] = lower },
            new() { ["digit"] = new Dense(10, activation: "softmax", name: "digit").Apply(both), ["ink"] = new Dense(1, name: "ink").Apply(both) });
        model.Compile(
            new Adam(2e-3),
            new() { ["digit"] = "sparse_categorical_crossentropy", ["ink"] = "mse" },
            lossWeights: new() { ["digit"] = 1.0, ["ink"] = 2.0 },
            metrics: new() { ["digit"] = ["accuracy"], ["ink"] = [new NKeras.Metrics.MeanAbsoluteError(name: "mae")] });

        Tensors x = new() { ["upper"] = _train.X[.., ..32], ["lower"] = _train.X[.., 32..] };
        Tensors y = new() { ["digit"] = _train.Y, ["ink"] = Ops.Mean(_train.X, axis: 1, keepdims: true) };
        History history = model.Fit(x, y, batchSize: 64, epochs: epochs, verbose: verbose);
        return (history, model.Evaluate(x, y, verbose: 0, returnDict: true));
    }

    /// <summary>Steps that become smaller by a schedule, and callbacks that stop early and print what they see.</summary>
    public (History History, IReadOnlyList<string> Notes) SchedulesAndCallbacks()
    {
        List<string> notes = [];
        Model model = Classifier();
        model.Compile(new RMSprop(new ExponentialDecay(1e-2, decaySteps: 20, decayRate: 0.9, staircase: true)), "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        History history = model.Fit(
            _train.X, _train.Y, batchSize: 64, epochs: 50, validationSplit: 0.2, verbose: verbose,
            callbacks:
            [
                new EarlyStopping("val_loss", minDelta: 1e-2, patience: 2, restoreBestWeights: true),
                new LambdaCallback(onEpochEnd: (epoch, _) => notes.Add($"after epoch {epoch + 1} steps are {(double)model.Optimizer.LearningRate:G3}")),
            ]);
        return (history, notes);
    }
}
