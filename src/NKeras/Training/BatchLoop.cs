using NKeras.Callbacks;

namespace NKeras.Training;

/// <summary>What an epoch of <c>Fit</c>, <c>Evaluate</c> and <c>Predict</c> have in common: going through batches and calling callbacks.</summary>
internal abstract class BatchLoop
{
    private readonly LoopOptions _options;
    private readonly Action<Callback, int> _batchBegins;
    private readonly Action<Callback, int, Dictionary<string, double>?> _batchEnded;
    private readonly Func<Dictionary<string, double>?> _readLogs;

    protected BatchLoop(BatchSource source, LoopPosition position, LoopOptions options)
    {
        (Source, Position, _options) = (source, position, options);
        (_batchBegins, _batchEnded, _readLogs) = (BatchBegins, BatchEnded, ReadLogs);
    }

    protected BatchSource Source { get; }

    protected LoopPosition Position { get; }

    /// <summary>Whether the pass is over: where several steps are done at once it shows before callbacks are called.</summary>
    protected bool IsPassOver { get; private set; }

    /// <summary>Whether a callback asked to stop.</summary>
    protected abstract bool Stops { get; }

    protected abstract void BatchBegins(Callback callback, int batch);

    protected abstract void BatchEnded(Callback callback, int batch, Dictionary<string, double>? logs);

    /// <summary>The scores so far; null where there are none.</summary>
    protected virtual Dictionary<string, double>? ReadLogs() => null;

    /// <summary>Computes the present batch.</summary>
    protected virtual void Compute() => Source.Step.Run(Source.Current);

    /// <summary>Calls callbacks.</summary>
    protected void Call(CallbackList callbacks, Action<Callback> action)
    {
        Position.Phase = LoopPhase.Calling;
        callbacks.Each(action);
    }

    /// <summary>Goes through the data once, or through a given number of batches.</summary>
    /// <param name="callbacks">Called before and after each batch; or, with several steps per execution, before the first and after the last of them.</param>
    /// <param name="limit">The most batches to take.</param>
    /// <param name="goesOn">Whether to begin where the last pass stopped.</param>
    /// <param name="done">How many batches of it were done before an interruption; the source is then behind them.</param>
    /// <param name="over">Whether those were all.</param>
    /// <returns>The number of batches, those included.</returns>
    protected int RunPass(CallbackList callbacks, int? limit, bool goesOn, int done = 0, bool over = false)
    {
        try
        {
            if (done == 0) Source.Begin(goesOn);
            while (!over && done != limit && Next(done))
            {
                Position.Phase = LoopPhase.Calling;
                callbacks.BatchBegin(done, _batchBegins);
                int last = done + _options.StepsPerExecution;
                do
                {
                    Position.Phase = LoopPhase.Computing;
                    Compute();
                    done++;
                    if (done == last || done == limit) break;
                    over = !Next(done);
                }
                while (!over);

                (Position.Batch, IsPassOver) = (done - 1, over);
                Position.Phase = LoopPhase.Calling;
                // Keras: numbers the batch as if the last execution had all its steps.
                callbacks.BatchEnd(done - 1, _readLogs, _batchEnded);
                if (Stops) break;
            }

            Position.Batch = null;
            Source.End(goesOn);
            return done;
        }
        catch
        {
            Source.Close();
            throw;
        }
    }

    private bool Next(int batch)
    {
        _options.CancellationToken.ThrowIfCancellationRequested();
        (Position.Batch, Position.Phase) = (batch, LoopPhase.Computing);
        return Source.MoveNext();
    }
}
