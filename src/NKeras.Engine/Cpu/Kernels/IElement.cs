namespace NKeras.Engine.Cpu;

/// <summary>
/// How elements of a type are read and written: the statically dispatched form of <see cref="ElementView"/>, with the same
/// meaning. Floating-point elements travel as double, integers and booleans as long.
/// </summary>
internal unsafe interface IElement
{
    static abstract bool IsFloating { get; }

    /// <summary>An element as a double, whatever its type.</summary>
    static abstract double LoadNumber(void* p, nint i);

    /// <summary>Writes a number, rounding toward zero and wrapping where the type is an integer's.</summary>
    static abstract void StoreNumber(void* p, nint i, double value);

    /// <summary>An integer or boolean element; a uint64's bits.</summary>
    static abstract long LoadLong(void* p, nint i);

    /// <summary>Writes an integer, wrapping to the type's width.</summary>
    static abstract void StoreLong(void* p, nint i, long value);
}
