using NKeras.Conformance.Calls;

namespace NKeras.Conformance.Models;

/// <summary>What came of one check of a recorded model.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Check">What was compared, by the name it has in the recording.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Messages">The differences if it failed; otherwise what is worth knowing.</param>
internal sealed record ModelCheck(string Model, string Check, Outcome Outcome, IReadOnlyList<string> Messages);
