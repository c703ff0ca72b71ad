using NKeras.Core;
using NKeras.Losses;

namespace NKeras;

/// <summary>Losses as functions (<c>keras.losses.mean_squared_error</c>, …): one value per sample, not reduced over the batch.</summary>
// Keras: a loss of symbolic tensors becomes several steps of the model, here too; which ones, and in which order, may differ
// (a target is cast where Keras converts it to a tensor, and there are no branches).
public static partial class LossFunctions
{
    /// <summary>The average over the last axis of the squared differences.</summary>
    /// <param name="yTrue">The targets, shape (batch, …, n).</param>
    /// <param name="yPred">The predictions, the same shape; a last dimension of one may be missing in either.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor MeanSquaredError(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = Match(yTrue, yPred);
        return Ops.Mean(Ops.Square(Ops.Subtract(yTrue, yPred)), -1);
    }

    /// <summary>The average over the last axis of the absolute differences.</summary>
    /// <param name="yTrue">The targets, shape (batch, …, n).</param>
    /// <param name="yPred">The predictions, the same shape; a last dimension of one may be missing in either.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor MeanAbsoluteError(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = Match(yTrue, yPred);
        return Ops.Mean(Ops.Abs(Ops.Subtract(yTrue, yPred)), -1);
    }

    /// <summary>Cross-entropy of yes-or-no targets, averaged over an axis.</summary>
    /// <param name="yTrue">The targets: 0, 1 or a probability.</param>
    /// <param name="yPred">The predictions, the same shape.</param>
    /// <param name="fromLogits">Whether predictions are logits rather than probabilities.</param>
    /// <param name="labelSmoothing">How far targets are drawn towards one half, in [0, 1].</param>
    /// <param name="axis">The axis whose elements are averaged.</param>
    public static Tensor BinaryCrossentropy(Tensor yTrue, Tensor yPred, bool fromLogits = false, double labelSmoothing = 0.0, int axis = -1)
    {
        yPred = Floating(yPred);
        yTrue = Ops.Cast(yTrue, yPred.DType);
        if (CheckSmoothing(labelSmoothing) != 0) yTrue = Ops.Add(Ops.Multiply(yTrue, 1 - labelSmoothing), 0.5 * labelSmoothing);
        return Ops.Mean(Ops.BinaryCrossentropy(yTrue, yPred, fromLogits), axis);
    }

    /// <summary>Cross-entropy of target distributions and predicted ones.</summary>
    /// <param name="yTrue">The targets, shape (batch, …, classes).</param>
    /// <param name="yPred">The predictions, the same shape.</param>
    /// <param name="fromLogits">Whether predictions are logits rather than probabilities.</param>
    /// <param name="labelSmoothing">How far targets are drawn towards the uniform distribution, in [0, 1].</param>
    /// <param name="axis">The axis of the classes.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor CategoricalCrossentropy(Tensor yTrue, Tensor yPred, bool fromLogits = false, double labelSmoothing = 0.0, int axis = -1)
    {
        yPred = Floating(yPred);
        yTrue = Smoothed(Ops.Cast(yTrue, yPred.DType), yPred.Shape, labelSmoothing, axis);
        return Ops.CategoricalCrossentropy(yTrue, yPred, fromLogits, axis);
    }

    /// <summary>Cross-entropy of class numbers and predicted distributions.</summary>
    /// <param name="yTrue">The class numbers, shape (batch, …) or (batch, …, 1).</param>
    /// <param name="yPred">The predictions, shape (batch, …, classes).</param>
    /// <param name="fromLogits">Whether predictions are logits rather than probabilities.</param>
    /// <param name="ignoreClass">A class number for which the result is 0; null for none.</param>
    /// <param name="axis">The axis of the classes.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor SparseCategoricalCrossentropy(Tensor yTrue, Tensor yPred, bool fromLogits = false, int? ignoreClass = null, int axis = -1)
    {
        yPred = Floating(yPred);
        if (yTrue.Rank == yPred.Rank && yTrue.Shape[axis] == 1) yTrue = Ops.Squeeze(yTrue, axis);
        ClassNumbers.Check(yTrue, yPred.Shape[axis], ignoreClass);
        if (ignoreClass is not { } ignored) return Ops.SparseCategoricalCrossentropy(yTrue, yPred, fromLogits, axis);

        // The predictions of ignored samples become harmless too, so that no gradient reaches them.
        Tensor counts = Ops.NotEqual(yTrue, ignored);
        yTrue = Ops.Where(counts, yTrue, 0);
        yPred = Ops.Where(Ops.ExpandDims(counts, axis), yPred, fromLogits ? 0f : 1f);
        Tensor result = Ops.Where(counts, Ops.SparseCategoricalCrossentropy(yTrue, yPred, fromLogits, axis), 0f);
        KerasMask.Set(result, counts);
        return result;
    }

    internal static double CheckSmoothing(double labelSmoothing) => labelSmoothing is >= 0 and <= 1
        ? labelSmoothing
        : throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing, "labelSmoothing is in [0, 1].");

    /// <summary>Both in the predictions' type and of one rank.</summary>
    private static (Tensor YTrue, Tensor YPred) Match(Tensor yTrue, Tensor yPred) =>
        LossReduction.MatchRanks(Ops.Cast(yTrue, yPred.DType), yPred);

    /// <summary>Both in the predictions' type, or floating point if that is none, and of one rank.</summary>
    private static (Tensor YTrue, Tensor YPred) MatchFloating(Tensor yTrue, Tensor yPred) => Match(yTrue, Floating(yPred));

    private static Tensor Floating(Tensor x) => x.DType.IsFloating ? x : Ops.Cast(x, Config.Floatx());
}
