namespace NKeras.Engine.Cpu;

/// <summary>
/// The vector instructions that the GEMM kernel is written in. The kernel is a generic method over an implementation,
/// so one source gives machine code for every vector width.
/// </summary>
/// <typeparam name="TVector">The vector of floats.</typeparam>
internal unsafe interface IGemmLanes<TVector>
    where TVector : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Width { get; }

    /// <summary>Rows of the largest register block.</summary>
    static abstract int Rows { get; }

    /// <summary>Vectors in a row of the register block that is used where C has room for many.</summary>
    static abstract int Vectors { get; }

    /// <summary>Vectors in a row of the widest register block, at most one more: it spares an odd vector a block of its own.</summary>
    static abstract int MostVectors { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(float* target, TVector value);

    static abstract TVector Broadcast(float value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>Replaces negative elements by zero; NaN stays.</summary>
    static abstract TVector Relu(TVector value);

    /// <summary>All bits set in the first <paramref name="count"/> lanes.</summary>
    static abstract TVector Mask(int count);

    /// <summary>Reads only the lanes that the mask selects; the others are zero.</summary>
    static abstract TVector Load(float* source, TVector mask);

    /// <summary>Writes only the lanes that the mask selects.</summary>
    static abstract void Store(float* target, TVector value, TVector mask);
}
