namespace NKeras.Conformance.Coverage;

/// <summary>What became of comparing a name.</summary>
/// <param name="Entry">The name.</param>
/// <param name="Status">Whether NKeras has it.</param>
/// <param name="Differences">How parameters differ.</param>
/// <param name="MissingMembers">Members that a class lacks.</param>
internal sealed record CoverageResult(ApiEntry Entry, CoverageStatus Status, IReadOnlyList<string> Differences, IReadOnlyList<string> MissingMembers);
