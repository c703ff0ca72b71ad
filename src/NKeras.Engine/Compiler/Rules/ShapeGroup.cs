namespace NKeras.Engine.Compiler.Rules;

/// <summary>Which runs of dimensions of two shapes of equal size hold the same elements.</summary>
/// <param name="Left">The run of the first shape.</param>
/// <param name="Right">The run of the second shape, with the same product.</param>
internal readonly record struct ShapeGroup(Range Left, Range Right)
{
    /// <summary>The shortest such runs, in order; together they cover both shapes.</summary>
    /// <param name="left">A shape without empty dimensions.</param>
    /// <param name="right">A shape of the same size.</param>
    public static List<ShapeGroup> Align(Shape left, Shape right)
    {
        List<ShapeGroup> groups = [];
        int i = 0, j = 0;
        while (i < left.Rank || j < right.Rank)
        {
            int startLeft = i, startRight = j;
            long a = i < left.Rank ? left.Dims[i++] : 1, b = j < right.Rank ? right.Dims[j++] : 1;
            while (a != b)
            {
                if (a < b) a *= left.Dims[i++];
                else b *= right.Dims[j++];
            }

            groups.Add(new ShapeGroup(startLeft..i, startRight..j));
        }

        return groups;
    }
}
