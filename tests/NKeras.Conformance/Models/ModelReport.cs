using NKeras.Conformance.Calls;

namespace NKeras.Conformance.Models;

/// <summary>Prints what came of recorded models: a line for each model and check, and the sum.</summary>
/// <param name="output">Where to.</param>
/// <param name="verbose">Whether to print every difference rather than the first of each check.</param>
internal sealed class ModelReport(TextWriter output, bool verbose)
{
    /// <summary>Prints checks as they are made.</summary>
    /// <returns>Whether nothing failed, and there was something to check.</returns>
    public bool Print(IEnumerable<ModelCheck> checks)
    {
        Dictionary<Outcome, int> counts = new() { [Outcome.Passed] = 0, [Outcome.Failed] = 0, [Outcome.Departed] = 0 };
        foreach (ModelCheck check in checks)
        {
            counts[check.Outcome]++;
            output.WriteLine($"model {check.Model} {check.Check}: {Name(check.Outcome)}{(check.Messages.Count > 0 ? $" ({check.Messages[0]})" : "")}");
            foreach (string message in verbose ? check.Messages.Skip(1) : []) output.WriteLine($"    {message}");
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
