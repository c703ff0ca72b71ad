using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>The inner loops of reductions, for one reducer and one vector width.</summary>
/// <remarks>
/// Running totals are floats, or the masks of booleans as floats. The loops are optimised from their first call on:
/// unoptimised, every vector operation would be a call.
/// </remarks>
internal static unsafe class VectorReduction<TReducer, TOps, V>
    where TReducer : IReducer
    where TOps : ISimdOps<V>
    where V : struct
{
    private const int StepsPerTotal = 16;
    private const int ShortRun = 32;

    /// <summary>The total of elements that lie one after the other.</summary>
    public static float Run(ElementwiseType type, void* source, nint count) => type == ElementwiseType.Bool
        ? Run<BoolSource>((byte*)source, count)
        : Run<FloatSource>((byte*)source, count);

    /// <summary>The total of each of several rows that lie one after the other.</summary>
    public static void RunRows(ElementwiseType type, void* source, nint rows, nint length, float* totals)
    {
        if (type == ElementwiseType.Bool) RunRows<BoolSource>((byte*)source, rows, length, totals);
        else RunRows<FloatSource>((byte*)source, rows, length, totals);
    }

    /// <summary>Combines rows into a row of totals, column by column.</summary>
    /// <param name="type">The type of the elements.</param>
    /// <param name="source">The first row.</param>
    /// <param name="stride">The elements from one row to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="width">The number of columns, at least those of a vector.</param>
    /// <param name="totals">
    /// The totals. Where the width is no whole number of vectors, one more vector follows the whole ones: the totals of
    /// the last columns, some of which are there twice then.
    /// </param>
    public static void Accumulate(ElementwiseType type, void* source, nint stride, nint rows, nint width, float* totals)
    {
        if (type == ElementwiseType.Bool) Accumulate<BoolSource>((byte*)source, stride, rows, width, totals);
        else Accumulate<FloatSource>((byte*)source, stride, rows, width, totals);
    }

    /// <summary>Loads elements as totals and fills the last vector up with what changes nothing.</summary>
    public static void Load(ElementwiseType type, void* source, nint count, float* target)
    {
        if (type == ElementwiseType.Bool) Load<BoolSource>((byte*)source, count, target);
        else Load<FloatSource>((byte*)source, count, target);
    }

    /// <summary>Combines other totals into totals; both have room for whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(float* totals, float* others, nint count)
    {
        for (nint i = 0; i < count; i += TOps.Width)
            TOps.Store(totals + i, TReducer.Combine<TOps, V>(TOps.Load(totals + i), TOps.Load(others + i)));
    }

    private static void Load<TSource>(byte* source, nint count, float* target)
        where TSource : IReductionSource
    {
        nint end = (count + TOps.Width - 1) & -TOps.Width;
        for (nint i = 0; i < count; i++) target[i] = TSource.LoadOne(source + (i * TSource.Size));
        for (nint i = count; i < end; i++) target[i] = Identity;
    }

    private static float Identity => BitConverter.Int32BitsToSingle(TReducer.IdentityBits);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunRows<TSource>(byte* source, nint rows, nint length, float* totals)
        where TSource : IReductionSource
    {
        nint step = length * TSource.Size;
        if (length == 2)
        {
            // A pair is done before a vector is made of it.
            for (; rows > 0; rows--, source += step)
            {
                Vector128<float> first = Vector128.CreateScalarUnsafe(TSource.LoadOne(source)), second = Vector128.CreateScalarUnsafe(TSource.LoadOne(source + TSource.Size));
                *totals++ = Pair(first, second).ToScalar();
            }

            return;
        }

        for (; rows > 0; rows--, source += step) *totals++ = length < ShortRun ? RunShort<TSource>(source, length) : Run<TSource>(source, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run<TSource>(byte* source, nint count)
        where TSource : IReductionSource
    {
        if (count < ShortRun) return RunShort<TSource>(source, count);
        V identity = TOps.SplatBits(TReducer.IdentityBits), total = identity;
        V first = identity, second = identity, third = identity, fourth = identity;
        nint i = 0, vector = TOps.Width * TSource.Size;
        int steps = 0;
        for (; i <= count - (4 * TOps.Width); i += 4 * TOps.Width)
        {
            byte* p = source + (i * TSource.Size);
            first = TReducer.Combine<TOps, V>(first, TSource.Load<TOps, V>(p));
            second = TReducer.Combine<TOps, V>(second, TSource.Load<TOps, V>(p + vector));
            third = TReducer.Combine<TOps, V>(third, TSource.Load<TOps, V>(p + (2 * vector)));
            fourth = TReducer.Combine<TOps, V>(fourth, TSource.Load<TOps, V>(p + (3 * vector)));
            if (++steps != StepsPerTotal) continue;

            // Fewer additions of small numbers to a large one: less is lost to rounding.
            steps = 0;
            total = TReducer.Combine<TOps, V>(total, Four(first, second, third, fourth));
            first = second = third = fourth = identity;
        }

        for (; i <= count - TOps.Width; i += TOps.Width)
            first = TReducer.Combine<TOps, V>(first, TSource.Load<TOps, V>(source + (i * TSource.Size)));
        float result = Across(TReducer.Combine<TOps, V>(total, Four(first, second, third, fourth)));
        if (i == count) return result;
        float rest = RunShort<TSource>(source + (i * TSource.Size), count - i);
        return Pair(Vector128.CreateScalarUnsafe(result), Vector128.CreateScalarUnsafe(rest)).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Four(V a, V b, V c, V d) =>
        TReducer.Combine<TOps, V>(TReducer.Combine<TOps, V>(a, b), TReducer.Combine<TOps, V>(c, d));

    /// <summary>Short rows are many: filling a wide vector up would take longer than the row itself.</summary>
    private static float RunShort<TSource>(byte* source, nint count)
        where TSource : IReductionSource
    {
        Vector128<float> total = Simd128.SplatBits(TReducer.IdentityBits);
        for (; count >= Vector128<float>.Count; count -= Vector128<float>.Count)
        {
            total = Pair(total, TSource.Load<Simd128, Vector128<float>>(source));
            source += Vector128<float>.Count * TSource.Size;
        }

        if (count == 0) return Across(total);
        float second = count > 1 ? TSource.LoadOne(source + TSource.Size) : Identity;
        float third = count > 2 ? TSource.LoadOne(source + (2 * TSource.Size)) : Identity;
        return Across(Pair(total, Vector128.Create(TSource.LoadOne(source), second, third, Identity)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate<TSource>(byte* source, nint stride, nint rows, nint width, float* totals)
        where TSource : IReductionSource
    {
        const int Together = 8;
        nint whole = width - (width % TOps.Width), step = stride * TSource.Size;
        for (; rows >= Together; rows -= Together, source += Together * step)
        {
            for (nint column = 0; column < whole; column += TOps.Width)
                Eight<TSource>(source + (column * TSource.Size), step, totals + column);
            if (whole < width) Eight<TSource>(source + ((width - TOps.Width) * TSource.Size), step, totals + whole);
        }

        for (; rows > 0; rows--, source += step)
        {
            for (nint column = 0; column < whole; column += TOps.Width)
                One<TSource>(source + (column * TSource.Size), totals + column);
            if (whole < width) One<TSource>(source + ((width - TOps.Width) * TSource.Size), totals + whole);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight<TSource>(byte* source, nint step, float* total)
        where TSource : IReductionSource
    {
        V a = TReducer.Combine<TOps, V>(TSource.Load<TOps, V>(source), TSource.Load<TOps, V>(source + step));
        V b = TReducer.Combine<TOps, V>(TSource.Load<TOps, V>(source + (2 * step)), TSource.Load<TOps, V>(source + (3 * step)));
        source += 4 * step;
        V c = TReducer.Combine<TOps, V>(TSource.Load<TOps, V>(source), TSource.Load<TOps, V>(source + step));
        V d = TReducer.Combine<TOps, V>(TSource.Load<TOps, V>(source + (2 * step)), TSource.Load<TOps, V>(source + (3 * step)));
        V sum = TReducer.Combine<TOps, V>(TReducer.Combine<TOps, V>(a, b), TReducer.Combine<TOps, V>(c, d));
        TOps.Store(total, TReducer.Combine<TOps, V>(TOps.Load(total), sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void One<TSource>(byte* source, float* total)
        where TSource : IReductionSource =>
        TOps.Store(total, TReducer.Combine<TOps, V>(TOps.Load(total), TSource.Load<TOps, V>(source)));

    /// <summary>The total of the lanes, halves first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Across(V vector)
    {
        Vector128<float> first = TOps.Part(vector, 0);
        if (TOps.Width == 4) return Across(first);
        Vector128<float> second = TOps.Part(vector, 1);
        if (TOps.Width == 8) return Across(Pair(first, second));
        return Across(Pair(Pair(first, TOps.Part(vector, 2)), Pair(second, TOps.Part(vector, 3))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Across(Vector128<float> four)
    {
        Vector128<float> two = Pair(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Pair(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Pair(Vector128<float> a, Vector128<float> b) =>
        TReducer.Combine<Simd128, Vector128<float>>(a, b);
}
