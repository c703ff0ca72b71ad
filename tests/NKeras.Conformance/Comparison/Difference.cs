namespace NKeras.Conformance.Comparison;

/// <summary>One difference between what NKeras does and what was recorded.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="Message">Where and how, in one line.</param>
internal sealed record Difference(DifferenceKind Kind, string Message);
