using NKeras.Losses;

namespace NKeras;

/// <summary>Metrics as functions (<c>keras.metrics.binary_accuracy</c>, …): one value per prediction.</summary>
public static partial class MetricFunctions
{
    /// <summary>1 where a prediction is on its target's side of a threshold, else 0.</summary>
    /// <param name="yTrue">The targets, 0 or 1.</param>
    /// <param name="yPred">The predictions, the same shape; a last dimension of one may be missing in either.</param>
    /// <param name="threshold">Predictions above it count as 1.</param>
    public static Tensor BinaryAccuracy(Tensor yTrue, Tensor yPred, double threshold = 0.5)
    {
        (yTrue, yPred) = LossReduction.MatchRanks(yTrue, yPred);
        // The threshold is a number of its own type: converted to integer predictions' it would become 0.
        Tensor above = yPred.DType.IsFloating ? Ops.Greater(yPred, threshold) : Ops.Greater(Ops.Cast(yPred, Config.Floatx()), threshold);
        return Ops.Cast(Ops.Equal(yTrue, Ops.Cast(above, yTrue.DType)), Config.Floatx());
    }

    /// <summary>1 where the greatest prediction is at the greatest target's place, else 0.</summary>
    /// <param name="yTrue">The targets, one-hot, shape (batch, …, classes).</param>
    /// <param name="yPred">The predictions, the same shape.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor CategoricalAccuracy(Tensor yTrue, Tensor yPred) =>
        Ops.Cast(Ops.Equal(Ops.Argmax(yTrue, -1), Ops.Argmax(yPred, -1)), Config.Floatx());

    /// <summary>1 where the greatest prediction is that of the target's class, else 0.</summary>
    /// <param name="yTrue">Class numbers, shape (batch, …) or (batch, …, 1).</param>
    /// <param name="yPred">The predictions, shape (batch, …, classes).</param>
    /// <returns>The targets' shape, without a last dimension of one.</returns>
    public static Tensor SparseCategoricalAccuracy(Tensor yTrue, Tensor yPred)
    {
        if (yTrue.Rank == yPred.Rank && yTrue.Shape[-1] == 1) yTrue = Ops.Squeeze(yTrue, [-1]);
        Tensor matches = Ops.Cast(Ops.Equal(yTrue, Ops.Cast(Ops.Argmax(yPred, -1), yTrue.DType)), Config.Floatx());
        return matches.Rank > 1 && matches.Shape[-1] == 1 ? Ops.Squeeze(matches, [-1]) : matches;
    }

    /// <summary>The same as <see cref="LossFunctions.MeanSquaredError"/>.</summary>
    public static Tensor MeanSquaredError(Tensor yTrue, Tensor yPred) => LossFunctions.MeanSquaredError(yTrue, yPred);

    /// <summary>The same as <see cref="LossFunctions.MeanAbsoluteError"/>.</summary>
    public static Tensor MeanAbsoluteError(Tensor yTrue, Tensor yPred) => LossFunctions.MeanAbsoluteError(yTrue, yPred);

    /// <summary>The same as <see cref="LossFunctions.BinaryCrossentropy"/>.</summary>
    public static Tensor BinaryCrossentropy(Tensor yTrue, Tensor yPred, bool fromLogits = false, double labelSmoothing = 0.0, int axis = -1) =>
        LossFunctions.BinaryCrossentropy(yTrue, yPred, fromLogits, labelSmoothing, axis);

    /// <summary>The same as <see cref="LossFunctions.CategoricalCrossentropy"/>.</summary>
    public static Tensor CategoricalCrossentropy(Tensor yTrue, Tensor yPred, bool fromLogits = false, double labelSmoothing = 0.0, int axis = -1) =>
        LossFunctions.CategoricalCrossentropy(yTrue, yPred, fromLogits, labelSmoothing, axis);

    /// <summary>The same as <see cref="LossFunctions.SparseCategoricalCrossentropy"/>.</summary>
    public static Tensor SparseCategoricalCrossentropy(Tensor yTrue, Tensor yPred, bool fromLogits = false, int? ignoreClass = null, int axis = -1) =>
        LossFunctions.SparseCategoricalCrossentropy(yTrue, yPred, fromLogits, ignoreClass, axis);
}
