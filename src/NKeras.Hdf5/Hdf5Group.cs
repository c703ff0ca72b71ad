using System.Diagnostics.CodeAnalysis;

namespace NKeras.Hdf5;

/// <summary>A group of a file: groups and datasets by name.</summary>
public sealed class Hdf5Group : Hdf5Object
{
    internal Hdf5Group(string path)
        : base(path)
    {
    }

    /// <summary>The names of its members, in the file's order.</summary>
    /// <exception cref="Hdf5Exception">The group cannot be read.</exception>
    public IReadOnlyList<string> Names => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Hdf5Attribute> Attributes => throw new NotSupportedException();

    /// <summary>The member at a path of names with <c>/</c> between them.</summary>
    /// <exception cref="Hdf5Exception">There is none, it is behind a link that is refused, or cannot be read.</exception>
    public Hdf5Object this[string path] => throw new NotSupportedException();

    /// <summary>The member at a path of names with <c>/</c> between them, if there is one.</summary>
    /// <exception cref="Hdf5Exception">It is behind a link that is refused, or cannot be read.</exception>
    public bool TryGet(string path, [NotNullWhen(true)] out Hdf5Object? member) => throw new NotSupportedException();
}
