using System.Diagnostics.CodeAnalysis;
using NKeras.Hdf5.Reading;

namespace NKeras.Hdf5;

/// <summary>A group of a file: groups and datasets by name.</summary>
public sealed class Hdf5Group : Hdf5Object
{
    private readonly Hdf5Group? _parent;
    private readonly int _depth;
    private readonly Dictionary<string, Hdf5Object> _members = new(StringComparer.Ordinal);

    internal Hdf5Group(FileReader file, ObjectHeader header, string path, Hdf5Group? parent)
        : base(file, header, path)
    {
        _parent = parent;
        _depth = parent is null ? 0 : parent._depth + 1;
    }

    /// <summary>The names of its members: in the order they were made in where the file keeps that, else sorted, as h5py lists them.</summary>
    /// <exception cref="Hdf5Exception">The group cannot be read.</exception>
    public IReadOnlyList<string> Names => Links.Keys;

    private OrderedDictionary<string, Link> Links => field ??= Guard.At(Path, () => LinkTable.Read(File, Header));

    /// <summary>The member at a path of names with <c>/</c> between them; from the outermost group if it begins with <c>/</c>.</summary>
    /// <exception cref="Hdf5Exception">There is none, it is behind a link that is refused, or cannot be read.</exception>
    public Hdf5Object this[string path] =>
        TryGet(path, out Hdf5Object? member) ? member : throw new Hdf5Exception($"HDF5 object '{Path}': it has no member '{path}'.");

    /// <summary>The member at a path of names with <c>/</c> between them, if there is one; from the outermost group if it begins with <c>/</c>.</summary>
    /// <exception cref="Hdf5Exception">It is behind a link that is refused, or cannot be read.</exception>
    public bool TryGet(string path, [NotNullWhen(true)] out Hdf5Object? member)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        member = this;
        if (path[0] == '/')
        {
            while (member is Hdf5Group { _parent: { } parent })
                member = parent;
        }

        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            member = (member as Hdf5Group)?.Member(name);
            if (member is null)
                return false;
        }

        return true;
    }

    /// <summary>What a member is, also of one that is refused.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="Hdf5Exception">There is none of this name, or it cannot be read.</exception>
    public Hdf5MemberKind KindOf(string name)
    {
        if (!Links.TryGetValue(name, out Link? link))
            throw new Hdf5Exception($"HDF5 object '{Path}': it has no member '{name}'.");
        return link.Kind switch
        {
            LinkKind.Soft => Hdf5MemberKind.SoftLink,
            LinkKind.External => Hdf5MemberKind.ExternalLink,
            LinkKind.Other => Hdf5MemberKind.OtherLink,
            _ => Guard.At(PathOf(name), () => File.Header(link.Address).Kind),
        };
    }

    private Hdf5Object? Member(string name)
    {
        if (_members.TryGetValue(name, out Hdf5Object? member))
            return member;
        if (!Links.TryGetValue(name, out Link? link))
            return null;
        string path = PathOf(name);
        return _members[name] = Guard.At(path, () => Open(link, path));
    }

    private Hdf5Object Open(Link link, string path)
    {
        if (link.Kind != LinkKind.Hard)
            throw new BadContent($"it is {link.Description}, which is refused.");
        if (_depth >= File.Budget.Limits.MaxDepth)
            throw new BadContent($"groups are nested deeper than {File.Budget.Limits.MaxDepth}, the limit ({nameof(Hdf5Limits)}.{nameof(Hdf5Limits.MaxDepth)}).");
        for (Hdf5Group? outer = this; outer is not null; outer = outer._parent)
        {
            if (outer.Header.Address == link.Address)
                throw new BadContent($"it is '{outer.Path}' again, within itself, which is refused.");
        }

        File.Budget.TakeObject();
        ObjectHeader header = File.Header(link.Address);
        return header.Kind switch
        {
            Hdf5MemberKind.Group => new Hdf5Group(File, header, path, this),
            Hdf5MemberKind.Dataset => new Hdf5Dataset(File, header, path),
            _ => throw new BadContent("it is a type with a name of its own, no group or dataset."),
        };
    }

    private string PathOf(string name) => _parent is null ? $"/{name}" : $"{Path}/{name}";
}
