namespace NKeras.Engine.Cpu;

/// <summary>The few operations that single floats have too, for kernels that run over the elements left over as well.</summary>
/// <remarks>
/// The struct that implements it is a type argument: the JIT compiles a kernel once for each and inlines every call. A
/// vector of floats also stands for its bits: a mask has all or no bits of a lane set.
/// </remarks>
internal unsafe interface ISimdArithmetic<V>
    where V : struct
{
    /// <summary>The number of lanes.</summary>
    static abstract int Width { get; }

    static abstract V Load(float* source);

    static abstract void Store(float* target, V value);

    static abstract V Splat(float value);

    static abstract V Add(V a, V b);

    static abstract V Divide(V a, V b);

    static abstract V Or(V a, V b);

    static abstract V Xor(V a, V b);

    /// <summary>a * b + c, rounded once where the machine can do so at full speed, else twice.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>The larger; NaN if either is.</summary>
    static abstract V Maximum(V a, V b);

    /// <summary>The larger; where one is NaN the second on x64, NaN on Arm64. So NaN passes through as the second operand.</summary>
    static abstract V MaxNative(V a, V b);

    static abstract V Equal(V a, V b);

    static abstract V IsNaN(V a);

    /// <summary>a where the mask is set, else b.</summary>
    static abstract V Select(V mask, V a, V b);
}
