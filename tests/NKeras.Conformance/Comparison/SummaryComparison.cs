namespace NKeras.Conformance.Comparison;

/// <summary>Compares summaries, line by line.</summary>
internal static class SummaryComparison
{
    /// <summary>The first difference from a recorded summary, of 96 columns; null if there is none.</summary>
    /// <param name="recorded">What Keras printed.</param>
    /// <param name="model">The model.</param>
    /// <param name="nested">Whether with <c>expand_nested=True, show_trainable=True</c>.</param>
    public static Difference? Compare(string recorded, Model model, bool nested = false)
    {
        string text = "";
        model.Summary(lineLength: 96, printFn: t => text = t, expandNested: nested, showTrainable: nested);
        string[] lines = Lines(text), recordedLines = Lines(recorded);
        int at = Enumerable.Range(0, Math.Max(lines.Length, recordedLines.Length)).FirstOrDefault(i => lines.ElementAtOrDefault(i) != recordedLines.ElementAtOrDefault(i), -1);
        return at < 0 ? null : new(DifferenceKind.Value, $"line {at + 1} of the summary is '{lines.ElementAtOrDefault(at)}', Keras's '{recordedLines.ElementAtOrDefault(at)}'");
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
