using System.Globalization;
using System.IO.Compression;
using NKeras;

namespace Samples.BreastCancer;

/// <summary>The table: 569 tumours, 30 measurements of their cells' nuclei in pictures, and whether each was malignant (0) or benign (1).</summary>
public sealed class PatientTable
{
    private static readonly string[] s_measurements =
        ["radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave_points", "symmetry", "fractal_dimension"];

    private static readonly string[] s_statistics = ["mean", "error", "worst"];

    private readonly float[][] _rows;

    private PatientTable(float[][] rows) => _rows = rows;

    /// <summary>The names of the columns, such as <c>radius_mean</c>.</summary>
    public static IReadOnlyList<string> Columns { get; } = [.. s_statistics.SelectMany(s => s_measurements.Select(m => $"{m}_{s}"))];

    /// <summary>The number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>Reads the table that the sample brings along.</summary>
    public static PatientTable Load()
    {
        using Stream packed = typeof(PatientTable).Assembly.GetManifestResourceStream("breast_cancer.csv.gz")!;
        using StreamReader reader = new(new GZipStream(packed, CompressionMode.Decompress));
        string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new PatientTable([.. lines.Skip(1).Select(l => Array.ConvertAll(l.Split(','), v => float.Parse(v, CultureInfo.InvariantCulture)))]);
    }

    /// <summary>Rows as columns by name, which is how a feature space takes them.</summary>
    public Dictionary<string, Tensor> Features(IReadOnlyList<int> rows) =>
        Enumerable.Range(0, Columns.Count).ToDictionary(c => Columns[c], c => (Tensor)rows.Select(r => _rows[r][c]).ToArray());

    /// <summary>The classes of rows, one in each row: (rows, 1).</summary>
    public Tensor Labels(IReadOnlyList<int> rows) => Tensor.From<float>([.. rows.Select(r => _rows[r][^1])], [rows.Count, 1]);
}
