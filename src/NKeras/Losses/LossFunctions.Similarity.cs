using NKeras.Core;
using NKeras.Engine.Primitives;
using NKeras.Losses;

namespace NKeras;

public static partial class LossFunctions
{
    /// <summary>
    /// Circle loss: embeddings of one class are drawn together and others apart, those furthest from where they belong the
    /// most (Sun et al., 2020).
    /// </summary>
    /// <param name="yTrue">Class numbers, shape (batch,).</param>
    /// <param name="yPred">Embeddings of length 1, shape (batch, n).</param>
    /// <param name="refLabels">The class numbers of the embeddings to compare with; the same ones if omitted.</param>
    /// <param name="refEmbeddings">The embeddings to compare with; the same ones if omitted.</param>
    /// <param name="removeDiagonal">Whether no embedding is compared with the one at the same place, which would be itself.</param>
    /// <param name="gamma">The scale of the similarities.</param>
    /// <param name="margin">How much room similarities get: those within a class aim at 1 - margin, others at margin.</param>
    /// <returns>Shape (batch,).</returns>
    public static Tensor Circle(
        Tensor yTrue, Tensor yPred, Tensor? refLabels = null, Tensor? refEmbeddings = null, bool removeDiagonal = true, double gamma = 80, double margin = 0.4)
    {
        yPred = Floating(yPred);
        if (yPred.Rank != 2) throw new ArgumentException($"Circle takes embeddings of shape (batch, n), not {yPred.Shape}.", nameof(yPred));
        Tensor labels = Ops.Reshape(Ops.Cast(yTrue, DType.Int32), new Shape([Shape.Unknown, 1]));
        Tensor others = Ops.Reshape(refLabels == null ? labels : Ops.Cast(refLabels, DType.Int32), new Shape([1, Shape.Unknown]));
        Tensor distance = Ops.Subtract(1.0, Ops.Matmul(yPred, Ops.Transpose(refEmbeddings == null ? yPred : Ops.Cast(refEmbeddings, yPred.DType))));
        distance = Ops.Maximum(distance, 0.0);

        Tensor same = Ops.Equal(labels, others), different = Ops.NotEqual(labels, others);
        if (removeDiagonal) same = Ops.Multiply(same, Ops.NotEqual(Ops.Transpose(Ops.AlongLast(Ops.Transpose(distance))), Ops.AlongLast(distance)));
        Tensor together = Ops.Multiply(Ops.Multiply(Ops.Add(distance, margin), Ops.Subtract(distance, margin)), gamma);
        Tensor apart = Ops.Multiply(Ops.Multiply(Ops.Maximum(Ops.Subtract(1 + margin, distance), 0.0), Ops.Subtract(1 - margin, distance)), gamma);
        // Samples with nothing to compare with do not count.
        Tensor result = Ops.Softplus(Ops.Add(LogSumExp(together, same), LogSumExp(apart, different)));
        KerasMask.Set(result, Ops.Greater(result, 0.0));
        return result;
    }

    /// <summary>(1 - p^q) / q, where p is the probability of the target's class: between cross-entropy (q → 0) and absolute error (q → 1).</summary>
    /// <param name="yTrue">The class numbers, shape (batch, …) or (batch, …, 1).</param>
    /// <param name="yPred">The probabilities, shape (batch, …, classes).</param>
    /// <param name="q">How little wrong labels harm, in (0, 1).</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor CategoricalGeneralizedCrossEntropy(Tensor yTrue, Tensor yPred, double q)
    {
        yPred = Floating(yPred);
        if (yTrue.Rank == yPred.Rank && yTrue.Shape[-1] == 1) yTrue = Ops.Squeeze(yTrue, -1);
        int classes = yPred.Shape[-1] ?? throw new ArgumentException($"The number of classes is unknown in predictions of shape {yPred.Shape}.", nameof(yPred));
        ClassNumbers.Check(yTrue, classes);
        Tensor probability = Ops.Sum(Ops.Multiply(yPred, Ops.OneHot(yTrue, classes, dtype: yPred.DType)), -1);
        return Ops.Divide(Ops.Subtract(1.0, Ops.Power(probability, CheckQ(q))), q);
    }

    internal static double CheckQ(double q) => q is > 0 and < 1 ? q : throw new ArgumentOutOfRangeException(nameof(q), q, "q is between 0 and 1.");

    /// <summary>The logarithm of the sum over the last axis of the exponentials of some elements; -∞ where there are none.</summary>
    private static Tensor LogSumExp(Tensor x, Tensor counts)
    {
        Tensor any = Ops.Any(counts, -1, keepdims: true), none = PrimitiveOps.ScalarLike(x, double.NegativeInfinity);
        Tensor greatest = Ops.StopGradient(Ops.Where(any, Ops.Max(Ops.Where(counts, x, none), -1, keepdims: true), 0.0));
        Tensor sum = Ops.Sum(Ops.Where(counts, Ops.Exp(Ops.Where(counts, Ops.Subtract(x, greatest), 0.0)), 0.0), -1, keepdims: true);
        return Ops.Squeeze(Ops.Where(any, Ops.Add(Ops.Log(Ops.Where(any, sum, 1.0)), greatest), none), -1);
    }
}
