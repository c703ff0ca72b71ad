namespace NKeras.Training;

/// <summary>A data set of the user's that gives batches.</summary>
internal interface IBatchStream
{
    /// <summary>How many batches the next pass has; null if that is not known.</summary>
    int? BatchCount { get; }

    /// <summary>Begins a pass.</summary>
    /// <param name="pass">The number of the pass, from 0.</param>
    /// <param name="cancellationToken">Ends the wait for a batch.</param>
    IEnumerator<Batch> Pass(int pass, CancellationToken cancellationToken);
}
