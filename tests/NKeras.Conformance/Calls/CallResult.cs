namespace NKeras.Conformance.Calls;

/// <summary>What came of replaying a record.</summary>
/// <param name="Record">The record.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">The first difference, or all the reasons why it departs; empty if it passed.</param>
internal sealed record CallResult(CallRecord Record, Outcome Outcome, string Message = "");
