namespace NKeras;

// Keras: lists most of its losses among the metrics, too.
public static partial class MetricFunctions
{
    /// <summary>The same as <see cref="LossFunctions.MeanAbsolutePercentageError"/>.</summary>
    public static Tensor MeanAbsolutePercentageError(Tensor yTrue, Tensor yPred) => LossFunctions.MeanAbsolutePercentageError(yTrue, yPred);

    /// <summary>The same as <see cref="LossFunctions.MeanSquaredLogarithmicError"/>.</summary>
    public static Tensor MeanSquaredLogarithmicError(Tensor yTrue, Tensor yPred) => LossFunctions.MeanSquaredLogarithmicError(yTrue, yPred);

    /// <summary>The same as <see cref="LossFunctions.LogCosh"/>.</summary>
    public static Tensor LogCosh(Tensor yTrue, Tensor yPred) => LossFunctions.LogCosh(yTrue, yPred);

    /// <summary>The same as <see cref="LossFunctions.Huber"/>.</summary>
    public static Tensor Huber(Tensor yTrue, Tensor yPred, double delta = 1.0) => LossFunctions.Huber(yTrue, yPred, delta);

    /// <summary>The same as <see cref="LossFunctions.Hinge"/>.</summary>
    public static Tensor Hinge(Tensor yTrue, Tensor yPred) => LossFunctions.Hinge(yTrue, yPred);

    /// <summary>The same as <see cref="LossFunctions.SquaredHinge"/>.</summary>
    public static Tensor SquaredHinge(Tensor yTrue, Tensor yPred) => LossFunctions.SquaredHinge(yTrue, yPred);

    /// <summary>The same as <see cref="LossFunctions.CategoricalHinge"/>.</summary>
    public static Tensor CategoricalHinge(Tensor yTrue, Tensor yPred) => LossFunctions.CategoricalHinge(yTrue, yPred);

    /// <summary>The same as <see cref="LossFunctions.KlDivergence"/>.</summary>
    public static Tensor KlDivergence(Tensor yTrue, Tensor yPred) => LossFunctions.KlDivergence(yTrue, yPred);

    /// <summary>The same as <see cref="LossFunctions.Poisson"/>.</summary>
    public static Tensor Poisson(Tensor yTrue, Tensor yPred) => LossFunctions.Poisson(yTrue, yPred);

    /// <summary>The same as <see cref="LossFunctions.BinaryFocalCrossentropy"/>.</summary>
    public static Tensor BinaryFocalCrossentropy(
        Tensor yTrue, Tensor yPred, bool applyClassBalancing = false, double alpha = 0.25, double gamma = 2.0, bool fromLogits = false, double labelSmoothing = 0.0, int axis = -1) =>
        LossFunctions.BinaryFocalCrossentropy(yTrue, yPred, applyClassBalancing, alpha, gamma, fromLogits, labelSmoothing, axis);

    /// <summary>The same as <see cref="LossFunctions.CategoricalFocalCrossentropy"/>.</summary>
    public static Tensor CategoricalFocalCrossentropy(
        Tensor yTrue, Tensor yPred, Floats? alpha = null, double gamma = 2.0, bool fromLogits = false, double labelSmoothing = 0.0, int axis = -1) =>
        LossFunctions.CategoricalFocalCrossentropy(yTrue, yPred, alpha, gamma, fromLogits, labelSmoothing, axis);
}
