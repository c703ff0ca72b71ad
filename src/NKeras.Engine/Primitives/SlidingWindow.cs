using NKeras.Engine.Cpu;

namespace NKeras.Engine.Primitives;

/// <summary>How a window moves over the spatial axes of a tensor [batch, spatial…, channels]: one number per spatial axis.</summary>
/// <param name="Strides">Elements from one place of the window to the next.</param>
/// <param name="Dilations">Elements between taps of the window.</param>
/// <param name="Before">Padding before the first element.</param>
/// <param name="After">Padding after the last element.</param>
internal readonly record struct SlidingWindow(IntList Strides, IntList Dilations, IntList Before, IntList After)
{
    /// <summary>The number of spatial axes.</summary>
    public int Rank => Strides.Count;

    /// <summary>How many places a window of a size has along each spatial axis; unknown stays unknown.</summary>
    /// <exception cref="ArgumentException">The window does not fit into the padded input.</exception>
    public int[] OutputDims(string operation, ReadOnlySpan<int> input, ReadOnlySpan<int> window)
    {
        if (Strides.Any(s => s < 1) || Dilations.Any(d => d < 1) || Before.Any(p => p < 0) || After.Any(p => p < 0))
            throw new ArgumentException($"{operation}: strides {Strides} and dilations {Dilations} are at least 1, padding {Before}, {After} at least 0.");
        int[] dims = new int[Rank];
        for (int i = 0; i < Rank; i++)
        {
            if (input[i] == Shape.Unknown || window[i] == Shape.Unknown)
            {
                dims[i] = Shape.Unknown;
                continue;
            }

            long span = ((window[i] - 1L) * Dilations[i]) + 1, padded = (long)input[i] + Before[i] + After[i];
            if (padded < span || window[i] < 1)
                throw new ArgumentException($"{operation}: a window of {span} does not fit along spatial axis {i}, which has {input[i]} elements{(padded > input[i] ? $" ({padded} with padding)" : "")}.");
            dims[i] = checked((int)((padded - span) / Strides[i]) + 1);
        }

        return dims;
    }

    /// <summary>The geometry that the plain kernels walk over.</summary>
    public WindowShape Over(ReadOnlySpan<int> input, ReadOnlySpan<int> window)
    {
        WindowAxis[] axes = new WindowAxis[Rank];
        for (int i = 0; i < Rank; i++) axes[i] = new WindowAxis(input[i], window[i], Strides[i], Dilations[i], Before[i], After[i]);
        return new WindowShape(axes);
    }
}
