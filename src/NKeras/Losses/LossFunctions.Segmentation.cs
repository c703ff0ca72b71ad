namespace NKeras;

public static partial class LossFunctions
{
    /// <summary>One minus twice the common part of two masks over the sum of both.</summary>
    /// <param name="yTrue">The target masks, from 0 to 1.</param>
    /// <param name="yPred">The predicted masks, the same shape.</param>
    /// <param name="axis">The axes that form a mask; all if omitted.</param>
    /// <returns>The shape without the axes.</returns>
    public static Tensor Dice(Tensor yTrue, Tensor yPred, Ints? axis = null)
    {
        yPred = Floating(yPred);
        yTrue = Ops.Cast(yTrue, yPred.DType);
        Tensor common = Ops.Sum(Ops.Multiply(yTrue, yPred), axis);
        Tensor both = Ops.Add(Ops.Add(Ops.Sum(yTrue, axis), Ops.Sum(yPred, axis)), Config.Epsilon());
        return Ops.Subtract(1.0, Ops.Divide(Ops.Multiply(common, 2.0), both));
    }

    /// <summary>One minus the common part of two masks over itself plus weighted amounts of what is in one of them only (Salehi et al., 2017).</summary>
    /// <param name="yTrue">The target masks, from 0 to 1.</param>
    /// <param name="yPred">The predicted masks, the same shape.</param>
    /// <param name="alpha">The weight of what is predicted but not in the target.</param>
    /// <param name="beta">The weight of what is in the target but not predicted.</param>
    /// <param name="axis">The axes that form a mask; all if omitted.</param>
    /// <returns>The shape without the axes.</returns>
    public static Tensor Tversky(Tensor yTrue, Tensor yPred, double alpha = 0.5, double beta = 0.5, Ints? axis = null)
    {
        yPred = Floating(yPred);
        yTrue = Ops.Cast(yTrue, yPred.DType);
        Tensor common = Ops.Sum(Ops.Multiply(yTrue, yPred), axis);
        Tensor onlyPredicted = Ops.Sum(Ops.Multiply(Ops.Subtract(1.0, yTrue), yPred), axis);
        Tensor onlyTrue = Ops.Sum(Ops.Multiply(yTrue, Ops.Subtract(1.0, yPred)), axis);
        Tensor wrong = Ops.Add(Ops.Multiply(onlyPredicted, alpha), Ops.Multiply(onlyTrue, beta));
        return Ops.Subtract(1.0, Ops.Divide(common, Ops.Add(Ops.Add(common, wrong), Config.Epsilon())));
    }
}
