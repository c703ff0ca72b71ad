using NKeras.Engine;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Core;

/// <summary>Loops over functions of the user's: one program for all steps, whether they run at once or are part of a larger program.</summary>
internal static class Loops
{
    /// <summary>Runs a body while a condition is true.</summary>
    public static Tensors While(string op, Func<Tensors, Tensor> condition, Func<Tensors, Tensors> body, Tensors init, int? most)
    {
        Tensor[] carried = InnerCalls.Flat(op, "loopVars", init);
        using WideScope scope = WideScope.Wanted(carried.Any(t => t.DType.Size == 8)); // What is carried keeps its type.
        if (most <= 0) return init;
        bool runsAtOnce = InnerCalls.RunsAtOnce(carried);
        try
        {
            InnerFunction step = InnerCalls.Body(op, carried, [], a => Next(op, body(init.With(a)), carried.Length));
            InnerFunction test = Trace.Inner([.. carried.Select(t => t.Spec)], a => [InnerCalls.Truth(op, "cond", condition(init.With(a)))]);
            if (test.Assignments.Count > 0) throw new ArgumentException($"{op}: cond changes state (it assigns to a variable or draws random numbers). Do that in body, and pass on what cond needs.", nameof(condition));
            return init.With(ControlFlow.While(test, step, carried, most));
        }
        catch (InvalidOperationException) when (runsAtOnce)
        {
            // The functions look at data: they are called for each step.
            for (int done = 0; (most == null || done < most) && InnerCalls.IsTrue(op, "cond", condition(init.With(carried))); done++)
                carried = Next(op, body(init.With(carried)), carried.Length);
            return init.With(carried);
        }
    }

    /// <summary>Runs a body for each slice along the first axis.</summary>
    /// <param name="op">The name of the operation.</param>
    /// <param name="f">Takes what is carried and a slice (null if there is nothing to slice); gives what is carried on, and a result or null.</param>
    /// <param name="init">What is carried at first.</param>
    /// <param name="xs">What is sliced; null for nothing.</param>
    /// <param name="length">The number of steps; as many as there are slices if null.</param>
    /// <param name="reverse">Whether to run from the last slice to the first.</param>
    /// <param name="unroll">Whether every step becomes a part of the program.</param>
    public static (Tensors Carry, Tensors? Results) Scan(
        string op, Func<Tensors, Tensors?, (Tensors Carry, Tensors? Result)> f, Tensors init, Tensors? xs, int? length, bool reverse, bool unroll = false)
    {
        Tensor[] carried = InnerCalls.Flat(op, "init", init), sequences = xs == null ? [] : InnerCalls.Flat(op, "xs", xs);
        int steps = Steps(op, ref sequences, length);
        using WideScope scope = WideScope.Wanted(carried.Any(t => t.DType.Size == 8)); // What is carried keeps its type.
        if (unroll && steps > 0) return Unrolled();
        Tensors? structure = null;
        bool mayUnroll = steps > 0 && InnerCalls.RunsAtOnce(carried.Concat(sequences));
        try
        {
            TensorSpec[] slices = [.. sequences.Select(t => t.Spec with { Shape = new Shape(t.Shape.Dims[1..]) })];
            InnerFunction body = InnerCalls.Body(op, carried, slices, a =>
            {
                (Tensors next, structure) = f(init.With(a[..carried.Length]), xs?.With(a[carried.Length..]));
                return [.. Next(op, next, carried.Length), .. structure == null ? [] : InnerCalls.Flat(op, "the results of f", structure)];
            });
            Tensor[] results = ControlFlow.Scan(body, carried, sequences, steps, reverse);
            return (init.With(results[..carried.Length]), structure?.With(results[carried.Length..]));
        }
        catch (InvalidOperationException) when (mayUnroll)
        {
            return Unrolled(); // The function looks at data.
        }

        (Tensors, Tensors?) Unrolled()
        {
            Tensors carry = init;
            Tensors?[] results = new Tensors?[steps];
            for (int step = 0; step < steps; step++)
            {
                int at = reverse ? steps - 1 - step : step;
                (Tensors next, results[at]) = f(carry, xs?.With([.. sequences.Select(t => Slice(t, at))]));
                carry = init.With(Next(op, next, carried.Length));
            }

            return (carry, results[0] is { } first ? first.With([.. first.Select((_, i) => Stack([.. results.Select(r => r![i])]))]) : null);
        }
    }

    /// <summary>The slices of a tensor below each other.</summary>
    public static Tensor Stack(Tensor[] slices) =>
        new Concatenate(0).Apply([.. slices.Select(t => PrimitiveOps.Reshape(t, new Shape([1, .. t.Shape.Dims])))]);

    /// <summary>A slice along the first axis.</summary>
    private static Tensor Slice(Tensor x, int at)
    {
        int[] starts = new int[x.Rank], stops = x.Shape.Dims.ToArray(), steps = new int[x.Rank];
        Array.Fill(steps, 1);
        (starts[0], stops[0]) = (at, at + 1);
        return PrimitiveOps.Reshape(new Slice(new IntList(starts), new IntList(stops), new IntList(steps)).Apply(x), new Shape(x.Shape.Dims[1..]));
    }

    private static Tensor[] Next(string op, Tensors? next, int count)
    {
        Tensor[] flat = InnerCalls.Flat(op, "the results of the body", next);
        return flat.Length == count ? flat : throw new ArgumentException($"{op}: {count} values are carried from step to step, but the body gives {flat.Length}.");
    }

    /// <summary>The number of steps; unknown if no shape tells.</summary>
    private static int Steps(string op, ref Tensor[] sequences, int? length)
    {
        if (length < 0) throw new ArgumentOutOfRangeException(nameof(length), length, $"{op}: the length is zero or greater.");
        if (sequences.Length == 0) return length ?? throw new ArgumentException($"{op}: got no `xs` to scan over and `length` not provided.", nameof(length));
        int slices = Shape.Unknown;
        foreach (Tensor x in sequences)
        {
            if (x.Rank == 0) throw new ArgumentException($"{op}: a scalar has no axis to go along.", nameof(sequences));
            int d = x.Shape.Dims[0];
            if (slices != Shape.Unknown && d != Shape.Unknown && d != slices)
                throw new ArgumentException($"{op}: the tensors of xs have the same first dimension, but their shapes are {string.Join(", ", sequences.Select(t => t.Shape))}.", nameof(sequences));
            slices = Math.Max(slices, d);
        }

        if (length is not { } steps || steps == slices) return slices;
        if (slices == Shape.Unknown) return steps;
        if (steps > slices) throw new ArgumentException($"{op}: a length of {steps} was asked for, but xs has {slices} slices.", nameof(length));
        sequences = [.. sequences.Select(x => new Slice(new IntList(new int[x.Rank]), new IntList([steps, .. x.Shape.Dims[1..]]), new IntList([.. Enumerable.Repeat(1, x.Rank)])).Apply(x))];
        return steps;
    }
}
