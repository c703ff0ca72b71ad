namespace NKeras.Engine.Cpu;

/// <summary>What a GEMM kernel works on: one register block of C.</summary>
internal unsafe struct GemmKernelArguments
{
    /// <summary>The first element of the block's rows of A.</summary>
    public float* A;

    /// <summary>
    /// Elements from one k to the next where the rows of A are neighbours (packed, or stored transposed), or from one
    /// row to the next where the ks are.
    /// </summary>
    public nint StrideA;

    /// <summary>The first element of the block's columns of B, in which columns are neighbours.</summary>
    public float* B;

    /// <summary>Elements from one k of B to the next.</summary>
    public nint StrideB;

    /// <summary>The first element of the block.</summary>
    public float* C;

    /// <summary>Elements from one row of C to the next.</summary>
    public nint StrideC;

    /// <summary>The number of products to sum.</summary>
    public nint K;

    /// <summary>The bias of the block's first column, or null.</summary>
    public float* Bias;

    /// <summary>Lanes in use of the last vector of a row.</summary>
    public int Tail;

    /// <summary>Adds to the block.</summary>
    public bool Accumulate;

    /// <summary>Replaces negative results by zero.</summary>
    public bool Relu;
}
