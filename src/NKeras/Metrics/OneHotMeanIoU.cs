namespace NKeras.Metrics;

/// <summary>Intersection over union of one-hot targets and predicted classes, averaged over all classes (<c>keras.metrics.OneHotMeanIoU</c>).</summary>
/// <param name="numClasses">The number of classes.</param>
/// <param name="name">The name; <c>one_hot_mean_io_u</c>, … if omitted.</param>
/// <param name="dtype">The type of the counts; int32 if omitted.</param>
/// <param name="ignoreClass">A class number whose samples do not count; null for none.</param>
/// <param name="sparseYPred">Whether predictions are class numbers rather than one score per class.</param>
/// <param name="axis">The axis of the classes where they are not class numbers.</param>
/// <example><code>
/// new OneHotMeanIoU(numClasses: 3).Apply(new float[,] { { 0, 0, 1 }, { 1, 0, 0 }, { 0, 1, 0 } }, new float[,] { { 0.2f, 0.3f, 0.5f }, { 0.1f, 0.2f, 0.7f }, { 0.5f, 0.3f, 0.1f } }); // 0.1667
/// </code></example>
public sealed class OneHotMeanIoU(
    int numClasses, string? name = null, DType? dtype = null, int? ignoreClass = null, bool sparseYPred = false, int axis = -1)
    : MeanIoU(numClasses, name, dtype, ignoreClass, sparseYTrue: false, sparseYPred, axis);
