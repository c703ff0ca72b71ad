namespace NKeras;

public static partial class LossFunctions
{
    /// <summary>The average over the last axis of max(1 - target · prediction, 0).</summary>
    /// <param name="yTrue">The targets, -1 or 1; if all are 0 or 1, 0 counts as -1. Shape (batch, …, n).</param>
    /// <param name="yPred">The predictions, the same shape; a last dimension of one may be missing in either.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor Hinge(Tensor yTrue, Tensor yPred) => Ops.Mean(Shortfall(yTrue, yPred), -1);

    /// <summary>The average over the last axis of max(1 - target · prediction, 0)².</summary>
    /// <param name="yTrue">The targets, -1 or 1; if all are 0 or 1, 0 counts as -1. Shape (batch, …, n).</param>
    /// <param name="yPred">The predictions, the same shape; a last dimension of one may be missing in either.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor SquaredHinge(Tensor yTrue, Tensor yPred) => Ops.Mean(Ops.Square(Shortfall(yTrue, yPred)), -1);

    /// <summary>max(1 + the greatest prediction of a wrong class - the prediction of the right one, 0).</summary>
    /// <param name="yTrue">The targets, one-hot, shape (batch, …, classes).</param>
    /// <param name="yPred">The predictions, the same shape.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor CategoricalHinge(Tensor yTrue, Tensor yPred)
    {
        yPred = Floating(yPred);
        yTrue = Ops.Cast(yTrue, yPred.DType);
        Tensor right = Ops.Sum(Ops.Multiply(yTrue, yPred), -1);
        Tensor wrong = Ops.Max(Ops.Multiply(Ops.Subtract(1.0, yTrue), yPred), -1);
        return Ops.Maximum(Ops.Add(Ops.Subtract(wrong, right), 1.0), 0.0);
    }

    private static Tensor Shortfall(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = MatchFloating(yTrue, yPred);
        // Only 0 and 1 are their own squares.
        Tensor binary = Ops.All(Ops.Equal(yTrue, Ops.Square(yTrue)));
        yTrue = Ops.Where(binary, Ops.Subtract(Ops.Multiply(yTrue, 2.0), 1.0), yTrue);
        return Ops.Maximum(Ops.Subtract(1.0, Ops.Multiply(yTrue, yPred)), 0.0);
    }
}
