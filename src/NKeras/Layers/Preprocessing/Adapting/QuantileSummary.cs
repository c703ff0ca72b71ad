namespace NKeras.Layers.Adapting;

/// <summary>
/// A summary of many numbers that borders between equally filled ranges can be read off: some of the numbers, in order, each with the number of those
/// that it stands for. Summaries of parts are merged, and kept small by an error that is allowed. Every step rounds as Keras's does, so that the borders are
/// the same bits.
/// </summary>
/// <param name="Values">The numbers, in ascending order.</param>
/// <param name="Weights">How many each stands for.</param>
// Keras: the functions summarize, merge_summaries and compress_summary of keras.src.layers.preprocessing.discretization, with rows of one array.
internal sealed record QuantileSummary(float[] Values, float[] Weights)
{
    /// <summary>The summary of nothing.</summary>
    public static QuantileSummary Empty { get; } = new([], []);

    /// <summary>Summarizes numbers.</summary>
    /// <param name="numbers">The numbers; they are put into order.</param>
    /// <param name="epsilon">The share of the numbers by which borders may be wrong.</param>
    public static QuantileSummary Of(float[] numbers, double epsilon)
    {
        Array.Sort(numbers);
        double step = Math.Max(numbers.Length / (1.0 / epsilon), 1);
        List<float> values = [];
        for (long i = (long)(step - 1); i < numbers.Length; i += (long)step) values.Add(numbers[i]);
        return new QuantileSummary([.. values], [.. Enumerable.Repeat((float)step, values.Count)]);
    }

    /// <summary>The summary of the numbers of both.</summary>
    public QuantileSummary MergedWith(QuantileSummary other, double epsilon)
    {
        float[] values = [.. Values, .. other.Values], weights = [.. Weights, .. other.Weights];
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        return new QuantileSummary([.. order.Select(i => values[i])], [.. order.Select(i => weights[i])]).Compressed(epsilon);
    }

    /// <summary>The borders between ranges of equally many numbers: one fewer than ranges, or than numbers if there are fewer.</summary>
    public double[] Borders(int ranges)
    {
        float[] values = Compressed(1.0 / ranges).Values;
        return [.. values.Take(Math.Max(0, values.Length - 1)).Select(v => (double)v)];
    }

    /// <summary>A summary of as many numbers as the error allows, which lie between those of this one.</summary>
    private QuantileSummary Compressed(double epsilon)
    {
        if (Values.Length * epsilon < 1) return this;
        double[] sums = new double[Weights.Length], shares = new double[Weights.Length], values = Array.ConvertAll(Values, v => (double)v);
        float sum = 0;
        for (int i = 0; i < sums.Length; i++) sums[i] = sum += Weights[i];
        for (int i = 0; i < sums.Length; i++) shares[i] = (float)sums[i] / sum;
        int count = (int)Math.Ceiling(1.0 / epsilon);
        float[] newValues = new float[count], newWeights = new float[count];
        double before = 0;
        for (int i = 0; i < count; i++)
        {
            double share = epsilon + (i * epsilon), until = Interpolated(share, shares, sums);
            newValues[i] = (float)Interpolated(share, shares, values);
            newWeights[i] = (float)(until - before);
            before = until;
        }

        return new QuantileSummary(newValues, newWeights);
    }

    /// <summary>A function that is given at some places (<c>numpy.interp</c>); constant outside of them.</summary>
    private static double Interpolated(double x, double[] places, double[] values)
    {
        int after = Array.FindIndex(places, p => p > x);
        if (after == 0) return values[0];
        if (after < 0) return values[^1];
        int at = after - 1;
        if (places[at] == x) return values[at];
        double slope = (values[after] - values[at]) / (places[after] - places[at]);
        double result = (slope * (x - places[at])) + values[at];
        // Infinities at both ends of an interval leave it without a slope.
        return double.IsNaN(result) ? values[at] == values[after] ? values[at] : (slope * (x - places[after])) + values[after] : result;
    }
}
