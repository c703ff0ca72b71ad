namespace NKeras.Saving;

/// <summary>A Python slice in a configuration.</summary>
internal sealed record SliceValue(int? Start, int? Stop, int? Step);
