namespace NKeras.Core;

/// <summary>Positions of elements in a block, for shapes whose dimensions may be unknown.</summary>
internal static class Strides
{
    /// <summary>The distance between neighbours along each axis. While shapes are inferred those in front of an unknown dimension mean nothing.</summary>
    /// <exception cref="ArgumentException">There are too many elements to number them.</exception>
    public static int[] Of(Shape shape)
    {
        int[] strides = new int[shape.Rank];
        long stride = 1;
        for (int i = strides.Length - 1; i >= 0; i--)
        {
            strides[i] = Checked(stride, shape);
            stride *= Math.Max(1, shape.Dims[i]);
        }

        return strides;
    }

    /// <summary>The number of elements; <see cref="Shape.Unknown"/> if it is not known.</summary>
    /// <exception cref="ArgumentException">There are too many elements to number them.</exception>
    public static int Total(Shape shape)
    {
        if (!shape.IsKnown) return Shape.Unknown;
        long total = 1;
        foreach (int d in shape.Dims) total = Checked(total * d, shape);
        return (int)total;
    }

    private static int Checked(long number, Shape shape) => number <= int.MaxValue
        ? (int)number
        : throw new ArgumentException($"A tensor of shape {shape} has too many elements to be made dense, or to be reshaped; there are at most {int.MaxValue}.");
}
