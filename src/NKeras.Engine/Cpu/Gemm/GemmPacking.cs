using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>
/// Copies pieces of A and B into panels in which the kernel reads one element after the other: for each k, the
/// panel's rows of A or columns of B.
/// </summary>
internal static unsafe class GemmPacking
{
    private const int Block = 4;

    /// <summary>Packs lines that are stored k after k (rows of A, or columns of transposed B): the panel is their transpose.</summary>
    /// <param name="source">The first k of the first line.</param>
    /// <param name="stride">Elements from one line to the next.</param>
    /// <param name="lines">The number of lines.</param>
    /// <param name="k">The number of ks.</param>
    /// <param name="panel">Where they go.</param>
    /// <param name="width">Elements of the panel for each k; those beyond <paramref name="lines"/> become zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interleave(float* source, nint stride, int lines, int k, float* panel, int width)
    {
        if (lines < Block || k < Block)
        {
            for (int line = 0; line < lines; line++)
                for (int i = 0; i < k; i++)
                    panel[i * (nint)width + line] = source[line * stride + i];
        }
        else
        {
            // The last block of either direction moves back to end at the edge, and writes a few elements twice.
            for (int i = 0; ; i = Math.Min(i + Block, k - Block))
            {
                for (int line = 0; ; line = Math.Min(line + Block, lines - Block))
                {
                    Transpose4(source + line * stride + i, stride, panel + i * (nint)width + line, width);
                    if (line == lines - Block) break;
                }

                if (i == k - Block) break;
            }
        }

        if (lines < width) ClearColumns(panel, lines, k, width);
    }

    /// <summary>Packs lines that are stored side by side for each k (columns of B, or rows of transposed A).</summary>
    /// <param name="source">The first line at the first k.</param>
    /// <param name="stride">Elements from one k to the next.</param>
    /// <param name="lines">The number of lines.</param>
    /// <param name="k">The number of ks.</param>
    /// <param name="panel">Where they go.</param>
    /// <param name="width">Elements of the panel for each k; those beyond <paramref name="lines"/> become zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* source, nint stride, int lines, int k, float* panel, int width)
    {
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

        if (lines < width) ClearColumns(panel, lines, k, width);
    }

    private static void ClearColumns(float* panel, int from, int k, int width)
    {
        for (int i = 0; i < k; i++, panel += width)
            for (int column = from; column < width; column++) panel[column] = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(float* source, nint stride, float* target, int width)
    {
        Vector128<float> a = Vector128.Load(source);
        Vector128<float> b = Vector128.Load(source + stride);
        Vector128<float> c = Vector128.Load(source + 2 * stride);
        Vector128<float> d = Vector128.Load(source + 3 * stride);
        Vector128<float> ab0 = UnpackLow(a, b), ab2 = UnpackHigh(a, b);
        Vector128<float> cd0 = UnpackLow(c, d), cd2 = UnpackHigh(c, d);
        LowHalves(ab0, cd0).Store(target);
        HighHalves(ab0, cd0).Store(target + width);
        LowHalves(ab2, cd2).Store(target + 2 * (nint)width);
        HighHalves(ab2, cd2).Store(target + 3 * (nint)width);
    }

    // The JIT turns each of these shuffles into the one instruction that does it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> UnpackLow(Vector128<float> a, Vector128<float> b) =>
        System.Runtime.Intrinsics.X86.Sse.IsSupported ? System.Runtime.Intrinsics.X86.Sse.UnpackLow(a, b)
        : System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported ? System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> UnpackHigh(Vector128<float> a, Vector128<float> b) =>
        System.Runtime.Intrinsics.X86.Sse.IsSupported ? System.Runtime.Intrinsics.X86.Sse.UnpackHigh(a, b)
        : System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported ? System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LowHalves(Vector128<float> a, Vector128<float> b) =>
        Vector128.Create(a.GetLower(), b.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> HighHalves(Vector128<float> a, Vector128<float> b) =>
        Vector128.Create(a.GetUpper(), b.GetUpper());
}
