namespace NKeras.Metrics;

/// <summary>Intersection over union of one-hot targets and predicted classes, averaged over some classes (<c>keras.metrics.OneHotIoU</c>).</summary>
/// <param name="numClasses">The number of classes.</param>
/// <param name="targetClassIds">The classes that count.</param>
/// <param name="name">The name; <c>one_hot_io_u</c>, … if omitted.</param>
/// <param name="dtype">The type of the counts; int32 if omitted.</param>
/// <param name="ignoreClass">A class number whose samples do not count; null for none.</param>
/// <param name="sparseYPred">Whether predictions are class numbers rather than one score per class.</param>
/// <param name="axis">The axis of the classes where they are not class numbers.</param>
/// <example><code>
/// new OneHotIoU(numClasses: 3, targetClassIds: [0, 2]).Apply(new float[,] { { 0, 0, 1 }, { 1, 0, 0 }, { 0, 1, 0 } }, new float[,] { { 0.2f, 0.3f, 0.5f }, { 0.1f, 0.2f, 0.7f }, { 0.5f, 0.3f, 0.1f } }); // 0.25
/// </code></example>
public sealed class OneHotIoU(
    int numClasses, Ints targetClassIds, string? name = null, DType? dtype = null, int? ignoreClass = null, bool sparseYPred = false, int axis = -1)
    : IoU(numClasses, targetClassIds, name, dtype, ignoreClass, sparseYTrue: false, sparseYPred, axis);
