using NKeras.Conformance.Binding;
using NKeras.Conformance.Comparison;

namespace NKeras.Conformance.Calls;

/// <summary>Replays calls that Keras refuses: they are to throw an argument exception, or to be impossible to write.</summary>
internal static class RaisingCall
{
    private static readonly Dictionary<string, Action<CallRecord>> s_replays = new()
    {
        ["function"] = r => FunctionCall.Call(r.Target, r.Args, r.Kwargs),
        ["construct"] = Construct,
        ["layer"] = LayerCall.Call,
    };

    /// <summary>Calls, and looks whether it throws.</summary>
    public static IEnumerable<Difference> Replay(CallRecord record)
    {
        try
        {
            s_replays[record.On!](record);
        }
        catch (Exception e) when (e is ArgumentException or CannotBindException)
        {
            return [];
        }

        return [new(DifferenceKind.NoError, $"nothing is thrown; Keras: {record.Json.GetProperty("error").GetProperty("message").GetString()?.ReplaceLineEndings(" ")}")];
    }

    private static void Construct(CallRecord record)
    {
        IReadOnlyList<Callable> constructors = Callable.Constructors(record.Target);
        if (constructors.Count == 0) throw new MissingNameException(record.Target);
        CallBinder.Call(constructors, record.Args, record.Kwargs);
    }
}
