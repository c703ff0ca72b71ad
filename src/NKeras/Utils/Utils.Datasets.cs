using NKeras.Core;
using NKeras.Training;

namespace NKeras;

public static partial class Utils
{
    /// <summary>Windows of a series of steps, as batches (<c>keras.utils.timeseries_dataset_from_array</c>).</summary>
    /// <remarks>Window <c>i</c> holds the steps <c>s, s + samplingRate, …</c> with <c>s = startIndex + i * sequenceStride</c>. Windows are cut when they are needed.</remarks>
    /// <param name="data">The steps, along the first axis.</param>
    /// <param name="targets">The target of the window that begins at the same step; null for none. Windows without a target are left out.</param>
    /// <param name="sequenceLength">The number of steps in a window.</param>
    /// <param name="sequenceStride">How far apart the beginnings of windows are.</param>
    /// <param name="samplingRate">How far apart the steps within a window are.</param>
    /// <param name="batchSize">The number of windows in a batch; null for single windows, without an axis for several.</param>
    /// <param name="shuffle">Whether windows come in a random order, another one each time.</param>
    /// <param name="seed">What the orders depend on; from <see cref="SetRandomSeed"/>'s sequence if omitted.</param>
    /// <param name="startIndex">The first step that is used.</param>
    /// <param name="endIndex">The step before which windows end; all steps are used if omitted.</param>
    /// <param name="format">Keras's name of the kind of data set. All of them are one kind here.</param>
    /// <returns>Batches of shape <c>(batch, sequenceLength, …)</c>, with targets <c>(batch, …)</c>.</returns>
    /// <exception cref="ArgumentException">A number is out of the range of the data.</exception>
    /// <example><code>
    /// // The next value from the ten before it.
    /// Dataset windows = Utils.TimeseriesDatasetFromArray(values[..^10], values[10..], sequenceLength: 10);
    /// model.Fit(windows, epochs: 5);
    /// </code></example>
    // Keras: shuffles the beginnings once, and then within a buffer; and fails in the middle where startIndex leaves too few targets.
    public static Dataset TimeseriesDatasetFromArray(
        Tensor data,
        Tensor? targets,
        int sequenceLength,
        int sequenceStride = 1,
        int samplingRate = 1,
        int? batchSize = 128,
        bool shuffle = false,
        int? seed = null,
        int? startIndex = null,
        int? endIndex = null,
        string format = "tf")
    {
        ArgumentNullException.ThrowIfNull(data);
        int steps = Samples.Dense(nameof(data), data).Shape.Dims[0];
        int start = startIndex ?? 0, end = endIndex ?? steps;
        InRange(nameof(sequenceLength), sequenceLength, 1, int.MaxValue);
        InRange(nameof(sequenceStride), sequenceStride, 1, steps - 1);
        InRange(nameof(samplingRate), samplingRate, 1, steps - 1);
        if (batchSize is { } size) InRange(nameof(batchSize), size, 1, int.MaxValue);
        if (startIndex is not null and not 0) InRange(nameof(startIndex), start, 0, steps - 1);
        if (endIndex != null) InRange(nameof(endIndex), end, Math.Max(1, start + 1), steps - 1);
        if (format is not ("tf" or "grain")) throw new ArgumentException($"TimeseriesDatasetFromArray: {nameof(format)} is 'tf' or 'grain', not '{format}'.", nameof(format));
        long windows = end - start - ((sequenceLength - 1L) * samplingRate);
        if (targets != null) windows = Math.Min(windows, Samples.Dense(nameof(targets), targets).Shape.Dims[0] - start);
        int count = windows <= 0 ? 0 : (int)(((windows - 1) / sequenceStride) + 1);
        int[] starts = [.. Enumerable.Range(0, count).Select(i => start + (i * sequenceStride))];
        Dataset dataset = new(new WindowSamples(data, targets, starts, sequenceLength, samplingRate), () => Enumerable.Range(0, count), count);
        if (shuffle) dataset = dataset.Shuffle(Math.Max(1, count), seed);
        return batchSize is { } rows ? dataset.Batch(rows) : dataset;

        static void InRange(string name, int value, int least, int most)
        {
            if (value >= least && value <= most) return;
            string range = most == int.MaxValue ? $"at least {least}" : $"from {least} to {most}";
            throw new ArgumentOutOfRangeException(name, $"TimeseriesDatasetFromArray: {name} is {range}, not {value}.");
        }
    }

    /// <summary>Divides data into two data sets of samples, for example for training and testing (<c>keras.utils.split_dataset</c>).</summary>
    /// <remarks>The data is not copied; batches are cut out of it.</remarks>
    /// <param name="dataset">One tensor; or inputs, targets and weights in this order, as many as there are; or inputs by name. The first axis counts the samples.</param>
    /// <param name="leftSize">How many samples the left part gets, or which fraction of them (<c>0.8</c>); those that the right part leaves if omitted.</param>
    /// <param name="rightSize">How many samples the right part gets, or which fraction; those that the left part leaves if omitted.</param>
    /// <param name="shuffle">Whether samples are put into a random order first.</param>
    /// <param name="seed">What the order depends on; from <see cref="SetRandomSeed"/>'s sequence if omitted.</param>
    /// <param name="preferredBackend">Whose kind of data set Keras is to give. There is one kind here.</param>
    /// <returns>The first samples and the last.</returns>
    /// <exception cref="ArgumentException">There is no size, a part would be empty, or both together are more than there is.</exception>
    /// <example><code>
    /// (Dataset train, Dataset test) = Utils.SplitDataset((x, y), leftSize: 0.8, shuffle: true, seed: 1);
    /// model.Fit(train.Batch(32), epochs: 5);
    /// model.Evaluate(test.Batch(32));
    /// </code></example>
    public static (Dataset Left, Dataset Right) SplitDataset(
        Tensors dataset, SplitSize? leftSize = null, SplitSize? rightSize = null, bool shuffle = false, int? seed = null, string? preferredBackend = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        Dataset samples = dataset.IsSingle || dataset.Names != null || dataset.Count == 1 ? Dataset.FromTensorSlices(dataset)
            : dataset.Count is 2 or 3 ? Dataset.FromTensorSlices(dataset[0], dataset[1], dataset.Count == 3 ? (Tensors)dataset[2] : null)
            : throw new ArgumentException($"SplitDataset: {nameof(dataset)} holds inputs, targets and weights, one to three tensors, not {dataset.Count}. Several inputs go into a Batch.", nameof(dataset));
        return SplitDataset(samples, leftSize, rightSize, shuffle, seed, preferredBackend);
    }

    /// <summary>The same for a sequence of samples. A data set of batches is divided by samples, and the parts have batches of the same size.</summary>
    /// <typeparam name="TData">The kind of sequence. With a sequence of any kind as the parameter, arrays of batches would fit <see cref="Tensors"/> as well.</typeparam>
    /// <inheritdoc cref="SplitDataset(Tensors, SplitSize?, SplitSize?, bool, int?, string?)"/>
    public static (Dataset Left, Dataset Right) SplitDataset<TData>(
        TData dataset, SplitSize? leftSize = null, SplitSize? rightSize = null, bool shuffle = false, int? seed = null, string? preferredBackend = null)
        where TData : IEnumerable<Batch>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (leftSize == null && rightSize == null) throw new ArgumentException($"SplitDataset: {nameof(leftSize)} or {nameof(rightSize)} is needed.", nameof(leftSize));
        if (dataset is PyDataset { NumBatches: null }) throw new ArgumentException("SplitDataset: a data set without end cannot be divided.", nameof(dataset));
        (Dataset samples, int? batchSize) = Dataset.From(dataset).Batched ?? (Dataset.From(dataset), (int?)null);
        Random? random = shuffle ? new Random(seed ?? GlobalSeed.Next()) : null;
        // Samples that can be cut by number stay where they are; others are read once.
        if (samples.Part(order => order) is { Cardinality: { } count } indexed)
        {
            (int left, int right) = SplitSizes(leftSize, rightSize, count);
            Dataset shuffled = indexed.Part(Shuffled)!;
            return (Batches(shuffled.Part(o => o[..left])!), Batches(shuffled.Part(o => o[^right..])!));
        }

        Batch[] elements = Shuffled([.. samples]);
        (int first, int last) = SplitSizes(leftSize, rightSize, elements.Length);
        return (Batches(Dataset.From(elements[..first])), Batches(Dataset.From(elements[^last..])));

        Dataset Batches(Dataset part) => batchSize is { } size ? part.Batch(size) : part;

        T[] Shuffled<T>(T[] values)
        {
            random?.Shuffle(values);
            return values;
        }
    }

    private static (int Left, int Right) SplitSizes(SplitSize? leftSize, SplitSize? rightSize, int count)
    {
        if (count == 0) throw new ArgumentException("SplitDataset: the data set is empty.", "dataset");
        int? left = leftSize?.Of(nameof(leftSize), count), right = rightSize?.Of(nameof(rightSize), count);
        (int first, int last) = (left ?? count - right!.Value, right ?? count - left!.Value);
        if (leftSize?.Fraction + rightSize?.Fraction > 1 || (long)first + last > count)
            throw new ArgumentException($"SplitDataset: {nameof(leftSize)} {leftSize} and {nameof(rightSize)} {rightSize} are together more than the {count} samples that there are.", nameof(rightSize));
        return first > 0 && last > 0
            ? (first, last)
            : throw new ArgumentException($"SplitDataset: of {count} samples, {first} would go to the left part and {last} to the right one; none may be empty.", nameof(leftSize));
    }
}
