namespace NKeras.Training;

/// <summary>What a loop over batches is doing.</summary>
internal enum LoopPhase
{
    /// <summary>Getting ready: compiling a step, which calls layers.</summary>
    Preparing,

    /// <summary>Waiting for a batch of a data set of the user's.</summary>
    Reading,

    /// <summary>Checking a batch.</summary>
    Checking,

    /// <summary>Running a step.</summary>
    Computing,

    /// <summary>Calling callbacks.</summary>
    Calling,
}
