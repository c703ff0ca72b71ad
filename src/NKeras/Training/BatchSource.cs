namespace NKeras.Training;

/// <summary>Where a loop gets its batches from, one after another, with the compiled step for each.</summary>
internal abstract class BatchSource
{
    /// <summary>How many batches a pass over the data has; null while that is not known.</summary>
    public abstract int? BatchCount { get; }

    /// <summary>The compiled step for the present batch.</summary>
    public abstract TrainingStep Step { get; }

    /// <summary>The blocks of numbers that the present batch consists of. They may be overwritten by the next one.</summary>
    public abstract ReadOnlySpan<Tensor> Current { get; }

    /// <summary>The samples of the present batch.</summary>
    public abstract int Rows { get; }

    /// <summary>Where it stands.</summary>
    public abstract DataPosition Position { get; }

    /// <summary>Goes to the front of the first batch: of the data, or, where passes have a given number of batches, of those that are left.</summary>
    /// <param name="goesOn">Whether a pass begins where the last one stopped.</param>
    public abstract void Begin(bool goesOn);

    /// <summary>Takes the next batch.</summary>
    /// <returns>Whether there is one.</returns>
    public abstract bool MoveNext();

    /// <summary>Ends a pass, perhaps before the data's end.</summary>
    /// <param name="goesOn">Whether the next pass begins where this one stops.</param>
    public virtual void End(bool goesOn)
    {
    }

    /// <summary>Goes to where another source over the same data stood.</summary>
    /// <param name="position">Where that was.</param>
    /// <param name="epochs">How many epochs have ended there.</param>
    /// <param name="within">Whether one more has begun. It is then not begun again by <see cref="Begin"/>.</param>
    /// <exception cref="ArgumentException">The data has no such place.</exception>
    public abstract void GoTo(DataPosition position, int epochs, bool within);

    /// <summary>Lets go of the data, however the loop ended.</summary>
    public virtual void Close()
    {
    }
}
