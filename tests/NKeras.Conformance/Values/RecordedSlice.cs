namespace NKeras.Conformance.Values;

/// <summary>A recorded Python slice, <c>start:stop:step</c>.</summary>
internal sealed record RecordedSlice(int? Start, int? Stop, int? Step);
