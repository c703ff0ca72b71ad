using System.Reflection;
using NKeras.Conformance.Binding;
using NKeras.Conformance.Comparison;
using NKeras.Conformance.Values;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Optimizers.Schedules;
using NKeras.Regularizers;

namespace NKeras.Conformance.Calls;

/// <summary>Replays calls of objects that are functions with settings: schedules, regularizers, constraints, initializers.</summary>
internal static class ObjectCall
{
    /// <summary>What such objects are called with in C#, which has no call operator.</summary>
    private const string Method = "Apply";

    private static readonly Dictionary<string, Func<CallRecord, object>> s_kinds = new()
    {
        ["schedule"] = r => RecordedObjects.Create<LearningRateSchedule>(r, "keras.optimizers.schedules"),
        ["regularizer"] = r => RecordedObjects.Create<Regularizer>(r, "keras.regularizers"),
        ["constraint"] = r => RecordedObjects.Create<Constraint>(r, "keras.constraints"),
        ["initializer"] = r => RecordedObjects.Create<Initializer>(r, "keras.initializers"),
    };

    /// <summary>Makes the object, calls it, and compares.</summary>
    public static IEnumerable<Difference> Replay(CallRecord record)
    {
        object made = s_kinds[record.Kind](record), recorded = record.Result!;
        Callable[] calls = [.. made.GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(m => m.Name == Method).Select(m => new Callable(m.GetParameters(), arguments => m.Invoke(made, arguments)))];
        object? result = CallBinder.Call(calls, record.Args, record.Kwargs);
        Tensor[] given = [.. record.Args.SelectMany(RecordedValue.Tensors)];
        return ResultComparison.Compare(recorded, result, record.IsRandom ? null : Tolerance.For(record.Target, given, [.. RecordedValue.Tensors(recorded)]));
    }
}
