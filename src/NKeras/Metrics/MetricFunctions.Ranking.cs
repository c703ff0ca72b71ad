namespace NKeras;

public static partial class MetricFunctions
{
    /// <summary>1 where the prediction of the greatest target's class is among the k greatest, else 0.</summary>
    /// <param name="yTrue">The targets, one-hot, shape (batch, …, classes).</param>
    /// <param name="yPred">The predictions, the same shape.</param>
    /// <param name="k">How many predictions count.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor TopKCategoricalAccuracy(Tensor yTrue, Tensor yPred, int k = 5) =>
        SparseTopKCategoricalAccuracy(Ops.Argmax(yTrue, -1), yPred, k);

    /// <summary>1 where the prediction of the target's class is among the k greatest, else 0; ties are in, NaN is not.</summary>
    /// <param name="yTrue">Class numbers, shape (batch, …) or (batch, …, 1).</param>
    /// <param name="yPred">The predictions, shape (batch, …, classes).</param>
    /// <param name="k">How many predictions count.</param>
    /// <param name="fromSortedIds">Whether predictions are class numbers, the most likely first, rather than scores.</param>
    /// <returns>The targets' shape.</returns>
    public static Tensor SparseTopKCategoricalAccuracy(Tensor yTrue, Tensor yPred, int k = 5, bool fromSortedIds = false)
    {
        CheckK(k);
        Shape shape = yTrue.Shape;
        if (yTrue.Rank == yPred.Rank && yTrue.Rank > 0 && shape[-1] == 1) yTrue = Ops.Squeeze(yTrue, [-1]);
        Tensor matches = fromSortedIds ? AmongFirst(yTrue, yPred, k) : Ops.InTopK(yTrue, yPred, k);
        return Ops.Reshape(Ops.Cast(matches, Config.Floatx()), shape);
    }

    /// <summary>Whether a class number is among the first k of its row.</summary>
    private static Tensor AmongFirst(Tensor numbers, Tensor rows, int k)
    {
        Tensor equal = Ops.Equal(Ops.ExpandDims(Ops.Cast(numbers, rows.DType), -1), rows);
        return Ops.Any(Ops.Multiply(equal, Ops.Less(Ops.AlongLast(rows), k)), [-1]);
    }

    internal static int CheckK(int k) => k >= 1 ? k : throw new ArgumentOutOfRangeException(nameof(k), k, "k is one or greater.");
}
