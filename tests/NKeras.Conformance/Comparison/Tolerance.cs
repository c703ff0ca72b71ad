namespace NKeras.Conformance.Comparison;

/// <summary>How far values may be apart: what real backends of Keras meet among themselves (README of the recordings).</summary>
/// <param name="Relative">Relative to the recorded value.</param>
/// <param name="Absolute">In addition.</param>
internal readonly record struct Tolerance(double Relative, double Absolute)
{
    /// <summary>From how many numbers that are added up for one on a sum is long.</summary>
    private const int LongSum = 1000;

    /// <summary>Some units in the last place of float32.</summary>
    private const double Rounding = 5e-7;

    /// <summary>Functions of linear algebra and Fourier transforms: errors grow with condition and length.</summary>
    private static readonly HashSet<string> s_wide =
    [
        "cholesky", "cholesky_inverse", "det", "eig", "eigh", "inv", "lstsq", "lu_factor", "logdet", "matrix_power", "matrix_rank", "norm", "pinv", "qr", "slogdet",
        "solve", "solve_triangular", "svd", "fft", "fft2", "ifft2", "rfft", "irfft", "stft", "istft",
    ];

    /// <summary>The tolerance for a call.</summary>
    /// <param name="target">The Keras name.</param>
    /// <param name="given">The tensors it is given.</param>
    /// <param name="results">The recorded results.</param>
    public static Tolerance For(string target, IReadOnlyList<Tensor> given, IReadOnlyList<Tensor> results)
    {
        if (given.Concat(results).Any(t => t.DType.IsFloating && t.DType.Size == 2)) return new(1e-2, 1e-2);
        long most = given.Select(t => (long)t.Shape.Size).DefaultIfEmpty(0).Max(), least = Math.Max(1, results.Select(t => (long)t.Shape.Size).DefaultIfEmpty(1).Min());
        return s_wide.Contains(target[(target.LastIndexOf('.') + 1)..]) || most / least >= LongSum ? new(1e-3, 1e-4) : new(1e-4, 1e-5);
    }

    /// <summary>The same with what rounding leaves of sums whose terms cancel: they are about as large as the largest of the values.</summary>
    public Tolerance Beside(IReadOnlyList<double> values) =>
        this with { Absolute = Absolute + (Rounding * values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max()) };

    /// <summary>Whether a value is close enough to the recorded one.</summary>
    public bool Accepts(double recorded, double actual) =>
        recorded.Equals(actual) || Math.Abs(recorded - actual) <= Absolute + (Relative * Math.Abs(recorded));
}
