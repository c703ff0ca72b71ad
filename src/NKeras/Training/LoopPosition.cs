using System.Globalization;
using NKeras.Callbacks;

namespace NKeras.Training;

/// <summary>Where a call of <c>Fit</c> or its kin stands, so that what goes wrong can be reported with epoch and batch.</summary>
/// <param name="model">The model's name.</param>
/// <param name="member">What was called.</param>
internal sealed class LoopPosition(string model, string member)
{
    public LoopPhase Phase { get; set; }

    /// <summary>The epoch, from 0; null outside of <c>Fit</c>.</summary>
    public int? Epoch { get; set; }

    /// <summary>The batch, from 0; null between epochs.</summary>
    public int? Batch { get; set; }

    /// <summary>Whether it is validation within <c>Fit</c>.</summary>
    public bool Validates { get; set; }

    /// <summary>The callbacks, of which one may be the culprit.</summary>
    public CallbackList? Callbacks { get; set; }

    /// <summary>Whose code runs in this phase.</summary>
    public string Culprit => Phase switch
    {
        LoopPhase.Reading => "the data set",
        LoopPhase.Calling => Callbacks?.Current is { } callback ? $"callback {callback.GetType().Name}" : "a callback",
        _ => "the model",
    };

    /// <summary>Runs a loop, and says where it was when something goes wrong.</summary>
    /// <exception cref="TrainingException">Code of the user's threw.</exception>
    /// <exception cref="ArgumentException">Data is not what the model takes.</exception>
    public T Run<T>(Func<T> loop, CancellationToken cancellationToken)
    {
        try
        {
            return loop();
        }
        catch (Exception e)
        {
            Callbacks?.OnAbandoned();
            if (e is ArgumentException && Phase == LoopPhase.Checking) throw new ArgumentException($"{this}: {e.Message}", e);
            if (PassesAsIs(e, cancellationToken)) throw;
            throw new TrainingException(this, e);
        }
    }

    /// <summary>What has nothing to do with where the loop was: cancelling, and data or models that are refused before it begins.</summary>
    private bool PassesAsIs(Exception e, CancellationToken cancellationToken) =>
        e is TrainingException || (e is OperationCanceledException && cancellationToken.IsCancellationRequested) || (Phase == LoopPhase.Preparing && e is ArgumentException);

    /// <summary>Where it is, for people: counted from 1, as the progress bar does.</summary>
    public override string ToString()
    {
        List<string> parts = [];
        if (Epoch is { } epoch) parts.Add(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch + 1}"));
        if (Validates) parts.Add("validation");
        if (Batch is { } batch) parts.Add(string.Create(CultureInfo.InvariantCulture, $"batch {batch + 1}"));
        return $"{member} of model '{model}'{(parts.Count > 0 ? $", {string.Join(", ", parts)}" : "")}";
    }
}
