using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NKeras.Engine.Cpu;

/// <summary>
/// Copies pieces of A and B into panels in which the kernel reads one element after the other: for each k, the
/// panel's rows of A or columns of B.
/// </summary>
internal static unsafe class GemmPacking
{
    private const int Block = 4;
    private const int CacheLine = 16;

    /// <summary>Packs lines that are stored k after k (rows of A, or columns of transposed B): the panel is their transpose.</summary>
    /// <param name="source">The first k of the first line.</param>
    /// <param name="stride">Elements from one line to the next.</param>
    /// <param name="lines">The number of lines.</param>
    /// <param name="k">The number of ks.</param>
    /// <param name="panel">Where they go.</param>
    /// <param name="width">Elements of the panel for each k; a multiple of 4, or just the lines; those beyond them become zero.</param>
    public static void Interleave(float* source, nint stride, int lines, int k, float* panel, int width)
    {
        if (lines < width) ClearUnused(lines, k, panel, width);
        if (lines < Block || k < Block)
        {
            for (int line = 0; line < lines; line++)
                for (int i = 0; i < k; i++)
                    panel[i * (nint)width + line] = source[line * stride + i];
        }
        else
        {
            // A cache line of each source line at a time: lines a power of two apart push each other out of the cache.
            for (int i = 0; i < k; i += CacheLine)
                InterleaveBand(source + i, stride, lines, Math.Min(CacheLine, k - i), panel + i * (nint)width, width);
        }
    }

    /// <summary>Transposes at most 16 ks of all lines.</summary>
    /// <remarks>The last block in either direction moves back to end at the edge, and writes a few elements twice.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InterleaveBand(float* source, nint stride, int lines, int k, float* panel, nint width)
    {
        // A band of fewer ks than a block is the last of several: there are earlier ks to move back to.
        nint first = k < Block ? k - Block : 0;
        nint last = k - Block;
        int line = 0;
        if (Avx.IsSupported)
        {
            for (; line <= lines - 2 * Block; line += 2 * Block)
            {
                float* from = source + line * stride;
                float* to = panel + line;
                for (nint i = first; ; i = Math.Min(i + Block, last))
                {
                    Transpose8(from + i, stride, to + i * width, width);
                    if (i == last) break;
                }
            }
        }

        for (; line < lines; line += Block)
        {
            int start = Math.Min(line, lines - Block);
            float* from = source + start * stride;
            float* to = panel + start;
            for (nint i = first; ; i = Math.Min(i + Block, last))
            {
                Transpose4(from + i, stride, to + i * width, width);
                if (i == last) break;
            }
        }
    }

    /// <summary>Packs lines that are stored side by side for each k (columns of B, or rows of transposed A).</summary>
    /// <param name="source">The first line at the first k.</param>
    /// <param name="stride">Elements from one k to the next.</param>
    /// <param name="lines">The number of lines.</param>
    /// <param name="k">The number of ks.</param>
    /// <param name="panel">Where they go.</param>
    /// <param name="width">Elements of the panel for each k; a multiple of 4, or just the lines; those beyond them become zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* source, nint stride, int lines, int k, float* panel, int width)
    {
        if (lines < width) ClearUnused(lines, k, panel, width);
        float* target = panel;
        for (int i = 0; i < k; i++, source += stride, target += width)
        {
            int line = 0;
            if (Vector512.IsHardwareAccelerated)
            {
                for (; line <= lines - Vector512<float>.Count; line += Vector512<float>.Count)
                    Vector512.Load(source + line).Store(target + line);
            }

            for (; line <= lines - Vector256<float>.Count; line += Vector256<float>.Count)
                Vector256.Load(source + line).Store(target + line);
            for (; line < lines; line++) target[line] = source[line];
        }
    }

    /// <summary>Writes zeros from the last multiple of 4 lines on; lines packed later overwrite what is theirs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ClearUnused(int lines, int k, float* panel, int width)
    {
        float* end = panel + k * (nint)width;
        for (float* row = panel; row < end; row += width)
            for (int column = lines & -Block; column < width; column += Block)
                Vector128<float>.Zero.Store(row + column);
    }

    /// <summary>Transposes 4 lines of 4 ks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(float* source, nint stride, float* target, nint width)
    {
        Vector128<float> a = Vector128.Load(source);
        Vector128<float> b = Vector128.Load(source + stride);
        Vector128<float> c = Vector128.Load(source + 2 * stride);
        Vector128<float> d = Vector128.Load(source + 3 * stride);
        Vector128<double> ab0 = UnpackLow(a, b).AsDouble(), ab2 = UnpackHigh(a, b).AsDouble();
        Vector128<double> cd0 = UnpackLow(c, d).AsDouble(), cd2 = UnpackHigh(c, d).AsDouble();
        UnpackLow(ab0, cd0).AsSingle().Store(target);
        UnpackHigh(ab0, cd0).AsSingle().Store(target + width);
        UnpackLow(ab2, cd2).AsSingle().Store(target + 2 * width);
        UnpackHigh(ab2, cd2).AsSingle().Store(target + 3 * width);
    }

    /// <summary>Transposes 8 lines of 4 ks: two blocks of 4 × 4 in the halves of the registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8(float* source, nint stride, float* target, nint width)
    {
        float* upper = source + 4 * stride;
        Vector256<float> a = Vector256.Create(Vector128.Load(source), Vector128.Load(upper));
        Vector256<float> b = Vector256.Create(Vector128.Load(source + stride), Vector128.Load(upper + stride));
        Vector256<float> c = Vector256.Create(Vector128.Load(source + 2 * stride), Vector128.Load(upper + 2 * stride));
        Vector256<float> d = Vector256.Create(Vector128.Load(source + 3 * stride), Vector128.Load(upper + 3 * stride));
        Vector256<double> ab0 = Avx.UnpackLow(a, b).AsDouble(), ab2 = Avx.UnpackHigh(a, b).AsDouble();
        Vector256<double> cd0 = Avx.UnpackLow(c, d).AsDouble(), cd2 = Avx.UnpackHigh(c, d).AsDouble();
        Avx.UnpackLow(ab0, cd0).AsSingle().Store(target);
        Avx.UnpackHigh(ab0, cd0).AsSingle().Store(target + width);
        Avx.UnpackLow(ab2, cd2).AsSingle().Store(target + 2 * width);
        Avx.UnpackHigh(ab2, cd2).AsSingle().Store(target + 3 * width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> UnpackLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> UnpackHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> UnpackLow(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> UnpackHigh(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[1], b[1]);
}
