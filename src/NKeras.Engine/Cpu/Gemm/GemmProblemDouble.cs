namespace NKeras.Engine.Cpu;

/// <summary>One double-precision matrix product, or a batch of equal ones; its fields mean what those of <see cref="GemmProblem"/> do.</summary>
internal unsafe struct GemmProblemDouble
{
    /// <summary>A single product; every other field is empty.</summary>
    public GemmProblemDouble() => Batch = 1;

    /// <inheritdoc cref="GemmProblem.M"/>
    public int M;

    /// <inheritdoc cref="GemmProblem.N"/>
    public int N;

    /// <inheritdoc cref="GemmProblem.K"/>
    public int K;

    /// <inheritdoc cref="GemmProblem.Batch"/>
    public int Batch;

    /// <inheritdoc cref="GemmProblem.A"/>
    public double* A;

    /// <inheritdoc cref="GemmProblem.Lda"/>
    public nint Lda;

    /// <inheritdoc cref="GemmProblem.StrideA"/>
    public nint StrideA;

    /// <inheritdoc cref="GemmProblem.TransposeA"/>
    public bool TransposeA;

    /// <inheritdoc cref="GemmProblem.B"/>
    public double* B;

    /// <inheritdoc cref="GemmProblem.Ldb"/>
    public nint Ldb;

    /// <inheritdoc cref="GemmProblem.StrideB"/>
    public nint StrideB;

    /// <inheritdoc cref="GemmProblem.TransposeB"/>
    public bool TransposeB;

    /// <inheritdoc cref="GemmProblem.C"/>
    public double* C;

    /// <inheritdoc cref="GemmProblem.Ldc"/>
    public nint Ldc;

    /// <inheritdoc cref="GemmProblem.StrideC"/>
    public nint StrideC;

    /// <inheritdoc cref="GemmProblem.Accumulate"/>
    public bool Accumulate;

    /// <inheritdoc cref="GemmProblem.Bias"/>
    public double* Bias;

    /// <summary>Replaces negative results by zero.</summary>
    public bool Relu;
}
