namespace NKeras.Training;

/// <summary>A data set of the user's that gives batches.</summary>
internal abstract class BatchStream
{
    /// <summary>How many batches the next pass has; null if that is not known.</summary>
    public abstract int? BatchCount { get; }

    /// <summary>Whether a pass can begin anywhere, so that none is left open between epochs.</summary>
    public virtual bool Resumes => false;

    /// <summary>The number of the first pass, on which the order of a shuffled one depends.</summary>
    public virtual int FirstPass => 0;

    /// <summary>Remembers where the data set stands.</summary>
    /// <param name="whole">Whether passes are gone through to the end.</param>
    /// <returns>Makes the next pass one that comes so many later than now, without going through those before it. Null if it cannot.</returns>
    public virtual Action<int>? Mark(bool whole) => null;

    /// <summary>Begins a pass.</summary>
    /// <param name="number">The number of the pass, from <see cref="FirstPass"/> on; the same for one that goes on where another stopped.</param>
    /// <param name="first">The first batch, where the stream <see cref="Resumes"/>; otherwise 0.</param>
    /// <param name="cancellationToken">Ends the wait for a batch.</param>
    public abstract IEnumerator<Batch> Pass(int number, int first, CancellationToken cancellationToken);

    /// <summary>An epoch begins.</summary>
    public virtual void EpochBegins()
    {
    }

    /// <summary>An epoch has ended.</summary>
    public virtual void EpochEnds()
    {
    }
}
