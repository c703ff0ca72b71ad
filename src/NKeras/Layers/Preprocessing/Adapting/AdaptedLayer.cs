using System.Runtime.CompilerServices;
using NKeras.Engine;

namespace NKeras.Layers;

/// <summary>
/// A layer that learns from data before training: a vocabulary, the mean of numbers, the borders of ranges. <c>Adapt</c> reads the data once, batch by
/// batch, so that it may be larger than the memory.
/// </summary>
/// <example><code>
/// Normalization layer = new();
/// layer.Adapt(Dataset.FromTensorSlices(x).Batch(1024));
/// </code></example>
// Keras: the classes have methods of the same names, and no base class of their own.
public abstract class AdaptedLayer : Layer
{
    private object? _learned;

    private protected AdaptedLayer(string? name, bool trainable, DTypePolicy? dtype)
        : base(name, trainable, dtype)
    {
    }

    /// <summary>Learns from data in memory, and forgets what it had learned before.</summary>
    /// <param name="data">A tensor, or a list of tensors, each a batch.</param>
    /// <exception cref="ArgumentException">There is no data, or it is of the wrong kind; the message names the layer.</exception>
    /// <exception cref="InvalidOperationException">The layer was given what it would learn.</exception>
    // Keras: draws a progress bar for what is no array.
    public void Adapt(Tensors data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Names != null) throw new ArgumentException($"Layer '{Name}' adapts to one tensor, or to a list of batches; received tensors by name: {data}.", nameof(data));
        AdaptTo(data.IsSingle ? [InMemory(data[0])] : data);
    }

    /// <summary>Learns from the inputs of a data set's batches, and forgets what it had learned before. Each batch is read once.</summary>
    /// <param name="data">The batches: a <see cref="Dataset"/>, a <see cref="PyDataset"/>, or any sequence.</param>
    /// <param name="steps">How many batches are read; all if omitted.</param>
    /// <exception cref="ArgumentException">There is no data, or it is of the wrong kind; the message names the layer.</exception>
    /// <exception cref="InvalidOperationException">The layer was given what it would learn.</exception>
    public void Adapt(IEnumerable<Batch> data, int? steps = null) => Adapt<IEnumerable<Batch>>(data, steps);

    /// <typeparam name="TBatches">The type of the sequence. An array of batches would fit <see cref="Tensors"/> as well.</typeparam>
    /// <inheritdoc cref="Adapt(IEnumerable{Batch}, int?)"/>
    [OverloadResolutionPriority(1)]
    public void Adapt<TBatches>(TBatches data, int? steps = null)
        where TBatches : IEnumerable<Batch>
    {
        ArgumentNullException.ThrowIfNull(data);
        if (steps < 1) throw new ArgumentOutOfRangeException(nameof(steps), $"Layer '{Name}': steps is a positive number of batches; received {steps}.");
        if (steps == null && data is PyDataset { NumBatches: null }) throw new ArgumentException($"Layer '{Name}': the data set never ends. Say with steps how many batches are read.", nameof(steps));
        AdaptTo((steps is { } count ? data.Take(count) : data).Select(InputOf));
    }

    /// <summary>Forgets what has been learned since the last <see cref="FinalizeState"/>, to begin anew.</summary>
    public abstract void ResetState();

    /// <summary>Learns from a batch. It takes effect with <see cref="FinalizeState"/>.</summary>
    /// <param name="data">The batch.</param>
    /// <exception cref="ArgumentException">It is of the wrong kind; the message names the layer.</exception>
    public abstract void UpdateState(Tensor data);

    /// <summary>Puts into effect what has been learned.</summary>
    public abstract void FinalizeState();

    /// <summary>All data, given as one tensor, as a batch.</summary>
    private protected virtual Tensor InMemory(Tensor data) => data;

    /// <summary>Whether there is something to learn; not if the layer was given it.</summary>
    internal virtual bool NeedsAdapting => true;

    /// <summary>What compiled programs hold of what the layer has learned: where it is another object, they are stale.</summary>
    internal override object? Learned => _learned;

    /// <summary>Notes that programs compiled so far hold what is not in effect any more.</summary>
    private protected void TakesEffect() => _learned = new object();

    /// <summary>What a batch of a data set holds for the layer.</summary>
    /// <exception cref="ArgumentException">It holds several inputs.</exception>
    internal Tensor InputOf(Batch batch) => batch is { X: [{ } only] }
        ? only
        : throw new ArgumentException($"Layer '{Name}' adapts to batches of one input; received {batch?.X.ToString() ?? "null"}.", nameof(batch));

    /// <summary>Learns from batches. If that fails what is in effect stays as it was.</summary>
    internal void AdaptTo(IEnumerable<Tensor> batches)
    {
        ResetState();
        int count = 0;
        foreach (Tensor batch in batches)
        {
            if (batch is null) throw new ArgumentException($"Layer '{Name}' adapts to tensors; batch {count} is null.", nameof(batches));
            if (batch is not (ConcreteTensor or CompositeTensor)) throw new ArgumentException($"Layer '{Name}' adapts to data; received a symbolic tensor of shape {batch.Shape}. Adapt the layer before it is part of a model's function.", nameof(batches));
            if (batch.Shape is { IsKnown: true, Size: 0 }) continue;
            UpdateState(batch);
            count++;
        }

        if (count == 0) throw new ArgumentException($"Layer '{Name}' adapts to data; received none.", nameof(batches));
        FinalizeState();
        TakesEffect();
    }

    /// <summary>A batch as a dense tensor of numbers.</summary>
    /// <exception cref="ArgumentException">It holds strings, or is ragged.</exception>
    private protected ConcreteTensor Numbers(Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.DType == DType.String) throw new ArgumentException($"Layer '{Name}' adapts to numbers; received strings of shape {data.Shape}. Use StringLookup for strings.", nameof(data));
        return (data is SparseTensor sparse ? sparse.ToDense() : data) as ConcreteTensor
            ?? throw new ArgumentException($"Layer '{Name}' adapts to dense tensors with data; received {(data is CompositeTensor composite ? $"a {composite.Kind}" : "a symbolic")} one of shape {data.Shape}.", nameof(data));
    }
}
