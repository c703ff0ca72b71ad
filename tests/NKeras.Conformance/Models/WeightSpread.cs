using NKeras.Conformance.Comparison;

namespace NKeras.Conformance.Models;

/// <summary>How far apart rounding moves the final weights of fits, number by number.</summary>
/// <remarks>
/// Some weights do not matter to the function: a bias before a batch normalization has no gradient but rounding errors, of which Adam makes
/// steps as large as any. Where fits from indistinguishable weights end apart in such a number, the recorded one is somewhere among them.
/// </remarks>
/// <param name="Least">The least value of each number.</param>
/// <param name="Most">The greatest.</param>
internal sealed record WeightSpread(IReadOnlyList<double[]> Least, IReadOnlyList<double[]> Most)
{
    /// <summary>The spread of several fits.</summary>
    public static WeightSpread Of(IEnumerable<IReadOnlyList<Tensor>> fits)
    {
        double[][][] numbers = [.. fits.Select(f => f.Select(TensorComparison.Numbers).ToArray())];
        return new(Fold(Math.Min), Fold(Math.Max));

        double[][] Fold(Func<double, double, double> choose) => numbers.Aggregate((a, b) => [.. a.Zip(b, (x, y) => x.Zip(y, choose).ToArray())]);
    }

    /// <summary>Differences from recorded weights that rounding does not explain.</summary>
    /// <param name="recorded">The recorded weights.</param>
    /// <param name="tolerance">How far beside the spread a number may be; the spread's own width comes on top, since few fits do not show all of it.</param>
    public IEnumerable<Difference> Compare(IReadOnlyList<RecordedVariable> recorded, Tolerance tolerance)
    {
        for (int v = 0; v < recorded.Count; v++)
        {
            double[] expected = TensorComparison.Numbers(recorded[v].Value);
            for (int i = 0; i < expected.Length; i++)
            {
                (double least, double most) = (Least[v][i], Most[v][i]);
                double near = Math.Clamp(expected[i], least, most);
                if ((tolerance with { Absolute = tolerance.Absolute + (most - least) }).Accepts(expected[i], near)) continue;
                yield return new(DifferenceKind.Value, $"element {i} of {recorded[v].Path} is between {least:G9} and {most:G9}, Keras's {expected[i]:G9}");
            }
        }
    }
}
