using NKeras.Conformance.Calls;

namespace NKeras.Conformance.Files;

/// <summary>Prints what came of published files: a line for each, and the sum.</summary>
/// <param name="output">Where to.</param>
/// <param name="verbose">Whether to print every message rather than the first of each file.</param>
internal sealed class FileReport(TextWriter output, bool verbose)
{
    /// <summary>Prints results as they come.</summary>
    /// <returns>Whether nothing failed, and there was something to do.</returns>
    public bool Print(IEnumerable<FileResult> results)
    {
        Dictionary<Outcome, int> counts = new() { [Outcome.Passed] = 0, [Outcome.Failed] = 0, [Outcome.Departed] = 0 };
        foreach (FileResult result in results)
        {
            counts[result.Outcome]++;
            RecordedFile file = result.File;
            string version = file.KerasVersion.Length == 0 ? "" : $" {file.KerasVersion}";
            output.WriteLine($"{file.Name} ({file.Format}{version}, {file.Status}): {Name(result.Outcome)}{(result.Messages.Count > 0 ? $" ({result.Messages[0]})" : "")}");
            foreach (string message in verbose ? result.Messages.Skip(1) : []) output.WriteLine($"    {message}");
        }

        output.WriteLine($"{counts[Outcome.Passed]} passed, {counts[Outcome.Failed]} failed, {counts[Outcome.Departed]} skipped");
        return counts[Outcome.Failed] == 0 && counts[Outcome.Passed] > 0;
    }

    private static string Name(Outcome outcome) => outcome switch
    {
        Outcome.Passed => "passed",
        Outcome.Departed => "skipped",
        _ => "failed",
    };
}
