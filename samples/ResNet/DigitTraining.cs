using NKeras;
using NKeras.Callbacks;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;

namespace Samples.ResNet;

/// <summary>How to train on the digits.</summary>
/// <param name="Epochs">Passes over the digits.</param>
/// <param name="BatchSize">Digits in a batch.</param>
/// <param name="Samples">How many digits to train on; all if omitted.</param>
/// <param name="Verbose">What <c>Fit</c> prints: nothing (0), a progress bar (1) or a line for each epoch (2).</param>
public sealed record DigitTrainingOptions(int Epochs = 30, int BatchSize = 32, int? Samples = null, int Verbose = 2);

/// <summary>Trains a network on 1,797 real handwritten digits, of which it never sees a fifth.</summary>
public static class DigitTraining
{
    /// <summary>Trains the network.</summary>
    /// <returns>The scores of each epoch, and the share of the digits held back that it gets right.</returns>
    public static (History History, double TestAccuracy) Train(Model model, DigitTrainingOptions options)
    {
        var ((xTrain, yTrain), (xTest, yTest)) = Datasets.Digits.LoadData(testSplit: 0.2);
        int samples = options.Samples ?? xTrain.Shape[0]!.Value;
        (xTrain, yTrain) = (xTrain[..samples], yTrain[..samples]);

        int steps = options.Epochs * ((samples + options.BatchSize - 1) / options.BatchSize);
        model.Compile(new Adam(new CosineDecay(2e-3, steps)), "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        History history = model.Fit(Prepare(xTrain), yTrain, options.BatchSize, options.Epochs, options.Verbose);
        return (history, model.Evaluate(Prepare(xTest), yTest, verbose: 0)["accuracy"]);
    }

    // Pixels from 0..16 to 0..1, with a channel axis at the end.
    private static Tensor Prepare(Tensor images) => Ops.ExpandDims(Ops.Cast(images, "float32") / 16.0, axis: -1);
}
