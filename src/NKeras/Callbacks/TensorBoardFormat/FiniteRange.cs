using NKeras.Engine;

namespace NKeras.Callbacks.TensorBoardFormat;

/// <summary>The least and the greatest of numbers, those apart that are infinite or NaN. Without any other, the least is the greater.</summary>
internal readonly record struct FiniteRange(double Least, double Greatest)
{
    public bool IsEmpty => Least > Greatest;

    public static FiniteRange Of(ElementView values)
    {
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        for (int i = 0; i < values.Size; i++)
        {
            double value = values.Number(i);
            if (!double.IsFinite(value)) continue;
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }

        return new FiniteRange(least, greatest);
    }
}
