using NKeras.Training;

namespace NKeras;

/// <summary>What <c>Fit</c> takes as <c>validationData</c>: <c>(x, y)</c>, <c>(x, y, sampleWeight)</c>, or batches.</summary>
public sealed class ValidationData
{
    /// <summary>Data in memory.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    /// <param name="sampleWeight">How much each sample counts.</param>
    public ValidationData(Tensors x, Tensors y, Tensors? sampleWeight = null) => Data = new Batch(x, y, sampleWeight);

    /// <summary>Batches, which every validation goes through once.</summary>
    /// <param name="batches">The batches.</param>
    public ValidationData(IEnumerable<Batch> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        Stream = batches is PyDataset data ? new PyDatasetStream(data, order: null) : new SequenceStream(batches);
    }

    /// <inheritdoc cref="ValidationData(IEnumerable{Batch})"/>
    public ValidationData(IAsyncEnumerable<Batch> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        Stream = new AsyncStream(batches);
    }

    /// <summary>The data, if it is in memory.</summary>
    internal Batch? Data { get; }

    /// <summary>The batches otherwise.</summary>
    internal BatchStream? Stream { get; }

    /// <summary>Inputs and targets.</summary>
    public static implicit operator ValidationData((Tensors X, Tensors Y) data) => new(data.X, data.Y);

    /// <summary>Inputs, targets and weights.</summary>
    public static implicit operator ValidationData((Tensors X, Tensors Y, Tensors SampleWeight) data) => new(data.X, data.Y, data.SampleWeight);

    /// <summary>Batches.</summary>
    public static implicit operator ValidationData(Batch[] batches) => new(batches);

    /// <summary>Batches.</summary>
    public static implicit operator ValidationData(PyDataset batches) => new(batches);

    /// <summary>Batches.</summary>
    public static implicit operator ValidationData(List<Batch> batches) => new(batches);
}
