using System.Runtime.Intrinsics;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>The inner loops of one kind of reduction at one vector width.</summary>
internal readonly unsafe struct ReductionFunctions
{
    private ReductionFunctions(
        int lanes,
        int identityBits,
        delegate*<ElementwiseType, void*, nint, float> run,
        delegate*<ElementwiseType, void*, nint, nint, float*, void> runRows,
        delegate*<ElementwiseType, void*, nint, nint, nint, float*, void> accumulate,
        delegate*<ElementwiseType, void*, nint, float*, void> load,
        delegate*<float*, float*, nint, void> combine)
    {
        Lanes = lanes;
        Identity = BitConverter.Int32BitsToSingle(identityBits);
        Run = run;
        RunRows = runRows;
        Accumulate = accumulate;
        Load = load;
        Combine = combine;
    }

    /// <summary>The lanes of a vector.</summary>
    public int Lanes { get; }

    /// <summary>The total of no elements.</summary>
    public float Identity { get; }

    /// <inheritdoc cref="VectorReduction{TReducer, TOps, V}.Run(ElementwiseType, void*, nint)"/>
    public delegate*<ElementwiseType, void*, nint, float> Run { get; }

    /// <inheritdoc cref="VectorReduction{TReducer, TOps, V}.RunRows(ElementwiseType, void*, nint, nint, float*)"/>
    public delegate*<ElementwiseType, void*, nint, nint, float*, void> RunRows { get; }

    /// <inheritdoc cref="VectorReduction{TReducer, TOps, V}.Accumulate(ElementwiseType, void*, nint, nint, nint, float*)"/>
    public delegate*<ElementwiseType, void*, nint, nint, nint, float*, void> Accumulate { get; }

    /// <inheritdoc cref="VectorReduction{TReducer, TOps, V}.Load(ElementwiseType, void*, nint, float*)"/>
    public delegate*<ElementwiseType, void*, nint, float*, void> Load { get; }

    /// <inheritdoc cref="VectorReduction{TReducer, TOps, V}.Combine(float*, float*, nint)"/>
    public delegate*<float*, float*, nint, void> Combine { get; }

    /// <summary>The functions of a kind at a level.</summary>
    public static ReductionFunctions For(ReductionKind kind, SimdLevel level) => kind switch
    {
        ReductionKind.Sum => For<Reducers.Sum>(level),
        ReductionKind.Product => For<Reducers.Product>(level),
        ReductionKind.Max => For<Reducers.Max>(level),
        ReductionKind.Min => For<Reducers.Min>(level),
        ReductionKind.Any => For<Reducers.Any>(level),
        ReductionKind.All => For<Reducers.All>(level),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static ReductionFunctions For<TReducer>(SimdLevel level)
        where TReducer : IReducer => level switch
        {
            SimdLevel.Avx512 => For<TReducer, Simd512, Vector512<float>>(),
            SimdLevel.Avx2 => For<TReducer, Simd256, Vector256<float>>(),
            _ => For<TReducer, Simd128, Vector128<float>>(),
        };

    private static ReductionFunctions For<TReducer, TOps, V>()
        where TReducer : IReducer
        where TOps : ISimdOps<V>
        where V : struct => new(
            TOps.Width,
            TReducer.IdentityBits,
            &VectorReduction<TReducer, TOps, V>.Run,
            &VectorReduction<TReducer, TOps, V>.RunRows,
            &VectorReduction<TReducer, TOps, V>.Accumulate,
            &VectorReduction<TReducer, TOps, V>.Load,
            &VectorReduction<TReducer, TOps, V>.Combine);
}
