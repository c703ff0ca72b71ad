namespace NKeras.Losses;

/// <summary>What kind of classification the shapes of targets and predictions suggest.</summary>
internal static class TargetKind
{
    /// <summary>Whether there is one number per prediction: yes or no.</summary>
    public static bool IsBinary(Shape yPred) => yPred.Rank > 0 && yPred[-1] == 1;

    /// <summary>Whether the targets are class numbers for predictions with one value per class.</summary>
    public static bool IsSparse(Shape yTrue, Shape yPred) =>
        yTrue.Rank < yPred.Rank || (yTrue.Rank > 0 && yTrue[-1] == 1 && yPred.Rank > 0 && yPred[-1] > 1);

    /// <summary>Whether values of the two shapes belong together one by one, up to a last dimension of one.</summary>
    public static bool IsElementwise(Shape yTrue, Shape yPred) => yTrue.Rank == yPred.Rank
        ? yTrue.IsCompatibleWith(yPred)
        : WithoutLastOne(yTrue.Rank > yPred.Rank ? yTrue : yPred) is { } shorter && shorter.IsCompatibleWith(yTrue.Rank > yPred.Rank ? yPred : yTrue);

    /// <summary>A shape without one of its axes.</summary>
    public static Shape Without(Shape shape, int axis)
    {
        int at = shape.Axis(axis);
        return new Shape([.. shape.Dims[..at], .. shape.Dims[(at + 1)..]]);
    }

    /// <summary>A shape without several of its axes; without all for null.</summary>
    public static Shape Without(Shape shape, Ints? axes)
    {
        if (axes == null) return Shape.Scalar;
        int[] gone = [.. axes.Select(shape.Axis)];
        return new Shape([.. shape.Dims.ToArray().Where((_, i) => !gone.Contains(i))]);
    }

    private static Shape? WithoutLastOne(Shape shape) => shape[-1] == 1 ? Without(shape, -1) : null;
}
