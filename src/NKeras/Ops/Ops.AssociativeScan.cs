using System.Runtime.CompilerServices;
using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Combines the first k elements along an axis by an associative function, for each k: in few large steps instead of one for each element (Blelloch, 1990).</summary>
    /// <param name="f">An associative function of two tensors, which works on each place along the axis alone.</param>
    /// <param name="elems">The elements.</param>
    /// <param name="reverse">Whether to combine the last k elements instead.</param>
    /// <param name="axis">The axis.</param>
    /// <exception cref="ArgumentException">There is no such axis, tensors differ in length along it, or the function gives another structure.</exception>
    [OverloadResolutionPriority(1)]
    public static Tensor AssociativeScan(Func<Tensor, Tensor, Tensor> f, Tensor elems, bool reverse = false, int axis = 0)
    {
        ArgumentNullException.ThrowIfNull(f);
        return AssociativeScan((Tensors a, Tensors b) => (Tensors)f(a[0], b[0]), elems, reverse, axis)[0];
    }

    /// <inheritdoc cref="AssociativeScan(Func{Tensor, Tensor, Tensor}, Tensor, bool, int)"/>
    public static Tensors AssociativeScan(Func<Tensors, Tensors, Tensors> f, Tensors elems, bool reverse = false, int axis = 0)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(elems);
        return OpDispatch.CallStructured(
            "AssociativeScan",
            new CallArguments([elems]),
            c =>
            {
                Tensor[] all = InnerCalls.Flat("AssociativeScan", nameof(elems), c.Inputs);
                if (all.Length == 0) return c.Inputs;
                int[] axes = [.. all.Select(t => t.Shape.Axis(axis))];
                int length = all[0].Shape.Dims[axes[0]];
                if (all.Where((t, i) => t.Shape.Dims[axes[i]] != length).Any())
                    throw new ArgumentException($"Array inputs to associative_scan must have the same first dimension. (saw: {string.Join(", ", all.Select(t => t.Shape))})", nameof(elems));
                if (length == Shape.Unknown) return c.Inputs.With(OfUnknownLength(f, c.Inputs, all, axes));
                if (reverse) all = [.. all.Select((t, i) => Flipped(t, axes[i]))];
                Tensor[] results = Prefixes((a, b) => Combine(f, c.Inputs, a, b), all, axes);
                return c.Inputs.With(reverse ? [.. results.Select((t, i) => Flipped(t, axes[i]))] : results);
            },
            ("reverse", reverse),
            ("axis", axis));
    }

    private static Tensor[] Combine(Func<Tensors, Tensors, Tensors> f, Tensors structure, Tensor[] a, Tensor[] b)
    {
        Tensor[] result = InnerCalls.Flat("AssociativeScan", "the result of f", f(structure.With(a), structure.With(b)));
        return result.Length == a.Length ? result : throw new ArgumentException($"AssociativeScan: f is given {a.Length} tensors and gives {result.Length}; it gives the structure that it is given.", nameof(f));
    }

    /// <summary>All prefixes: those of pairs are every other one, and lead to the rest by one more step.</summary>
    private static Tensor[] Prefixes(Func<Tensor[], Tensor[], Tensor[]> combine, Tensor[] all, int[] axes)
    {
        int count = all[0].Shape.Dims[axes[0]];
        if (count < 2) return all;
        Tensor[] odd = Prefixes(combine, combine(Every(all, 0, count - 1, 2), Every(all, 1, count, 2)), axes);
        Tensor[] first = [.. Every(all, 0, 1, 1).Select((t, i) => PrimitiveOps.Convert(t, odd[i].DType))];
        Tensor[] even = count == 2 ? first
            : [.. combine(Every(odd, 0, (count - 1) / 2, 1), Every(all, 2, count, 2)).Select((t, i) => new Concatenate(axes[i]).Apply(first[i], t))];
        return [.. even.Select((t, i) => Interleaved(t, odd[i], axes[i]))];

        Tensor[] Every(Tensor[] tensors, int start, int stop, int step) => [.. tensors.Select((t, i) => Part(t, axes[i], start, stop, step))];
    }

    /// <summary>The elements of two tensors in turn; the first may have one more.</summary>
    private static Tensor Interleaved(Tensor even, Tensor odd, int axis)
    {
        int pairs = odd.Shape.Dims[axis];
        int[] split = [.. odd.Shape.Dims[..(axis + 1)], 1, .. odd.Shape.Dims[(axis + 1)..]];
        Tensor both = new Concatenate(axis + 1).Apply(PrimitiveOps.Reshape(Part(even, axis, 0, pairs, 1), new Shape(split)), PrimitiveOps.Reshape(odd, new Shape(split)));
        Tensor merged = PrimitiveOps.Reshape(both, odd.Shape.With(axis, 2 * pairs));
        return even.Shape.Dims[axis] == pairs ? merged : new Concatenate(axis).Apply(merged, Part(even, axis, pairs, pairs + 1, 1));
    }

    private static Tensor Flipped(Tensor x, int axis)
    {
        int last = x.Shape.Dims[axis] - 1;
        return new Gather(axis).Apply(x, Tensor.From<int>([.. Enumerable.Range(0, last + 1).Select(i => last - i)]));
    }

    private static Tensor Part(Tensor x, int axis, int start, int stop, int step)
    {
        int[] starts = new int[x.Rank], stops = x.Shape.Dims.ToArray(), steps = new int[x.Rank];
        System.Array.Fill(steps, 1);
        (starts[axis], stops[axis], steps[axis]) = (start, stop, step);
        return new Slice(new IntList(starts), new IntList(stops), new IntList(steps)).Apply(x);
    }

    /// <summary>Results whose length is not known yet: only their shapes and types matter.</summary>
    private static Tensor[] OfUnknownLength(Func<Tensors, Tensors, Tensors> f, Tensors structure, Tensor[] all, int[] axes)
    {
        Tensor[] first = [.. all.Select((t, i) => Part(t, axes[i], 0, 1, 1))];
        Tensor[] combined = Combine(f, structure, first, first);
        return [.. combined.Select((t, i) => PrimitiveOps.Convert(all[i], t.DType))];
    }
}
