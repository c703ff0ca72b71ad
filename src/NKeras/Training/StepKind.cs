namespace NKeras.Training;

/// <summary>What a compiled step does with a batch.</summary>
internal enum StepKind
{
    /// <summary>Forward, loss, gradients, optimizer and metrics.</summary>
    Train,

    /// <summary>Forward, loss and metrics.</summary>
    Test,

    /// <summary>Forward; the predictions are the result.</summary>
    Predict,
}
