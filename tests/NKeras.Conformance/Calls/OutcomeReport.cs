namespace NKeras.Conformance.Calls;

/// <summary>Prints outcomes as they come, a line each with the first message, and their sum.</summary>
/// <param name="output">Where to.</param>
/// <param name="verbose">Whether to print every message rather than the first of each.</param>
internal sealed class OutcomeReport(TextWriter output, bool verbose)
{
    /// <summary>Prints them.</summary>
    /// <param name="results">What each is about, what came of it, and messages.</param>
    /// <returns>Whether nothing failed, and something passed.</returns>
    public bool Print(IEnumerable<(string Subject, Outcome Outcome, IReadOnlyList<string> Messages)> results)
    {
        Dictionary<Outcome, int> counts = new() { [Outcome.Passed] = 0, [Outcome.Failed] = 0, [Outcome.Departed] = 0 };
        foreach ((string subject, Outcome outcome, IReadOnlyList<string> messages) in results)
        {
            counts[outcome]++;
            output.WriteLine($"{subject}: {Name(outcome)}{(messages.Count > 0 ? $" ({messages[0]})" : "")}");
            foreach (string message in verbose ? messages.Skip(1) : []) output.WriteLine($"    {message}");
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
