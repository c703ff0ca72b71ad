using System.Text.Json.Nodes;
using NKeras.Engine;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// The spectrogram of signals on the mel scale, which follows how high tones sound to people (<c>keras.layers.MelSpectrogram</c>): a short-time Fourier transform, summed up in
/// overlapping triangles that are equally wide on that scale, in decibels.
/// </summary>
/// <remarks>
/// Signals are (time) or (batch, time); the result is (mels, frames) or (batch, mels, frames), with <c>time / sequenceStride + 1</c> frames, centred at multiples of the stride. The scale is HTK's:
/// <c>2595 · log10(1 + f / 700)</c>.
/// </remarks>
/// <example><code>
/// Tensor mels = new MelSpectrogram(numMelBins: 64, samplingRate: 8000, sequenceStride: 256, fftLength: 2048).Apply(sounds);
/// </code></example>
public sealed class MelSpectrogram : Layer
{
    private const float BreakFrequency = 700, HighFrequencyQ = 1127;

    /// <summary>Creates the layer with a window that has a name.</summary>
    /// <param name="fftLength">The length of the Fourier transform, in samples.</param>
    /// <param name="sequenceStride">The samples from a frame to the next.</param>
    /// <param name="sequenceLength">The samples of a frame; <paramref name="fftLength"/> if omitted.</param>
    /// <param name="window">The window that weighs the samples of a frame: <c>"hann"</c>, <c>"hamming"</c>, or null for none.</param>
    /// <param name="samplingRate">Samples per second.</param>
    /// <param name="numMelBins">How many triangles there are.</param>
    /// <param name="minFreq">The least frequency, in hertz.</param>
    /// <param name="maxFreq">The greatest frequency, in hertz; half of the sampling rate if omitted.</param>
    /// <param name="powerToDb">Whether the result is in decibels.</param>
    /// <param name="topDb">By how many decibels values may be below the greatest of all; lower ones are raised.</param>
    /// <param name="magExp">The power of the magnitude that is summed up: 1 for the magnitude, 2 for the power.</param>
    /// <param name="minPower">The least power, below which there are no lower decibels.</param>
    /// <param name="refPower">The power that stands for 0 decibels.</param>
    /// <param name="name">The name; <c>mel_spectrogram</c>, <c>mel_spectrogram_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type of the result; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A frame is longer than the transform, a number is not positive, or there is no such window.</exception>
    public MelSpectrogram(
        int fftLength = 2048,
        int sequenceStride = 512,
        int? sequenceLength = null,
        string? window = "hann",
        int samplingRate = 16000,
        int numMelBins = 128,
        double minFreq = 20.0,
        double? maxFreq = null,
        bool powerToDb = true,
        double topDb = 80.0,
        double magExp = 2.0,
        double minPower = 1e-10,
        double refPower = 1.0,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : this(null, window, fftLength, sequenceStride, sequenceLength, samplingRate, numMelBins, minFreq, maxFreq, powerToDb, topDb, magExp, minPower, refPower, name, trainable, dtype)
    {
    }

    /// <summary>Creates the layer with a window of one's own, a vector as long as a frame.</summary>
    /// <inheritdoc cref="MelSpectrogram(int, int, int?, string?, int, int, double, double?, bool, double, double, double, double, string?, bool, DTypePolicy?)"/>
    public MelSpectrogram(
        int fftLength,
        int sequenceStride,
        int? sequenceLength,
        Tensor window,
        int samplingRate = 16000,
        int numMelBins = 128,
        double minFreq = 20.0,
        double? maxFreq = null,
        bool powerToDb = true,
        double topDb = 80.0,
        double magExp = 2.0,
        double minPower = 1e-10,
        double refPower = 1.0,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : this(window ?? throw new ArgumentNullException(nameof(window)), null, fftLength, sequenceStride, sequenceLength, samplingRate, numMelBins, minFreq, maxFreq, powerToDb, topDb, magExp, minPower, refPower, name, trainable, dtype)
    {
    }

    private MelSpectrogram(
        Tensor? values, string? window, int fftLength, int sequenceStride, int? sequenceLength, int samplingRate, int numMelBins, double minFreq, double? maxFreq, bool powerToDb, double topDb,
        double magExp, double minPower, double refPower, string? name, bool trainable, DTypePolicy? dtype)
        : base(name, trainable, dtype)
    {
        (FftLength, SequenceStride) = (LayerArguments.Positive(this, fftLength), LayerArguments.Positive(this, sequenceStride));
        (SamplingRate, NumMelBins) = (LayerArguments.Positive(this, samplingRate), LayerArguments.Positive(this, numMelBins));
        // Keras: zero stands for the default, too.
        SequenceLength = sequenceLength is null or 0 ? fftLength : LayerArguments.Positive(this, sequenceLength.Value, nameof(sequenceLength));
        if (FftLength < SequenceLength) throw new ArgumentException($"Layer '{Name}': fftLength is at least sequenceLength; received {FftLength} and {SequenceLength}.", nameof(fftLength));
        Window = window is null or "hann" or "hamming" ? window : throw new ArgumentException($"Layer '{Name}': a window is \"hann\", \"hamming\" or null; received \"{window}\".", nameof(window));
        WindowValues = values is null || (values is ConcreteTensor && values.Rank == 1 && values.Shape[0] == SequenceLength)
            ? values
            : throw new ArgumentException($"Layer '{Name}': a window is a vector of sequenceLength={SequenceLength} numbers; received shape {values.Shape}.", nameof(window));
        (MinFreq, MaxFreq) = (minFreq, maxFreq is null or 0 ? samplingRate / 2 : maxFreq.Value);
        (PowerToDb, TopDb, MagExp, MinPower, RefPower) = (powerToDb, topDb, magExp, minPower, refPower);
    }

    /// <summary>The length of the Fourier transform.</summary>
    public int FftLength { get; }

    /// <summary>The samples from a frame to the next.</summary>
    public int SequenceStride { get; }

    /// <summary>The samples of a frame.</summary>
    public int SequenceLength { get; }

    /// <summary>The window's name; null for none, or for one's own.</summary>
    public string? Window { get; }

    /// <summary>The window's weights, if it is one's own.</summary>
    public Tensor? WindowValues { get; }

    /// <summary>Samples per second.</summary>
    public int SamplingRate { get; }

    /// <summary>How many triangles there are.</summary>
    public int NumMelBins { get; }

    /// <summary>The least frequency, in hertz.</summary>
    public double MinFreq { get; }

    /// <summary>The greatest frequency, in hertz.</summary>
    public double MaxFreq { get; }

    /// <summary>Whether the result is in decibels.</summary>
    public bool PowerToDb { get; }

    /// <summary>By how many decibels values may be below the greatest of all.</summary>
    public double TopDb { get; }

    /// <summary>The power of the magnitude that is summed up.</summary>
    public double MagExp { get; }

    /// <summary>The least power.</summary>
    public double MinPower { get; }

    /// <summary>The power that stands for 0 decibels.</summary>
    public double RefPower { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The signal is no vector of numbers, and no batch of such.</exception>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        if (inputs.Rank == 0) throw new ArgumentException($"Layer '{Name}' takes signals of shape (time) or (batch, time); received a scalar.", nameof(inputs));
        Tensor x = Ops.Cast(LayerArguments.Numbers(this, inputs), ComputeDType == DType.Float64 ? DType.Float64 : DType.Float32);
        (Tensor real, Tensor imag) = WindowValues is { } window
            ? Ops.Stft(x, SequenceLength, SequenceStride, FftLength, window)
            : Ops.Stft(x, SequenceLength, SequenceStride, FftLength, Window);
        Tensor power = Ops.Add(Ops.Square(real), Ops.Square(imag));
        // The power of the magnitude, without the root, which has no gradient at zero.
        Tensor summed = MagExp == 2 ? power : Ops.Power(power, MagExp / 2);
        Tensor mels = Ops.Tensordot(summed, LinearToMelWeightMatrix(NumMelBins, (FftLength / 2) + 1, SamplingRate, MinFreq, MaxFreq), 1);
        return Ops.Cast(Ops.Swapaxes(PowerToDb ? Decibels(mels) : mels, -1, -2), ComputeDType);
    }

    /// <summary>The matrix that sums up the frequencies of spectra in triangles on the mel scale: <c>Ops.Tensordot(spectra, matrix, 1)</c>.</summary>
    /// <param name="numMelBins">How many triangles there are. The peak of each is 1.</param>
    /// <param name="numSpectrogramBins">How many frequencies a spectrum has, from 0 to half of the sampling rate.</param>
    /// <param name="samplingRate">Samples per second.</param>
    /// <param name="lowerEdgeHertz">Where the lowest triangle begins.</param>
    /// <param name="upperEdgeHertz">Where the highest triangle ends.</param>
    /// <param name="dtype">The type of the matrix; float32 if omitted.</param>
    /// <returns>(numSpectrogramBins, numMelBins).</returns>
    public Tensor LinearToMelWeightMatrix(
        int numMelBins = 20, int numSpectrogramBins = 129, double samplingRate = 8000, double lowerEdgeHertz = 125.0, double upperEdgeHertz = 3800.0, DType? dtype = null)
    {
        LayerArguments.Positive(this, numMelBins);
        LayerArguments.Positive(this, numSpectrogramBins);
        // In single precision, as Keras has it: next to the edges of triangles only rounding is left.
        float nyquist = (float)samplingRate / 2, low = Mel((float)lowerEdgeHertz), high = Mel((float)upperEdgeHertz);
        float[] edges = [.. Enumerable.Range(0, numMelBins + 2).Select(i => i == numMelBins + 1 ? high : low + (i * ((high - low) / (numMelBins + 1))))];
        float[,] weights = new float[numSpectrogramBins, numMelBins];
        // The frequency zero is left out.
        for (int bin = 1; bin < numSpectrogramBins; bin++)
        {
            float mel = Mel(bin == numSpectrogramBins - 1 ? nyquist : bin * (nyquist / (numSpectrogramBins - 1)));
            for (int i = 0; i < numMelBins; i++)
            {
                float rising = (mel - edges[i]) / (edges[i + 1] - edges[i]), falling = (edges[i + 2] - mel) / (edges[i + 2] - edges[i + 1]);
                weights[bin, i] = Math.Max(0, Math.Min(rising, falling));
            }
        }

        return Ops.Cast(Tensor.From(weights), dtype ?? DType.Float32);
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        if (WindowValues is not null) config["window"] = GivenNumbers.Write(WindowValues);
        // Keras: half of the sampling rate is a whole number.
        if (MaxFreq == Math.Floor(MaxFreq) && MaxFreq < int.MaxValue) config["max_freq"] = (int)MaxFreq;
        return config;
    }

    /// <summary>The layer of a configuration, in which the window is a name or its weights.</summary>
    internal static MelSpectrogram FromConfig(JsonObject config)
    {
        if (config["window"] is not (JsonArray or JsonObject)) return (MelSpectrogram)AutoConfig.Create(typeof(MelSpectrogram), config);
        Tensor window = ConfigReader.Read<Tensor>(GivenNumbers.Read(config, "window")["window"])!;
        JsonObject named = (JsonObject)config.DeepClone();
        named["window"] = null;
        MelSpectrogram plain = (MelSpectrogram)AutoConfig.Create(typeof(MelSpectrogram), named);
        return new MelSpectrogram(
            plain.FftLength, plain.SequenceStride, plain.SequenceLength, window, plain.SamplingRate, plain.NumMelBins, plain.MinFreq, plain.MaxFreq, plain.PowerToDb, plain.TopDb,
            plain.MagExp, plain.MinPower, plain.RefPower, plain.Name, plain.Trainable, plain.DTypePolicy);
    }

    private static float Mel(float hertz) => HighFrequencyQ * MathF.Log(1 + (hertz / BreakFrequency));

    // Keras: the greatest value is that of the whole batch, so that a signal's result depends on the others'.
    private Tensor Decibels(Tensor power)
    {
        double reference = 10 * Math.Log10(Math.Max(Math.Abs(RefPower), MinPower));
        Tensor decibels = Ops.Subtract(Ops.Multiply(10.0, Ops.Log10(Ops.Maximum(power, MinPower))), reference);
        return Ops.Maximum(decibels, Ops.Subtract(Ops.Max(decibels), TopDb));
    }
}
