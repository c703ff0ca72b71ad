namespace NKeras.Metrics;

/// <summary>Intersection over union of what is and what is predicted to be of a class, averaged over all classes (<c>keras.metrics.MeanIoU</c>).</summary>
/// <param name="numClasses">The number of classes.</param>
/// <param name="name">The name; <c>mean_io_u</c>, … if omitted.</param>
/// <param name="dtype">The type of the counts; int32 if omitted.</param>
/// <param name="ignoreClass">A class number whose samples do not count; null for none.</param>
/// <param name="sparseYTrue">Whether targets are class numbers rather than one-hot.</param>
/// <param name="sparseYPred">Whether predictions are class numbers rather than one score per class.</param>
/// <param name="axis">The axis of the classes where they are not class numbers.</param>
/// <example><code>
/// new MeanIoU(numClasses: 2).Apply(new int[] { 0, 0, 1, 1 }, new int[] { 0, 1, 0, 1 }); // 0.3333
/// </code></example>
public class MeanIoU(
    int numClasses, string? name = null, DType? dtype = null, int? ignoreClass = null, bool sparseYTrue = true, bool sparseYPred = true, int axis = -1)
    : IoU(numClasses, Enumerable.Range(0, CheckClasses(numClasses)).ToArray(), name, dtype, ignoreClass, sparseYTrue, sparseYPred, axis);
