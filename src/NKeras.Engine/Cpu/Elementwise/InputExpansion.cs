using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>Writes a stretch of a broadcast input out, so that short rows become one long run.</summary>
internal static unsafe class InputExpansion
{
    /// <summary>The bytes after the stretch that may be overwritten.</summary>
    public const int Slack = 32;

    private const int MostDimensions = 32;

    /// <summary>Writes what the elements [start, start + count) of the output read from an input.</summary>
    public static void Expand(BroadcastLayout layout, int input, ElementwiseType type, void* source, nint start, nint count, void* target)
    {
        if (type.Size() == 1) Expand(layout.Dimensions, layout.Strides(input), (byte*)source, start, count, (byte*)target);
        else Expand(layout.Dimensions, layout.Strides(input), (uint*)source, start, count, (uint*)target);
    }

    /// <summary>Repeats the first elements of a buffer until it is full.</summary>
    public static void Repeat(byte* buffer, nint period, nint length)
    {
        for (nint filled = period; filled < length; filled *= 2)
            Buffer.MemoryCopy(buffer, buffer + filled, Math.Min(filled, length - filled), Math.Min(filled, length - filled));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Expand<T>(ReadOnlySpan<nint> dimensions, ReadOnlySpan<nint> strides, T* source, nint start, nint count, T* target)
        where T : unmanaged
    {
        int inner = dimensions.Length - 1;
        if (dimensions.Length > MostDimensions) throw new NotSupportedException($"More than {MostDimensions} dimensions after collapsing.");
        nint* index = stackalloc nint[MostDimensions];
        for (int d = inner; d >= 0; d--)
        {
            index[d] = start % dimensions[d];
            start /= dimensions[d];
            source += d == inner ? 0 : index[d] * strides[d];
        }

        nint length = dimensions[inner], column = index[inner];
        bool repeats = strides[inner] == 0;
        while (count > 0)
        {
            nint run = Math.Min(length - column, count);
            if (repeats) Splat(*source, target, run);
            else Copy(source + column, target, run);
            target += run;
            count -= run;
            column = 0;
            for (int d = inner - 1; d >= 0; d--)
            {
                source += strides[d];
                if (++index[d] < dimensions[d]) break;
                source -= strides[d] * dimensions[d];
                index[d] = 0;
            }
        }
    }

    /// <summary>Stores whole vectors: what is written too much is overwritten by the next row, or lies in the slack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Splat<T>(T value, T* target, nint count)
        where T : unmanaged
    {
        Vector256<T> vector = Vector256.Create(value);
        for (nint i = 0; i < count; i += Vector256<T>.Count) vector.Store(target + i);
    }

    /// <summary>Reads only what is there: the last vector overlaps the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<T>(T* source, T* target, nint count)
        where T : unmanaged
    {
        if (count < Vector256<T>.Count)
        {
            for (nint i = 0; i < count; i++) target[i] = source[i];
            return;
        }

        nint last = count - Vector256<T>.Count;
        for (nint i = 0; i < last; i += Vector256<T>.Count) Vector256.Load(source + i).Store(target + i);
        Vector256.Load(source + last).Store(target + last);
    }
}
