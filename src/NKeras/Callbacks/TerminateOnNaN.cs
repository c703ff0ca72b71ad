using NKeras.Core;

namespace NKeras.Callbacks;

/// <summary>Stops training when the loss is not a finite number any more (<c>keras.callbacks.TerminateOnNaN</c>).</summary>
/// <remarks>It looks at the loss after every batch, which has to be read for that.</remarks>
/// <example><code>
/// model.Fit(x, y, callbacks: [new TerminateOnNaN()]);
/// </code></example>
/// <param name="raiseError">
/// Whether <c>Fit</c> ends with an <see cref="InvalidOperationException"/>, without calling <see cref="Callback.OnTrainEnd"/> of any callback; otherwise
/// it prints a line and training stops as by <see cref="Model.StopTraining"/>.
/// </param>
public class TerminateOnNaN(bool raiseError = false) : Callback
{
    /// <summary>Whether <c>Fit</c> ends with an exception.</summary>
    public bool RaiseError => raiseError;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The loss is not finite, and that is to be an error.</exception>
    public override void OnBatchEnd(int batch, IDictionary<string, double>? logs = null)
    {
        if (logs == null || !logs.TryGetValue("loss", out double loss) || double.IsFinite(loss)) return;
        if (RaiseError) throw new InvalidOperationException($"NaN or Inf loss encountered at batch {batch}. Loss value: {PythonNumber.Repr(loss)}. Terminating training immediately.");
        Print($"Batch {batch}: Invalid loss, terminating training");
        Model.StopTraining = true;
    }
}
