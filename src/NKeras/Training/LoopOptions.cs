namespace NKeras.Training;

/// <summary>How a loop runs.</summary>
/// <param name="StepsPerExecution">How many steps are done without a look at callbacks.</param>
/// <param name="CancellationToken">Ends the loop between two steps, or while it waits for data.</param>
internal readonly record struct LoopOptions(int StepsPerExecution, CancellationToken CancellationToken);
