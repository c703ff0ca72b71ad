namespace NKeras.Hdf5.Tests;

/// <summary>Reads everything that a file has, as a program would that trusts none of it.</summary>
internal static class Whole
{
    private const long MostElements = 1 << 20;

    /// <returns>How many members, datasets and attributes could be read; the others threw an <see cref="Hdf5Exception"/>.</returns>
    public static int Read(Stream stream, Hdf5Limits limits)
    {
        int read = 0;
        Try(() =>
        {
            using Hdf5File file = Hdf5File.Open(stream, limits);
            Read(file.Root, ref read);
        });
        return read;
    }

    private static void Read(Hdf5Object item, ref int read)
    {
        int count = 0;
        Try(() =>
        {
            foreach (Hdf5Attribute attribute in item.Attributes.Values)
                Try(() => count += Read(attribute));
        });
        if (item is Hdf5Dataset dataset)
            Try(() => count += Read(dataset));
        read += count;
        if (item is not Hdf5Group group)
            return;

        IReadOnlyList<string> names = [];
        Try(() => names = group.Names);
        read += names.Count;
        foreach (string name in names)
        {
            Hdf5Object? member = null;
            Try(() => group.KindOf(name));
            Try(() => member = group[name]);
            if (member is not null)
                Read(member, ref read);
        }
    }

    private static int Read(Hdf5Attribute attribute)
    {
        if (attribute.Type.Class == Hdf5TypeClass.String)
            attribute.ReadTexts();
        else
            attribute.ReadBytes();
        return 1;
    }

    private static int Read(Hdf5Dataset dataset)
    {
        _ = dataset.StoredBytes;
        if (dataset.Type.Class == Hdf5TypeClass.String)
            dataset.ReadTexts();
        else if (dataset.Count <= MostElements && dataset.Type.Size <= 16)
            dataset.Read(new byte[dataset.Count * dataset.Type.Size]);
        return 1;
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Hdf5Exception)
        {
            // The one exception that a file's content may cause.
        }
    }
}
