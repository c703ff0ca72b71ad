using NKeras.Conformance.Binding;
using NKeras.Conformance.Comparison;
using NKeras.Conformance.Values;
using NKeras.Core;
using NKeras.Losses;

namespace NKeras.Conformance.Calls;

/// <summary>Replays calls of losses.</summary>
internal static class LossCall
{
    /// <summary>Makes the loss, calls it, and compares result and gradient.</summary>
    public static IEnumerable<Difference> Replay(CallRecord record)
    {
        object? recorded = record.Result;
        // Configurations of losses do not tell the type, but all that a loss gives has it.
        Loss loss = RecordedObjects.Create<Loss>(record, "keras.losses", RecordedValue.Tensors(recorded).FirstOrDefault()?.DType);
        Tensor yTrue = TensorOf(record.Args[0])!, yPred = TensorOf(record.Args[1])!;
        Tensor? weight = TensorOf(record.Args.ElementAtOrDefault(2)) ?? TensorOf(record.Kwargs.GetValueOrDefault("sample_weight"));
        Tolerance tolerance = Tolerance.For(record.Target, [yTrue, yPred], [.. RecordedValue.Tensors(recorded)]);
        IReadOnlyList<Difference> differences = [.. ResultComparison.Compare(recorded, loss.Apply(yTrue, yPred, weight), tolerance)];
        if (differences.Count > 0 && UnrecordedMasks.OfTargets(yTrue) is { } mask)
        {
            KerasMask.Set(yPred, mask);
            if (!ResultComparison.Compare(recorded, loss.Apply(yTrue, yPred, weight), tolerance).Any()) differences = [];
            else KerasMask.Clear(yPred);
        }

        return record.Pullback is { } pullback
            ? differences.Concat(GradientCall.Compare([yPred], [], traced => loss.Apply(yTrue, traced[0], weight), pullback, tolerance))
            : differences;
    }

    private static Tensor? TensorOf(object? value) => value == null ? null : TensorBuilder.TryBuild(value);
}
