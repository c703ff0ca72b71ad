namespace NKeras.Engine.Cpu;

/// <summary>
/// What a kernel needs of a vector of floats, so that its loop is written once for every vector width. The struct
/// that implements it is a type argument: the JIT compiles one body per width and inlines every call.
/// </summary>
/// <typeparam name="TVector">The vector: 512, 256 or 128 bits, or a single float for the channels left over.</typeparam>
internal unsafe interface IConvolutionLanes<TVector> where TVector : struct
{
    /// <summary>The number of floats in a vector.</summary>
    static abstract int Width { get; }

    /// <summary>How many rows a register block of two vectors per row may have without running out of registers.</summary>
    static abstract int MaxBlockRows { get; }

    /// <summary>Reads a vector; the address need not be aligned.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Writes a vector; the address need not be aligned.</summary>
    static abstract void Store(float* target, TVector value);

    /// <summary>A vector of equal elements.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary><c>a * b + c</c>, rounded once where the machine can.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary><c>a + b</c>.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary><c>a / b</c>.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>Elements below <paramref name="floor"/> become <paramref name="floor"/>; NaN stays NaN.</summary>
    static abstract TVector Floor(TVector value, TVector floor);

    /// <summary>The larger element; NaN if either is NaN.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary><paramref name="value"/> where <paramref name="a"/> equals <paramref name="b"/> or is NaN, else zero.</summary>
    static abstract TVector WhereEqualOrNaN(TVector a, TVector b, TVector value);

    /// <summary>The bitwise exclusive or: removes from <paramref name="a"/> the elements that <paramref name="b"/> repeats.</summary>
    static abstract TVector Xor(TVector a, TVector b);
}
