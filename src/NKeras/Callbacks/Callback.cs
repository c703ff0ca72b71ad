using System.Text.Json.Nodes;
using NKeras.Core;

namespace NKeras.Callbacks;

/// <summary>
/// Called at certain moments of training, evaluation and prediction (<c>keras.callbacks.Callback</c>). A subclass overrides what it
/// needs. Scores are read for every batch only if a callback overrides one of the methods about batches.
/// </summary>
/// <remarks>
/// What a callback changes takes effect at once: weights, the optimizer's learning rate, <see cref="NKeras.Model.StopTraining"/>. Callbacks
/// are called in the order in which they were given, then the history, then the progress bar; what one of them writes into <c>logs</c> the
/// following ones see.
/// </remarks>
/// <example>
/// <code>
/// sealed class StopWhenGood : Callback
/// {
///     public override void OnEpochEnd(int epoch, IDictionary&lt;string, double&gt;? logs = null)
///     {
///         if (logs!["accuracy"] > 0.95) Model.StopTraining = true;
///     }
/// }
///
/// model.Fit(x, y, callbacks: [new StopWhenGood()]);
/// </code>
/// </example>
public abstract class Callback
{
    private Model? _model;
    private CallbackParameters? _params;
    private HashSet<string>? _warnings;
    private bool? _watchesBatchEnd;

    /// <summary>The model.</summary>
    /// <exception cref="InvalidOperationException">The callback has not been passed to <c>Fit</c> or its kin.</exception>
    public Model Model => _model ?? throw NotInUse();

    /// <summary>How <c>Fit</c> or its kin was called.</summary>
    /// <exception cref="InvalidOperationException">The callback has not been passed to <c>Fit</c> or its kin.</exception>
    public CallbackParameters Params => _params ?? throw NotInUse();

    /// <summary>Where it prints; the console, unless a test looks.</summary>
    internal TextWriter Output { get => field ?? Console.Out; set; }

    /// <summary>How it warns; otherwise than with a line on the standard error stream in tests only.</summary>
    internal Action<string> WriteWarning { get; init; } = Warnings.Write;

    /// <summary>Tells the callback which model it serves.</summary>
    public virtual void SetModel(Model model) => _model = model;

    /// <summary>Tells the callback how <c>Fit</c> or its kin was called.</summary>
    public virtual void SetParams(CallbackParameters parameters) => _params = parameters;

    /// <summary>At the start of <c>Fit</c>.</summary>
    /// <param name="logs">Nothing at present.</param>
    public virtual void OnTrainBegin(IDictionary<string, double>? logs = null)
    {
    }

    /// <summary>At the end of <c>Fit</c>.</summary>
    /// <param name="logs">The scores of the last epoch.</param>
    public virtual void OnTrainEnd(IDictionary<string, double>? logs = null)
    {
    }

    /// <summary>At the start of an epoch.</summary>
    /// <param name="epoch">Its number, from 0.</param>
    /// <param name="logs">Nothing at present.</param>
    public virtual void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null)
    {
    }

    /// <summary>At the end of an epoch, after validation.</summary>
    /// <param name="epoch">Its number, from 0.</param>
    /// <param name="logs">The epoch's scores; those of validation begin with <c>val_</c>. Changes reach the callbacks that follow.</param>
    public virtual void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null)
    {
    }

    /// <summary>Before a training batch.</summary>
    /// <param name="batch">Its number within the epoch, from 0.</param>
    /// <param name="logs">Nothing at present.</param>
    public virtual void OnTrainBatchBegin(int batch, IDictionary<string, double>? logs = null) => OnBatchBegin(batch, logs);

    /// <summary>After a training batch.</summary>
    /// <param name="batch">Its number within the epoch, from 0.</param>
    /// <param name="logs">The scores of the epoch so far.</param>
    public virtual void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null) => OnBatchEnd(batch, logs);

    /// <summary>Another name of <see cref="OnTrainBatchBegin"/>.</summary>
    /// <param name="batch">Its number within the epoch, from 0.</param>
    /// <param name="logs">Nothing at present.</param>
    public virtual void OnBatchBegin(int batch, IDictionary<string, double>? logs = null)
    {
    }

    /// <summary>Another name of <see cref="OnTrainBatchEnd"/>.</summary>
    /// <param name="batch">Its number within the epoch, from 0.</param>
    /// <param name="logs">The scores of the epoch so far.</param>
    public virtual void OnBatchEnd(int batch, IDictionary<string, double>? logs = null)
    {
    }

    /// <summary>At the start of <c>Evaluate</c>, and of validation within <c>Fit</c>.</summary>
    /// <param name="logs">Nothing at present.</param>
    public virtual void OnTestBegin(IDictionary<string, double>? logs = null)
    {
    }

    /// <summary>At the end of <c>Evaluate</c>, and of validation within <c>Fit</c>.</summary>
    /// <param name="logs">The scores.</param>
    public virtual void OnTestEnd(IDictionary<string, double>? logs = null)
    {
    }

    /// <summary>Before a batch of <c>Evaluate</c> or validation.</summary>
    /// <param name="batch">Its number, from 0.</param>
    /// <param name="logs">Nothing at present.</param>
    public virtual void OnTestBatchBegin(int batch, IDictionary<string, double>? logs = null)
    {
    }

    /// <summary>After a batch of <c>Evaluate</c> or validation.</summary>
    /// <param name="batch">Its number, from 0.</param>
    /// <param name="logs">The scores so far.</param>
    public virtual void OnTestBatchEnd(int batch, IDictionary<string, double>? logs = null)
    {
    }

    /// <summary>At the start of <c>Predict</c>.</summary>
    /// <param name="logs">Nothing at present.</param>
    public virtual void OnPredictBegin(IDictionary<string, double>? logs = null)
    {
    }

    /// <summary>At the end of <c>Predict</c>.</summary>
    /// <param name="logs">Nothing at present.</param>
    public virtual void OnPredictEnd(IDictionary<string, double>? logs = null)
    {
    }

    /// <summary>Before a batch of <c>Predict</c>.</summary>
    /// <param name="batch">Its number, from 0.</param>
    /// <param name="logs">Nothing at present.</param>
    public virtual void OnPredictBatchBegin(int batch, IDictionary<string, double>? logs = null)
    {
    }

    /// <summary>After a batch of <c>Predict</c>.</summary>
    /// <param name="batch">Its number, from 0.</param>
    /// <param name="logs">Nothing at present.</param>
    public virtual void OnPredictBatchEnd(int batch, IDictionary<string, double>? logs = null)
    {
    }

    /// <summary>
    /// What it has to remember for training to go on after an interruption as if there had been none: <see cref="BackupAndRestore"/> keeps it with the
    /// model's weights. Null, unless overridden, for nothing.
    /// </summary>
    // Keras: keeps nothing of other callbacks, so that patience, say, begins anew.
    public virtual JsonObject? GetState() => null;

    /// <summary>Goes on from what <see cref="GetState"/> gave before the interruption. Called after <see cref="OnTrainBegin"/>, before the next batch.</summary>
    /// <param name="state">What it gave.</param>
    public virtual void SetState(JsonObject state)
    {
    }

    /// <summary>Tensors that belong to its state.</summary>
    internal virtual IReadOnlyList<Tensor> StateTensors
    {
        get => [];
        set
        {
        }
    }

    /// <summary>All callbacks have been called for a moment at which this one was: what it does now sees what they did.</summary>
    internal virtual void OnOthersCalled()
    {
    }

    /// <summary>Whether it wants to be called before batches.</summary>
    internal virtual bool WatchesBatchBegin => Overridden(OnTrainBatchBegin) || Overridden(OnBatchBegin) || Overridden(OnTestBatchBegin) || Overridden(OnPredictBatchBegin);

    /// <summary>Whether the scores after the batch in progress are of use, so that they are not read for nothing.</summary>
    internal virtual bool WantsScores =>
        _watchesBatchEnd ??= Overridden(OnTrainBatchEnd) || Overridden(OnBatchEnd) || Overridden(OnTestBatchEnd) || Overridden(OnPredictBatchEnd);

    /// <summary>The call of <c>Fit</c> or its kin ends early, by an error or because it was cancelled.</summary>
    internal virtual void OnAbandoned()
    {
    }

    /// <summary>Prints a line.</summary>
    private protected void Print(string message)
    {
        Output.Write($"{message}\n");
        Output.Flush();
    }

    /// <summary>Warns, once with the same words: as Python does.</summary>
    private protected void Warn(string message)
    {
        if ((_warnings ??= []).Add(message)) WriteWarning(message);
    }

    private static bool Overridden(Action<int, IDictionary<string, double>?> method) => method.Method.DeclaringType != typeof(Callback);

    private InvalidOperationException NotInUse() => new($"{GetType().Name} has no model yet: pass it to Fit, Evaluate or Predict.");
}
