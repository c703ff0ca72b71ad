using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>The innermost loop: one block of C, held in registers, gains a product of a few rows of A and columns of B.</summary>
/// <remarks>
/// <para>
/// Written once for the largest block. The JIT compiles it for each vector type and each number of rows and vectors
/// that is used, and drops the rest, so edges of C run as fast as registers allow instead of being padded.
/// </para>
/// <para>
/// Every variant adds up the products of an element in the same order, k by k, starting from zero: how C is cut into
/// blocks never shows in the result.
/// </para>
/// </remarks>
internal static unsafe class GemmKernel
{
    /// <summary>Computes one block.</summary>
    /// <typeparam name="TOps">The operations of a vector width.</typeparam>
    /// <typeparam name="V">The vector type.</typeparam>
    /// <typeparam name="TRows">Rows of the block.</typeparam>
    /// <typeparam name="TVectors">Vectors in each row.</typeparam>
    /// <typeparam name="TRowsApart">1 when neighbours in A are ks, 0 when they are rows.</typeparam>
    /// <typeparam name="TTail">1 when only some lanes of the last vector are in use: the others are neither read nor written.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TOps, V, TRows, TVectors, TRowsApart, TTail>(GemmKernelArguments* arguments)
        where TOps : ISimdOps<V>
        where V : struct
        where TRows : struct, IConstant
        where TVectors : struct, IConstant
        where TRowsApart : struct, IConstant
        where TTail : struct, IConstant
    {
        V c00 = default, c01 = default, c02 = default;
        V c10 = default, c11 = default, c12 = default;
        V c20 = default, c21 = default, c22 = default;
        V c30 = default, c31 = default, c32 = default;
        V c40 = default, c41 = default, c42 = default;
        V c50 = default, c51 = default, c52 = default;
        V c60 = default, c61 = default, c62 = default;
        V c70 = default, c71 = default, c72 = default;
        V mask = TTail.Value != 0 ? TOps.Mask(arguments->Tail) : default;
        int width = TOps.Width;
        nint strideA = arguments->StrideA;
        nint strideB = arguments->StrideB;
        float* b = arguments->B;
        float* a = arguments->A;
        nint stepA = TRowsApart.Value != 0 ? 1 : strideA;
        for (nint k = arguments->K; k > 0; k--)
        {
            V b0 = TTail.Value != 0 && TVectors.Value == 1 ? TOps.Load(b, mask) : TOps.Load(b);
            V b1 = default, b2 = default;
            if (TVectors.Value > 1) b1 = TTail.Value != 0 && TVectors.Value == 2 ? TOps.Load(b + width, mask) : TOps.Load(b + width);
            if (TVectors.Value > 2) b2 = TTail.Value != 0 ? TOps.Load(b + 2 * width, mask) : TOps.Load(b + 2 * width);
            b += strideB;

            {
                V x = TOps.Splat(*a);
                c00 = TOps.MultiplyAdd(x, b0, c00);
                if (TVectors.Value > 1) c01 = TOps.MultiplyAdd(x, b1, c01);
                if (TVectors.Value > 2) c02 = TOps.MultiplyAdd(x, b2, c02);
            }

            if (TRows.Value > 1)
            {
                V x = TOps.Splat(TRowsApart.Value != 0 ? a[strideA] : a[1]);
                c10 = TOps.MultiplyAdd(x, b0, c10);
                if (TVectors.Value > 1) c11 = TOps.MultiplyAdd(x, b1, c11);
                if (TVectors.Value > 2) c12 = TOps.MultiplyAdd(x, b2, c12);
            }

            if (TRows.Value > 2)
            {
                V x = TOps.Splat(TRowsApart.Value != 0 ? a[2 * strideA] : a[2]);
                c20 = TOps.MultiplyAdd(x, b0, c20);
                if (TVectors.Value > 1) c21 = TOps.MultiplyAdd(x, b1, c21);
                if (TVectors.Value > 2) c22 = TOps.MultiplyAdd(x, b2, c22);
            }

            if (TRows.Value > 3)
            {
                V x = TOps.Splat(TRowsApart.Value != 0 ? a[3 * strideA] : a[3]);
                c30 = TOps.MultiplyAdd(x, b0, c30);
                if (TVectors.Value > 1) c31 = TOps.MultiplyAdd(x, b1, c31);
                if (TVectors.Value > 2) c32 = TOps.MultiplyAdd(x, b2, c32);
            }

            if (TRows.Value > 4)
            {
                V x = TOps.Splat(TRowsApart.Value != 0 ? a[4 * strideA] : a[4]);
                c40 = TOps.MultiplyAdd(x, b0, c40);
                if (TVectors.Value > 1) c41 = TOps.MultiplyAdd(x, b1, c41);
                if (TVectors.Value > 2) c42 = TOps.MultiplyAdd(x, b2, c42);
            }

            if (TRows.Value > 5)
            {
                V x = TOps.Splat(TRowsApart.Value != 0 ? a[5 * strideA] : a[5]);
                c50 = TOps.MultiplyAdd(x, b0, c50);
                if (TVectors.Value > 1) c51 = TOps.MultiplyAdd(x, b1, c51);
                if (TVectors.Value > 2) c52 = TOps.MultiplyAdd(x, b2, c52);
            }

            if (TRows.Value > 6)
            {
                V x = TOps.Splat(TRowsApart.Value != 0 ? a[6 * strideA] : a[6]);
                c60 = TOps.MultiplyAdd(x, b0, c60);
                if (TVectors.Value > 1) c61 = TOps.MultiplyAdd(x, b1, c61);
                if (TVectors.Value > 2) c62 = TOps.MultiplyAdd(x, b2, c62);
            }

            if (TRows.Value > 7)
            {
                V x = TOps.Splat(TRowsApart.Value != 0 ? a[7 * strideA] : a[7]);
                c70 = TOps.MultiplyAdd(x, b0, c70);
                if (TVectors.Value > 1) c71 = TOps.MultiplyAdd(x, b1, c71);
                if (TVectors.Value > 2) c72 = TOps.MultiplyAdd(x, b2, c72);
            }

            a += stepA;
        }

        float* c = arguments->C;
        nint strideC = arguments->StrideC;
        Finish<TOps, V, TVectors, TTail>(arguments, c, c00, c01, c02, mask);
        if (TRows.Value > 1) Finish<TOps, V, TVectors, TTail>(arguments, c + strideC, c10, c11, c12, mask);
        if (TRows.Value > 2) Finish<TOps, V, TVectors, TTail>(arguments, c + 2 * strideC, c20, c21, c22, mask);
        if (TRows.Value > 3) Finish<TOps, V, TVectors, TTail>(arguments, c + 3 * strideC, c30, c31, c32, mask);
        if (TRows.Value > 4) Finish<TOps, V, TVectors, TTail>(arguments, c + 4 * strideC, c40, c41, c42, mask);
        if (TRows.Value > 5) Finish<TOps, V, TVectors, TTail>(arguments, c + 5 * strideC, c50, c51, c52, mask);
        if (TRows.Value > 6) Finish<TOps, V, TVectors, TTail>(arguments, c + 6 * strideC, c60, c61, c62, mask);
        if (TRows.Value > 7) Finish<TOps, V, TVectors, TTail>(arguments, c + 7 * strideC, c70, c71, c72, mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TOps, V, TVectors, TTail>(
        GemmKernelArguments* arguments, float* c, V c0, V c1, V c2, V mask)
        where TOps : ISimdOps<V>
        where V : struct
        where TVectors : struct, IConstant
        where TTail : struct, IConstant
    {
        int width = TOps.Width;
        if (arguments->Accumulate) AddRow<TOps, V, TVectors, TTail>(c, ref c0, ref c1, ref c2, mask);
        if (arguments->Bias != null) AddRow<TOps, V, TVectors, TTail>(arguments->Bias, ref c0, ref c1, ref c2, mask);
        if (arguments->Relu)
        {
            V zero = TOps.Splat(0); // NaN passes through the second operand.
            c0 = TOps.MaxNative(zero, c0);
            if (TVectors.Value > 1) c1 = TOps.MaxNative(zero, c1);
            if (TVectors.Value > 2) c2 = TOps.MaxNative(zero, c2);
        }

        if (TTail.Value != 0 && TVectors.Value == 1) TOps.Store(c, c0, mask);
        else TOps.Store(c, c0);
        if (TTail.Value != 0 && TVectors.Value == 2) TOps.Store(c + width, c1, mask);
        else if (TVectors.Value > 1) TOps.Store(c + width, c1);
        if (TTail.Value != 0 && TVectors.Value == 3) TOps.Store(c + 2 * width, c2, mask);
        else if (TVectors.Value > 2) TOps.Store(c + 2 * width, c2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<TOps, V, TVectors, TTail>(float* row, ref V c0, ref V c1, ref V c2, V mask)
        where TOps : ISimdOps<V>
        where V : struct
        where TVectors : struct, IConstant
        where TTail : struct, IConstant
    {
        int width = TOps.Width;
        c0 = TOps.Add(c0, TTail.Value != 0 && TVectors.Value == 1 ? TOps.Load(row, mask) : TOps.Load(row));
        if (TVectors.Value > 1) c1 = TOps.Add(c1, TTail.Value != 0 && TVectors.Value == 2 ? TOps.Load(row + width, mask) : TOps.Load(row + width));
        if (TVectors.Value > 2) c2 = TOps.Add(c2, TTail.Value != 0 ? TOps.Load(row + 2 * width, mask) : TOps.Load(row + 2 * width));
    }
}
