using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Saving;

namespace NKeras.Initializers;

/// <summary>
/// The kernel of a convolution that computes the real or the imaginary parts of a short-time Fourier transform (<c>keras.initializers.STFT</c>).
/// Its shape is (frame length, 1, frequencies): half of the frequencies and one more, the others being their conjugates.
/// </summary>
/// <example><code>
/// Tensor kernel = new STFT("real", window: "hann").Apply([256, 1, 129]);
/// </code></example>
public sealed class STFT : Initializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="side">Which part: <c>"real"</c> or <c>"imag"</c>.</param>
    /// <param name="window">SciPy's name of the window that weighs the samples of a frame, such as <c>"hann"</c>; null for none.</param>
    /// <param name="scaling">What values are divided by: the window's length as a vector (<c>"density"</c>), its sum (<c>"spectrum"</c>), or null for nothing.</param>
    /// <param name="periodic">Whether the window is one period of a longer one rather than symmetric.</param>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public STFT(string side = "real", string? window = "hann", string? scaling = "density", bool periodic = false)
        : this(side, window, null, scaling, periodic)
    {
    }

    /// <summary>Creates the initializer with a window of one's own.</summary>
    /// <param name="side">Which part: <c>"real"</c> or <c>"imag"</c>.</param>
    /// <param name="window">The weights of the samples of a frame, a vector.</param>
    /// <param name="scaling">What values are divided by: the window's length as a vector (<c>"density"</c>), its sum (<c>"spectrum"</c>), or null for nothing.</param>
    /// <param name="periodic">Kept for the configuration.</param>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public STFT(string side, Tensor window, string? scaling = "density", bool periodic = false)
        : this(side, null, window, scaling, periodic) => ArgumentNullException.ThrowIfNull(window);

    private STFT(string side, string? window, Tensor? values, string? scaling, bool periodic)
    {
        Side = side is "real" or "imag" ? side : throw new ArgumentException($"The side of STFT is \"real\" or \"imag\", not '{side}'.", nameof(side));
        Scaling = scaling is null or "density" or "spectrum" ? scaling : throw new ArgumentException($"The scaling of STFT is \"density\", \"spectrum\" or null, not '{scaling}'.", nameof(scaling));
        if (window != null) NamedWindow.Check(window);
        (Window, WindowValues, Periodic) = (window, values, periodic);
    }

    /// <summary>Which part.</summary>
    public string Side { get; }

    /// <summary>The window's name; null for none, or for one's own.</summary>
    public string? Window { get; }

    /// <summary>The window's weights, if it is one's own.</summary>
    public Tensor? WindowValues { get; }

    /// <summary>What values are divided by.</summary>
    public string? Scaling { get; }

    /// <summary>Whether the window is one period of a longer one.</summary>
    public bool Periodic { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shape is not that of such a kernel, or the window has another length than the frame.</exception>
    public override Tensor Apply(Shape shape, DType? dtype = null)
    {
        if (shape is not { Rank: 3, IsKnown: true } || shape.Dims[1] != 1)
            throw new ArgumentException($"The STFT initializer makes kernels of shape (frame length, 1, frequencies); received {shape}.", nameof(shape));
        int length = shape.Dims[0], frequencies = shape.Dims[2];
        double[]? window = WindowOf(length);
        double divisor = window == null ? 1 : Scaling switch
        {
            "density" => Math.Sqrt(window.Sum(w => w * w)),
            "spectrum" => window.Sum(Math.Abs),
            _ => 1,
        };
        double[] kernel = new double[length * frequencies];
        for (int i = 0; i < kernel.Length; i++)
        {
            double angle = -2 * Math.PI * (i / frequencies) * (i % frequencies) / ((frequencies - 1) * 2);
            kernel[i] = (Side == "real" ? Math.Cos(angle) : Math.Sin(angle)) * (window?[i / frequencies] ?? 1) / divisor;
        }

        return Ops.Cast(Tensor.From<double>(kernel, shape), dtype ?? Config.Floatx());
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new()
    {
        ["side"] = Side,
        ["window"] = WindowValues is null ? Window : ConfigValue.Array(Ops.Cast(WindowValues, DType.Float64).ToArray<double>().Cast<object?>()),
        ["periodic"] = Periodic,
        ["scaling"] = Scaling,
    };

    /// <summary>The initializer of a configuration, in which the window is a name or its weights.</summary>
    internal static STFT FromConfig(JsonObject config)
    {
        if (config["window"] is not (JsonArray or JsonObject)) return (STFT)AutoConfig.Create(typeof(STFT), config);
        JsonObject named = (JsonObject)config.DeepClone();
        named["window"] = null;
        STFT plain = (STFT)AutoConfig.Create(typeof(STFT), named);
        return new STFT(plain.Side, ConfigReader.Read<Tensor>(config["window"])!, plain.Scaling, plain.Periodic);
    }

    private double[]? WindowOf(int length)
    {
        if (WindowValues is null) return Window == null ? null : NamedWindow.Of(Window, length, Periodic);
        return WindowValues.Rank == 1 && WindowValues.Shape[0] == length
            ? Ops.Cast(WindowValues, DType.Float64).ToArray<double>()
            : throw new ArgumentException($"The window of STFT has shape {WindowValues.Shape}; it is a vector of the frame's length, {length}.");
    }
}
