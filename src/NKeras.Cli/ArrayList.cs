using NKeras.Hdf5;
using NKeras.Npy;

namespace NKeras.Cli;

/// <summary>The arrays of files, without their elements.</summary>
internal static class ArrayList
{
    /// <summary>Those of an HDF5 file, also what is refused.</summary>
    /// <param name="group">The group to begin at.</param>
    /// <param name="check">Is called with each array that is there.</param>
    public static IEnumerable<ArrayEntry> In(Hdf5Group group, Action<Hdf5Dataset>? check = null)
    {
        // Not by recursion: how deep groups are nested is the caller's limit.
        Stack<Hdf5Group> open = new([group]);
        while (open.TryPop(out Hdf5Group? next))
        {
            List<Hdf5Group> inner = [];
            foreach (string name in Try(() => next.Names) ?? [])
            {
                string path = $"{next.Path.TrimEnd('/')}/{name}".TrimStart('/');
                Hdf5Object? member = null;
                ArrayEntry? entry = null;
                try
                {
                    member = next[name];
                    if (member is Hdf5Dataset dataset)
                    {
                        check?.Invoke(dataset);
                        entry = new ArrayEntry(path, TypeText(dataset.Type), dataset.Shape, checked(dataset.Count * Math.Max(1, dataset.Type.Size)));
                    }
                }
                catch (Exception e) when (e is Hdf5Exception or OverflowException or ArgumentException)
                {
                    entry = new ArrayEntry(path, "", null, 0, e.Message);
                }

                if (entry != null) yield return entry;
                if (member is Hdf5Group found) inner.Add(found);
            }

            foreach (Hdf5Group found in Enumerable.Reverse(inner)) open.Push(found);
        }
    }

    /// <summary>Those of an archive of NumPy's arrays, also what is refused.</summary>
    public static IEnumerable<ArrayEntry> In(NpzFile file)
    {
        foreach (string name in file.Names)
        {
            ArrayEntry entry;
            try
            {
                NpyHeader header = file.HeaderOf(name);
                entry = new ArrayEntry(name, header.DType.Name, [.. header.Dims.Select(d => (long)d)], header.ByteLength);
            }
            catch (InvalidDataException e)
            {
                entry = new ArrayEntry(name, "", null, 0, e.Message);
            }

            yield return entry;
        }
    }

    private static IReadOnlyList<string>? Try(Func<IReadOnlyList<string>> names)
    {
        try
        {
            return names();
        }
        catch (Hdf5Exception)
        {
            return null;
        }
    }

    private static string TypeText(Hdf5Type type) => type.Class switch
    {
        Hdf5TypeClass.Integer => $"{(type.IsSigned ? "" : "u")}int{8 * type.Size}",
        Hdf5TypeClass.Float => $"float{8 * type.Size}",
        Hdf5TypeClass.Boolean => "bool",
        Hdf5TypeClass.String => "string",
        Hdf5TypeClass.Opaque => $"opaque{8 * type.Size}",
        _ => type.Class.ToString().ToLowerInvariant(),
    };
}
