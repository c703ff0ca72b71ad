namespace NKeras.Layers;

/// <summary>An axis of images that is cut into parts of one length.</summary>
/// <param name="Size">The number of pixels.</param>
/// <param name="Count">The number of parts.</param>
internal readonly record struct TileAxis(int Size, int Count)
{
    /// <summary>The number of pixels in a part.</summary>
    public int Length { get; } = (Size + Count - 1) / Count;

    /// <summary>The number of pixels in all parts.</summary>
    public int PaddedLength => Length * Count;

    /// <summary>The pixel that is repeated at a place, beyond the end in mirror writing.</summary>
    public int Mirrored(int place)
    {
        int at = place % (2 * Size);
        return at < Size ? at : (2 * Size) - 1 - at;
    }

    /// <summary>The part whose middle comes before a pixel, or the one after (<paramref name="next"/> of 1); the outermost part where there is none.</summary>
    public int Neighbour(int pixel, int next) => Math.Clamp((int)MathF.Floor(Place(pixel)) - 1 + next, 0, Count - 1);

    /// <summary>How far a pixel is from the middle of the one part to that of the next, from 0 to 1.</summary>
    public float Weight(int pixel) => Place(pixel) - MathF.Floor(Place(pixel));

    private float Place(int pixel) => ((pixel - (Length / 2f)) / Length) + 1f;
}
