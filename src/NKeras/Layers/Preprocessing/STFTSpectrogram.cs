using System.Numerics;
using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;
using NKeras.Initializers;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// The spectrogram of signals, by a short-time Fourier transform (<c>keras.layers.STFTSpectrogram</c>): frames that overlap are weighted by a window, and for each its
/// frequencies are computed. The transform is a convolution, whose kernels are weights that can be trained.
/// </summary>
/// <remarks>
/// Signals are (batch, time, channels), or (batch, channels, time) with <c>channels_first</c>. The result has <c>fftLength / 2 + 1</c> frequencies for each frame and channel (twice as many
/// with <c>"stft"</c>): (batch, frames, channels · frequencies), or (batch, channels · frequencies, frames). As images they are (batch, frames, frequencies, channels), or (batch,
/// channels, frames, frequencies). Weights: real_kernel and imag_kernel, (frameLength, 1, frequencies), of which <c>"imag"</c> and <c>"real"</c> have one only.
/// </remarks>
/// <example><code>
/// Tensor images = new STFTSpectrogram("log", frameLength: 256, frameStep: 128, padding: "same", expandDims: true, trainable: false).Apply(sounds);
/// </code></example>
public sealed class STFTSpectrogram : Layer
{
    private static readonly string[] s_modes = ["log", "magnitude", "psd", "real", "imag", "angle", "stft"];

    private Variable? _realKernel;
    private Variable? _imagKernel;

    /// <summary>Creates the layer with a window that has a name.</summary>
    /// <param name="mode">What the result is: the magnitude (<c>"magnitude"</c>) or its logarithm (<c>"log"</c>), the power (<c>"psd"</c>), the real or imaginary part (<c>"real"</c>, <c>"imag"</c>), both (<c>"stft"</c>), or the angle (<c>"angle"</c>).</param>
    /// <param name="frameLength">The samples of a frame.</param>
    /// <param name="frameStep">The samples from the beginning of a frame to that of the next; half a frame if omitted.</param>
    /// <param name="fftLength">The length of the Fourier transform, at least that of a frame; the next power of two if omitted.</param>
    /// <param name="window">SciPy's name of the window that weighs the samples of a frame, such as <c>"hann"</c>; null for none.</param>
    /// <param name="periodic">Whether the window is one period of a longer one rather than symmetric.</param>
    /// <param name="scaling">What the window is divided by: its length as a vector (<c>"density"</c>), its sum (<c>"spectrum"</c>), or null for nothing.</param>
    /// <param name="padding"><c>"valid"</c> for frames within the signal, <c>"same"</c> for zeros around it.</param>
    /// <param name="expandDims">Whether the result has an axis of channels of its own, as images have.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="name">The name; <c>stft_spectrogram</c>, <c>stft_spectrogram_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the kernels.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">A length or a word is none that is possible.</exception>
    public STFTSpectrogram(
        string mode = "log",
        int frameLength = 256,
        int? frameStep = null,
        int? fftLength = null,
        string? window = "hann",
        bool periodic = false,
        string? scaling = "density",
        string padding = "valid",
        bool expandDims = false,
        string? dataFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : this(null, window, mode, frameLength, frameStep, fftLength, periodic, scaling, padding, expandDims, dataFormat, name, trainable, dtype)
    {
    }

    /// <summary>Creates the layer with a window of one's own.</summary>
    /// <param name="mode">What the result is.</param>
    /// <param name="frameLength">The samples of a frame.</param>
    /// <param name="frameStep">The samples from the beginning of a frame to that of the next; half a frame if omitted.</param>
    /// <param name="fftLength">The length of the Fourier transform, at least that of a frame; the next power of two if omitted.</param>
    /// <param name="window">The weights of the samples of a frame, a vector.</param>
    /// <param name="periodic">Kept for the configuration.</param>
    /// <param name="scaling">What the window is divided by: its length as a vector (<c>"density"</c>), its sum (<c>"spectrum"</c>), or null for nothing.</param>
    /// <param name="padding"><c>"valid"</c> for frames within the signal, <c>"same"</c> for zeros around it.</param>
    /// <param name="expandDims">Whether the result has an axis of channels of its own, as images have.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="name">The name; <c>stft_spectrogram</c>, <c>stft_spectrogram_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the kernels.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">A length or a word is none that is possible, or the window has another length than a frame.</exception>
    public STFTSpectrogram(
        string mode,
        int frameLength,
        int? frameStep,
        int? fftLength,
        Tensor window,
        bool periodic = false,
        string? scaling = "density",
        string padding = "valid",
        bool expandDims = false,
        string? dataFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : this(window ?? throw new ArgumentNullException(nameof(window)), null, mode, frameLength, frameStep, fftLength, periodic, scaling, padding, expandDims, dataFormat, name, trainable, dtype)
    {
    }

    private STFTSpectrogram(
        Tensor? values, string? window, string mode, int frameLength, int? frameStep, int? fftLength, bool periodic, string? scaling, string padding, bool expandDims, string? dataFormat,
        string? name, bool trainable, DTypePolicy? dtype)
        : base(name, trainable, dtype)
    {
        FrameLength = LayerArguments.Positive(this, frameLength);
        if (frameStep is { } step && (step > frameLength || step < 1)) throw new ArgumentOutOfRangeException(nameof(frameStep), $"Layer '{Name}': frameStep is from 1 to frameLength={frameLength}; received {step}.");
        if (fftLength < frameLength) throw new ArgumentOutOfRangeException(nameof(fftLength), $"Layer '{Name}': fftLength is at least frameLength={frameLength}; received {fftLength}.");
        if (fftLength is { } length && !BitOperations.IsPow2(length)) Warnings.Write($"Layer '{Name}': fftLength is best a power of two; it is {length}.");
        if (window != null) BadConfig.Within($"Layer '{Name}'", () => NamedWindow.Check(window));
        if (values is not null && (values is not ConcreteTensor || values.Rank != 1 || values.Shape[0] != frameLength))
            throw new ArgumentException($"Layer '{Name}': a window is a vector of frameLength={frameLength} numbers; received shape {values.Shape}.", nameof(window));
        (Mode, Padding) = (LayerArguments.OneOf(this, s_modes, mode), LayerArguments.OneOf(this, ["valid", "same"], padding));
        (FrameStep, FftLength, Window, WindowValues, Periodic) = (frameStep, fftLength, window, values, periodic);
        (Scaling, ExpandDims) = (scaling == null ? null : LayerArguments.OneOf(this, ["density", "spectrum"], scaling), expandDims);
        DataFormat = LayerArguments.DataFormat(this, dataFormat);
        InputSpec = new InputSpec(ndim: 3);
    }

    /// <summary>What the result is.</summary>
    public string Mode { get; }

    /// <summary>The samples of a frame.</summary>
    public int FrameLength { get; }

    /// <summary>The samples from the beginning of a frame to that of the next; null for half a frame.</summary>
    public int? FrameStep { get; }

    /// <summary>The length of the Fourier transform; null for the next power of two.</summary>
    public int? FftLength { get; }

    /// <summary>The window's name; null for none, or for one's own.</summary>
    public string? Window { get; }

    /// <summary>The window's weights, if it is one's own.</summary>
    public Tensor? WindowValues { get; }

    /// <summary>Whether the window is one period of a longer one.</summary>
    public bool Periodic { get; }

    /// <summary>What the window is divided by.</summary>
    public string? Scaling { get; }

    /// <summary><c>"valid"</c> or <c>"same"</c>.</summary>
    public string Padding { get; }

    /// <summary>Whether the result has an axis of channels of its own.</summary>
    public bool ExpandDims { get; }

    /// <summary>Where the channels are.</summary>
    public string DataFormat { get; }

    private bool IsChannelsFirst => DataFormat == "channels_first";

    private int Frequencies => ((FftLength ?? (int)BitOperations.RoundUpToPowerOf2((uint)FrameLength)) / 2) + 1;

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        Shape shape = [FrameLength, 1, Frequencies];
        if (Mode != "imag") _realKernel = AddWeight("real_kernel", shape, Part("real"));
        if (Mode != "real") _imagKernel = AddWeight("imag_kernel", shape, Part("imag"));
        Built = true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The signal is not of floating-point numbers, or shorter than a frame.</exception>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        if (!LayerArguments.Numbers(this, inputs).DType.IsFloating) throw new ArgumentException($"Layer '{Name}' takes signals of floating-point numbers; received {inputs.DType}.", nameof(inputs));
        if (Padding == "valid") LayerArguments.WindowFits(this, "frameLength", inputs.Shape, IsChannelsFirst ? 2 : 1, [FrameLength], null);
        // (batch, channels, frames, frequencies)
        Tensor? real = _realKernel is null ? null : Convolved(inputs, _realKernel), imag = _imagKernel is null ? null : Convolved(inputs, _imagKernel);
        if (Mode is "real" or "imag") return Arranged((real ?? imag)!);
        if (Mode == "angle") return Arranged(Ops.Arctan2(imag!, real!));
        if (Mode == "stft") return Arranged(Ops.Concatenate([real!, imag!], axis: 3));
        Tensor power = Ops.Add(Ops.Square(real!), Ops.Square(imag!));
        if (Mode == "psd") return Arranged(Ops.Multiply(power, Ops.Cast(OneSided(), power.DType)));
        Tensor magnitude = Arranged(Ops.Sqrt(Ops.Maximum(power, Config.Epsilon())));
        return Mode == "magnitude" ? magnitude : Ops.Log(Ops.Maximum(magnitude, Config.Epsilon()));
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        if (WindowValues is not null) config["window"] = GivenNumbers.Write(WindowValues);
        return config.Moved("data_format", before: "expand_dims");
    }

    /// <summary>The layer of a configuration, in which the window is a name or its weights.</summary>
    internal static STFTSpectrogram FromConfig(JsonObject config)
    {
        if (config["window"] is not (JsonArray or JsonObject)) return (STFTSpectrogram)AutoConfig.Create(typeof(STFTSpectrogram), config);
        Tensor window = ConfigReader.Read<Tensor>(GivenNumbers.Read(config, "window")["window"])!;
        JsonObject named = (JsonObject)config.DeepClone();
        named["window"] = null;
        STFTSpectrogram plain = (STFTSpectrogram)AutoConfig.Create(typeof(STFTSpectrogram), named);
        return new STFTSpectrogram(
            plain.Mode, plain.FrameLength, plain.FrameStep, plain.FftLength, window, plain.Periodic, plain.Scaling, plain.Padding, plain.ExpandDims, plain.DataFormat, plain.Name, plain.Trainable, plain.DTypePolicy);
    }

    private STFT Part(string side) => WindowValues is { } values ? new STFT(side, values, Scaling, Periodic) : new STFT(side, Window, Scaling, Periodic);

    /// <summary>Each channel by itself.</summary>
    private Tensor Convolved(Tensor inputs, Variable kernel)
    {
        Tensor signals = IsChannelsFirst ? inputs : Ops.Transpose(inputs, [0, 2, 1]);
        (int batch, int channels, int time) = (signals.Shape.Dims[0], signals.Shape.Dims[1], signals.Shape.Dims[2]);
        signals = PrimitiveOps.Reshape(signals, new Shape([Strides.Total(new Shape([batch, channels])), time, 1]));
        Tensor frames = Ops.Conv(signals, Ops.Cast(kernel, inputs.DType), strides: FrameStep ?? Math.Max(1, FrameLength / 2), padding: Padding, dataFormat: "channels_last");
        return PrimitiveOps.Reshape(frames, new Shape([batch, channels, .. frames.Shape.Dims[1..]]));
    }

    private Tensor Arranged(Tensor x)
    {
        if (ExpandDims) return IsChannelsFirst ? x : Ops.Transpose(x, [0, 2, 3, 1]);
        Tensor y = Ops.Transpose(x, IsChannelsFirst ? [0, 1, 3, 2] : [0, 2, 1, 3]);
        (int batch, int frames) = (x.Shape.Dims[0], x.Shape.Dims[2]);
        int features = Strides.Total(new Shape([x.Shape.Dims[1], x.Shape.Dims[3]]));
        return PrimitiveOps.Reshape(y, IsChannelsFirst ? new Shape([batch, features, frames]) : new Shape([batch, frames, features]));
    }

    /// <summary>How often each frequency counts: all but the first and the last stand for their conjugates, too.</summary>
    private Tensor OneSided() => Tensor.From<double>([.. Enumerable.Range(0, Frequencies).Select(f => f == 0 || f == Frequencies - 1 ? 1.0 : 2.0)]);
}
