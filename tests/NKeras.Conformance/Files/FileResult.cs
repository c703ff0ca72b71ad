using NKeras.Conformance.Calls;

namespace NKeras.Conformance.Files;

/// <summary>What came of a published file.</summary>
/// <param name="File">The file.</param>
/// <param name="Outcome">How it ended; <see cref="Outcome.Departed"/> where NKeras does not have yet what the file needs.</param>
/// <param name="Messages">The differences if it failed; otherwise what was done.</param>
internal sealed record FileResult(RecordedFile File, Outcome Outcome, IReadOnlyList<string> Messages);
