using NKeras.Engine;

namespace NKeras.Losses;

/// <summary>Refuses class numbers that are no class's, where they are data.</summary>
// Keras: they count as no class at all, or stop the program, as the backend has it.
internal static class ClassNumbers
{
    /// <summary>Checks class numbers.</summary>
    /// <param name="yTrue">The numbers; those of a graph in the making are not looked at.</param>
    /// <param name="classes">How many classes there are; null if that is not known.</param>
    /// <param name="ignored">A number that is allowed all the same.</param>
    /// <param name="sampleWeight">One weight for each number, or null; those that weigh nothing are not looked at.</param>
    /// <exception cref="ArgumentException">One is no class's; the message says where it is.</exception>
    public static void Check(Tensor yTrue, int? classes, int? ignored = null, Tensor? sampleWeight = null)
    {
        if (yTrue is not ConcreteTensor || classes is not { } count) return;
        Tensor? weight = sampleWeight is ConcreteTensor && sampleWeight.Shape.Size == yTrue.Shape.Size ? sampleWeight : null;
        int at = FirstBad(yTrue, 0, yTrue.Shape.Size, count, ignored, weight);
        if (at < 0) return;
        throw new ArgumentException(
            $"yTrue is {ElementView.Of(yTrue).Number(at)} at index {Index(yTrue.Shape, at)}, which is not a class number: with {count} classes they are whole numbers from 0 to {count - 1}.", nameof(yTrue));
    }

    /// <summary>Where the first number in a range is that is no class's; -1 if all are.</summary>
    public static int FirstBad(Tensor numbers, int from, int to, int classes, int? ignored, Tensor? weight = null)
    {
        ElementView view = ElementView.Of(numbers);
        for (int i = from; i < to; i++)
        {
            double value = view.Number(i);
            if ((value >= 0 && value < classes && value == Math.Floor(value)) || value == ignored) continue;
            if (weight != null && ElementView.Of(weight).Number(i) == 0) continue;
            return i;
        }

        GC.KeepAlive(numbers); // A view is a bare pointer.
        return -1;
    }

    /// <summary>The index of an element by its place in memory, as text.</summary>
    public static string Index(Shape shape, int flat)
    {
        int[] index = new int[shape.Rank];
        for (int i = shape.Rank - 1; i >= 0; i--)
        {
            index[i] = flat % shape.Dims[i];
            flat /= shape.Dims[i];
        }

        return $"[{string.Join(", ", index)}]";
    }
}
