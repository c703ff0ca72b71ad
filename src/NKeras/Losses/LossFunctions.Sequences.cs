using NKeras.Losses;

namespace NKeras;

public static partial class LossFunctions
{
    /// <summary>The negative log-probability of sequences of labels, however they are spread over the steps of the predictions (Graves et al., 2006).</summary>
    /// <param name="yTrue">Class numbers, shape (batch, labels), filled up with 0 at the end, which is the blank and no label.</param>
    /// <param name="yPred">Logits, shape (batch, steps, classes); all steps count.</param>
    /// <returns>Shape (batch,).</returns>
    /// <exception cref="ArgumentException">The shapes are others, or a class number is no class's.</exception>
    public static Tensor Ctc(Tensor yTrue, Tensor yPred)
    {
        if (yTrue.Rank != 2) throw new ArgumentException($"Ctc takes class numbers of shape (batch, labels), not {yTrue.Shape}.", nameof(yTrue));
        if (yPred.Rank != 3) throw new ArgumentException($"Ctc takes logits of shape (batch, steps, classes), not {yPred.Shape}.", nameof(yPred));
        ClassNumbers.Check(yTrue, yPred.Shape[-1]);
        Tensor labels = Ops.Sum(Ops.Cast(Ops.NotEqual(yTrue, 0), DType.Int32), -1);
        Tensor steps = Ops.Sum(Ops.OnesLike(Ops.Max(yPred, -1), DType.Int32), -1);
        return Ops.CtcLoss(yTrue, yPred, labels, steps);
    }
}
