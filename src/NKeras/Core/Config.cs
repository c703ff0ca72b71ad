namespace NKeras;

/// <summary>Keras's global settings (<c>keras.config</c>).</summary>
public static class Config
{
    private static volatile DTypePolicy s_policy = new("float32");
    private static volatile DType s_floatx = DType.Float32;

    /// <summary>The default floating-point type.</summary>
    public static DType Floatx() => s_floatx;

    /// <summary>Sets the default floating-point type.</summary>
    /// <exception cref="ArgumentException">It is not a floating-point type.</exception>
    public static void SetFloatx(DType value) => s_floatx = value.IsFloating
        ? value
        : throw new ArgumentException($"The default floating-point type cannot be {value}.", nameof(value));

    /// <summary>The policy of layers that are given none.</summary>
    public static DTypePolicy DTypePolicy() => s_policy;

    /// <summary>Sets the policy of layers that are given none.</summary>
    public static void SetDTypePolicy(DTypePolicy policy) => s_policy = policy;

    /// <summary>The small number that keeps divisions and logarithms finite: 1e-7.</summary>
    public static double Epsilon() => 1e-7;

    /// <summary>How many threads the kernels use, the calling one included. Results have the same bits for any number.</summary>
    public static void SetNumThreads(int threads) => Engine.Cpu.CpuThreads.SetCount(threads);
}
