using System.Runtime.CompilerServices;

namespace NKeras.Engine.Numerics;

/// <summary>
/// Memory for the steps of a computation on a matrix. It is taken as from a stack, whose blocks each thread keeps: computing the
/// same again allocates nothing.
/// </summary>
internal static unsafe class Workspace
{
    /// <summary>Sizes in doubles. What more a thread has taken goes back to the garbage collector at the end.</summary>
    private const long LeastBlock = 1 << 13, MostKept = 1 << 23;

    [ThreadStatic]
    private static Stack? t_stack;

    /// <summary>Begins a scope, at whose end all that was taken within it is free again.</summary>
    public static Scope Enter() => new(t_stack ??= new());

    /// <summary>Zeros, until the end of the scope.</summary>
    public static Numbers Take(int count) => new((double*)Memory<double>(count), count);

    /// <summary>Zeros, until the end of the scope.</summary>
    public static Span<T> Take<T>(int count)
        where T : unmanaged => new(Memory<T>(count), count);

    private static void* Memory<T>(int count)
        where T : unmanaged
    {
        long length = (((long)count * sizeof(T)) + sizeof(double) - 1) / sizeof(double);
        double* start = (t_stack ??= new()).Push(length);
        for (long i = 0; i < length; i += int.MaxValue) new Span<double>(start + i, (int)Math.Min(length - i, int.MaxValue)).Clear();
        return start;
    }

    /// <summary>Gives back what is taken while it lasts.</summary>
    public readonly ref struct Scope
    {
        private readonly Stack _stack;
        private readonly int _block;
        private readonly long _used;

        internal Scope(Stack stack) => (_stack, _block, _used) = (stack, stack.Block, stack.Used);

        /// <summary>Ends the scope.</summary>
        public void Dispose() => _stack.PopTo(_block, _used);
    }

    internal sealed class Stack
    {
        private readonly List<double[]> _blocks = [];
        private long _length;

        public int Block { get; private set; }

        public long Used { get; private set; }

        public double* Push(long length)
        {
            while (Block < _blocks.Count && _blocks[Block].Length - Used < length)
            {
                Block++;
                Used = 0;
            }

            if (Block == _blocks.Count)
            {
                long size = Math.Max(length, Math.Clamp(_length, LeastBlock, MostKept));
                _blocks.Add(GC.AllocateUninitializedArray<double>(checked((int)size), pinned: true));
                _length += size;
            }

            double* start = (double*)Unsafe.AsPointer(ref _blocks[Block][0]) + Used; // Pinned for good.
            Used += length;
            return start;
        }

        public void PopTo(int block, long used)
        {
            (Block, Used) = (block, used);
            if (block > 0 || used > 0 || _length <= MostKept) return;
            _blocks.Clear();
            _length = 0;
        }
    }
}
