using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>The innermost loop of convolutions: up to twelve rows of one vector each, all sums in registers.</summary>
/// <remarks>
/// Every sum has its own local because only those stay in registers; those beyond the number of rows, a constant of
/// each instantiation, vanish. Three rows share a pointer: with <c>x + s</c> and <c>x + 2s</c> as addressing modes,
/// twelve rows need four registers.
/// </remarks>
internal static unsafe class RegisterBlock1
{
    /// <summary>Runs a block of <paramref name="rows"/> rows.</summary>
    public static void Run<TOps, V>(int rows, BlockArguments* a)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        switch (rows)
        {
            case 1: Block<TOps, V, Const1>(a); break;
            case 2: Block<TOps, V, Const2>(a); break;
            case 3: Block<TOps, V, Const3>(a); break;
            case 4: Block<TOps, V, Const4>(a); break;
            case 5: Block<TOps, V, Const5>(a); break;
            case 6: Block<TOps, V, Const6>(a); break;
            case 7: Block<TOps, V, Const7>(a); break;
            case 8: Block<TOps, V, Const8>(a); break;
            case 9: Block<TOps, V, Const9>(a); break;
            case 10: Block<TOps, V, Const10>(a); break;
            case 11: Block<TOps, V, Const11>(a); break;
            case 12: Block<TOps, V, Const12>(a); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<TOps, V, TRows>(BlockArguments* a)
        where TOps : ISimdArithmetic<V>
        where V : struct
        where TRows : struct, IConstant
    {
        V s0 = default;
        V s1 = default;
        V s2 = default;
        V s3 = default;
        V s4 = default;
        V s5 = default;
        V s6 = default;
        V s7 = default;
        V s8 = default;
        V s9 = default;
        V s10 = default;
        V s11 = default;
        float* start = a->Init;
        nint initStride = a->InitStride;
        s0 = TOps.Load(start);
        if (TRows.Value > 1) { start += initStride; s1 = TOps.Load(start); }
        if (TRows.Value > 2) { start += initStride; s2 = TOps.Load(start); }
        if (TRows.Value > 3) { start += initStride; s3 = TOps.Load(start); }
        if (TRows.Value > 4) { start += initStride; s4 = TOps.Load(start); }
        if (TRows.Value > 5) { start += initStride; s5 = TOps.Load(start); }
        if (TRows.Value > 6) { start += initStride; s6 = TOps.Load(start); }
        if (TRows.Value > 7) { start += initStride; s7 = TOps.Load(start); }
        if (TRows.Value > 8) { start += initStride; s8 = TOps.Load(start); }
        if (TRows.Value > 9) { start += initStride; s9 = TOps.Load(start); }
        if (TRows.Value > 10) { start += initStride; s10 = TOps.Load(start); }
        if (TRows.Value > 11) { start += initStride; s11 = TOps.Load(start); }

        nint stride = a->XRowStride, xStep = a->XInnerStep, wStep = a->WInnerStep;
        float* xOuter = a->X;
        float* wOuter = a->W;
        for (int outer = a->OuterCount; outer > 0; outer--)
        {
            float* xMiddle = xOuter;
            float* wMiddle = wOuter;
            for (int middle = a->MiddleCount; middle > 0; middle--)
            {
                float* w = wMiddle;
                float* x0 = xMiddle;
                float* x3 = x0 + (3 * stride);
                float* x6 = x3 + (3 * stride);
                float* x9 = x6 + (3 * stride);
                for (int inner = a->InnerCount; inner > 0; inner--)
                {
                    V wa = TOps.Load(w), x = TOps.Splat(*x0);
                    s0 = TOps.MultiplyAdd(x, wa, s0);
                    if (TRows.Value > 1) { x = TOps.Splat(*(x0 + stride)); s1 = TOps.MultiplyAdd(x, wa, s1); }
                    if (TRows.Value > 2) { x = TOps.Splat(*(x0 + (2 * stride))); s2 = TOps.MultiplyAdd(x, wa, s2); }
                    if (TRows.Value > 3) { x = TOps.Splat(*x3); s3 = TOps.MultiplyAdd(x, wa, s3); }
                    if (TRows.Value > 4) { x = TOps.Splat(*(x3 + stride)); s4 = TOps.MultiplyAdd(x, wa, s4); }
                    if (TRows.Value > 5) { x = TOps.Splat(*(x3 + (2 * stride))); s5 = TOps.MultiplyAdd(x, wa, s5); }
                    if (TRows.Value > 6) { x = TOps.Splat(*x6); s6 = TOps.MultiplyAdd(x, wa, s6); }
                    if (TRows.Value > 7) { x = TOps.Splat(*(x6 + stride)); s7 = TOps.MultiplyAdd(x, wa, s7); }
                    if (TRows.Value > 8) { x = TOps.Splat(*(x6 + (2 * stride))); s8 = TOps.MultiplyAdd(x, wa, s8); }
                    if (TRows.Value > 9) { x = TOps.Splat(*x9); s9 = TOps.MultiplyAdd(x, wa, s9); }
                    if (TRows.Value > 10) { x = TOps.Splat(*(x9 + stride)); s10 = TOps.MultiplyAdd(x, wa, s10); }
                    if (TRows.Value > 11) { x = TOps.Splat(*(x9 + (2 * stride))); s11 = TOps.MultiplyAdd(x, wa, s11); }
                    w += wStep;
                    x0 += xStep;
                    if (TRows.Value > 3) x3 += xStep;
                    if (TRows.Value > 6) x6 += xStep;
                    if (TRows.Value > 9) x9 += xStep;
                }

                xMiddle += a->XMiddleStep;
                wMiddle += a->WMiddleStep;
            }

            xOuter += a->XOuterStep;
            wOuter += a->WOuterStep;
        }

        V floor = TOps.Splat(a->Floor);
        float* y = a->Y;
        nint yStride = a->YStride;
        TOps.Store(y, TOps.MaxNative(floor, s0));
        if (TRows.Value > 1) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s1)); }
        if (TRows.Value > 2) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s2)); }
        if (TRows.Value > 3) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s3)); }
        if (TRows.Value > 4) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s4)); }
        if (TRows.Value > 5) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s5)); }
        if (TRows.Value > 6) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s6)); }
        if (TRows.Value > 7) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s7)); }
        if (TRows.Value > 8) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s8)); }
        if (TRows.Value > 9) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s9)); }
        if (TRows.Value > 10) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s10)); }
        if (TRows.Value > 11) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s11)); }
    }
}
