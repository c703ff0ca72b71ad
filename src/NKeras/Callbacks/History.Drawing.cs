using NKeras.Downloads;
using NKeras.Plotting.Charts;

namespace NKeras.Callbacks;

public sealed partial class History
{
    private IReadOnlyList<ScorePair> Pairs => ScorePair.Of(_logs.Keys);

    /// <summary>Draws the scores into a file: a panel for each, with training against validation over the epochs, counted from 1.</summary>
    /// <param name="toFile">The file, which ends in <c>.svg</c>.</param>
    /// <param name="metrics">Which scores are drawn, in this order (<c>"loss"</c> stands for <c>val_loss</c>, too); all of them if omitted, the loss first.</param>
    /// <param name="width">The width of the picture in pixels; as the number of panels needs it if omitted.</param>
    /// <param name="height">The height of the picture in pixels; as the number of panels needs it if omitted.</param>
    /// <param name="title">What stands above the panels; nothing if omitted.</param>
    /// <remarks>
    /// Viewers that prefer dark colours show dark ones. Where a score is infinite or NaN the curve has a gap, and a cross at its
    /// edge. The file is complete or not written at all.
    /// </remarks>
    /// <example><code>
    /// History history = model.Fit(x, y, epochs: 20, validationSplit: 0.1);
    /// history.Plot("training.svg");
    /// history.Plot("accuracy.svg", metrics: ["accuracy"], width: 600, height: 400, title: "Digits");
    /// </code></example>
    /// <exception cref="ArgumentException">The file's ending is another one, there is no such score, or the panels would be too small.</exception>
    /// <exception cref="InvalidOperationException">There are no scores yet.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Plot(string toFile = "training.svg", IReadOnlyList<string>? metrics = null, int? width = null, int? height = null, string? title = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(toFile);
        if (!Path.GetExtension(toFile).Equals(".svg", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"Plot writes .svg pictures, which '{toFile}' does not end in. For other formats, write an .svg and convert it.", nameof(toFile));
        string svg = ToSvg(metrics, width, height, title);
        TransientPath.WriteText(toFile, writer => writer.Write(svg));
    }

    /// <summary>Draws what <see cref="Plot"/> does, and gives the text of the picture, for pages and notebooks.</summary>
    /// <param name="metrics">Which scores are drawn, in this order; all of them if omitted, the loss first.</param>
    /// <param name="width">The width of the picture in pixels.</param>
    /// <param name="height">The height of the picture in pixels.</param>
    /// <param name="title">What stands above the panels; nothing if omitted.</param>
    /// <exception cref="ArgumentException">There is no such score, or the panels would be too small.</exception>
    /// <exception cref="InvalidOperationException">There are no scores yet.</exception>
    public string ToSvg(IReadOnlyList<string>? metrics = null, int? width = null, int? height = null, string? title = null)
    {
        if (_logs.Count == 0) throw new InvalidOperationException("The history has no scores yet, so there is nothing to draw. Train for at least one epoch.");
        if (metrics is []) throw new ArgumentException("metrics is empty; leave it out to draw all scores.", nameof(metrics));
        ChartPanel[] panels = [.. (metrics == null ? Pairs : metrics.Select(Find)).Select(pair => new ChartPanel(pair.Name, Curves(pair)))];
        return new ChartPicture(panels, width, height, title).Draw();
    }

    /// <summary>A table with a row for each epoch, counted from 1, and a column for each score, written as the progress bar does. Of many epochs the first and last are shown.</summary>
    /// <example><code>
    /// Console.WriteLine(model.Fit(x, y, epochs: 2, validationSplit: 0.1));
    /// // epoch │   loss  val_loss │ accuracy  val_accuracy
    /// // ──────┼──────────────────┼───────────────────────
    /// //     1 │ 0.3612    0.2019 │   0.8963        0.9412
    /// //     2 │ 0.1745    0.1512 │   0.9485        0.9567
    /// </code></example>
    public override string ToString() => HistoryTable.Write(_rows, Pairs);

    private ScorePair Find(string metric) => Pairs.FirstOrDefault(p => p.Name == metric || p.Validation == metric)
        ?? throw new ArgumentException($"The history has no score '{metric}'. It has: {string.Join(", ", Pairs.Select(p => p.Name))}. {Suggestion.For(metric, _logs.Keys)}".TrimEnd(), "metrics");

    private ChartCurve[] Curves(ScorePair pair)
    {
        List<ChartCurve> curves = [];
        if (pair.Training != null) curves.Add(new ChartCurve("training", ChartColor.First, Points(pair.Training)));
        if (pair.Validation != null) curves.Add(new ChartCurve("validation", ChartColor.Second, Points(pair.Validation)));
        return [.. curves];
    }

    private (int X, double Y)[] Points(string score) => [.. _rows.Where(r => r.Scores.ContainsKey(score)).Select(r => (r.Epoch + 1, r.Scores[score]))];
}
