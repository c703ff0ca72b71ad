using System.Runtime.InteropServices;
using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Numbers at equal distances between two ends.</summary>
    /// <param name="start">The first number, or a tensor of first numbers.</param>
    /// <param name="stop">The last number, or a tensor that can be broadcast with <paramref name="start"/>.</param>
    /// <param name="num">How many.</param>
    /// <param name="endpoint">Whether <paramref name="stop"/> is the last one; else they end one step before it.</param>
    /// <param name="dtype">The type; a floating-point one, as the ends', if omitted. Integers are rounded down.</param>
    /// <param name="axis">Where the new axis goes.</param>
    public static Tensor Linspace(Tensor start, Tensor stop, int num = 50, bool endpoint = true, DType? dtype = null, int axis = 0) => OpDispatch.Call("Linspace", [start, stop], t =>
        Spaced(t[0], t[1], num, endpoint, dtype ?? SpaceType(t[0], t[1]), axis).Samples, ("num", num), ("endpoint", endpoint), ("retstep", false), ("dtype", dtype), ("axis", axis));

    /// <summary>Numbers at equal distances between two ends, and the distance.</summary>
    /// <param name="start">The first number, or a tensor of first numbers.</param>
    /// <param name="stop">The last number, or a tensor that can be broadcast with <paramref name="start"/>.</param>
    /// <param name="num">How many.</param>
    /// <param name="endpoint">Whether <paramref name="stop"/> is the last one; else they end one step before it.</param>
    /// <param name="retstep">Whether the distance is asked for. It is NaN where there is none.</param>
    /// <param name="dtype">The type; a floating-point one, as the ends', if omitted. Integers are rounded down.</param>
    /// <param name="axis">Where the new axis goes.</param>
    // Keras: one function whose result depends on retstep, which a C# function's cannot.
    public static (Tensor Samples, Tensor? Step) Linspace(
        Tensor start, Tensor stop, [Optional, DefaultParameterValue(50)] int num, [Optional, DefaultParameterValue(true)] bool endpoint, bool retstep, DType? dtype = null, int axis = 0)
    {
        if (!retstep) return (Linspace(start, stop, num, endpoint, dtype, axis), null);
        IReadOnlyList<Tensor> results = OpDispatch.CallMany("Linspace", [start, stop], t =>
        {
            (Tensor samples, Tensor step) = Spaced(t[0], t[1], num, endpoint, dtype ?? SpaceType(t[0], t[1]), axis);
            return [samples, PrimitiveOps.Convert(step, t[0].DType == DType.Float64 || t[1].DType == DType.Float64 ? DType.Float64 : SpaceType(t[0], t[1]))];
        }, ("num", num), ("endpoint", endpoint), ("retstep", true), ("dtype", dtype), ("axis", axis));
        return (results[0], results[1]);
    }

    /// <summary>Powers of a base whose exponents are at equal distances.</summary>
    /// <param name="start">The first exponent, or a tensor of first exponents.</param>
    /// <param name="stop">The last exponent, or a tensor that can be broadcast with <paramref name="start"/>.</param>
    /// <param name="num">How many.</param>
    /// <param name="endpoint">Whether <paramref name="stop"/> is the last one; else they end one step before it.</param>
    /// <param name="base">The base.</param>
    /// <param name="dtype">The type; a floating-point one, as the ends', if omitted.</param>
    /// <param name="axis">Where the new axis goes.</param>
    public static Tensor Logspace(Tensor start, Tensor stop, int num = 50, bool endpoint = true, double @base = 10, DType? dtype = null, int axis = 0) => OpDispatch.Call("Logspace", [start, stop], t =>
    {
        Tensor exponents = Spaced(t[0], t[1], num, endpoint, DType.Float64, axis).Samples;
        return PrimitiveOps.Convert(PrimitiveOps.Binary(ElementwiseFunction.Power, PrimitiveOps.ScalarLike(exponents, @base), exponents), dtype ?? SpaceType(t[0], t[1]));
    }, ("num", num), ("endpoint", endpoint), ("base", @base), ("dtype", dtype), ("axis", axis));

    /// <summary>Numbers between two ends of which each is the same multiple of the one before.</summary>
    /// <param name="start">The first number, or a tensor of first numbers; not zero.</param>
    /// <param name="stop">The last number, or a tensor that can be broadcast with <paramref name="start"/>; not zero, and of the same sign.</param>
    /// <param name="num">How many.</param>
    /// <param name="endpoint">Whether <paramref name="stop"/> is the last one; else they end one step before it.</param>
    /// <param name="dtype">The type; a floating-point one, as the ends', if omitted.</param>
    /// <param name="axis">Where the new axis goes.</param>
    /// <exception cref="ArgumentException">An end is data, and zero.</exception>
    public static Tensor Geomspace(Tensor start, Tensor stop, int num = 50, bool endpoint = true, DType? dtype = null, int axis = 0) => OpDispatch.Call("Geomspace", [start, stop], t =>
    {
        foreach (Tensor end in t)
        {
            if (end is ConcreteTensor && Any(Equal(end, 0)).Item<bool>()) throw new ArgumentException("Geomspace: no multiples lead to or from zero.");
        }

        (Tensor a, Tensor b) = (Promotion.As(t[0], DType.Float64), Promotion.As(t[1], DType.Float64));
        Tensor negative = LogicalAnd(Less(a, 0), Less(b, 0));
        Tensor logarithms = Spaced(LogOf(a), LogOf(b), num, endpoint, DType.Float64, axis).Samples;
        Tensor sizes = PrimitiveOps.Unary(ElementwiseFunction.Exp, logarithms);
        return PrimitiveOps.Convert(Where(ExpandDims(negative, axis), Negative(sizes), sizes), dtype ?? SpaceType(t[0], t[1]));

        Tensor LogOf(Tensor end) => PrimitiveOps.Unary(ElementwiseFunction.Log, Where(negative, Negative(end), end));
    }, ("num", num), ("endpoint", endpoint), ("dtype", dtype), ("axis", axis));

    private static DType SpaceType(Tensor start, Tensor stop) => Promotion.WithFloat(Promotion.UnifyAll([start, stop])[0]).DType;

    /// <summary>What linspace gives, computed in float64 as NumPy does.</summary>
    private static (Tensor Samples, Tensor Step) Spaced(Tensor start, Tensor stop, int num, bool endpoint, DType dtype, int axis)
    {
        if (num < 0) throw new ArgumentOutOfRangeException(nameof(num), $"The number of samples is {num}; it is not negative.");
        int rank = Math.Max(start.Rank, stop.Rank) + 1, at = axis < 0 ? axis + rank : axis;
        if (at < 0 || at >= rank) throw new ArgumentOutOfRangeException(nameof(axis), $"Axis {axis} is out of range for a result of {rank} axes.");
        Tensor a = AsEnd(start), b = AsEnd(stop);
        int steps = endpoint ? num - 1 : num;
        Tensor distance = PrimitiveOps.Binary(ElementwiseFunction.Subtract, b, a);
        Tensor step = PrimitiveOps.Divide(distance, PrimitiveOps.Scalar(DType.Float64, steps > 0 ? steps : double.NaN));
        Tensor numbers = Counting(num, at, rank, DType.Float64);
        Tensor samples = PrimitiveOps.Binary(ElementwiseFunction.Add, a, PrimitiveOps.Binary(ElementwiseFunction.Multiply, numbers, steps > 0 ? step : distance));
        if (endpoint && num > 1) samples = Where(Equal(numbers, num - 1), b, samples);
        return (PrimitiveOps.Convert(dtype.IsFloating ? samples : PrimitiveOps.Unary(ElementwiseFunction.Floor, samples), dtype), Squeeze(step, at));

        Tensor AsEnd(Tensor end) => ExpandDims(
            PrimitiveOps.Reshape(Promotion.As(end, DType.Float64), new Shape([.. Enumerable.Repeat(1, rank - 1 - end.Rank), .. end.Shape.Dims])), at);
    }
}
