namespace NKeras.Engine.Cpu;

/// <summary>
/// One single-precision matrix product, or a batch of equal ones: <c>C = act(op(A) · op(B) + bias)</c>, or
/// <c>C = act(C + op(A) · op(B) + bias)</c>. All matrices are row-major.
/// </summary>
/// <remarks>C must overlap neither A nor B.</remarks>
internal unsafe struct GemmProblem
{
    /// <summary>A single product; every other field is empty.</summary>
    public GemmProblem() => Batch = 1;

    /// <summary>Rows of C and of op(A).</summary>
    public int M;

    /// <summary>Columns of C and of op(B).</summary>
    public int N;

    /// <summary>Columns of op(A) and rows of op(B). With 0, the product is a matrix of zeros.</summary>
    public int K;

    /// <summary>How many products; 1 unless set.</summary>
    public int Batch;

    /// <summary>M × K, or K × M when <see cref="TransposeA"/>.</summary>
    public float* A;

    /// <summary>Elements from one stored row of A to the next.</summary>
    public nint Lda;

    /// <summary>Elements from one matrix A of the batch to the next; 0 shares one.</summary>
    public nint StrideA;

    /// <summary>A is stored K × M.</summary>
    public bool TransposeA;

    /// <summary>K × N, or N × K when <see cref="TransposeB"/>.</summary>
    public float* B;

    /// <summary>Elements from one stored row of B to the next.</summary>
    public nint Ldb;

    /// <summary>Elements from one matrix B of the batch to the next; 0 shares one.</summary>
    public nint StrideB;

    /// <summary>B is stored N × K.</summary>
    public bool TransposeB;

    /// <summary>M × N.</summary>
    public float* C;

    /// <summary>Elements from one row of C to the next.</summary>
    public nint Ldc;

    /// <summary>Elements from one matrix C of the batch to the next.</summary>
    public nint StrideC;

    /// <summary>Adds to C instead of replacing it.</summary>
    public bool Accumulate;

    /// <summary>N values added to each row, or null.</summary>
    public float* Bias;

    /// <summary>Replaces negative results by zero. Not with <see cref="Epilogue"/>.</summary>
    public bool Relu;

    /// <summary>What is done to finished parts of C, after the bias; or null.</summary>
    public GemmEpilogue? Epilogue;
}
