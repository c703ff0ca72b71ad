using System.Collections;
using NKeras.Core;
using NKeras.Layers;
using NKeras.Training;

namespace NKeras;

/// <summary>
/// Samples or batches that can be enumerated as often as one likes: what <c>tf.data.Dataset</c> is to Keras. Nothing is computed before it is
/// enumerated; batches are cut out of tensors one by one.
/// </summary>
/// <remarks>
/// Elements are <see cref="NKeras.Batch"/>es, also those that hold one sample and have no axis for several. Operations give a new data set; those of LINQ
/// (<c>Select</c>, <c>Where</c>, <c>Take</c>, <c>Zip</c>) give an <see cref="IEnumerable{T}"/>, which <c>Fit</c> takes as well and
/// <see cref="From"/> makes a data set again.
/// </remarks>
/// <example><code>
/// Dataset training = Dataset.FromTensorSlices(x, y).Shuffle(1000, seed: 1).Batch(32).Prefetch(2);
/// model.Fit(training, epochs: 5);
/// </code></example>
// Keras: takes tf.data.Dataset and the loaders of other frameworks, none of which there is in .NET.
public sealed class Dataset : IEnumerable<Batch>
{
    private readonly Func<CancellationToken, IEnumerator<Batch>> _pass;
    private readonly Samples? _samples;
    private readonly Func<IEnumerable<int>>? _order;
    private readonly Func<Action<int>?> _mark;

    internal Dataset(Samples samples, Func<IEnumerable<int>> order, int? cardinality, Func<Action<int>?>? mark = null)
    {
        (_samples, _order, Cardinality, _mark) = (samples, order, cardinality, mark ?? (() => _ => { }));
        _pass = _ => order().Select(samples.One).GetEnumerator();
    }

    private Dataset(Func<CancellationToken, IEnumerator<Batch>> pass, int? cardinality, Func<Action<int>?> mark) => (_pass, Cardinality, _mark) = (pass, cardinality, mark);

    /// <summary>The number of elements; null if it is not known, or if there is no end.</summary>
    public int? Cardinality { get; }

    /// <summary>What the elements were before <see cref="Batch"/> put them together, and how many it took; null for others.</summary>
    internal (Dataset Samples, int Size)? Batched { get; private init; }

    /// <summary>A data set of samples: the rows of tensors.</summary>
    /// <param name="x">The inputs; the first axis of each tensor counts the samples.</param>
    /// <param name="y">The targets; null for none.</param>
    /// <param name="sampleWeight">How much each sample counts; null for none.</param>
    /// <exception cref="ArgumentException">The numbers of samples differ, or a tensor is a scalar, symbolic, sparse or ragged.</exception>
    public static Dataset FromTensorSlices(Tensors x, Tensors? y = null, Tensors? sampleWeight = null)
    {
        RowSamples rows = new(new Batch(x, y, sampleWeight));
        return new(rows, () => Enumerable.Range(0, rows.Count), rows.Count);
    }

    /// <summary>A data set of the elements of a sequence, which is enumerated anew each time.</summary>
    /// <param name="elements">The elements: samples, or batches of them.</param>
    public static Dataset From(IEnumerable<Batch> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        return elements as Dataset
            ?? new(
                _ => elements.GetEnumerator(),
                elements is PyDataset data ? data.NumBatches : elements.TryGetNonEnumeratedCount(out int count) ? count : null,
                () => elements is IReadOnlyCollection<Batch> ? _ => { } : null);
    }

    /// <summary>Puts elements together that follow each other, along a new first axis.</summary>
    /// <param name="batchSize">How many; the last batch may have fewer.</param>
    /// <param name="dropRemainder">Whether a smaller last batch is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is not positive.</exception>
    public Dataset Batch(int batchSize, bool dropRemainder = false)
    {
        Positive(nameof(batchSize), batchSize);
        int? cardinality = Cardinality is { } count ? (int)((count + (dropRemainder ? 0 : batchSize - 1L)) / batchSize) : null;
        return new(Pass, cardinality, _mark) { Batched = (this, batchSize) };

        IEnumerator<Batch> Pass(CancellationToken token)
        {
            IEnumerable<Batch> batches = _samples != null
                ? _order!().Chunk(batchSize).Where(IsWanted).Select(c => _samples.Cut(c))
                : Elements(token).Chunk(batchSize).Where(IsWanted).Select(Samples.Stack);
            return batches.GetEnumerator();
        }

        bool IsWanted(Array chunk) => !dropRemainder || chunk.Length == batchSize;
    }

    /// <summary>Puts elements into a random order: each is drawn from a buffer of those that come next.</summary>
    /// <param name="bufferSize">The size of the buffer. Where it holds all elements, every order is equally likely.</param>
    /// <param name="seed">What the orders depend on; from <see cref="Utils.SetRandomSeed"/>'s sequence if omitted.</param>
    /// <param name="reshuffleEachIteration">Whether the order is another one each time that the data set is enumerated.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bufferSize"/> is not positive.</exception>
    public Dataset Shuffle(int bufferSize, int? seed = null, bool reshuffleEachIteration = true)
    {
        Positive(nameof(bufferSize), bufferSize);
        int start = seed ?? GlobalSeed.Next(), iterations = 0;
        return _samples != null
            ? new(_samples, () => Shuffling.Shuffle(_order!(), bufferSize, Next()), Cardinality, Mark)
            : new(t => Shuffling.Shuffle(Elements(t), bufferSize, Next()).GetEnumerator(), Cardinality, Mark);

        Action<int>? Mark()
        {
            int now = iterations;
            return _mark() is { } goTo ? passes =>
            {
                goTo(passes);
                iterations = now + passes;
            }
            : null;
        }

        Random Next() => Shuffling.Random(start, reshuffleEachIteration ? Interlocked.Increment(ref iterations) : 0);
    }

    /// <summary>The elements, each changed by a function: prepared, or augmented at random.</summary>
    /// <remarks>
    /// Random layers draw what their seeds, the number of the pass and the element's number say, so that the elements do not depend on the number of
    /// threads, and differ from pass to pass.
    /// </remarks>
    /// <param name="map">The function. With several threads it is called on several at once.</param>
    /// <param name="numParallelCalls">How many threads call it. The elements keep their order.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="numParallelCalls"/> is not positive.</exception>
    /// <example><code>
    /// Dataset training = Dataset.FromTensorSlices(images, labels).Batch(32).Map(b =&gt; b with { X = flip.Apply(b.X[0], training: true) }, numParallelCalls: 2);
    /// </code></example>
    public Dataset Map(Func<Batch, Batch> map, int numParallelCalls = 1)
    {
        ArgumentNullException.ThrowIfNull(map);
        Positive(nameof(numParallelCalls), numParallelCalls);
        int passes = 0;
        return new(t => new MappedElements(_pass, map, Interlocked.Increment(ref passes)).Read(numParallelCalls, t), Cardinality, Mark);

        Action<int>? Mark()
        {
            int now = passes;
            return _mark() is { } goTo ? further =>
            {
                goTo(further);
                passes = now + further;
            }
            : null;
        }
    }

    /// <summary>The elements with a layer or model applied to their inputs.</summary>
    /// <param name="layer">The layer. It is built by the first element if it is not built.</param>
    /// <param name="training">Whether to behave as in training; null for what the layer does by default: random layers of images augment.</param>
    /// <param name="numParallelCalls">How many threads apply it. The elements keep their order.</param>
    /// <inheritdoc cref="Map(Func{NKeras.Batch, NKeras.Batch}, int)"/>
    // Keras: a layer is a function, so it can be given to map() itself.
    public Dataset Map(Layer layer, bool? training = null, int numParallelCalls = 1)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return Map(b => b with { X = layer.ApplyTo(new CallArguments([b.X.IsSingle ? b.X[0] : b.X], [KeyValuePair.Create("training", (object?)training)])) }, numParallelCalls);
    }

    /// <summary>The elements again and again.</summary>
    /// <param name="count">How often; without end if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public Dataset Repeat(int? count = null)
    {
        if (count < 0) throw new ArgumentOutOfRangeException(nameof(count), $"Dataset: {nameof(count)} is at least 0, not {count}.");
        int? cardinality = count * Cardinality;
        return _samples != null
            ? new(_samples, () => Repeat(_order!, count), cardinality, Mark)
            : new(t => Repeat(() => Elements(t), count).GetEnumerator(), cardinality, Mark);

        // What has no end is never gone through.
        Action<int>? Mark() => _mark() is { } goTo ? passes => goTo(passes * (count ?? 0)) : null;
    }

    /// <summary>Computes elements on another thread before they are asked for.</summary>
    /// <remarks>
    /// They keep their order. What enumerating throws comes where the element would have come. The thread is gone when the enumeration
    /// has ended or its enumerator is disposed.
    /// </remarks>
    /// <param name="bufferSize">How many elements, at most.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bufferSize"/> is not positive.</exception>
    public Dataset Prefetch(int bufferSize)
    {
        Positive(nameof(bufferSize), bufferSize);
        return new(t => Read(_pass, bufferSize, t), Cardinality, _mark) { Batched = Batched };
    }

    /// <inheritdoc/>
    public IEnumerator<Batch> GetEnumerator() => _pass(CancellationToken.None);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The elements once, for who may cancel while he waits for one that is being prefetched.</summary>
    internal IEnumerator<Batch> Pass(CancellationToken token) => _pass(token);

    /// <summary>Remembers where the data set stands between enumerations.</summary>
    /// <returns>
    /// Makes the next enumeration one that comes later: as if it had been gone through so often since then. Null if it cannot: what a sequence of the
    /// user's does when it is gone through nobody knows.
    /// </returns>
    internal Action<int>? Mark() => _mark();

    /// <summary>Elements that a thread of their own takes from an enumerator.</summary>
    /// <param name="pass">Gives the enumerator, on that thread.</param>
    /// <param name="ahead">How many it takes before they are asked for. Zero only makes waiting for the enumerator end where it is cancelled.</param>
    /// <param name="token">Cancels.</param>
    internal static IEnumerator<Batch> Read(Func<CancellationToken, IEnumerator<Batch>> pass, int ahead, CancellationToken token)
    {
        IEnumerator<Batch>? source = null;
        return new OrderedWorkers<Batch>(
            (_, cancelled) => (source ??= pass(cancelled)).MoveNext() ? source.Current ?? throw new InvalidOperationException("A data set gave a batch that is null.") : null,
            workers: 1,
            ahead,
            token,
            finish: () => source?.Dispose());
    }

    /// <summary>A part of the samples by their places in the order that holds now; null if they cannot be cut by number.</summary>
    internal Dataset? Part(Func<int[], int[]> choose)
    {
        if (_samples == null || Cardinality == null) return null;
        int[] chosen = choose([.. _order!()]);
        return new(_samples, () => chosen, chosen.Length);
    }

    private IEnumerable<Batch> Elements(CancellationToken token)
    {
        using IEnumerator<Batch> pass = _pass(token);
        while (pass.MoveNext()) yield return pass.Current;
    }

    private static IEnumerable<T> Repeat<T>(Func<IEnumerable<T>> once, int? count)
    {
        bool any = true;
        for (int i = 0; any && !(i >= count); i++)
        {
            // What is empty would be repeated for ever.
            any = false;
            foreach (T element in once())
            {
                any = true;
                yield return element;
            }
        }
    }

    private static void Positive(string name, int value)
    {
        if (value < 1) throw new ArgumentOutOfRangeException(name, $"Dataset: {name} is at least 1, not {value}.");
    }
}
