using System.Numerics;

namespace NKeras.Engine.Cpu;

/// <summary>
/// Pooling as plain loops: the definition that the fast kernels are tested against, and what runs for element types
/// and ranks that have no fast kernel.
/// </summary>
/// <remarks>Layouts: <c>[batch, positions, channels]</c>. Padding is never chosen and never counted.</remarks>
internal static unsafe class PoolingReference
{
    /// <summary>The largest element under the window: negative infinity if there is none, NaN if there is a NaN.</summary>
    public static void MaxForward<T>(WindowShape shape, int batch, int channels, T* x, T* y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (nint n = 0; n < batch; n++)
        {
            for (int o = 0; o < shape.OutputCount; o++)
            {
                T* target = y + (((n * shape.OutputCount) + o) * channels);
                for (int c = 0; c < channels; c++) target[c] = T.NegativeInfinity;
                for (int tap = 0; tap < shape.TapCount; tap++)
                {
                    int position = shape.Source(o, tap);
                    if (position < 0) continue;
                    T* source = x + (((n * shape.InputCount) + position) * channels);
                    for (int c = 0; c < channels; c++) target[c] = T.Max(target[c], source[c]);
                }
            }
        }
    }

    /// <summary>
    /// The gradient of <see cref="MaxForward"/>: that of an output goes to the first element under the window, in
    /// row-major order, that equals it (or is NaN, too); what windows give to the same element adds up.
    /// </summary>
    public static void MaxBackward<T>(WindowShape shape, int batch, int channels, T* dy, T* x, T* y, T* dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (nint i = 0; i < (nint)batch * shape.InputCount * channels; i++) dx[i] = T.Zero;
        for (nint n = 0; n < batch; n++)
        {
            for (int o = 0; o < shape.OutputCount; o++)
            {
                nint output = ((n * shape.OutputCount) + o) * channels;
                for (int c = 0; c < channels; c++)
                {
                    for (int tap = 0; tap < shape.TapCount; tap++)
                    {
                        int position = shape.Source(o, tap);
                        if (position < 0) continue;
                        nint input = (((n * shape.InputCount) + position) * channels) + c;
                        if (x[input] != y[output + c] && !T.IsNaN(x[input])) continue;
                        dx[input] += dy[output + c];
                        break;
                    }
                }
            }
        }
    }

    /// <summary>The transpose of <see cref="MaxBackward"/>: for each output the element of <paramref name="g"/> where its maximum is.</summary>
    public static void MaxTake<T>(WindowShape shape, int batch, int channels, T* g, T* x, T* y, T* taken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (nint n = 0; n < batch; n++)
        {
            for (int o = 0; o < shape.OutputCount; o++)
            {
                nint output = ((n * shape.OutputCount) + o) * channels;
                for (int c = 0; c < channels; c++)
                {
                    taken[output + c] = T.Zero;
                    for (int tap = 0; tap < shape.TapCount; tap++)
                    {
                        int position = shape.Source(o, tap);
                        if (position < 0) continue;
                        nint input = (((n * shape.InputCount) + position) * channels) + c;
                        if (x[input] != y[output + c] && !T.IsNaN(x[input])) continue;
                        taken[output + c] = g[input];
                        break;
                    }
                }
            }
        }
    }

    /// <summary>The mean of the elements under the window; NaN where there is none.</summary>
    public static void AverageForward<T>(WindowShape shape, int batch, int channels, T* x, T* y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (nint n = 0; n < batch; n++)
        {
            for (int o = 0; o < shape.OutputCount; o++)
            {
                T* target = y + (((n * shape.OutputCount) + o) * channels);
                for (int c = 0; c < channels; c++) target[c] = T.Zero;
                for (int tap = 0; tap < shape.TapCount; tap++)
                {
                    int position = shape.Source(o, tap);
                    if (position < 0) continue;
                    T* source = x + (((n * shape.InputCount) + position) * channels);
                    for (int c = 0; c < channels; c++) target[c] += source[c];
                }

                T count = T.CreateChecked(CountTaps(shape, o));
                for (int c = 0; c < channels; c++) target[c] /= count;
            }
        }
    }

    /// <summary>The gradient of <see cref="AverageForward"/>: every element under a window gets an equal share.</summary>
    public static void AverageBackward<T>(WindowShape shape, int batch, int channels, T* dy, T* dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (nint i = 0; i < (nint)batch * shape.InputCount * channels; i++) dx[i] = T.Zero;
        for (nint n = 0; n < batch; n++)
        {
            for (int o = 0; o < shape.OutputCount; o++)
            {
                T* source = dy + (((n * shape.OutputCount) + o) * channels);
                T count = T.CreateChecked(CountTaps(shape, o));
                for (int tap = 0; tap < shape.TapCount; tap++)
                {
                    int position = shape.Source(o, tap);
                    if (position < 0) continue;
                    T* target = dx + (((n * shape.InputCount) + position) * channels);
                    for (int c = 0; c < channels; c++) target[c] += source[c] / count;
                }
            }
        }
    }

    private static int CountTaps(WindowShape shape, int output)
    {
        int count = 0;
        for (int tap = 0; tap < shape.TapCount; tap++) count += shape.Source(output, tap) >= 0 ? 1 : 0;
        return count;
    }
}
