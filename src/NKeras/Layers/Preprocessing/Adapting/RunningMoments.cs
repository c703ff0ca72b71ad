using NKeras.Engine;

namespace NKeras.Layers.Adapting;

/// <summary>
/// Means and variances of numbers that come in batches, for each place along some axes. Each number is read once; blocks of numbers are joined by the
/// formula of Chan, Golub and LeVeque (1979), in float64, so that nothing is lost where the mean is large.
/// </summary>
/// <param name="places">How many places there are.</param>
internal sealed class RunningMoments(int places)
{
    /// <summary>Numbers that are summed up before they are joined with those before.</summary>
    private const int BlockSize = 8192;

    private readonly double[] _means = new double[places];
    private readonly double[] _squares = new double[places]; // Sums of squared distances from the mean.

    /// <summary>How many numbers there were for each place.</summary>
    public long Count { get; private set; }

    /// <summary>How many batches there were.</summary>
    public int Batches { get; private set; }

    /// <summary>Joins a batch with those before.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="kept">The axes of the places, in order.</param>
    /// <returns>Where the first number is that is not finite, and which; null if all are.</returns>
    public (int[] Place, double Value)? Add(ConcreteTensor batch, int[] kept)
    {
        ElementView view = ElementView.Of(batch);
        int[] placeOf = Places(batch.Shape, kept);
        if (view.Size == 0) return null;
        int rows = view.Size / placeOf.Length, most = Math.Max(1, BlockSize / placeOf.Length);
        double[] block = new double[Math.Min(rows, most) * placeOf.Length];
        for (int row = 0; row < rows; row += most)
        {
            Span<double> numbers = block.AsSpan(0, Math.Min(most, rows - row) * placeOf.Length);
            view.ReadNumbers(row * placeOf.Length, numbers);
            if (NotFinite(numbers) is { } at) return (Coordinates(batch.Shape, (row * placeOf.Length) + at), numbers[at]);
            Join(numbers, placeOf);
        }

        GC.KeepAlive(batch); // A view is a bare pointer.
        Batches++;
        return null;
    }

    /// <summary>The means.</summary>
    public double[] Means() => [.. _means];

    /// <summary>The variances: mean squared distances from the mean.</summary>
    public double[] Variances() => Array.ConvertAll(_squares, s => s / Count);

    private void Join(ReadOnlySpan<double> numbers, int[] placeOf)
    {
        double[] means = new double[_means.Length], squares = new double[_means.Length];
        long count = numbers.Length / _means.Length, total = Count + count;
        for (int start = 0; start < numbers.Length; start += placeOf.Length)
        {
            for (int i = 0; i < placeOf.Length; i++) means[placeOf[i]] += numbers[start + i];
        }

        for (int p = 0; p < means.Length; p++) means[p] /= count;
        for (int start = 0; start < numbers.Length; start += placeOf.Length)
        {
            for (int i = 0; i < placeOf.Length; i++)
            {
                double distance = numbers[start + i] - means[placeOf[i]];
                squares[placeOf[i]] += distance * distance;
            }
        }

        for (int p = 0; p < means.Length; p++)
        {
            double distance = means[p] - _means[p], share = (double)count / total;
            _means[p] += distance * share;
            _squares[p] += squares[p] + (distance * distance * Count * share);
        }

        Count = total;
    }

    /// <summary>The place of each number of the part of a batch that repeats: from the first kept axis on.</summary>
    private static int[] Places(Shape shape, int[] kept)
    {
        int first = kept.Length == 0 ? shape.Rank : kept[0];
        int[] placeOf = [0];
        for (int axis = first; axis < shape.Rank; axis++)
        {
            int length = shape.Dims[axis];
            int[] wider = new int[placeOf.Length * length];
            for (int i = 0; i < wider.Length; i++) wider[i] = kept.Contains(axis) ? (placeOf[i / length] * length) + (i % length) : placeOf[i / length];
            placeOf = wider;
        }

        return placeOf;
    }

    private static int? NotFinite(ReadOnlySpan<double> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!double.IsFinite(numbers[i])) return i;
        }

        return null;
    }

    private static int[] Coordinates(Shape shape, int at)
    {
        int[] place = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--) (at, place[axis]) = Math.DivRem(at, shape.Dims[axis]);
        return place;
    }
}
