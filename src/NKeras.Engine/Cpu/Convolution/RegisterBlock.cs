using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace NKeras.Engine.Cpu;

/// <summary>The innermost loop of convolutions: up to twelve rows of one or two vectors each, all sums in registers.</summary>
/// <remarks>
/// Every sum has its own local because only those stay in registers; those beyond the number of rows and vectors,
/// constants of each instantiation, vanish. Three rows share a pointer: with <c>x + s</c> and <c>x + 2s</c> as
/// addressing modes, twelve rows need four registers.
/// </remarks>
internal static unsafe class RegisterBlock
{
    /// <summary>The most rows of any block.</summary>
    public const int MaxRows = 12;

    /// <summary>How many rows fit the registers: two vectors in each of twelve rows need 32 of them.</summary>
    public static int RowsOf(int vectors, int width) =>
        vectors == 1 || width == Vector512<float>.Count || (AdvSimd.IsSupported && width == Vector128<float>.Count) ? MaxRows : 6;

    /// <summary>Runs a block of <paramref name="rows"/> rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOps, V>(int vectors, int rows, BlockArguments* a)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        if (vectors == 2) Run<TOps, V, Const2>(rows, a);
        else Run<TOps, V, Const1>(rows, a);
    }

    private static void Run<TOps, V, TVectors>(int rows, BlockArguments* a)
        where TOps : ISimdArithmetic<V>
        where V : struct
        where TVectors : struct, IConstant
    {
        switch (rows)
        {
            case 1: Block<TOps, V, Const1, TVectors>(a); break;
            case 2: Block<TOps, V, Const2, TVectors>(a); break;
            case 3: Block<TOps, V, Const3, TVectors>(a); break;
            case 4: Block<TOps, V, Const4, TVectors>(a); break;
            case 5: Block<TOps, V, Const5, TVectors>(a); break;
            case 6: Block<TOps, V, Const6, TVectors>(a); break;
            case 7: Block<TOps, V, Const7, TVectors>(a); break;
            case 8: Block<TOps, V, Const8, TVectors>(a); break;
            case 9: Block<TOps, V, Const9, TVectors>(a); break;
            case 10: Block<TOps, V, Const10, TVectors>(a); break;
            case 11: Block<TOps, V, Const11, TVectors>(a); break;
            case 12: Block<TOps, V, Const12, TVectors>(a); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<TOps, V, TRows, TVectors>(BlockArguments* a)
        where TOps : ISimdArithmetic<V>
        where V : struct
        where TRows : struct, IConstant
        where TVectors : struct, IConstant
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
        if (TVectors.Value > 1) s0b = TOps.Load(start + TOps.Width);
        if (TRows.Value > 1) { start += initStride; s1a = TOps.Load(start); if (TVectors.Value > 1) s1b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 2) { start += initStride; s2a = TOps.Load(start); if (TVectors.Value > 1) s2b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 3) { start += initStride; s3a = TOps.Load(start); if (TVectors.Value > 1) s3b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 4) { start += initStride; s4a = TOps.Load(start); if (TVectors.Value > 1) s4b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 5) { start += initStride; s5a = TOps.Load(start); if (TVectors.Value > 1) s5b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 6) { start += initStride; s6a = TOps.Load(start); if (TVectors.Value > 1) s6b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 7) { start += initStride; s7a = TOps.Load(start); if (TVectors.Value > 1) s7b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 8) { start += initStride; s8a = TOps.Load(start); if (TVectors.Value > 1) s8b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 9) { start += initStride; s9a = TOps.Load(start); if (TVectors.Value > 1) s9b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 10) { start += initStride; s10a = TOps.Load(start); if (TVectors.Value > 1) s10b = TOps.Load(start + TOps.Width); }
        if (TRows.Value > 11) { start += initStride; s11a = TOps.Load(start); if (TVectors.Value > 1) s11b = TOps.Load(start + TOps.Width); }

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
                    V wa = TOps.Load(w), wb = TVectors.Value > 1 ? TOps.Load(w + TOps.Width) : default, x = TOps.Splat(*x0);
                    s0a = TOps.MultiplyAdd(x, wa, s0a);
                    if (TVectors.Value > 1) s0b = TOps.MultiplyAdd(x, wb, s0b);
                    if (TRows.Value > 1) { x = TOps.Splat(*(x0 + stride)); s1a = TOps.MultiplyAdd(x, wa, s1a); if (TVectors.Value > 1) s1b = TOps.MultiplyAdd(x, wb, s1b); }
                    if (TRows.Value > 2) { x = TOps.Splat(*(x0 + (2 * stride))); s2a = TOps.MultiplyAdd(x, wa, s2a); if (TVectors.Value > 1) s2b = TOps.MultiplyAdd(x, wb, s2b); }
                    if (TRows.Value > 3) { x = TOps.Splat(*x3); s3a = TOps.MultiplyAdd(x, wa, s3a); if (TVectors.Value > 1) s3b = TOps.MultiplyAdd(x, wb, s3b); }
                    if (TRows.Value > 4) { x = TOps.Splat(*(x3 + stride)); s4a = TOps.MultiplyAdd(x, wa, s4a); if (TVectors.Value > 1) s4b = TOps.MultiplyAdd(x, wb, s4b); }
                    if (TRows.Value > 5) { x = TOps.Splat(*(x3 + (2 * stride))); s5a = TOps.MultiplyAdd(x, wa, s5a); if (TVectors.Value > 1) s5b = TOps.MultiplyAdd(x, wb, s5b); }
                    if (TRows.Value > 6) { x = TOps.Splat(*x6); s6a = TOps.MultiplyAdd(x, wa, s6a); if (TVectors.Value > 1) s6b = TOps.MultiplyAdd(x, wb, s6b); }
                    if (TRows.Value > 7) { x = TOps.Splat(*(x6 + stride)); s7a = TOps.MultiplyAdd(x, wa, s7a); if (TVectors.Value > 1) s7b = TOps.MultiplyAdd(x, wb, s7b); }
                    if (TRows.Value > 8) { x = TOps.Splat(*(x6 + (2 * stride))); s8a = TOps.MultiplyAdd(x, wa, s8a); if (TVectors.Value > 1) s8b = TOps.MultiplyAdd(x, wb, s8b); }
                    if (TRows.Value > 9) { x = TOps.Splat(*x9); s9a = TOps.MultiplyAdd(x, wa, s9a); if (TVectors.Value > 1) s9b = TOps.MultiplyAdd(x, wb, s9b); }
                    if (TRows.Value > 10) { x = TOps.Splat(*(x9 + stride)); s10a = TOps.MultiplyAdd(x, wa, s10a); if (TVectors.Value > 1) s10b = TOps.MultiplyAdd(x, wb, s10b); }
                    if (TRows.Value > 11) { x = TOps.Splat(*(x9 + (2 * stride))); s11a = TOps.MultiplyAdd(x, wa, s11a); if (TVectors.Value > 1) s11b = TOps.MultiplyAdd(x, wb, s11b); }
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
        if (TVectors.Value > 1) TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s0b));
        if (TRows.Value > 1) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s1a)); if (TVectors.Value > 1) TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s1b)); }
        if (TRows.Value > 2) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s2a)); if (TVectors.Value > 1) TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s2b)); }
        if (TRows.Value > 3) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s3a)); if (TVectors.Value > 1) TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s3b)); }
        if (TRows.Value > 4) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s4a)); if (TVectors.Value > 1) TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s4b)); }
        if (TRows.Value > 5) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s5a)); if (TVectors.Value > 1) TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s5b)); }
        if (TRows.Value > 6) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s6a)); if (TVectors.Value > 1) TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s6b)); }
        if (TRows.Value > 7) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s7a)); if (TVectors.Value > 1) TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s7b)); }
        if (TRows.Value > 8) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s8a)); if (TVectors.Value > 1) TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s8b)); }
        if (TRows.Value > 9) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s9a)); if (TVectors.Value > 1) TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s9b)); }
        if (TRows.Value > 10) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s10a)); if (TVectors.Value > 1) TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s10b)); }
        if (TRows.Value > 11) { y += yStride; TOps.Store(y, TOps.MaxNative(floor, s11a)); if (TVectors.Value > 1) TOps.Store(y + TOps.Width, TOps.MaxNative(floor, s11b)); }
    }
}
