using NKeras.Conformance.Binding;
using NKeras.Conformance.Calls;
using NKeras.Conformance.Comparison;
using NKeras.Conformance.Values;
using NKeras.Engine.Runtime;

namespace NKeras.Tests.Conformance;

/// <summary>Functions give within compiled functions what they give for data. (Those of <c>keras.utils</c> are for data only.)</summary>
public sealed class RecordedTraceTests
{
    private static readonly ILookup<string, CallRecord> s_records = Recordings.Read(Recordings.OwnCalls, "function").Where(r => !r.Target.StartsWith("keras.utils.", StringComparison.Ordinal)).ToLookup(r => r.Target);

    public static TheoryData<string> Targets => [.. s_records.Select(g => g.Key)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void CompiledFunctionGivesWhatDataGives(string target)
    {
        foreach (CallRecord record in s_records[target]) Check(record);
    }

    private static void Check(CallRecord record)
    {
        IReadOnlyList<object?> args = record.Args;
        IReadOnlyDictionary<string, object?> kwargs = record.Kwargs;
        // Sparse, ragged and complex tensors do not enter a graph as they are.
        Tensor[] given = [.. args.Concat(kwargs.Values).SelectMany(RecordedValue.Tensors)];
        if (given.Length == 0 || given.Any(t => t is CompositeTensor)) return;
        object? eager = FunctionCall.Call(record.Target, args, kwargs);
        Tensor[] expected = [.. ResultComparison.Tensors(eager)];
        if (expected.Length == 0 || expected.Any(t => t is CompositeTensor)) return;
        Tensor[] compiled;
        try
        {
            compiled = Jit.Compile([.. given.Select(t => t.Spec)], traced => [.. ResultComparison.Tensors(FunctionCall.Call(record.Target, args, kwargs, given, traced))]).Run(given);
        }
        catch (CannotBindException)
        {
            return; // An array that C# takes as plain numbers, such as places to split at.
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException && e is not ArgumentNullException && e.Message.Contains("depend", StringComparison.Ordinal))
        {
            return; // How many elements there are depends on data, and the message says so.
        }

        Assert.Equal(expected.Length, compiled.Length);
        Tolerance tolerance = Tolerance.For(record.Target, given, expected);
        for (int i = 0; i < expected.Length; i++)
            Assert.Empty(TensorComparison.Compare(expected[i], compiled[i], tolerance, $"{record.Id}, result {i}").Select(d => d.Message));
    }
}
