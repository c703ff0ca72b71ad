using NKeras.Hdf5;
using NKeras.Npy;
using NKeras.Saving;

namespace NKeras.Cli;

/// <summary>The arrays of files, without their elements.</summary>
internal static class ArrayList
{
    /// <summary>Those of an HDF5 file, also what is refused.</summary>
    /// <param name="group">The group to begin at.</param>
    /// <param name="thorough">Whether the elements are read, to see whether they can be.</param>
    public static IEnumerable<ArrayEntry> In(Hdf5Group group, bool thorough)
    {
        // Not by recursion: how deep groups are nested is the caller's limit.
        Stack<Hdf5Group> open = new([group]);
        while (open.TryPop(out Hdf5Group? next))
        {
            string? unreadable = Problem(() => next.Names.Count);
            if (unreadable != null) yield return new ArrayEntry(next.Path.TrimStart('/'), "", null, 0, unreadable);
            List<Hdf5Group> inner = [];
            foreach (string name in unreadable == null ? next.Names : [])
            {
                string path = $"{next.Path.TrimEnd('/')}/{name}".TrimStart('/');
                Hdf5Object? member = null;
                ArrayEntry? entry = null;
                string? problem = Problem(() =>
                {
                    member = next[name];
                    if (member is not Hdf5Dataset dataset) return;
                    Check(dataset, path, thorough);
                    entry = new ArrayEntry(path, TypeText(dataset.Type), dataset.Shape, BytesOf(dataset));
                });
                if (problem != null) yield return new ArrayEntry(path, "", null, 0, problem);
                else if (entry != null) yield return entry;
                if (member is Hdf5Group found) inner.Add(found);
            }

            foreach (Hdf5Group found in Enumerable.Reverse(inner)) open.Push(found);
        }
    }

    /// <summary>Those of an archive of NumPy's arrays, also what is refused.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="thorough">Whether the elements are read, to see whether they can be.</param>
    public static IEnumerable<ArrayEntry> In(NpzFile file, bool thorough)
    {
        foreach (string name in file.Names)
        {
            NpyHeader? header = null;
            string? problem = Problem(() =>
            {
                header = file.HeaderOf(name);
                if (!thorough) return;
                Take(header.ByteLength, name);
                file.Read(name);
            });
            yield return problem == null
                ? new ArrayEntry(name, header!.DType.Name, [.. header.Dims.Select(d => (long)d)], header.ByteLength)
                : new ArrayEntry(name, "", null, 0, problem);
        }
    }

    private static void Check(Hdf5Dataset dataset, string path, bool thorough)
    {
        _ = dataset.StoredBytes;
        if (!thorough) return;
        if (dataset.Type.Class == Hdf5TypeClass.String)
        {
            dataset.ReadTexts();
            return;
        }

        long bytes = BytesOf(dataset);
        Take(bytes, path);
        dataset.Read(new byte[bytes]);
    }

    private static void Take(long bytes, string path)
    {
        Reading.Current?.TakeBytes(bytes, $"'{BadConfig.Excerpt(path)}'");
        if (bytes > Array.MaxLength) throw new InvalidDataException($"it has {bytes} bytes, more than a tensor can hold.");
    }

    private static long BytesOf(Hdf5Dataset dataset) => checked(dataset.Count * Math.Max(1, dataset.Type.Size));

    private static string? Problem(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception e) when (BadConfig.Causes(e) || e is Hdf5Exception or InvalidDataException)
        {
            return e.Message;
        }
    }

    private static string? Problem(Func<int> read) => Problem(() => { read(); });

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
