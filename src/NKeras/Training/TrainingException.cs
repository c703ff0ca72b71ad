using System.Globalization;
using NKeras.Training;

namespace NKeras;

/// <summary>
/// Something went wrong in the middle of <c>Fit</c>, <c>Evaluate</c> or <c>Predict</c>: a data set, a callback or a layer of the user's
/// threw. The exception itself is <see cref="Exception.InnerException"/>; the message says where it happened. The model is as the last
/// finished batch left it.
/// </summary>
public sealed class TrainingException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    public TrainingException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    public TrainingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public TrainingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal TrainingException(LoopPosition position, Exception innerException)
        : base(string.Create(CultureInfo.InvariantCulture, $"{position}: {position.Culprit} threw {innerException.GetType().Name}: {innerException.Message}"), innerException) =>
        (Epoch, Batch) = (position.Epoch, position.Batch);

    /// <summary>The number of the epoch, from 0; null outside of <c>Fit</c>.</summary>
    public int? Epoch { get; }

    /// <summary>The number of the batch within the epoch, from 0; null before the first and after the last batch.</summary>
    public int? Batch { get; }
}
