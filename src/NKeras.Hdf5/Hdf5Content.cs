using NKeras.Hdf5.Writing;

namespace NKeras.Hdf5;

/// <summary>
/// What a group to be written has: attributes, groups and datasets. The outermost is the file's content. Files are what h5py writes if nothing else is
/// asked for (superblock 0, symbol tables, contiguous datasets), and the same content always gives the same bytes.
/// </summary>
/// <example><code>
/// Hdf5Content content = new();
/// content.AddDataset("layers/dense/vars/0", Hdf5Type.Float32, [3, 2], stream => stream.Write(bytes));
/// content.Group("layers/dense/vars").SetAttribute("name", "dense");
/// using FileStream file = File.Create("model.weights.h5");
/// content.Write(file);
/// </code></example>
public sealed class Hdf5Content
{
    private readonly string _path;
    private readonly Dictionary<string, Hdf5Content> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DatasetContent> _datasets = new(StringComparer.Ordinal);

    /// <summary>Creates the content of a file, with nothing in it.</summary>
    public Hdf5Content()
        : this("/")
    {
    }

    private Hdf5Content(string path)
    {
        _path = path;
        Attributes = new AttributeList(path);
    }

    internal AttributeList Attributes { get; }

    internal IReadOnlyDictionary<string, Hdf5Content> Groups => _groups;

    internal IReadOnlyDictionary<string, DatasetContent> Datasets => _datasets;

    /// <summary>The group at a path of names with <c>/</c> between them, made if there is none.</summary>
    /// <exception cref="ArgumentException">The path is not valid, or goes through a dataset.</exception>
    public Hdf5Content Group(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Descend(path.Split('/'), path);
    }

    /// <summary>Adds a dataset.</summary>
    /// <param name="path">Its path; groups on the way are made.</param>
    /// <param name="type">The elements' type; not texts.</param>
    /// <param name="shape">The dimensions; empty for a single element.</param>
    /// <param name="write">Writes the elements, in row-major order, little-endian, when the file is written: exactly their size.</param>
    /// <param name="attributes">Attributes of the dataset, each a text.</param>
    /// <exception cref="ArgumentException">The path is not valid or already there, or there is no such type or shape.</exception>
    public void AddDataset(string path, Hdf5Type type, ReadOnlySpan<long> shape, Action<Stream> write, IReadOnlyDictionary<string, string>? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(write);
        string[] names = path.Split('/');
        DatasetContent dataset = new(_path == "/" ? $"/{path}" : $"{_path}/{path}", type, shape, write);
        foreach ((string name, string value) in attributes ?? new Dictionary<string, string>())
            dataset.Attributes.Set(name, value);
        // Checked before groups on the way are made, so that a refused dataset leaves nothing behind.
        CheckName(names[^1], path);
        Hdf5Content parent = Descend(names.AsSpan(..^1), path);
        if (parent._groups.ContainsKey(names[^1]) || !parent._datasets.TryAdd(names[^1], dataset))
            throw new ArgumentException($"There is already something at \"{dataset.Path}\".", nameof(path));
    }

    /// <summary>Sets an attribute to a text.</summary>
    /// <exception cref="ArgumentException">The name or the text cannot be written.</exception>
    public void SetAttribute(string name, string value) => Attributes.Set(name, value);

    /// <summary>Sets an attribute to texts; without any, to an empty list of float64 as h5py writes it.</summary>
    /// <exception cref="ArgumentException">The name or a text cannot be written, or there are too many texts: HDF5 allows about 4000.</exception>
    public void SetAttribute(string name, IReadOnlyList<string> values) => Attributes.Set(name, values);

    /// <summary>Sets an attribute to numbers.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="type">The elements' type.</param>
    /// <param name="shape">The dimensions; empty for a single element.</param>
    /// <param name="value">The elements, little-endian.</param>
    /// <exception cref="ArgumentException">The name, type or shape cannot be written, the value's size is another, or it is larger than HDF5 allows (about 64 KB).</exception>
    public void SetAttribute(string name, Hdf5Type type, ReadOnlySpan<long> shape, ReadOnlySpan<byte> value) => Attributes.Set(name, type, shape, value);

    /// <summary>Writes a file with this content, from the stream's present position on, forwards only: the stream need not seek.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    /// <exception cref="InvalidOperationException">A dataset wrote more or less than its size.</exception>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        new FileLayout(this).Write(stream);
    }

    private static void CheckName(string name, string path)
    {
        if (name.Length == 0 || name == ".")
            throw new ArgumentException($"\"{path}\" is no path of names with \"/\" between them: a name is \"{name}\".", nameof(path));
        if (name.Contains('\0'))
            throw new ArgumentException($"\"{path}\" has a NUL, which names cannot have.", nameof(path));
        Texts.Utf8(name, "The name");
    }

    private Hdf5Content Descend(ReadOnlySpan<string> names, string path)
    {
        foreach (string name in names)
            CheckName(name, path);
        Hdf5Content group = this;
        foreach (string name in names)
        {
            if (group._datasets.TryGetValue(name, out DatasetContent? dataset))
                throw new ArgumentException($"\"{path}\" goes through \"{dataset.Path}\", which is a dataset.", nameof(path));
            if (!group._groups.TryGetValue(name, out Hdf5Content? next))
                group._groups.Add(name, next = new Hdf5Content(group._path == "/" ? $"/{name}" : $"{group._path}/{name}"));
            group = next;
        }

        return group;
    }
}
