using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    private static SlidingWindow Window(
        string name, ReadOnlySpan<int> input, ReadOnlySpan<int> window, IReadOnlyList<int>? strides, string padding, IReadOnlyList<int>? dilations, bool causal = false)
    {
        int rank = input.Length;
        int[] stride = PerAxis(name, "strides", strides ?? [1], rank), dilation = PerAxis(name, "dilationRate", dilations ?? [1], rank);
        if (stride.Any(s => s < 1) || dilation.Any(d => d < 1)) throw new ArgumentException($"{name}: strides ({string.Join(", ", stride)}) and dilations ({string.Join(", ", dilation)}) are at least 1.");
        string[] known = causal && rank == 1 ? ["valid", "same", "causal"] : ["valid", "same"];
        if (!known.Contains(padding)) throw new ArgumentException($"{name}: unknown padding '{padding}' over {rank} spatial axes. {Suggestion.For(padding, known)}", nameof(padding));
        int[] before = new int[rank], after = new int[rank];
        for (int i = 0; i < rank && padding != "valid"; i++)
        {
            // TensorFlow's rule: as many places as input / stride rounded up, the odd element of padding at the end.
            long span = ((window[i] - 1L) * dilation[i]) + 1;
            long length = input[i] == Shape.Unknown ? stride[i] : input[i];
            long places = (length + stride[i] - 1) / stride[i];
            long total = padding == "causal" ? span - 1 : Math.Max(0, ((places - 1) * stride[i]) + span - length);
            if (length + total > int.MaxValue) throw new ArgumentException($"{name}: a window of {span} elements needs more padding than a tensor can have.");
            before[i] = (int)Math.Max(0, padding == "causal" ? total : total / 2);
            after[i] = (int)Math.Max(0, total - before[i]);
        }

        return new SlidingWindow(new IntList(stride), new IntList(dilation), new IntList(before), new IntList(after));
    }

    private static int[] PerAxis(string name, string argument, IReadOnlyList<int> given, int rank) =>
        given.Count == rank ? [.. given]
        : given.Count == 1 && rank > 0 ? [.. Enumerable.Repeat(given[0], rank)]
        : throw new ArgumentException($"{name}: {argument} has {given.Count} numbers for {rank} spatial axes.", argument);

    private static bool ChannelsFirst(string? dataFormat) => (dataFormat ?? Config.ImageDataFormat()).ToLowerInvariant() switch
    {
        "channels_last" => false,
        "channels_first" => true,
        _ => throw new ArgumentException($"Unknown data format '{dataFormat}'. {Suggestion.For(dataFormat!, ["channels_last", "channels_first"])}", nameof(dataFormat)),
    };

    /// <summary>Moves the channels of an image behind its spatial axes, or back in front of them.</summary>
    private static Tensor ChannelsTo(Tensor x, bool last)
    {
        int rank = x.Rank;
        return PrimitiveOps.Transpose(x, last ? [0, .. Enumerable.Range(2, rank - 2), 1] : [0, rank - 1, .. Enumerable.Range(1, rank - 2)]);
    }
}
