namespace NKeras.Plotting.Charts;

/// <summary>Points of a chart that belong together.</summary>
internal sealed record ChartCurve(string Name, ChartColor Color, IReadOnlyList<(int X, double Y)> Points);
