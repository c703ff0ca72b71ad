using NKeras.Conformance.Binding;
using NKeras.Conformance.Comparison;

namespace NKeras.Conformance.Calls;

/// <summary>Replays records, by kind.</summary>
/// <param name="departures">Where NKeras departs from Keras on purpose.</param>
internal sealed class CallReplay(Departures departures)
{
    /// <summary>How long a call may take before it counts as hanging.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private static readonly Dictionary<string, Func<CallRecord, IEnumerable<Difference>>> s_kinds = new()
    {
        ["function"] = FunctionCall.Replay,
        ["symbolic"] = FunctionCall.ReplaySymbolic,
        ["step"] = StepCall.Replay,
        ["raises"] = RaisingCall.Replay,
        ["layer"] = LayerCall.Replay,
        ["loss"] = LossCall.Replay,
        ["metric"] = MetricCall.Replay,
        ["optimizer"] = OptimizerCall.Replay,
        ["schedule"] = ObjectCall.Replay,
        ["regularizer"] = ObjectCall.Replay,
        ["constraint"] = ObjectCall.Replay,
        ["initializer"] = ObjectCall.Replay,
    };

    /// <summary>The kinds that are replayed.</summary>
    public static IEnumerable<string> Kinds => s_kinds.Keys;

    /// <summary>Replays a record.</summary>
    public CallResult Run(CallRecord record)
    {
        Task<CallResult> run = Task.Factory.StartNew(() => Replay(record), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return run.Wait(s_limit) ? run.Result : new CallResult(record, Outcome.Failed, $"does not end within {s_limit.TotalSeconds} s");
    }

    private CallResult Replay(CallRecord record)
    {
        List<Difference> differences = [];
        try
        {
            differences.AddRange(s_kinds[record.Kind](record));
        }
        catch (MissingNameException e)
        {
            return new CallResult(record, Outcome.Missing, e.Message);
        }
        catch (CannotBindException e)
        {
            differences.Add(new(DifferenceKind.Error, $"cannot be called: {e.Message}"));
        }
        catch (Exception e)
        {
            differences.Add(new(DifferenceKind.Error, $"throws {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}"));
        }

        if (differences.Count == 0) return new CallResult(record, Outcome.Passed);
        Difference? unexplained = differences.FirstOrDefault(d => departures.Find(record, d) == null);
        return unexplained == null
            ? new CallResult(record, Outcome.Departed, string.Join(" ", differences.Select(d => departures.Find(record, d)!.Reason).Distinct()))
            : new CallResult(record, Outcome.Failed, unexplained.Message);
    }
}
