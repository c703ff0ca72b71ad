using System.Runtime.CompilerServices;
using NKeras.Core;

namespace NKeras;

// Keras: functions take and give what they like. Here there is an overload for each of the forms that are usual, one tensor or a structure.
public static partial class Ops
{
    /// <summary>Applies a function to slice after slice along the first axis, carrying a value along, and stacks what it gives for each.</summary>
    /// <remarks>The function is compiled once, for all steps.</remarks>
    /// <param name="f">Takes the carried value and a slice (null without <paramref name="xs"/>); gives the next value to carry, of the same shape and type, and a result, which may be null.</param>
    /// <param name="init">The value carried into the first step.</param>
    /// <param name="xs">What is sliced; null for nothing.</param>
    /// <param name="length">The number of steps; the number of slices if null.</param>
    /// <param name="reverse">Whether to run from the last slice to the first; results keep their places.</param>
    /// <param name="unroll">How many steps are unrolled; <c>true</c> makes each step a part of the program.</param>
    /// <returns>The value carried out of the last step, and the stacked results (null if the function gives none).</returns>
    /// <exception cref="ArgumentException">There is neither <paramref name="xs"/> nor a length, they do not fit, or what is carried changes its structure, shape or type.</exception>
    [OverloadResolutionPriority(3)]
    public static (Tensor Carry, Tensor Result) Scan(
        Func<Tensor, Tensor, (Tensor Carry, Tensor Result)> f, Tensor init, Tensor? xs = null, int? length = null, bool reverse = false, Unroll unroll = default)
    {
        ArgumentNullException.ThrowIfNull(f);
        (Tensors carry, Tensors? results) = ScanCore((c, x) => f(c[0], x?[0]!) is var (next, result) ? (next, Optional(result)) : default, init, Optional(xs), length, reverse, unroll);
        return (carry[0], results?[0]!);
    }

    /// <inheritdoc cref="Scan(Func{Tensor, Tensor, ValueTuple{Tensor, Tensor}}, Tensor, Tensor?, int?, bool, Unroll)"/>
    [OverloadResolutionPriority(2)]
    public static (Tensors Carry, Tensor Result) Scan(
        Func<Tensors, Tensor, (Tensors Carry, Tensor Result)> f, Tensors init, Tensor? xs = null, int? length = null, bool reverse = false, Unroll unroll = default)
    {
        ArgumentNullException.ThrowIfNull(f);
        (Tensors carry, Tensors? results) = ScanCore((c, x) => f(c, x?[0]!) is var (next, result) ? (next, Optional(result)) : default, init, Optional(xs), length, reverse, unroll);
        return (carry, results?[0]!);
    }

    /// <inheritdoc cref="Scan(Func{Tensor, Tensor, ValueTuple{Tensor, Tensor}}, Tensor, Tensor?, int?, bool, Unroll)"/>
    [OverloadResolutionPriority(1)]
    public static (Tensor Carry, Tensor Result) Scan(
        Func<Tensor, Tensors, (Tensor Carry, Tensor Result)> f, Tensor init, Tensors xs, int? length = null, bool reverse = false, Unroll unroll = default)
    {
        ArgumentNullException.ThrowIfNull(f);
        (Tensors carry, Tensors? results) = ScanCore((c, x) => f(c[0], x!) is var (next, result) ? (next, Optional(result)) : default, init, xs, length, reverse, unroll);
        return (carry[0], results?[0]!);
    }

    /// <inheritdoc cref="Scan(Func{Tensor, Tensor, ValueTuple{Tensor, Tensor}}, Tensor, Tensor?, int?, bool, Unroll)"/>
    public static (Tensors Carry, Tensors Result) Scan(
        Func<Tensors, Tensors, (Tensors Carry, Tensors Result)> f, Tensors init, Tensors? xs = null, int? length = null, bool reverse = false, Unroll unroll = default)
    {
        ArgumentNullException.ThrowIfNull(f);
        (Tensors carry, Tensors? results) = ScanCore((c, x) => f(c, x!), init, xs, length, reverse, unroll);
        return (carry, results!);
    }

    /// <summary>Applies a function to each slice along the first axis, one after the other, and stacks the results.</summary>
    /// <param name="f">Takes a slice, or a slice of each tensor.</param>
    /// <param name="xs">What is sliced.</param>
    /// <exception cref="ArgumentException">A tensor is a scalar, or their first dimensions differ.</exception>
    [OverloadResolutionPriority(1)]
    public static Tensor Map(Func<Tensor, Tensor> f, Tensor xs) => MapCore("Map", Structured(f), xs)[0];

    /// <inheritdoc cref="Map(Func{Tensor, Tensor}, Tensor)"/>
    public static Tensors Map(Func<Tensor, Tensors> f, Tensor xs)
    {
        ArgumentNullException.ThrowIfNull(f);
        return MapCore("Map", t => f(t[0]), xs);
    }

    /// <inheritdoc cref="Map(Func{Tensor, Tensor}, Tensor)"/>
    public static Tensor Map(Func<Tensors, Tensor> f, Tensors xs)
    {
        ArgumentNullException.ThrowIfNull(f);
        return MapCore("Map", t => f(t), xs)[0];
    }

    /// <inheritdoc cref="Map(Func{Tensor, Tensor}, Tensor)"/>
    public static Tensors Map(Func<Tensors, Tensors> f, Tensors xs) => MapCore("Map", f, xs);

    /// <summary>Applies a function to each slice along the first axis and stacks the results.</summary>
    /// <param name="function">Takes a slice, or a slice of each tensor.</param>
    /// <param name="elements">What is sliced.</param>
    /// <exception cref="ArgumentException">A tensor is a scalar, or their first dimensions differ.</exception>
    [OverloadResolutionPriority(1)]
    public static Tensor VectorizedMap(Func<Tensor, Tensor> function, Tensor elements) => MapCore("VectorizedMap", Structured(function), elements, function)[0];

    /// <inheritdoc cref="VectorizedMap(Func{Tensor, Tensor}, Tensor)"/>
    public static Tensors VectorizedMap(Func<Tensor, Tensors> function, Tensor elements)
    {
        ArgumentNullException.ThrowIfNull(function);
        return MapCore("VectorizedMap", t => function(t[0]), elements, function);
    }

    /// <inheritdoc cref="VectorizedMap(Func{Tensor, Tensor}, Tensor)"/>
    public static Tensor VectorizedMap(Func<Tensors, Tensor> function, Tensors elements)
    {
        ArgumentNullException.ThrowIfNull(function);
        return MapCore("VectorizedMap", t => function(t), elements, function)[0];
    }

    /// <inheritdoc cref="VectorizedMap(Func{Tensor, Tensor}, Tensor)"/>
    public static Tensors VectorizedMap(Func<Tensors, Tensors> function, Tensors elements) => MapCore("VectorizedMap", function, elements, function);

    private static Tensors? Optional(Tensor? tensor) => tensor is null ? null : (Tensors)tensor;

    private static Tensors MapCore(string op, Func<Tensors, Tensors> f, Tensors xs, object? setting = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(xs);
        if (xs.Count == 0) throw new ArgumentException($"{op}: there is no tensor to go along.", nameof(xs));
        return OpDispatch.CallStructured(
            op,
            new CallArguments([xs]),
            c => Loops.Scan(op, (_, x) => ([], f(x!)), [], c.Inputs, null, reverse: false).Results!,
            setting == null ? [] : [("function", setting)]);
    }

    private static (Tensors Carry, Tensors? Results) ScanCore(
        Func<Tensors, Tensors?, (Tensors, Tensors?)> f, Tensors init, Tensors? xs, int? length, bool reverse, Unroll unroll)
    {
        ArgumentNullException.ThrowIfNull(init);
        Tensors? structure = null;
        Tensors all = OpDispatch.CallStructured(
            "Scan",
            new CallArguments([init, xs]),
            c =>
            {
                (Tensors carry, structure) = Loops.Scan("Scan", f, c.Inputs, c.Positional[1] is Tensor x ? x : (Tensors?)c.Positional[1], length, reverse, unroll.IsWhole);
                return [.. carry, .. structure ?? []];
            },
            ("length", length),
            ("reverse", reverse),
            ("unroll", unroll.Value));
        return (init.With([.. all.Take(init.Count)]), structure?.With([.. all.Skip(init.Count)]));
    }
}
