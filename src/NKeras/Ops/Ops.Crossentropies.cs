using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Cross-entropy of yes-or-no targets, element by element.</summary>
    /// <param name="target">The targets: 0, 1 or a probability.</param>
    /// <param name="output">The predictions, the same shape.</param>
    /// <param name="fromLogits">Whether predictions are logits rather than probabilities, which are kept 1e-7 from 0 and 1.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor BinaryCrossentropy(Tensor target, Tensor output, bool fromLogits = false) => OpDispatch.Call("BinaryCrossentropy", [target, output], t =>
    {
        Tensor y = Promotion.ToFloating(t[1]), z = PrimitiveOps.Convert(t[0], y.DType);
        CheckSameShape("BinaryCrossentropy", z, y);
        if (fromLogits)
        {
            // Each half is accurate where its weight is not zero; x - x·z + log(1 + exp(-x)) would cancel for large |x|.
            return Add(Multiply(z, Softplus(Negative(y))), Multiply(Subtract(1f, z), Softplus(y)));
        }

        Tensor p = Clip(y, Config.Epsilon(), 1 - Config.Epsilon());
        return Negative(Add(Multiply(z, Log(p)), Multiply(Subtract(1f, z), Log(Subtract(1f, p)))));
    }, ("from_logits", fromLogits));

    /// <summary>Cross-entropy of target distributions and predicted ones along an axis, which disappears.</summary>
    /// <param name="target">The targets, shape (…, classes).</param>
    /// <param name="output">The predictions, the same shape.</param>
    /// <param name="fromLogits">Whether predictions are logits rather than probabilities, which are scaled to add up to 1.</param>
    /// <param name="axis">The axis of the classes.</param>
    /// <exception cref="ArgumentException">The shapes differ, or are scalars'.</exception>
    public static Tensor CategoricalCrossentropy(Tensor target, Tensor output, bool fromLogits = false, int axis = -1) => OpDispatch.Call("CategoricalCrossentropy", [target, output], t =>
    {
        Tensor y = Promotion.ToFloating(t[1]), z = PrimitiveOps.Convert(t[0], y.DType);
        CheckSameShape("CategoricalCrossentropy", z, y);
        if (y.Rank == 0) throw new ArgumentException("CategoricalCrossentropy takes tensors with an axis of classes, not scalars.");
        Tensor logProbability = fromLogits ? LogSoftmax(y, axis)
            : Log(Clip(Divide(y, Sum(y, [axis], keepdims: true)), Config.Epsilon(), 1 - Config.Epsilon()));
        return Negative(Sum(Multiply(z, logProbability), [axis]));
    }, ("from_logits", fromLogits), ("axis", axis));

    /// <summary>Cross-entropy of class numbers and predicted distributions along an axis.</summary>
    /// <param name="target">The class numbers: the predictions' shape without the axis, or with 1 there.</param>
    /// <param name="output">The predictions, shape (…, classes).</param>
    /// <param name="fromLogits">Whether predictions are logits rather than probabilities, which are scaled to add up to 1.</param>
    /// <param name="axis">The axis of the classes.</param>
    /// <exception cref="ArgumentException">The shapes do not belong together.</exception>
    public static Tensor SparseCategoricalCrossentropy(Tensor target, Tensor output, bool fromLogits = false, int axis = -1) => OpDispatch.Call("SparseCategoricalCrossentropy", [target, output], t =>
    {
        Tensor y = Promotion.ToFloating(t[1]), labels = PrimitiveOps.Convert(t[0], DType.Int32);
        if (y.Rank == 0) throw new ArgumentException("SparseCategoricalCrossentropy takes predictions with an axis of classes, not a scalar.");
        int at = y.Shape.Axis(axis), last = y.Rank - 1;
        Shape perSample = new([.. y.Shape.Dims[..at], .. y.Shape.Dims[(at + 1)..]]);
        if (labels.Rank == y.Rank)
        {
            // The axis of one element may be that of the classes or, as in Keras, the last.
            int one = labels.Shape[at] == 1 ? at : last;
            if (labels.Shape[one] is null or 1) labels = PrimitiveOps.Reshape(labels, new Shape([.. labels.Shape.Dims[..one], .. labels.Shape.Dims[(one + 1)..]]));
        }

        if (!perSample.IsCompatibleWith(labels.Shape))
            throw new ArgumentException($"SparseCategoricalCrossentropy takes one class number for each prediction: for predictions of shape {y.Shape} shape {perSample}, not {labels.Shape}.");

        if (at != last) y = PrimitiveOps.Transpose(y, [.. Enumerable.Range(0, last + 1).Where(i => i != at), at]);
        Tensor rows = PrimitiveOps.Reshape(y, new Shape([Shape.Unknown, y.Shape.Dims[last]]));
        labels = PrimitiveOps.Reshape(labels, new Shape([Shape.Unknown]));
        Tensor loss = fromLogits ? new SparseCrossEntropy().ApplyAll(rows, labels)[0] : FromProbabilities(labels, rows);
        return PrimitiveOps.Reshape(loss, perSample);
    }, ("from_logits", fromLogits), ("axis", axis));

    /// <summary>The negative logarithm of each row's probability at its class; rows are scaled to add up to 1.</summary>
    private static Tensor FromProbabilities(Tensor labels, Tensor rows)
    {
        // Picking before taking logarithms costs one logarithm per row instead of one per class.
        Tensor isLabel = Equal(ExpandDims(labels, -1), new Iota(DType.Int32, [1, rows.Shape.Dims[1]], 1).Apply());
        Tensor probability = Divide(Sum(Where(isLabel, rows, 0f), [1]), Sum(rows, [1]));
        return Negative(Log(Clip(probability, Config.Epsilon(), 1 - Config.Epsilon())));
    }

    private static void CheckSameShape(string name, Tensor target, Tensor output)
    {
        if (!target.Shape.IsCompatibleWith(output.Shape))
            throw new ArgumentException($"{name} takes targets and predictions of one shape, not {target.Shape} and {output.Shape}.");
    }
}
