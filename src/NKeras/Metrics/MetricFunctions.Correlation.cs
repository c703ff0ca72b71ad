using NKeras.Losses;

namespace NKeras;

public static partial class MetricFunctions
{
    /// <summary>Pearson's correlation of targets and predictions along an axis, from -1 to 1; NaN where one of them is constant.</summary>
    /// <param name="yTrue">The targets.</param>
    /// <param name="yPred">The predictions, the same shape; a last dimension of one may be missing in either.</param>
    /// <param name="axis">The axis along which they are correlated.</param>
    /// <returns>The shape without the axis.</returns>
    public static Tensor PearsonCorrelation(Tensor yTrue, Tensor yPred, int axis = -1)
    {
        (yTrue, yPred) = LossReduction.MatchRanks(Ops.Cast(yTrue, yPred.DType), yPred);
        return Ops.Mean(Ops.Multiply(Standardized(yTrue, axis), Standardized(yPred, axis)), [axis]);
    }

    /// <summary>The correlation of targets and predictions along an axis, less what differs in mean and variance (Lin, 1989).</summary>
    /// <param name="yTrue">The targets.</param>
    /// <param name="yPred">The predictions, the same shape; a last dimension of one may be missing in either.</param>
    /// <param name="axis">The axis along which they are correlated.</param>
    /// <returns>The shape without the axis.</returns>
    public static Tensor ConcordanceCorrelation(Tensor yTrue, Tensor yPred, int axis = -1)
    {
        (yTrue, yPred) = LossReduction.MatchRanks(Ops.Cast(yTrue, yPred.DType), yPred);
        (Tensor meanTrue, Tensor varTrue) = Ops.Moments(yTrue, [axis], keepdims: true);
        (Tensor meanPred, Tensor varPred) = Ops.Moments(yPred, [axis], keepdims: true);
        Tensor covariance = Ops.Multiply(Ops.Subtract(yTrue, meanTrue), Ops.Subtract(yPred, meanPred));
        Tensor spread = Ops.Add(Ops.Add(varTrue, varPred), Ops.Square(Ops.Subtract(meanTrue, meanPred)));
        return Ops.Mean(Ops.Divide(Ops.Multiply(covariance, 2.0), Ops.Add(spread, Config.Epsilon())), [axis]);
    }

    /// <summary>Mean 0 and variance 1 along an axis.</summary>
    private static Tensor Standardized(Tensor x, int axis)
    {
        (Tensor mean, Tensor variance) = Ops.Moments(x, [axis], keepdims: true);
        return Ops.Divide(Ops.Subtract(x, mean), Ops.Sqrt(variance));
    }
}
