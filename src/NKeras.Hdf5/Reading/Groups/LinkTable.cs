namespace NKeras.Hdf5.Reading;

/// <summary>The links of a group, however the file keeps them.</summary>
internal static class LinkTable
{
    /// <summary>The links: in the order they were made in where that is kept, else by name, as h5py lists them.</summary>
    public static OrderedDictionary<string, Link> Read(FileReader file, ObjectHeader header)
    {
        List<Link> links = [];
        bool ordered = false;
        if (header.Find(MessageType.SymbolTable) is { } table)
        {
            SymbolTable.Read(file, file.Content(table).Span, links);
        }
        else
        {
            foreach (HeaderMessage message in header.All(MessageType.Link))
                links.Add(LinkMessage.Read(file, file.Content(message).Span));
            if (header.Find(MessageType.LinkInfo) is { } info)
                ordered = LinkMessage.ReadDense(file, file.Content(info).Span, links);
        }

        if (ordered)
            links.Sort((a, b) => a.Order.CompareTo(b.Order));
        else
            links.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));

        OrderedDictionary<string, Link> byName = new(links.Count, StringComparer.Ordinal);
        foreach (Link link in links)
        {
            if (!byName.TryAdd(link.Name, link))
                throw new BadContent($"it has two members named '{link.Name}'; the file is damaged.");
        }

        return byName;
    }

    /// <summary>Counts a link that has been read against the limits, and refuses a name that leads elsewhere.</summary>
    public static Link Checked(FileReader file, Link link)
    {
        file.Budget.TakeObject();
        file.Budget.TakeMetadata(link.Name.Length + link.Target.Length);
        return link.Name.Length == 0 || link.Name.Contains('/') || link.Name is "."
            ? throw new BadContent($"it has a member named '{link.Name}', which no member can be; the file is damaged.")
            : link;
    }
}
