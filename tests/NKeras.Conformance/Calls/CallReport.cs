namespace NKeras.Conformance.Calls;

/// <summary>Prints what came of a set of records: a line for each target, totals for each kind, the sum.</summary>
/// <param name="output">Where to.</param>
/// <param name="verbose">Whether to print every difference rather than the first of each target, and departures.</param>
internal sealed class CallReport(TextWriter output, bool verbose)
{
    /// <summary>Prints the report.</summary>
    /// <param name="results">The results of the records replayed.</param>
    /// <returns>Whether nothing failed or is missing.</returns>
    public bool Print(IReadOnlyList<CallResult> results)
    {
        foreach (IGrouping<(string Kind, string Target), CallResult> target in results.GroupBy(r => (r.Record.Kind, r.Record.Target)).OrderBy(g => g.Key))
            PrintTarget($"{target.Key.Kind} {target.Key.Target}", [.. target]);

        output.WriteLine();
        foreach (IGrouping<string, CallResult> kind in results.GroupBy(r => r.Record.Kind)) output.WriteLine($"{kind.Key}: {Counts([.. kind])}");
        int failed = Count(results, Outcome.Failed), missing = Count(results, Outcome.Missing);
        output.WriteLine($"{Count(results, Outcome.Passed)} passed, {failed + missing} failed, {Count(results, Outcome.Departed)} skipped");
        return failed + missing == 0;
    }

    private void PrintTarget(string name, IReadOnlyList<CallResult> results)
    {
        output.WriteLine($"{name}: {Counts(results)}");
        IEnumerable<CallResult> shown = results.Where(r => r.Outcome is Outcome.Failed);
        foreach (CallResult result in verbose ? shown : shown.Take(1)) output.WriteLine($"    {result.Record.Id}: {result.Message}");
        if (!verbose) return;
        foreach (CallResult result in results.Where(r => r.Outcome is Outcome.Departed)) output.WriteLine($"    {result.Record.Id} departs: {result.Message}");
    }

    private static string Counts(IReadOnlyList<CallResult> results)
    {
        int departed = Count(results, Outcome.Departed);
        return $"{Count(results, Outcome.Passed)} passed, {Count(results, Outcome.Failed)} failed, {Count(results, Outcome.Missing)} missing{(departed > 0 ? $", {departed} departing on purpose" : "")}";
    }

    private static int Count(IReadOnlyList<CallResult> results, Outcome outcome) => results.Count(r => r.Outcome == outcome);
}
