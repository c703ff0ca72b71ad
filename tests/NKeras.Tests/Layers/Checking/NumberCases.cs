using NKeras.Layers;
using NormalizationLayer = NKeras.Layers.Normalization;

namespace NKeras.Tests.Layers.Checking;

/// <summary>Layers that prepare numbers, numbers of categories and sounds.</summary>
internal sealed class NumberCases : ILayerCases
{
    private static readonly (string Name, Shape Shape)[] s_kernels = [("real_kernel", [4, 1, 5]), ("imag_kernel", [4, 1, 5])];

    public IEnumerable<LayerCase> Cases
    {
        get
        {
            yield return new() { Make = () => new Rescaling(1.0 / 255), Inputs = [[2, 3, 4]], Output = [[2, 3, 4]], AutoName = "rescaling", Mask = [2, 3] };
            yield return new() { Setting = "by channel", Make = () => new Rescaling(new[] { 0.1, 2, 3 }, new[] { 1, 0, -1 }), Inputs = [[2, 5, 3]], Output = [[2, 5, 3]], Mask = [2, 5] };
            yield return new() { Setting = "whole numbers", Make = () => new Rescaling(2, offset: 1), Inputs = [[2, 3]], Below = 9, Output = [[2, 3]], Mask = [2, 3] };

            yield return new()
            {
                Make = () => new NormalizationLayer(),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 4]],
                AutoName = "normalization",
                Frozen = [("mean", [4]), ("variance", [4]), ("count", [])],
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "of all",
                Make = () => new NormalizationLayer(axis: null, invert: true),
                Inputs = [[2, 3]],
                Output = [[2, 3]],
                Frozen = [("mean", []), ("variance", []), ("count", [])],
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "along two axes",
                Make = () => new NormalizationLayer([1, -2]),
                Inputs = [[2, 3, 4, 5]],
                Output = [[2, 3, 4, 5]],
                Frozen = [("mean", [3, 4]), ("variance", [3, 4]), ("count", [])],
                Mask = [2, 3],
                AllowsUnknown = false,
            };

            yield return new() { Setting = "given", Make = () => new NormalizationLayer(mean: new[] { 0.5, 0.2, -0.1 }, variance: new[] { 0.1, 0.2, 0.3 }), Inputs = [[2, 3]], Output = [[2, 3]], Mask = [2, 3] };
            yield return new() { Setting = "given as numbers", Make = () => new NormalizationLayer(mean: 3, variance: 2.5, invert: true), Inputs = [[2, 3]], Output = [[2, 3]], Mask = [2, 3] };

            yield return new() { Make = () => new Discretization([0, 0.5, 1]), Inputs = [[2, 3]], Output = [[2, 3]], OutputType = DType.Int32, AutoName = "discretization", Trains = false };
            yield return new() { Setting = "rows", Make = () => new Discretization([0, 0.5, 1], outputMode: "one_hot"), Inputs = [[2, 3]], Output = [[2, 3, 4]], Trains = false };
            yield return new() { Setting = "one row", Make = () => new Discretization([0, 0.5, 1], outputMode: "multi_hot"), Inputs = [[2, 3, 5]], Output = [[2, 5, 4]], Trains = false };
            yield return new() { Setting = "learned", Make = Learned, Inputs = [[2, 3]], Output = [[2, 3]], OutputType = DType.Int32, Trains = false };

            yield return new() { Make = () => new CategoryEncoding(6), Inputs = [[2, 3]], Below = 6, Output = [[2, 6]], AutoName = "category_encoding", Trains = false, Mixes = false };
            yield return new() { Setting = "one-hot", Make = () => new CategoryEncoding(6, "one_hot"), Inputs = [[2, 3]], Below = 6, Output = [[2, 3, 6]], Trains = false, Mixes = false };
            yield return new() { Setting = "one-hot, one number", Make = () => new CategoryEncoding(6, "one_hot"), Inputs = [[2, 1]], Below = 6, Output = [[2, 6]], Trains = false, Mixes = false };
            yield return new() { Setting = "counts", Make = () => new CategoryEncoding(6, "count", dtype: "float64"), Inputs = [[2, 3, 4]], Below = 6, Output = [[2, 4, 6]], Trains = false, Mixes = false };
            yield return new()
            {
                Setting = "counts with weights",
                Make = () => new CategoryEncoding(6, "count"),
                Inputs = [[2, 3]],
                Arguments = new Dictionary<string, object> { ["count_weights"] = Shape.Create([2, 3]) },
                Below = 6,
                Output = [[2, 6]],
                Trains = false,
                Mixes = false,
            };

            yield return new() { Make = () => new STFTSpectrogram(frameLength: 4, fftLength: 8), Inputs = [[2, 16, 3]], Output = [[2, 7, 15]], AutoName = "stft_spectrogram", Trainable = s_kernels };
            yield return new()
            {
                Setting = "as images",
                Make = () => new STFTSpectrogram("stft", frameLength: 4, frameStep: 3, fftLength: 8, padding: "same", expandDims: true),
                Inputs = [[2, 16, 3]],
                Output = [[2, 6, 10, 3]],
                Trainable = s_kernels,
            };

            yield return new()
            {
                Setting = "channels first",
                Make = () => new STFTSpectrogram("psd", frameLength: 4, fftLength: 8, window: null, dataFormat: "channels_first"),
                Inputs = [[2, 3, 16]],
                Output = [[2, 15, 7]],
                Trainable = s_kernels,
            };

            yield return new()
            {
                Setting = "channels first, as images",
                Make = () => new STFTSpectrogram("real", frameLength: 4, fftLength: 8, scaling: "spectrum", expandDims: true, dataFormat: "channels_first"),
                Inputs = [[2, 3, 16]],
                Output = [[2, 3, 7, 5]],
                Trainable = s_kernels[..1],
            };

            yield return new()
            {
                Setting = "a window of one's own",
                Make = () => new STFTSpectrogram("imag", 4, null, 8, new[] { 0.1, 0.9, 0.8, 0.3 }),
                Inputs = [[2, 16, 1]],
                Output = [[2, 7, 5]],
                Trainable = s_kernels[1..],
            };

            yield return new() { Make = () => new MelSpectrogram(32, 16, numMelBins: 5), Inputs = [[2, 64]], Output = [[2, 5, 5]], AutoName = "mel_spectrogram" };
            yield return new()
            {
                Setting = "magnitudes",
                Make = () => new MelSpectrogram(32, 16, 24, "hamming", 8000, 5, 125, 3800.5, powerToDb: false, magExp: 1),
                Inputs = [[2, 64]],
                Output = [[2, 5, 5]],
            };

            yield return new() { Setting = "a window of one's own", Make = () => new MelSpectrogram(8, 4, 4, new[] { 0.1, 0.9, 0.8, 0.3 }, numMelBins: 3), Inputs = [[2, 16]], Output = [[2, 3, 5]] };
        }
    }

    private static Discretization Learned()
    {
        Discretization layer = new(numBins: 4);
        layer.Adapt(new[] { 0f, 0.25f, 0.5f, 0.75f, 1, 1.25f, 1.5f, 2 });
        return layer;
    }
}
