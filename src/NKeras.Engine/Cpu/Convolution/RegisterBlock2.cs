using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>The innermost loop of convolutions: up to twelve rows of two vectors each, all sums in registers.</summary>
/// <remarks>
/// Every sum has its own local because only those stay in registers; those beyond the number of rows, a constant of
/// each instantiation, vanish. Three rows share a pointer: with <c>x + s</c> and <c>x + 2s</c> as addressing modes,
/// twelve rows need four registers.
/// </remarks>
internal static unsafe class RegisterBlock2
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
        V s0a = default, s0b = default;
        V s1a = default, s1b = default;
        V s2a = default, s2b = default;
        V s3a = default, s3b = default;
        V s4a = default, s4b = default;
        V s5a = default, s5b = default;
        V s6a = default, s6b = default;
        V s7a = default, s7b = default;
        V s8a = default, s8b = default;
        V s9a = default, s9b = default;
        V s10a = default, s10b = default;
        V s11a = default, s11b = default;
        float* start = a->Init;
        nint initStride = a->InitStride;
        s0a = TOps.Load(start);
        s0b = TOps.Load(start + TOps.Width);
        if (TRows.Value > 1) { start += initStride; s1a = TOps.Load(start); s1b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 2) { start += initStride; s2a = TOps.Load(start); s2b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 3) { start += initStride; s3a = TOps.Load(start); s3b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 4) { start += initStride; s4a = TOps.Load(start); s4b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 5) { start += initStride; s5a = TOps.Load(start); s5b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 6) { start += initStride; s6a = TOps.Load(start); s6b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 7) { start += initStride; s7a = TOps.Load(start); s7b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 8) { start += initStride; s8a = TOps.Load(start); s8b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 9) { start += initStride; s9a = TOps.Load(start); s9b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 10) { start += initStride; s10a = TOps.Load(start); s10b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 11) { start += initStride; s11a = TOps.Load(start); s11b = TOps.Load(start + TOps.Width); }

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
                    V wa = TOps.Load(w), wb = TOps.Load(w + TOps.Width), x = TOps.Splat(*x0);
                    s0a = TOps.MultiplyAdd(x, wa, s0a);
                    s0b = TOps.MultiplyAdd(x, wb, s0b);
                    if (TRows.Value > 1) { x = TOps.Splat(*(x0 + stride)); s1a = TOps.MultiplyAdd(x, wa, s1a); s1b = TOps.MultiplyAdd(x, wb, s1b); }
                    if (TRows.Value > 2) { x = TOps.Splat(*(x0 + (2 * stride))); s2a = TOps.MultiplyAdd(x, wa, s2a); s2b = TOps.MultiplyAdd(x, wb, s2b); }
                    if (TRows.Value > 3) { x = TOps.Splat(*x3); s3a = TOps.MultiplyAdd(x, wa, s3a); s3b = TOps.MultiplyAdd(x, wb, s3b); }
                    if (TRows.Value > 4) { x = TOps.Splat(*(x3 + stride)); s4a = TOps.MultiplyAdd(x, wa, s4a); s4b = TOps.MultiplyAdd(x, wb, s4b); }
                    if (TRows.Value > 5) { x = TOps.Splat(*(x3 + (2 * stride))); s5a = TOps.MultiplyAdd(x, wa, s5a); s5b = TOps.MultiplyAdd(x, wb, s5b); }
                    if (TRows.Value > 6) { x = TOps.Splat(*x6); s6a = TOps.MultiplyAdd(x, wa, s6a); s6b = TOps.MultiplyAdd(x, wb, s6b); }
                    if (TRows.Value > 7) { x = TOps.Splat(*(x6 + stride)); s7a = TOps.MultiplyAdd(x, wa, s7a); s7b = TOps.MultiplyAdd(x, wb, s7b); }
                    if (TRows.Value > 8) { x = TOps.Splat(*(x6 + (2 * stride))); s8a = TOps.MultiplyAdd(x, wa, s8a); s8b = TOps.MultiplyAdd(x, wb, s8b); }
                    if (TRows.Value > 9) { x = TOps.Splat(*x9); s9a = TOps.MultiplyAdd(x, wa, s9a); s9b = TOps.MultiplyAdd(x, wb, s9b); }
                    if (TRows.Value > 10) { x = TOps.Splat(*(x9 + stride)); s10a = TOps.MultiplyAdd(x, wa, s10a); s10b = TOps.MultiplyAdd(x, wb, s10b); }
                    if (TRows.Value > 11) { x = TOps.Splat(*(x9 + (2 * stride))); s11a = TOps.MultiplyAdd(x, wa, s11a); s11b = TOps.MultiplyAdd(x, wb, s11b); }
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
        TOps.Store(y, TOps.MaxNative(floor, s0a));
        TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s0b));
        if (TRows.Value > 1) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s1a)); TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s1b)); }
        if (TRows.Value > 2) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s2a)); TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s2b)); }
        if (TRows.Value > 3) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s3a)); TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s3b)); }
        if (TRows.Value > 4) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s4a)); TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s4b)); }
        if (TRows.Value > 5) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s5a)); TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s5b)); }
        if (TRows.Value > 6) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s6a)); TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s6b)); }
        if (TRows.Value > 7) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s7a)); TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s7b)); }
        if (TRows.Value > 8) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s8a)); TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s8b)); }
        if (TRows.Value > 9) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s9a)); TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s9b)); }
        if (TRows.Value > 10) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s10a)); TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s10b)); }
        if (TRows.Value > 11) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s11a)); TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s11b)); }
    }
}
