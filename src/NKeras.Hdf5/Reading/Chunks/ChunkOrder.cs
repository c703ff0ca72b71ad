namespace NKeras.Hdf5.Reading;

/// <summary>In which order arrays of chunks have them: row-major in what the dataset may grow to, or with the axis that has no end before the others.</summary>
internal sealed class ChunkOrder
{
    private readonly ChunkGrid _grid;
    private readonly int[] _axes;
    private readonly long[] _counts;

    public ChunkOrder(ChunkGrid grid, Dataspace space, bool unlimitedFirst)
    {
        _grid = grid;
        _axes = [.. Enumerable.Range(0, grid.Rank)];
        int unlimited = Array.IndexOf(space.Largest, -1);
        if (unlimited >= 0 != unlimitedFirst || Array.LastIndexOf(space.Largest, -1) != unlimited)
            throw new BadContent("its index of chunks is not one for how the dataset can grow; the file is damaged.");
        if (unlimitedFirst)
            _axes = [unlimited, .. _axes.Where(axis => axis != unlimited)];
        _counts = [.. _axes.Select(axis => space.Largest[axis] <= 0 ? 1 : ((space.Largest[axis] - 1) / grid.Chunk[axis]) + 1)];
    }

    /// <summary>Which chunk of the dataset is at a place of the array; -1 if it lies beyond the dataset.</summary>
    public long IndexAt(long place)
    {
        Span<long> coordinates = stackalloc long[_axes.Length];
        for (int i = _axes.Length - 1; i > 0; i--)
        {
            coordinates[_axes[i]] = place % _counts[i];
            place /= _counts[i];
        }

        coordinates[_axes[0]] = place;
        return _grid.IndexOf(coordinates);
    }

    /// <summary>The place of a chunk of the dataset.</summary>
    public long PlaceOf(long index)
    {
        Span<long> coordinates = stackalloc long[_axes.Length];
        _grid.Coordinates(index, coordinates);
        long place = 0;
        for (int i = 0; i < _axes.Length; i++)
            place = checked((place * _counts[i]) + coordinates[_axes[i]]);
        return place;
    }
}
