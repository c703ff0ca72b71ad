using NKeras.Conformance.Calls;

namespace NKeras.Conformance.Models;

/// <summary>Prints what came of recorded models: a line for each model and check, and the sum.</summary>
/// <param name="output">Where to.</param>
/// <param name="verbose">Whether to print every difference rather than the first of each check.</param>
internal sealed class ModelReport(TextWriter output, bool verbose)
{
    /// <summary>Prints checks as they are made.</summary>
    /// <returns>Whether nothing failed, and there was something to check.</returns>
    public bool Print(IEnumerable<ModelCheck> checks) => new OutcomeReport(output, verbose).Print(checks.Select(c => ($"model {c.Model} {c.Check}", c.Outcome, c.Messages)));
}
