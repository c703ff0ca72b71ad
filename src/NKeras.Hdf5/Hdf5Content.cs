namespace NKeras.Hdf5;

/// <summary>What a group to be written has: attributes, groups and datasets. The outermost is the file's content.</summary>
/// <example><code>
/// Hdf5Content content = new();
/// content.AddDataset("layers/dense/vars/0", Hdf5Type.Float32, [3, 2], stream => stream.Write(bytes));
/// content.Group("layers/dense/vars").SetAttribute("name", "dense");
/// using FileStream file = File.Create("model.weights.h5");
/// content.Write(file);
/// </code></example>
public sealed class Hdf5Content
{
    /// <summary>The group at a path of names with <c>/</c> between them, made if there is none.</summary>
    /// <exception cref="ArgumentException">The path is not valid, or goes through a dataset.</exception>
    public Hdf5Content Group(string path) => throw new NotSupportedException();

    /// <summary>Adds a dataset.</summary>
    /// <param name="path">Its path; groups on the way are made.</param>
    /// <param name="type">The elements' type; not texts.</param>
    /// <param name="shape">The dimensions; empty for a single element.</param>
    /// <param name="write">Writes the elements, in row-major order, little-endian, when the file is written: exactly their size.</param>
    /// <param name="attributes">Attributes of the dataset, each a text.</param>
    /// <exception cref="ArgumentException">The path is not valid, or already there.</exception>
    public void AddDataset(string path, Hdf5Type type, ReadOnlySpan<long> shape, Action<Stream> write, IReadOnlyDictionary<string, string>? attributes = null) => throw new NotSupportedException();

    /// <summary>Sets an attribute to a text.</summary>
    public void SetAttribute(string name, string value) => throw new NotSupportedException();

    /// <summary>Sets an attribute to texts; without any, to an empty list of float64 as h5py writes it.</summary>
    public void SetAttribute(string name, IReadOnlyList<string> values) => throw new NotSupportedException();

    /// <summary>Sets an attribute to numbers.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="type">The elements' type.</param>
    /// <param name="shape">The dimensions; empty for a single element.</param>
    /// <param name="value">The elements, little-endian.</param>
    public void SetAttribute(string name, Hdf5Type type, ReadOnlySpan<long> shape, ReadOnlySpan<byte> value) => throw new NotSupportedException();

    /// <summary>Writes a file with this content, from the stream's present position on, forwards only: the stream need not seek.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    /// <exception cref="InvalidOperationException">A dataset wrote more or less than its size.</exception>
    public void Write(Stream stream) => throw new NotSupportedException();
}
