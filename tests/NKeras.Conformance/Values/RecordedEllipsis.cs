namespace NKeras.Conformance.Values;

/// <summary>Python's <c>...</c>.</summary>
internal sealed record RecordedEllipsis;
