namespace NKeras.Callbacks;

/// <summary>The scores of one epoch. Validation may have taken place after some epochs only.</summary>
internal sealed record HistoryRow(int Epoch, IReadOnlyDictionary<string, double> Scores);
