namespace NKeras.Engine.Cpu;

/// <summary>A function of one operand, written once for every vector width.</summary>
/// <remarks>Compiled and interpreted programs both call <c>Invoke</c>, which is why their results have the same bits.</remarks>
internal interface IUnaryFunction
{
    /// <summary>Whether it takes tens of vector operations.</summary>
    static virtual bool IsLong => false;

    static abstract V Invoke<TOps, V>(V x)
        where TOps : ISimdOps<V>
        where V : struct;
}

/// <summary>A function of two operands, written once for every vector width.</summary>
internal interface IBinaryFunction
{
    static abstract V Invoke<TOps, V>(V a, V b)
        where TOps : ISimdOps<V>
        where V : struct;
}

/// <summary>A function of three operands, written once for every vector width.</summary>
internal interface ITernaryFunction
{
    static abstract V Invoke<TOps, V>(V a, V b, V c)
        where TOps : ISimdOps<V>
        where V : struct;
}

/// <summary>Something done with the type that stands for a function.</summary>
internal interface IFunctionVisitor<TResult>
{
    TResult Unary<TFunction>()
        where TFunction : IUnaryFunction;

    TResult Binary<TFunction>()
        where TFunction : IBinaryFunction;

    TResult Ternary<TFunction>()
        where TFunction : ITernaryFunction;
}
