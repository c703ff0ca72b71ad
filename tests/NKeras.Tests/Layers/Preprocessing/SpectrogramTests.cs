using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing;

/// <summary>Behaviours of keras/src/layers/preprocessing/stft_spectrogram_test.py and mel_spectrogram_test.py; numbers are those of Keras 3.16 on NumPy.</summary>
[Collection(NamesCollection.Name)]
public sealed class SpectrogramTests
{
    /// <summary>Two channels of 12 samples, (1, 12, 2).</summary>
    private static Tensor Stereo => Ops.Reshape(Samples(24, i => Math.Sin(i * 0.7) + (0.25 * Math.Cos(i * 2.1))), [1, 12, 2]);

    private static Tensor Mono => Samples(64, i => Math.Sin(i * 0.3) + (0.5 * Math.Sin(i * 1.7)));

    public static TheoryData<string, float[]> Modes => new()
    {
        {
            "log",
            [
                -1.804630f, -0.965161f, -3.124665f, -1.614843f, -0.501844f, -1.621589f, -1.180456f, -0.630093f, -2.053073f, -0.742623f, -0.803482f, -1.373252f, -0.640573f, -0.524492f, -0.841404f, -1.036462f,
                -0.806589f, -1.202140f,
            ]
        },
        {
            "magnitude",
            [
                0.164535f, 0.380922f, 0.043952f, 0.198922f, 0.605413f, 0.197585f, 0.307139f, 0.532542f, 0.128340f, 0.475864f, 0.447767f, 0.253282f, 0.526990f, 0.591856f, 0.431105f, 0.354707f, 0.446378f, 0.300550f,
            ]
        },
        {
            "psd",
            [
                0.027072f, 0.290203f, 0.001932f, 0.039570f, 0.733050f, 0.039040f, 0.094334f, 0.567203f, 0.016471f, 0.226447f, 0.400991f, 0.064152f, 0.277719f, 0.700587f, 0.185851f, 0.125817f, 0.398507f, 0.090331f,
            ]
        },
        {
            "real",
            [
                0.164535f, -0.085725f, 0.043952f, -0.198922f, 0.236624f, -0.197585f, 0.307139f, -0.263792f, 0.128340f, 0.475864f, -0.447229f, 0.253282f, -0.526990f, 0.560828f, -0.431105f, -0.354707f, 0.340864f,
                -0.300550f,
            ]
        },
        { "imag", [0, -0.371150f, 0, 0, -0.557256f, 0, 0, 0.462618f, 0, 0, -0.021957f, 0, 0, 0.189119f, 0, 0, 0.288211f, 0] },
        {
            "stft",
            [
                0.164535f, -0.085725f, 0.043952f, 0, -0.371150f, 0, -0.198922f, 0.236624f, -0.197585f, 0, -0.557256f, 0, 0.307139f, -0.263792f, 0.128340f, 0, 0.462618f, 0, 0.475864f, -0.447229f, 0.253282f, 0,
                -0.021957f, 0, -0.526990f, 0.560828f, -0.431105f, 0, 0.189119f, 0, -0.354707f, 0.340864f, -0.300550f, 0, 0.288211f, 0,
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Modes))]
    public void GivesEveryMode(string mode, float[] expected)
    {
        STFTSpectrogram layer = new(mode, frameLength: 4, frameStep: 3, fftLength: 4, window: "hamming", periodic: true, scaling: "spectrum");
        Tensor y = layer.Apply(Stereo);
        Assert.Equal([1, 3, expected.Length / 3], y.Shape);
        Close.To(expected, y, 1e-4);
        Assert.Equal(mode is "real" or "imag" ? 1 : 2, layer.TrainableWeights.Count);
    }

    /// <summary>Where the imaginary part is nothing but rounding the angle is 0 or ±π.</summary>
    [Fact]
    public void AnglesAreThoseOfTheParts()
    {
        Tensor angle = new STFTSpectrogram("angle", frameLength: 4, fftLength: 8).Apply(Stereo);
        Tensor magnitude = new STFTSpectrogram("magnitude", frameLength: 4, fftLength: 8).Apply(Stereo);
        Close.To(new STFTSpectrogram("real", frameLength: 4, fftLength: 8).Apply(Stereo).ToArray<float>(), magnitude * Ops.Cos(angle), 1e-4);
        Close.To(new STFTSpectrogram("imag", frameLength: 4, fftLength: 8).Apply(Stereo).ToArray<float>(), magnitude * Ops.Sin(angle), 1e-4);
    }

    [Fact]
    public void ArrangesChannelsAndPads()
    {
        float[] firstFrame = [0.786928f, 1.153419f, 0.745703f, 1.077721f, 0.635244f, 0.868184f, 0.500996f, 0.588221f, 0.433375f, 0.420847f];
        Tensor images = new STFTSpectrogram("magnitude", frameLength: 4, fftLength: 8, padding: "same", expandDims: true).Apply(Stereo);
        Assert.Equal([1, 6, 5, 2], images.Shape);
        Close.Equal(firstFrame, images.ToArray<float>()[..10]);
        Tensor flat = new STFTSpectrogram("magnitude", frameLength: 4, fftLength: 8, padding: "same").Apply(Stereo);
        Assert.Equal([1, 6, 10], flat.Shape);
        Close.To(Ops.Reshape(Ops.Transpose(images, [0, 1, 3, 2]), [1, 6, 10]).ToArray<float>(), flat);
        Tensor first = Ops.Transpose(Stereo, [0, 2, 1]);
        Tensor flatFirst = new STFTSpectrogram("magnitude", frameLength: 4, fftLength: 8, padding: "same", dataFormat: "channels_first").Apply(first);
        Assert.Equal([1, 10, 6], flatFirst.Shape);
        Close.To(Ops.Transpose(flat, [0, 2, 1]).ToArray<float>(), flatFirst);
        Tensor imagesFirst = new STFTSpectrogram("magnitude", frameLength: 4, fftLength: 8, padding: "same", dataFormat: "channels_first", expandDims: true).Apply(first);
        Assert.Equal([1, 2, 6, 5], imagesFirst.Shape);
        Close.To(Ops.Transpose(images, [0, 3, 1, 2]).ToArray<float>(), imagesFirst);
    }

    [Fact]
    public void WithoutWindowTheSumIsThatOfTheFrame()
    {
        Tensor y = new STFTSpectrogram("magnitude", frameLength: 4, fftLength: 8, window: null, scaling: null).Apply(Stereo);
        Assert.Equal([1, 5, 10], y.Shape);
        Close.Equal([0.696333f, 1.352980f, 1.485278f, 0.800522f, 0.213999f, 0.045664f, 2.146599f, 2.438040f, 1.156935f, 0.051013f], y.ToArray<float>()[..10], 1e-4);
        Tensor own = new STFTSpectrogram("magnitude", 4, null, 8, new[] { 1.0, 1, 1, 1 }, scaling: null).Apply(Stereo);
        Close.To(y.ToArray<float>(), own, 1e-6);
    }

    /// <summary>test_spectrogram_basics</summary>
    [Fact]
    public void HasKerasShapesForLongSignals()
    {
        Assert.Equal([2, 621, 1026], new STFTSpectrogram("stft", 500, 25, 1024).ComputeOutputShape([2, 16000, 1]));
        Assert.Equal([2, 3721, 257], new STFTSpectrogram("imag", 150, 43, 512, padding: "same").ComputeOutputShape([2, 160000, 1]));
        Assert.Equal([null, 1249, 257], new STFTSpectrogram(frameStep: 128, fftLength: 512).ComputeOutputShape([null, 160000, 1]));
        STFTSpectrogram frozen = new("log", 150, 10, 512, padding: "same", expandDims: true, trainable: false);
        Assert.Equal([2, 16000, 257, 3], frozen.ComputeOutputShape([2, 160000, 3]));
        Assert.Empty(frozen.TrainableWeights);
        Assert.Equal(2, frozen.NonTrainableWeights.Count);
    }

    /// <summary>test_spectrogram_dynamic_shape</summary>
    [Fact]
    public void ModelsTakeSignalsOfAnyLength()
    {
        Model model = new Sequential([new Input([null, 1]), new STFTSpectrogram(frameLength: 32, frameStep: 8)]);
        foreach ((int batch, int time) in new[] { (2, 200), (3, 64) })
        {
            Tensor x = RandomOps.Normal([batch, time, 1], seed: 5);
            Tensor y = model.Predict(x, verbose: 0);
            Assert.Equal([batch, ((time - 32) / 8) + 1, 17], y.Shape);
            Close.To(model.Layers[^1].Apply(x).ToArray<float>(), y, 1e-4);
        }
    }

    [Fact]
    public void KernelsAreTrained()
    {
        STFTSpectrogram layer = new("magnitude", frameLength: 16);
        Model model = new Sequential([new Input([64, 1]), layer, new GlobalAveragePooling1D(), new Dense(1)]);
        model.Compile(new NKeras.Optimizers.Adam(0.01), "mse");
        Tensor x = RandomOps.Normal([16, 64, 1], seed: 6), y = Ops.Mean(Ops.Square(x), [1, 2], keepdims: false);
        float[] before = layer.Weights[0].Value.ToArray<float>();
        NKeras.Callbacks.History history = model.Fit(x, Ops.Reshape(y, [16, 1]), epochs: 20, verbose: 0);
        Assert.True(history["loss"][^1] < history["loss"][0]);
        Assert.NotEqual(before, layer.Weights[0].Value.ToArray<float>());
    }

    [Fact]
    public void RefusesWhatMakesNoFrames()
    {
        Refused("frameStep", () => new STFTSpectrogram(frameLength: 256, frameStep: 1024));
        Refused("frameStep", () => new STFTSpectrogram(frameStep: 0));
        Refused("fftLength", () => new STFTSpectrogram(frameLength: 256, fftLength: 128));
        Refused("padding", () => new STFTSpectrogram(padding: "mypadding"));
        Refused("scaling", () => new STFTSpectrogram(scaling: "l2"));
        Refused("mode", () => new STFTSpectrogram("spectrogram"));
        Refused("unknowable", () => new STFTSpectrogram(window: "unknowable"));
        Refused("a vector of frameLength=4", () => new STFTSpectrogram("log", 4, null, null, new[] { 1.0, 2 }));
        Refused("floating-point numbers; received int32", () => new STFTSpectrogram(frameLength: 4).Apply(Ops.Zeros([1, 16, 1], "int32")));
        Refused("takes numbers; received strings", () => new STFTSpectrogram(frameLength: 4).Apply(Tensor.FromStrings(["a"], [1, 1, 1])));
        Refused("spans 256 elements", () => new STFTSpectrogram().Apply(Ops.Zeros([1, 16, 1])));
        Refused("(1, 16)", () => new STFTSpectrogram(frameLength: 4).Apply(Ops.Zeros([1, 16])));

        static void Refused(string message, Func<object> action)
        {
            string text = Assert.ThrowsAny<ArgumentException>(action).Message;
            Assert.Contains("layer 'stft_spectrogram", text, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(message, text);
        }
    }

    public static TheoryData<bool, double, string, int, double, double, float[]> Mels => new()
    {
        {
            true, 2, "hann", 32, 80, 1,
            [
                14.805818f, 17.949858f, 18.118542f, 17.960531f, 14.593456f, 9.931395f, 12.885232f, 12.782931f, 12.878338f, 10.369624f, 6.928887f, 8.902806f, 8.906427f, 8.903703f, 6.395350f, 11.795427f, 12.106554f,
                12.106043f, 12.106339f, 12.429947f,
            ]
        },
        {
            false, 2, "hann", 32, 80, 1,
            [
                30.239988f, 62.371437f, 64.841675f, 62.524918f, 28.796883f, 9.843270f, 19.432255f, 18.979868f, 19.401428f, 10.888357f, 4.930474f, 7.767487f, 7.773967f, 7.769093f, 4.360486f, 15.119685f, 16.242596f,
                16.240683f, 16.241789f, 17.498249f,
            ]
        },
        {
            false, 1, "hamming", 16, 80, 1,
            [
                4.036328f, 6.875365f, 5.251569f, 6.787285f, 4.073869f, 1.987663f, 4.767664f, 4.723618f, 4.764944f, 2.495760f, 2.075051f, 3.228848f, 3.260497f, 3.210237f, 2.102310f, 5.366636f, 5.061723f, 5.055909f,
                5.046927f, 6.148313f,
            ]
        },
        {
            true, 2, "hann", 32, 10, 2,
            [
                11.795517f, 14.939558f, 15.108242f, 14.950232f, 11.583157f, 6.921094f, 9.874931f, 9.772633f, 9.868038f, 7.359323f, 5.108242f, 5.892506f, 5.896127f, 5.893403f, 5.108242f, 8.785128f, 9.096254f,
                9.095743f, 9.096039f, 9.419647f,
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Mels))]
    public void SumsUpOnTheMelScale(bool decibels, double magExp, string window, int sequenceLength, double topDb, double refPower, float[] expected)
    {
        MelSpectrogram layer = new(32, 16, sequenceLength, window, 8000, 4, powerToDb: decibels, topDb: topDb, magExp: magExp, refPower: refPower);
        Tensor y = layer.Apply(Mono);
        Assert.Equal([4, 5], y.Shape);
        Close.To(expected, y, 1e-4);
        Tensor batch = layer.Apply(Ops.Stack([Mono, Mono]));
        Assert.Equal([2, 4, 5], batch.Shape);
        Close.Equal(expected, batch.ToArray<float>()[20..], 1e-4);
    }

    [Fact]
    public void TheMatrixHasTrianglesOnTheMelScale() => Close.To(
        [0, 0, 0, 0.883477f, 0, 0, 0.295263f, 0.704737f, 0, 0, 0.687336f, 0.312664f, 0, 0.204458f, 0.795542f, 0, 0, 0.803859f, 0, 0, 0.461539f, 0, 0, 0.162676f, 0, 0, 0],
        new MelSpectrogram().LinearToMelWeightMatrix(3, 9, 8000, 125, 3800));

    /// <summary>test_output_shape and the class's documentation.</summary>
    [Fact]
    public void FramesAreCentredAtMultiplesOfTheStride()
    {
        Assert.Equal([2, 80, 126], new MelSpectrogram(2048, 128, samplingRate: 8000, numMelBins: 80).Apply(Ops.Zeros([2, 16000])).Shape);
        Assert.Equal([80, 126], new MelSpectrogram(2048, 128, samplingRate: 8000, numMelBins: 80).Apply(Ops.Ones([16001])).Shape);
        Assert.Equal([64, 63], new MelSpectrogram(2048, 256, samplingRate: 8000, numMelBins: 64).Apply(Mono512(16000)).Shape);
        static Tensor Mono512(int count) => RandomOps.Uniform([count], seed: 7);
    }

    [Fact]
    public void ModelsComputeMelsCompiled()
    {
        MelSpectrogram layer = new(32, 16, samplingRate: 8000, numMelBins: 4);
        Model model = new Sequential([new Input([null]), layer]);
        Assert.Equal([null, 4, null], model.OutputShape);
        foreach (int length in new[] { 64, 100 })
        {
            Tensor x = RandomOps.Normal([3, length], seed: 8);
            Close.To(layer.Apply(x).ToArray<float>(), model.Predict(x, verbose: 0), 1e-4);
        }

        Assert.Equal(DType.Float16, new MelSpectrogram(32, 16, numMelBins: 4, dtype: "mixed_float16").Apply(Mono).DType);
    }

    [Fact]
    public void ConfigurationsAreKerass()
    {
        // Keras 3.16: MelSpectrogram().get_config() and STFTSpectrogram().get_config().
        Assert.EndsWith(
            """
            "fft_length":2048,"sequence_stride":512,"sequence_length":2048,"window":"hann","sampling_rate":16000,"num_mel_bins":128,"min_freq":20,"max_freq":8000,"power_to_db":true,"top_db":80,"mag_exp":2,"min_power":1E-10,"ref_power":1}
            """,
            new MelSpectrogram().GetConfig().ToJsonString());
        Assert.EndsWith(
            """
            "mode":"log","frame_length":256,"frame_step":null,"fft_length":null,"window":"hann","periodic":false,"scaling":"density","padding":"valid","data_format":"channels_last","expand_dims":false}
            """,
            new STFTSpectrogram().GetConfig().ToJsonString());
    }

    [Fact]
    public void RefusesWhatMakesNoMels()
    {
        Assert.Contains("fftLength is at least sequenceLength; received 256 and 512", Assert.Throws<ArgumentException>(() => new MelSpectrogram(256, 256, 512, numMelBins: 80)).Message);
        Assert.Contains("a window is", Assert.Throws<ArgumentException>(() => new MelSpectrogram(window: "blackman")).Message);
        Assert.Contains("a vector of sequenceLength=8", Assert.Throws<ArgumentException>(() => new MelSpectrogram(8, 4, null, new[] { 1.0 })).Message);
        Assert.Contains("takes numbers; received strings", Assert.Throws<ArgumentException>(() => new MelSpectrogram().Apply(new[] { "a" })).Message);
        Assert.Contains("received a scalar", Assert.Throws<ArgumentException>(() => new MelSpectrogram().Apply(1.0)).Message);
    }

    private static Tensor Samples(int count, Func<int, double> value) => Tensor.From<float>([.. Enumerable.Range(0, count).Select(i => (float)value(i))]);
}
