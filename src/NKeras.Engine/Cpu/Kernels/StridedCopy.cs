using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>
/// Chooses the kernel that copies an array between two layouts, each given by a stride per axis: what transposing,
/// broadcasting, slicing, padding and joining have in common.
/// </summary>
/// <remarks>
/// An element is one more, innermost axis, of bytes. Axes that are contiguous on both sides are merged, so that the innermost
/// becomes the longest run of bytes that can be copied whole. A short run moves as one register; where a row of one side is
/// a column of the other, by tiles.
/// </remarks>
internal static class StridedCopy
{
    /// <summary>The kernel for a copy. Strides and offsets count elements.</summary>
    public static Kernel Create(
        int from, int to, ReadOnlySpan<int> dims, ReadOnlySpan<int> sourceStrides, ReadOnlySpan<int> targetStrides, long sourceOffset, long targetOffset, int elementSize)
    {
        List<CopyAxis> axes = [];
        for (int i = 0; i < dims.Length; i++)
        {
            if (dims[i] == 0) return new SequenceKernel();
            if (dims[i] != 1) axes.Add(new CopyAxis(dims[i], (long)sourceStrides[i] * elementSize, (long)targetStrides[i] * elementSize));
        }

        axes.Add(new CopyAxis(elementSize, 1, 1));
        Merge(axes);
        long run = axes[^1].Length;
        axes.RemoveAt(axes.Count - 1);
        CopyEnds ends = new(from, to, sourceOffset * elementSize, targetOffset * elementSize);
        return run switch
        {
            1 => Elements<byte>(ends, axes),
            2 => Elements<ushort>(ends, axes),
            4 => Elements<uint>(ends, axes),
            8 => Elements<ulong>(ends, axes),
            16 => Elements<Vector128<byte>>(ends, axes),
            _ => new RunCopyKernel(ends, [.. axes], run),
        };
    }

    private static void Merge(List<CopyAxis> axes)
    {
        for (int i = axes.Count - 2; i >= 0; i--)
        {
            CopyAxis outer = axes[i], inner = axes[i + 1];
            if (outer.Source != inner.Length * inner.Source || outer.Target != inner.Length * inner.Target) continue;
            axes[i] = inner with { Length = outer.Length * inner.Length };
            axes.RemoveAt(i + 1);
        }
    }

    private static unsafe Kernel Elements<T>(CopyEnds ends, List<CopyAxis> axes)
        where T : unmanaged
    {
        if (RepeatKernel<T>.Create(ends, axes) is { } repeat) return repeat;

        // Rows of the target are contiguous and another axis is contiguous in the source: that is a transposition.
        int columns = axes.FindIndex(a => a.Source == sizeof(T));
        if (columns < 0 || columns == axes.Count - 1 || axes[^1].Target != sizeof(T) || axes[^1].Source == 0)
            return new ElementCopyKernel<T>(ends, [.. axes]);
        CopyAxis column = axes[columns], row = axes[^1];
        axes.RemoveAt(axes.Count - 1);
        axes.RemoveAt(columns);
        return new TileCopyKernel<T>(ends, [.. axes], column, row);
    }
}
