namespace NKeras.Engine.Primitives;

/// <summary>Walking over the elements of a shape.</summary>
internal static class IndexMath
{
    /// <summary>Moves a multi-index to the next element in row-major order; after the last it is back at the first.</summary>
    public static void Increment(Span<int> index, Shape shape)
    {
        for (int d = index.Length - 1; d >= 0; d--)
        {
            if (++index[d] < shape.Dims[d]) return;
            index[d] = 0;
        }
    }

    /// <summary>The distance between neighbours along each axis of a row-major array.</summary>
    public static int[] Strides(Shape shape)
    {
        int[] strides = new int[shape.Rank];
        int stride = 1;
        for (int d = shape.Rank - 1; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= shape.Dims[d];
        }

        return strides;
    }

    /// <summary>The position of a multi-index.</summary>
    public static int Offset(ReadOnlySpan<int> index, ReadOnlySpan<int> strides)
    {
        int offset = 0;
        for (int d = 0; d < index.Length; d++) offset += index[d] * strides[d];
        return offset;
    }
}
