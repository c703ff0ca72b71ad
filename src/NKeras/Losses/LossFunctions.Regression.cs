namespace NKeras;

public static partial class LossFunctions
{
    /// <summary>The average over the last axis of the differences in percent of the targets, which count as at least 1e-7.</summary>
    /// <param name="yTrue">The targets, shape (batch, …, n).</param>
    /// <param name="yPred">The predictions, the same shape; a last dimension of one may be missing in either.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor MeanAbsolutePercentageError(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = MatchFloating(yTrue, yPred);
        Tensor share = Ops.Abs(Ops.Divide(Ops.Subtract(yTrue, yPred), Ops.Maximum(Ops.Abs(yTrue), Config.Epsilon())));
        return Ops.Multiply(100.0, Ops.Mean(share, -1));
    }

    /// <summary>The average over the last axis of (ln(1 + prediction) - ln(1 + target))²; negative values count as 1e-7.</summary>
    /// <param name="yTrue">The targets, shape (batch, …, n).</param>
    /// <param name="yPred">The predictions, the same shape; a last dimension of one may be missing in either.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor MeanSquaredLogarithmicError(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = MatchFloating(yTrue, yPred);
        return Ops.Mean(Ops.Square(Ops.Subtract(Logarithm(yPred), Logarithm(yTrue))), -1);

        static Tensor Logarithm(Tensor x) => Ops.Log(Ops.Add(Ops.Maximum(x, Config.Epsilon()), 1.0));
    }

    /// <summary>The negative cosine of the angle between targets and predictions: -1 for one direction, 1 for opposite ones.</summary>
    /// <param name="yTrue">The targets.</param>
    /// <param name="yPred">The predictions, the same shape; a last dimension of one may be missing in either.</param>
    /// <param name="axis">The axis along which the vectors lie.</param>
    /// <returns>The shape without the axis; 0 where a vector is 0.</returns>
    public static Tensor CosineSimilarity(Tensor yTrue, Tensor yPred, int axis = -1)
    {
        (yTrue, yPred) = MatchFloating(yTrue, yPred);
        return Ops.Negative(Ops.Sum(Ops.Multiply(UnitLength(yTrue, axis), UnitLength(yPred, axis)), axis));
    }

    /// <summary>The average over the last axis of the squared differences up to a limit and absolute ones beyond.</summary>
    /// <param name="yTrue">The targets, shape (batch, …, n).</param>
    /// <param name="yPred">The predictions, the same shape; a last dimension of one may be missing in either.</param>
    /// <param name="delta">The difference at which the parabola goes over into a line.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor Huber(Tensor yTrue, Tensor yPred, double delta = 1.0)
    {
        (yTrue, yPred) = MatchFloating(yTrue, yPred);
        Tensor error = Ops.Subtract(yPred, yTrue), size = Ops.Abs(error);
        Tensor line = Ops.Subtract(Ops.Multiply(size, delta), 0.5 * delta * delta);
        return Ops.Mean(Ops.Where(Ops.LessEqual(size, delta), Ops.Multiply(Ops.Square(error), 0.5), line), -1);
    }

    /// <summary>The average over the last axis of ln(cosh(difference)): half its square if small, its absolute value less ln 2 if large.</summary>
    /// <param name="yTrue">The targets, shape (batch, …, n).</param>
    /// <param name="yPred">The predictions, the same shape; a last dimension of one may be missing in either.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor LogCosh(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = MatchFloating(yTrue, yPred);
        Tensor error = Ops.Subtract(yPred, yTrue);
        // cosh itself would overflow: ln(cosh(x)) = x + ln(1 + exp(-2x)) - ln 2.
        return Ops.Mean(Ops.Subtract(Ops.Add(error, Ops.Softplus(Ops.Multiply(error, -2.0))), Math.Log(2)), -1);
    }

    /// <summary>Vectors brought to length 1; those shorter than 1e-7 become shorter than 1, so that 0 has a gradient.</summary>
    private static Tensor UnitLength(Tensor x, int axis)
    {
        Tensor squares = Ops.Sum(Ops.Square(x), axis, keepdims: true);
        return Ops.Multiply(x, Ops.Rsqrt(Ops.Maximum(squares, Config.Epsilon() * Config.Epsilon())));
    }
}
