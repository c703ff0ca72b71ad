using System.Runtime.InteropServices;
using NKeras.Engine.Cpu;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Tests.Cpu;

/// <summary>Runs programs on arrays.</summary>
internal static unsafe class Loops
{
    public static ElementwiseProgram Single(ElementwiseFunction function)
    {
        int arity = function.Arity();
        var inputs = new ElementwiseType[arity];
        return new ElementwiseProgram(inputs, [new Instruction(function, 0, arity > 1 ? 1 : -1, arity > 2 ? 2 : -1)], [arity]);
    }

    public static float[] Unary(ElementwiseFunction function, float[] x, SimdLevel level)
    {
        float[] y = new float[x.Length];
        Run(ElementwiseLoops.Get(Single(function), 0, level), x.Length, x, y);
        return y;
    }

    /// <summary>Runs a loop on arrays: the inputs, then the outputs.</summary>
    public static void Run(ElementwiseLoop loop, int count, params Array[] arrays)
    {
        using Pinned pinned = new(arrays);
        loop(pinned.Pointers, count);
    }

    /// <summary>Arrays that stay where they are, and their addresses.</summary>
    public sealed class Pinned : IDisposable
    {
        private readonly GCHandle[] _handles;

        public Pinned(params Array[] arrays)
        {
            Pointers = (void**)NativeMemory.Alloc((nuint)(arrays.Length * sizeof(nint)));
            _handles = Array.ConvertAll(arrays, array => GCHandle.Alloc(array, GCHandleType.Pinned));
            for (int i = 0; i < arrays.Length; i++) Pointers[i] = (void*)_handles[i].AddrOfPinnedObject();
        }

        public void** Pointers { get; }

        public void Dispose()
        {
            foreach (GCHandle handle in _handles) handle.Free();
            NativeMemory.Free(Pointers);
        }
    }
}
