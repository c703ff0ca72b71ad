using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>The inner loops that find where the largest or smallest element is.</summary>
internal static unsafe class ArgLoops<TOps, V>
    where TOps : ISimdOps<V>
    where V : struct
{
    /// <summary>The first place of a value in a row that has it, where NaN is equal to itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int IndexOf(float* row, nint count, float value)
    {
        V wanted = TOps.Splat(value);
        bool nan = float.IsNaN(value);
        nint i = 0;
        for (; i <= count - TOps.Width; i += TOps.Width)
        {
            V x = TOps.Load(row + i);
            if (TOps.Any(nan ? TOps.IsNaN(x) : TOps.Equal(x, wanted))) break;
        }

        while (i < count - 1 && row[i] != value && !(nan && float.IsNaN(row[i]))) i++;
        return (int)i;
    }

    /// <summary>For every column, the first row that has the largest or smallest element.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="stride">The elements from one row to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="max">Whether the largest is looked for.</param>
    /// <param name="best">Room for a float per column.</param>
    /// <param name="indices">The results.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Columns(float* source, nint stride, nint rows, nint width, bool max, float* best, int* indices)
    {
        nint whole = width - (width % TOps.Width);
        Buffer.MemoryCopy(source, best, width * sizeof(float), width * sizeof(float));
        new Span<int>(indices, (int)width).Clear();
        for (nint row = 1; row < rows; row++)
        {
            source += stride;
            V index = TOps.SplatBits((int)row);
            for (nint column = 0; column < whole; column += TOps.Width)
            {
                // Not beaten means less or equal; a NaN in x is not, and a NaN found before is never replaced.
                V x = TOps.Load(source + column), y = TOps.Load(best + column);
                V kept = max ? TOps.LessEqual(x, y) : TOps.LessEqual(y, x);
                V taken = TOps.AndNot(TOps.Equal(y, y), kept);
                float* target = (float*)(indices + column);
                TOps.Store(best + column, TOps.Select(taken, x, y));
                TOps.Store(target, TOps.Select(taken, index, TOps.Load(target)));
            }

            for (nint column = whole; column < width; column++)
            {
                float x = source[column], y = best[column];
                if ((max ? x <= y : y <= x) || float.IsNaN(y)) continue;
                best[column] = x;
                indices[column] = (int)row;
            }
        }
    }
}
