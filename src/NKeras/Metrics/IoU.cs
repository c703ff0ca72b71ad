using NKeras.Core;

namespace NKeras.Metrics;

/// <summary>
/// Intersection over union of what is and what is predicted to be of a class, averaged over some classes
/// (<c>keras.metrics.IoU</c>).
/// </summary>
/// <example><code>
/// new IoU(numClasses: 2, targetClassIds: [0]).Apply(new int[] { 0, 0, 1, 1 }, new int[] { 0, 1, 0, 1 }); // 0.3333
/// </code></example>
public class IoU : Metric
{
    /// <summary>Counts of classes by classes are a tensor.</summary>
    private const int MostClasses = 20_000;

    private readonly Variable _confusion;

    /// <summary>Creates the metric.</summary>
    /// <param name="numClasses">The number of classes.</param>
    /// <param name="targetClassIds">The classes that count.</param>
    /// <param name="name">The name; <c>io_u</c>, … if omitted.</param>
    /// <param name="dtype">The type of the counts; int32 if omitted.</param>
    /// <param name="ignoreClass">A class number whose samples do not count; null for none.</param>
    /// <param name="sparseYTrue">Whether targets are class numbers rather than one-hot.</param>
    /// <param name="sparseYPred">Whether predictions are class numbers rather than one score per class.</param>
    /// <param name="axis">The axis of the classes where they are not class numbers.</param>
    /// <exception cref="ArgumentException">There are no classes, or one of them does not exist.</exception>
    public IoU(
        int numClasses,
        Ints targetClassIds,
        string? name = null,
        DType? dtype = null,
        int? ignoreClass = null,
        bool sparseYTrue = true,
        bool sparseYPred = true,
        int axis = -1)
        : base(dtype ?? DType.Int32, name)
    {
        ArgumentNullException.ThrowIfNull(targetClassIds);
        CheckClasses(numClasses);
        if (targetClassIds.Count == 0 || targetClassIds.Any(c => c < 0 || c >= numClasses))
            throw new ArgumentException($"targetClassIds are numbers from 0 to {numClasses - 1}, one at least; received {targetClassIds}.", nameof(targetClassIds));
        (NumClasses, TargetClassIds, IgnoreClass) = (numClasses, targetClassIds, ignoreClass);
        (SparseYTrue, SparseYPred, Axis) = (sparseYTrue, sparseYPred, axis);
        _confusion = AddVariable([numClasses, numClasses], name: "total_confusion_matrix");
    }

    /// <summary>The number of classes.</summary>
    public int NumClasses { get; }

    /// <summary>The classes that count.</summary>
    public Ints TargetClassIds { get; }

    /// <summary>A class number whose samples do not count.</summary>
    public int? IgnoreClass { get; }

    /// <summary>Whether targets are class numbers.</summary>
    public bool SparseYTrue { get; }

    /// <summary>Whether predictions are class numbers.</summary>
    public bool SparseYPred { get; }

    /// <summary>The axis of the classes where they are not class numbers.</summary>
    public int Axis { get; }

    /// <summary>A number of classes that a matrix of counts can be made for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than one, or too great.</exception>
    internal static int CheckClasses(int numClasses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numClasses, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numClasses, MostClasses);
        return numClasses;
    }

    /// <inheritdoc/>
    public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        using WideScope scope = InOwnType();
        yTrue = Ops.Cast(SparseYTrue ? yTrue : Ops.Argmax(yTrue, Axis), DType.Int32);
        yPred = Ops.Cast(SparseYPred ? yPred : Ops.Argmax(yPred, Axis), DType.Int32);
        if (yTrue.Shape.Size != yPred.Shape.Size)
            throw new ArgumentException($"Metric '{Name}' takes as many targets as predictions; received class numbers of shapes {yTrue.Shape} and {yPred.Shape}.", nameof(yPred));

        // Numbers that are no class's give rows of zeros.
        DType type = DType.IsFloating ? DType : DType.Float32;
        Tensor actual = Ops.OneHot(Ops.Reshape(yTrue, -1), NumClasses, dtype: type);
        Tensor predicted = Ops.OneHot(Ops.Reshape(yPred, -1), NumClasses, dtype: type);
        if (sampleWeight != null) predicted = Ops.Multiply(predicted, Ops.Reshape(PerSample(sampleWeight, yTrue.Shape, type), new Shape([Shape.Unknown, 1])));
        if (IgnoreClass is { } ignored) actual = Ops.Where(Ops.Reshape(Ops.NotEqual(yTrue, ignored), new Shape([Shape.Unknown, 1])), actual, 0f);
        _confusion.AssignAdd(Ops.Cast(Ops.Matmul(Ops.Transpose(actual), predicted), DType));
    }

    /// <inheritdoc/>
    public override Tensor Result()
    {
        using WideScope scope = InOwnType();
        Tensor counts = Ops.Cast(_confusion, DType.Float32);
        Tensor common = Ops.Sum(Ops.Multiply(counts, Ops.OneHot(Enumerable.Range(0, NumClasses).ToArray(), NumClasses)), [0]);
        Tensor union = Ops.Subtract(Ops.Add(Ops.Sum(counts, [0]), Ops.Sum(counts, [1])), common);
        (common, union) = (Ops.Take(common, TargetClassIds.ToArray()), Ops.Take(union, TargetClassIds.ToArray()));
        // Classes that neither are nor are predicted to be do not count.
        Tensor present = Ops.Greater(union, 1e-9);
        Tensor share = Ops.Where(present, Ops.Divide(common, Ops.Add(union, Config.Epsilon())), 0f);
        return Ops.Divide(Ops.Sum(share), Ops.Add(Ops.Cast(Ops.Sum(present), DType.Float32), Config.Epsilon()));
    }

    /// <summary>One weight for each class number, in the type of the counts: with integers fractions are lost, as in Keras.</summary>
    private Tensor PerSample(Tensor weight, Shape shape, DType type)
    {
        weight = Ops.Cast(Ops.Cast(weight, DType), type);
        if (weight.Shape.Size == shape.Size && weight.Rank > 0) return weight;
        if (weight.Rank > 0 && weight.Rank < shape.Rank) weight = Ops.ExpandDims(weight, Enumerable.Range(weight.Rank, shape.Rank - weight.Rank).ToArray());
        return Ops.BroadcastTo(weight, shape);
    }
}
