using System.Numerics;

namespace NKeras.Engine.Cpu;

/// <summary>
/// Convolutions as plain loops: the definition that the fast kernels are tested against, and what runs for element
/// types and ranks that have no fast kernel.
/// </summary>
/// <remarks>
/// Layouts: x <c>[batch, input positions, channels]</c>, w <c>[taps, channels / groups, output channels]</c>,
/// y <c>[batch, output positions, output channels]</c>.
/// </remarks>
internal static unsafe class ConvolutionReference
{
    /// <summary><c>y[n, o, oc] = bias[oc] + Σ x[n, source(o, tap), c] * w[tap, c, oc]</c>.</summary>
    public static void Forward<T>(
        WindowShape shape, int batch, int channels, int outputChannels, int groups, T* x, T* w, T* y, T* bias)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inGroup = channels / groups, outGroup = outputChannels / groups;
        for (nint n = 0; n < batch; n++)
        {
            for (int o = 0; o < shape.OutputCount; o++)
            {
                T* target = y + (((n * shape.OutputCount) + o) * outputChannels);
                for (int oc = 0; oc < outputChannels; oc++) target[oc] = bias is null ? T.Zero : bias[oc];
                for (int tap = 0; tap < shape.TapCount; tap++)
                {
                    int position = shape.Source(o, tap);
                    if (position < 0) continue;
                    T* source = x + (((n * shape.InputCount) + position) * channels);
                    for (int c = 0; c < inGroup; c++)
                    {
                        T* weights = w + (((nint)tap * inGroup) + c) * outputChannels;
                        for (int oc = 0; oc < outputChannels; oc++)
                            target[oc] += source[(oc / outGroup * inGroup) + c] * weights[oc];
                    }
                }
            }
        }
    }

    /// <summary>The gradient with respect to the input: <c>dx[n, source(o, tap), c] += dy[n, o, oc] * w[tap, c, oc]</c>.</summary>
    public static void BackwardInput<T>(
        WindowShape shape, int batch, int channels, int outputChannels, int groups, T* dy, T* w, T* dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inGroup = channels / groups, outGroup = outputChannels / groups;
        for (nint i = 0; i < (nint)batch * shape.InputCount * channels; i++) dx[i] = T.Zero;
        for (nint n = 0; n < batch; n++)
        {
            for (int o = 0; o < shape.OutputCount; o++)
            {
                T* source = dy + (((n * shape.OutputCount) + o) * outputChannels);
                for (int tap = 0; tap < shape.TapCount; tap++)
                {
                    int position = shape.Source(o, tap);
                    if (position < 0) continue;
                    T* target = dx + (((n * shape.InputCount) + position) * channels);
                    for (int c = 0; c < inGroup; c++)
                    {
                        T* weights = w + (((nint)tap * inGroup) + c) * outputChannels;
                        for (int oc = 0; oc < outputChannels; oc++)
                            target[(oc / outGroup * inGroup) + c] += source[oc] * weights[oc];
                    }
                }
            }
        }
    }

    /// <summary>The gradient with respect to the filter: <c>dw[tap, c, oc] = Σ x[n, source(o, tap), c] * dy[n, o, oc]</c>.</summary>
    public static void BackwardFilter<T>(
        WindowShape shape, int batch, int channels, int outputChannels, int groups, T* x, T* dy, T* dw)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inGroup = channels / groups, outGroup = outputChannels / groups;
        for (nint i = 0; i < (nint)shape.TapCount * inGroup * outputChannels; i++) dw[i] = T.Zero;
        for (nint n = 0; n < batch; n++)
        {
            for (int o = 0; o < shape.OutputCount; o++)
            {
                T* gradient = dy + (((n * shape.OutputCount) + o) * outputChannels);
                for (int tap = 0; tap < shape.TapCount; tap++)
                {
                    int position = shape.Source(o, tap);
                    if (position < 0) continue;
                    T* source = x + (((n * shape.InputCount) + position) * channels);
                    for (int c = 0; c < inGroup; c++)
                    {
                        T* target = dw + (((nint)tap * inGroup) + c) * outputChannels;
                        for (int oc = 0; oc < outputChannels; oc++)
                            target[oc] += source[(oc / outGroup * inGroup) + c] * gradient[oc];
                    }
                }
            }
        }
    }
}
