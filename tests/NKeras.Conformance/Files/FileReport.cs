using NKeras.Conformance.Calls;

namespace NKeras.Conformance.Files;

/// <summary>Prints what came of published files: a line for each, and the sum.</summary>
/// <param name="output">Where to.</param>
/// <param name="verbose">Whether to print every message rather than the first of each file.</param>
internal sealed class FileReport(TextWriter output, bool verbose)
{
    /// <summary>Prints results as they come.</summary>
    /// <returns>Whether nothing failed, and there was something to do.</returns>
    public bool Print(IEnumerable<FileResult> results) => new OutcomeReport(output, verbose).Print(results.Select(r => (Subject(r.File), r.Outcome, r.Messages)));

    private static string Subject(RecordedFile file) => $"{file.Name} ({file.Format}{(file.KerasVersion.Length == 0 ? "" : $" {file.KerasVersion}")}, {file.Status})";
}
