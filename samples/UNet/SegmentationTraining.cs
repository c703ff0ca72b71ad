using NKeras;
using NKeras.Callbacks;
using NKeras.Metrics;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;

namespace Samples.UNet;

/// <summary>How to train on the pictures.</summary>
/// <param name="Pictures">How many pictures to train on.</param>
/// <param name="TestPictures">How many pictures, of digits that training has not seen, to test on.</param>
/// <param name="Epochs">Passes over the pictures.</param>
/// <param name="BatchSize">Pictures in a batch.</param>
/// <param name="Verbose">What <c>Fit</c> prints: nothing (0), a progress bar (1) or a line for each epoch (2).</param>
public sealed record SegmentationOptions(int Pictures = 2000, int TestPictures = 400, int Epochs = 10, int BatchSize = 32, int Verbose = 2);

/// <summary>Trains a network to tell for each pixel which digit it belongs to.</summary>
public static class SegmentationTraining
{
    /// <summary>Trains the network.</summary>
    /// <returns>The scores of each epoch, those of the test pictures (<c>accuracy</c> per pixel, <c>mean_iou</c>), and these pictures.</returns>
    public static (History History, Scores Test, Tensor Pictures, Tensor Truth) Train(Model model, SegmentationOptions options)
    {
        var ((trainDigits, trainLabels), (testDigits, testLabels)) = Datasets.Digits.LoadData(testSplit: 0.2);
        (Tensor x, Tensor y) = Canvases.Draw(trainDigits, trainLabels, options.Pictures, seed: 1);
        (Tensor xTest, Tensor yTest) = Canvases.Draw(testDigits, testLabels, options.TestPictures, seed: 2);

        int steps = options.Epochs * ((options.Pictures + options.BatchSize - 1) / options.BatchSize);
        model.Compile(
            new Adam(new CosineDecay(3e-3, steps)),
            "sparse_categorical_crossentropy",
            // Most pixels are background, which is easy: the mean over classes of intersection over union says more.
            metrics: ["accuracy", new MeanIoU(Canvases.Classes, sparseYPred: false, name: "mean_iou")]);
        History history = model.Fit(x, y, options.BatchSize, options.Epochs, options.Verbose);
        return (history, model.Evaluate(xTest, yTest, verbose: 0), xTest, yTest);
    }
}
