namespace NKeras.Hdf5.Reading;

/// <summary>Chunks of a dataset that has no end along one axis, in blocks that become larger and larger (HDF5 File Format Specification, VII.D).</summary>
internal sealed record ExtensibleArrayIndex(long Address) : ChunkIndex
{
    public override void Read(FileReader file, ChunkGrid grid, Dataspace space, bool filtered, ChunkList chunks)
    {
        if (Address == Fields.Undefined)
            return;
        ChunkOrder order = new(grid, space, unlimitedFirst: true);
        ExtensibleArray.Read(file, Address, filtered, (entry, place) => AddEntry(file, entry, grid, filtered, order.IndexAt(place), chunks));
    }
}
