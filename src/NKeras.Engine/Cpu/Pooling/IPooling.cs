namespace NKeras.Engine.Cpu;

/// <summary>What distinguishes max pooling from average pooling within the same loops over windows.</summary>
internal unsafe interface IPooling
{
    /// <summary>The result before the first element of a window.</summary>
    static abstract float Start { get; }

    /// <summary>Whether the gradient depends on what the window held.</summary>
    static abstract bool GradientReadsInput { get; }

    /// <summary>The result with one more element.</summary>
    static abstract V Combine<TOps, V>(V result, V element)
        where TOps : ISimdArithmetic<V>
        where V : struct;

    /// <summary>A value after all elements of the window: a result, or what of its gradient there is to share out.</summary>
    static abstract V Finish<TOps, V>(V value, V count)
        where TOps : ISimdArithmetic<V>
        where V : struct;

    /// <summary>What an element gets of the gradient.</summary>
    /// <param name="element">Where the element is; not to be read unless the gradient reads the input.</param>
    /// <param name="result">The result of the window; empty unless the gradient reads the input.</param>
    /// <param name="rest">The gradient that is left to share out.</param>
    static abstract V Share<TOps, V>(float* element, V result, ref V rest)
        where TOps : ISimdArithmetic<V>
        where V : struct;
}
