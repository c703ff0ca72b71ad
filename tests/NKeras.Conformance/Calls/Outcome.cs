namespace NKeras.Conformance.Calls;

/// <summary>How the replay of a record ended.</summary>
internal enum Outcome
{
    /// <summary>Everything agrees.</summary>
    Passed,

    /// <summary>Something differs.</summary>
    Failed,

    /// <summary>NKeras has no such name.</summary>
    Missing,

    /// <summary>It differs where NKeras departs from Keras on purpose, and in nothing else.</summary>
    Departed,
}
