namespace NKeras;

/// <summary>Keras's global settings (<c>keras.config</c>).</summary>
public static class Config
{
    private static volatile DTypePolicy s_policy = new("float32");
    private static volatile string s_imageDataFormat = "channels_last";
    private static volatile DType s_floatx = DType.Float32;

    [ThreadStatic]
    private static string? t_imageDataFormat;

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

    /// <summary>Where the channels of images are, for layers that are not told: <c>"channels_last"</c> unless changed.</summary>
    public static string ImageDataFormat() => t_imageDataFormat ?? s_imageDataFormat;

    /// <summary>Sets where the channels of images are, for layers that are not told.</summary>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static void SetImageDataFormat(string dataFormat) => s_imageDataFormat = dataFormat is "channels_last" or "channels_first"
        ? dataFormat
        : throw new ArgumentException($"The image data format cannot be '{dataFormat}'. {Suggestion.For(dataFormat, ["channels_last", "channels_first"])}", nameof(dataFormat));

    /// <summary>Does something on this thread as if images had another format.</summary>
    internal static T WithImageDataFormat<T>(string dataFormat, Func<T> action)
    {
        string? outer = t_imageDataFormat;
        t_imageDataFormat = dataFormat;
        try
        {
            return action();
        }
        finally
        {
            t_imageDataFormat = outer;
        }
    }

    /// <summary>The small number that keeps divisions and logarithms finite: 1e-7.</summary>
    public static double Epsilon() => 1e-7;

    /// <summary>How many threads the kernels use, the calling one included. Results have the same bits for any number.</summary>
    public static void SetNumThreads(int threads) => Engine.Cpu.CpuThreads.SetCount(threads);
}
