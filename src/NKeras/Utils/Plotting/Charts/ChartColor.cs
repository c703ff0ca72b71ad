namespace NKeras.Plotting.Charts;

/// <summary>A colour of a chart: the one that is written, and the one that viewers with dark pages show in its place.</summary>
/// <param name="Kind">The kind of the elements that have it.</param>
/// <param name="Light">On white.</param>
/// <param name="Dark">On the dark background.</param>
internal sealed record ChartColor(string Kind, string Light, string Dark)
{
    private const string DarkBackground = "#0d1117";

    // Blue and orange are told apart by people who do not see red and green, and differ in brightness.
    public static ChartColor First { get; } = new("first", "#2563eb", "#60a5fa");

    public static ChartColor Second { get; } = new("second", "#ea580c", "#fb923c");

    public static ChartColor Title { get; } = new("heading", "#0f172a", "#f1f5f9");

    public static ChartColor Label { get; } = new("label", "#64748b", "#94a3b8");

    public static ChartColor Grid { get; } = new("grid", "#e2e8f0", "#273142");

    public static ChartColor Axis { get; } = new("axis", "#94a3b8", "#64748b");

    /// <summary>The rules that bring the dark colours.</summary>
    public static string Style { get; } =
        $"@media (prefers-color-scheme: dark) {{ .background {{ fill: {DarkBackground} }} {string.Join(' ', new[] { First, Second, Title, Label, Grid, Axis }.Select(c => c.Rules))} }}";

    /// <summary>The kind of elements that are lines.</summary>
    public string Stroke => $"{Kind}-line";

    private string Rules => $".{Kind} {{ fill: {Dark} }} .{Stroke} {{ stroke: {Dark} }}";
}
