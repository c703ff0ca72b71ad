using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>The interpreter's steps: one vector function over a tile whose length is a whole number of vectors.</summary>
/// <remarks>Optimised from their first call on: unoptimised, every vector operation would be a call.</remarks>
internal static unsafe class TileLoops<TOps, V>
    where TOps : ISimdOps<V>
    where V : struct
{
    /// <summary>Finds the step of a function: the tiles of the result and of three operands, and the length.</summary>
    public readonly struct Finder : IFunctionVisitor<nint>
    {
        public nint Unary<TFunction>()
            where TFunction : IUnaryFunction => (nint)(delegate*<float*, float*, float*, float*, nint, void>)&RunUnary<TFunction>;

        public nint Binary<TFunction>()
            where TFunction : IBinaryFunction => (nint)(delegate*<float*, float*, float*, float*, nint, void>)&RunBinary<TFunction>;

        public nint Ternary<TFunction>()
            where TFunction : ITernaryFunction => (nint)(delegate*<float*, float*, float*, float*, nint, void>)&RunTernary<TFunction>;
    }

    /// <summary>Fills a tile with one value of an input.</summary>
    public static void FillFrom(ElementwiseType type, void* source, float* tile, nint count) =>
        Fill(VectorTypes.LoadOne<TOps, V>(type, source), tile, count);

    /// <summary>Fills a tile with a value.</summary>
    public static void Fill(V value, float* tile, nint count)
    {
        for (nint i = 0; i < count; i += TOps.Width) TOps.Store(tile + i, value);
    }

    /// <summary>Loads elements of an input into a tile, whose last vector may be partly undefined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(ElementwiseType type, void* source, float* tile, nint count)
    {
        nint whole = count - (count % TOps.Width);
        nint size = type.Size();
        for (nint i = 0; i < whole; i += TOps.Width) TOps.Store(tile + i, VectorTypes.Load<TOps, V>(type, (byte*)source + (i * size)));
        if (whole == count) return;

        byte* padded = stackalloc byte[TailLoop.VectorBytes];
        TailLoop.Copy((byte*)source + (whole * size), padded, (count - whole) * size);
        TOps.Store(tile + whole, VectorTypes.Load<TOps, V>(type, padded));
    }

    /// <summary>Stores the elements of a tile into an output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(ElementwiseType type, float* tile, void* target, nint count)
    {
        nint whole = count - (count % TOps.Width);
        nint size = type.Size();
        for (nint i = 0; i < whole; i += TOps.Width) VectorTypes.Store<TOps, V>(type, (byte*)target + (i * size), TOps.Load(tile + i));
        if (whole == count) return;

        byte* padded = stackalloc byte[TailLoop.VectorBytes];
        VectorTypes.Store<TOps, V>(type, padded, TOps.Load(tile + whole));
        TailLoop.Copy(padded, (byte*)target + (whole * size), (count - whole) * size);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunUnary<TFunction>(float* target, float* a, float* b, float* c, nint count)
        where TFunction : IUnaryFunction
    {
        for (nint i = 0; i < count; i += TOps.Width)
            TOps.Store(target + i, TFunction.Invoke<TOps, V>(TOps.Load(a + i)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunBinary<TFunction>(float* target, float* a, float* b, float* c, nint count)
        where TFunction : IBinaryFunction
    {
        for (nint i = 0; i < count; i += TOps.Width)
            TOps.Store(target + i, TFunction.Invoke<TOps, V>(TOps.Load(a + i), TOps.Load(b + i)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunTernary<TFunction>(float* target, float* a, float* b, float* c, nint count)
        where TFunction : ITernaryFunction
    {
        for (nint i = 0; i < count; i += TOps.Width)
            TOps.Store(target + i, TFunction.Invoke<TOps, V>(TOps.Load(a + i), TOps.Load(b + i), TOps.Load(c + i)));
    }
}
