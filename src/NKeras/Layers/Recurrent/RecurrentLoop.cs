using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Layers;

/// <summary>Goes through sequences with a cell.</summary>
/// <param name="layer">What to call it in messages.</param>
/// <param name="cell">The cell.</param>
/// <param name="returnsSequences">Whether the outputs of all steps are wanted.</param>
/// <param name="goesBackwards">Whether to go from the last step to the first.</param>
/// <param name="unrolls">Whether every step becomes a part of the program.</param>
/// <param name="zeroesMasked">Whether the output of a masked step is zero rather than that of the step before.</param>
internal sealed class RecurrentLoop(string layer, CellStep cell, bool returnsSequences, bool goesBackwards, bool unrolls, bool zeroesMasked)
{
    /// <summary>The state that is the output, by its position; null if none is, at every step.</summary>
    private int? _outputState;

    /// <summary>The outputs of all steps in the order in which they were made, or the last one, and the last states.</summary>
    /// <param name="sequences">(batch, time, …).</param>
    /// <param name="initial">The states before the first step.</param>
    /// <param name="mask">Which steps count, (batch, time) or (batch, time, …); null if all do.</param>
    public (Tensor Output, Tensors States) Run(Tensor sequences, Tensors initial, Tensor? mask)
    {
        bool areZeros = initial.All(IsZero);
        Tensor inputs = cell.Project(SwapTime(sequences));
        Tensors slices = mask is null ? [inputs] : [inputs, SwapTime(Truth(mask))];
        Tensor? before = mask is null || zeroesMasked ? null : ZeroOutput(inputs, initial, areZeros);
        Tensors carried = Tensors.Create(before is null ? [.. initial] : [.. initial, before]);
        (Tensors last, Tensors? outputs) = Loops.Scan(layer, (c, x) => Step(c, x!, initial.Count, areZeros), carried, slices, null, goesBackwards, unrolls);
        Tensors states = Tensors.Create([.. last.Take(initial.Count)]);
        if (returnsSequences) return (SwapTime(goesBackwards ? Ops.Flip(outputs![0], axis: 0) : outputs![0]), states);
        if (before is not null) return (last[^1], states);
        return (_outputState is { } same ? last[same] : Ops.Take(outputs![0], goesBackwards ? 0 : -1, axis: 0), states);
    }

    private (Tensors Carry, Tensors? Results) Step(Tensors carried, Tensors slices, int count, bool areZeros)
    {
        Tensors states = Tensors.Create([.. carried.Take(count)]);
        (Tensor output, Tensors next) = cell.Step(slices[0], states);
        int at = next.ToList().FindIndex(s => ReferenceEquals(s, output));
        _outputState = at < 0 ? null : at;
        if (slices.Count == 1) return (next, output);

        Tensor counts = slices[1];
        Tensors kept = Tensors.Create([.. next.Select((s, i) => Where(counts, s, states[i]))]);
        if (carried.Count > count)
        {
            output = Where(counts, output, carried[count]);
            return ([.. kept, output], output);
        }

        // Keras: on some backends takes the first state for the output of the step before, which it need not be.
        if (at >= 0 && !zeroesMasked && areZeros) return (kept, kept[at]);
        _outputState = null;
        return (kept, Where(counts, output, PrimitiveOps.ScalarLike(output, 0)));
    }

    /// <summary>What stands for the output before the first step where masked steps repeat it; null where a state is that.</summary>
    private Tensor? ZeroOutput(Tensor inputs, Tensors initial, bool areZeros)
    {
        TensorSpec slice = inputs.Spec with { Shape = new Shape(inputs.Shape.Dims[1..]) };
        InnerFunction step = Trace.Inner([slice, .. initial.Select(s => s.Spec)], a =>
        {
            (Tensor output, Tensors next) = cell.Step(a[0], a[1..]);
            return [output, .. next];
        });
        return areZeros && step.Outputs.Skip(1).Contains(step.Outputs[0]) ? null : PrimitiveOps.Filled(step.Outputs[0].Spec, 0);
    }

    /// <summary>Whether a state is known to be zeros, as a constant of the program.</summary>
    private static bool IsZero(Tensor state) => state is ConcreteTensor { Data: HostStorage data } && !data.Bytes.ContainsAnyExcept((byte)0);

    private static Tensor Truth(Tensor mask)
    {
        Tensor truth = mask.DType == DType.Bool ? mask : Ops.NotEqual(mask, 0);
        return truth.Rank > 2 ? Ops.Any(truth, [.. Enumerable.Range(2, truth.Rank - 2)]) : truth;
    }

    private static Tensor Where(Tensor counts, Tensor x, Tensor otherwise)
    {
        for (int i = 1; i < x.Rank; i++) counts = Ops.ExpandDims(counts, -1);
        return Ops.Where(counts, x, otherwise);
    }

    /// <summary>(batch, time, …) as (time, batch, …), or back.</summary>
    private static Tensor SwapTime(Tensor x) => Ops.Transpose(x, [1, 0, .. Enumerable.Range(2, x.Rank - 2)]);
}
