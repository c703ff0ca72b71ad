using System.Globalization;
using System.Text;

namespace NKeras.Conformance.Coverage;

/// <summary>Writes what of Keras's API there is, as Markdown.</summary>
internal static class CoverageTable
{
    /// <summary>The page.</summary>
    public static string Write(IReadOnlyList<CoverageResult> results)
    {
        StringBuilder text = new();
        text.AppendLine("# Coverage of Keras's API");
        text.AppendLine("Every public name of Keras 3.16, compared with NKeras by reflection. *Different*: there, but parameters or defaults differ (or");
        text.AppendLine("are not comparable). Made by `dotnet run --project tests/NKeras.Conformance -- coverage API.jsonl`; do not edit.");
        text.AppendLine();
        text.AppendLine("| module | names | present | different | missing |");
        text.AppendLine("|---|---|---|---|---|");
        foreach (IGrouping<string, CoverageResult> module in Modules(results)) text.AppendLine(Row($"`{module.Key}`", [.. module]));
        text.AppendLine(Row("all", results));
        foreach (IGrouping<string, CoverageResult> module in Modules(results)) AppendDetails(text, module);
        return text.ToString();
    }

    /// <summary>The totals in one line.</summary>
    public static string Summarize(IReadOnlyList<CoverageResult> results) =>
        string.Create(CultureInfo.InvariantCulture, $"{results.Count} names: {Count(results, CoverageStatus.Present)} present, {Count(results, CoverageStatus.Different)} different, {Count(results, CoverageStatus.Missing)} missing");

    private static IEnumerable<IGrouping<string, CoverageResult>> Modules(IReadOnlyList<CoverageResult> results) =>
        results.GroupBy(r => r.Entry.Module).OrderBy(g => g.Key, StringComparer.Ordinal);

    private static string Row(string name, IReadOnlyList<CoverageResult> results) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {results.Count} | {Count(results, CoverageStatus.Present)} | {Count(results, CoverageStatus.Different)} | {Count(results, CoverageStatus.Missing)} |");

    private static void AppendDetails(StringBuilder text, IGrouping<string, CoverageResult> module)
    {
        CoverageResult[] missing = [.. module.Where(r => r.Status == CoverageStatus.Missing)];
        CoverageResult[] noted = [.. module.Where(r => r.Differences.Count + r.MissingMembers.Count > 0)];
        if (missing.Length + noted.Length == 0) return;
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"## {module.Key}");
        if (missing.Length > 0) text.AppendLine(CultureInfo.InvariantCulture, $"Missing: {string.Join(", ", missing.Select(r => $"`{r.Entry.Name}`"))}.");
        if (missing.Length > 0 && noted.Length > 0) text.AppendLine();
        foreach (CoverageResult result in noted)
        {
            IEnumerable<string> notes = result.Differences;
            if (result.MissingMembers.Count > 0) notes = notes.Append($"without members {string.Join(", ", result.MissingMembers.Select(m => $"`{m}`"))}");
            text.AppendLine(CultureInfo.InvariantCulture, $"- `{result.Entry.Name}`: {string.Join("; ", notes)}");
        }
    }

    private static int Count(IEnumerable<CoverageResult> results, CoverageStatus status) => results.Count(r => r.Status == status);
}
