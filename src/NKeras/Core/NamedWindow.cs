namespace NKeras.Core;

/// <summary>Window functions by SciPy's names (<c>scipy.signal.get_window</c>): those that need no further numbers.</summary>
internal static class NamedWindow
{
    private delegate double Shape(double position, double last);

    private static readonly Dictionary<string, Shape> s_shapes = new()
    {
        ["boxcar"] = Cosines(1),
        ["hann"] = Cosines(0.5, 0.5),
        ["hamming"] = Cosines(0.54, 0.46),
        ["blackman"] = Cosines(0.42, 0.5, 0.08),
        ["nuttall"] = Cosines(0.3635819, 0.4891775, 0.1365995, 0.0106411),
        ["blackmanharris"] = Cosines(0.35875, 0.48829, 0.14128, 0.01168),
        ["flattop"] = Cosines(0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368),
        ["bartlett"] = (k, n) => 1 - Math.Abs(FromCenter(k, n)),
        ["triang"] = (k, n) => 1 - (Math.Abs((2 * k) - n) / (n + (n % 2 == 0 ? 2 : 1))),
        ["cosine"] = (k, n) => Math.Sin(Math.PI / (n + 1) * (k + 0.5)),
        ["bohman"] = (k, n) => Math.Abs(FromCenter(k, n)) is var x && x < 1 ? ((1 - x) * Math.Cos(Math.PI * x)) + (Math.Sin(Math.PI * x) / Math.PI) : 0,
        ["barthann"] = (k, n) => Math.Abs((k / n) - 0.5) is var x ? 0.62 - (0.48 * x) + (0.38 * Math.Cos(2 * Math.PI * x)) : 0,
        ["parzen"] = Parzen,
        ["lanczos"] = (k, n) => FromCenter(k, n) is var x && x != 0 ? Math.Sin(Math.PI * x) / (Math.PI * x) : 1,
        ["tukey"] = Tukey,
        ["exponential"] = (k, n) => Math.Exp(-Math.Abs(k - (n / 2))),
    };

    private static readonly Dictionary<string, string> s_otherNames = new (string Name, string[] Others)[]
    {
        ("boxcar", ["box", "ones", "rect", "rectangular"]),
        ("hann", ["hanning", "han"]),
        ("hamming", ["hamm", "ham"]),
        ("blackman", ["black", "blk"]),
        ("nuttall", ["nutl", "nut"]),
        ("blackmanharris", ["blackharr", "bkh"]),
        ("flattop", ["flat", "flt"]),
        ("bartlett", ["bart", "brt"]),
        ("triang", ["triangle", "tri"]),
        ("cosine", ["halfcosine"]),
        ("bohman", ["bman", "bmn"]),
        ("barthann", ["brthan", "bth"]),
        ("parzen", ["parz", "par"]),
        ("lanczos", ["sinc"]),
        ("tukey", ["tuk"]),
        ("exponential", ["poisson"]),
    }.SelectMany(w => w.Others.Select(other => (other, w.Name))).ToDictionary();

    /// <summary>Checks a name.</summary>
    /// <exception cref="ArgumentException">There is no such window.</exception>
    public static void Check(string name) => ShapeOf(name);

    /// <summary>The weights of a window.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="length">How many weights.</param>
    /// <param name="periodic">Whether it is one period of a longer window, without the last weight, rather than symmetric.</param>
    /// <exception cref="ArgumentException">There is no such window.</exception>
    public static double[] Of(string name, int length, bool periodic)
    {
        Shape shape = ShapeOf(name);
        int last = periodic ? length : length - 1;
        return length == 1 ? [1] : [.. Enumerable.Range(0, length).Select(k => shape(k, last))];
    }

    private static Shape ShapeOf(string name) => s_shapes.TryGetValue(s_otherNames.GetValueOrDefault(name, name), out Shape? shape)
        ? shape
        : throw new ArgumentException($"Unknown window '{name}'. {Suggestion.For(name, s_shapes.Keys)}", nameof(name));

    private static Shape Cosines(params double[] weights) => (k, n) => weights.Select((w, i) => (i % 2 == 0 ? w : -w) * Math.Cos(2 * Math.PI * i * k / n)).Sum();

    /// <summary>The place of a weight, from -1 to 1.</summary>
    private static double FromCenter(double k, double n) => (2 * k / n) - 1;

    private static double Parzen(double k, double n)
    {
        double x = Math.Abs(k - (n / 2)) / ((n + 1) / 2);
        return x <= n / 4 / ((n + 1) / 2) ? 1 - (6 * x * x) + (6 * x * x * x) : 2 * Math.Pow(1 - x, 3);
    }

    /// <summary>Flat in the middle, with half of a cosine over a quarter of the window at each end.</summary>
    private static double Tukey(double k, double n)
    {
        double fromEnd = Math.Min(k, n - k), quarter = n / 4;
        return fromEnd < quarter ? 0.5 * (1 + Math.Cos(Math.PI * ((fromEnd / quarter) - 1))) : 1;
    }
}
