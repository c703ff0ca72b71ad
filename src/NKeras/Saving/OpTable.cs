using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace NKeras.Saving;

/// <summary>
/// The functions that a configuration may name as steps of a model: those of <see cref="Ops"/> and <see cref="Activations"/>
/// whose arguments are tensors and plain values. A function that takes anything else (a callable, a file) is never among them.
/// </summary>
internal static class OpTable
{
    private const string NumpyModule = "keras.src.ops.numpy";

    /// <summary>Functions whose class Keras calls otherwise; null for other names of functions that are there already.</summary>
    private static readonly Dictionary<string, string?> s_classes = new()
    {
        [nameof(Ops.BatchNormalization)] = "BatchNorm",
        [nameof(Ops.Allclose)] = "AllClose",
        [nameof(Ops.Abs)] = null,
        [nameof(Ops.Swish)] = null,
        [nameof(Ops.HardSwish)] = null,
        [nameof(Ops.Isin)] = "IsIn",
        [nameof(Ops.Psnr)] = "PSNR",
        [nameof(Ops.Searchsorted)] = "SearchSorted",
        [nameof(Ops.LayerNormalization)] = "LayerNorm",
        [nameof(Ops.RmsNormalization)] = "RMSNorm",
        [nameof(Ops.CtcLoss)] = "CTCLoss",
        [nameof(Ops.CtcDecode)] = "CTCDecode",
        [nameof(Ops.RgbToGrayscale)] = "RGBToGrayscale",
        [nameof(Ops.RgbToHsv)] = "RGBToHSV",
        [nameof(Ops.HsvToRgb)] = "HSVToRGB",
        [nameof(Ops.Ssim)] = "SSIM",
        [nameof(Ops.ExtractPatches3d)] = null,
        [nameof(Ops.Conj)] = null,
        [nameof(Ops.Cdist)] = "CDist",
        [nameof(Ops.Svd)] = "SVD",
        [nameof(Ops.Fft)] = "FFT",
        [nameof(Ops.Fft2)] = "FFT2",
        [nameof(Ops.Ifft2)] = "IFFT2",
        [nameof(Ops.Rfft)] = "RFFT",
        [nameof(Ops.Irfft)] = "IRFFT",
        [nameof(Ops.Stft)] = "STFT",
        [nameof(Ops.Istft)] = "ISTFT",
    };

    private static readonly Dictionary<string, string[]> s_modules = new()
    {
        ["keras.src.ops.nn"] =
        [
            "Relu", "Relu6", "Sigmoid", "Softplus", "Softsign", "Silu", "LogSigmoid", "LeakyRelu", "HardSigmoid", "HardSilu", "Elu", "Selu", "Gelu", "Softmax",
            "LogSoftmax", "Celu", "HardTanh", "TanhShrink", "HardShrink", "SoftShrink", "SparsePlus", "SparseSigmoid", "Squareplus", "Threshold", "MaxPool",
            "AveragePool", "Conv", "OneHot", "MultiHot", "BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy", "Moments", "BatchNorm",
            "PSNR", "Glu", "Sparsemax", "AdaptiveMaxPool", "AdaptiveAveragePool", "DepthwiseConv", "SeparableConv", "ConvTranspose", "LayerNorm", "RMSNorm", "CTCLoss",
            "CTCDecode", "DotProductAttention", "Unfold", "Fold", "DepthToSpace", "SpaceToDepth", "Normalize", "Polar",
        ],
        ["keras.src.ops.core"] = ["Cast", "SaturateCast", "StopGradient", "ConvertToTensor", "Scatter", "ScatterUpdate", "Slice", "SliceUpdate", "Unstack"],
        ["keras.src.ops.math"] =
        [
            "Rsqrt", "Erf", "Erfc", "Erfinv", "Gammainc", "InTopK", "TopK", "Logsumexp", "SegmentSum", "SegmentMax", "SegmentMin", "SegmentProd", "CDist",
            "ExtractSequences", "FFT", "FFT2", "IFFT2", "RFFT", "IRFFT", "STFT", "ISTFT", "Logdet", "ViewAsComplex", "ViewAsReal",
        ],
        ["keras.src.activations.activations"] = ["ReLU", "Mish"],
        ["keras.src.ops.image"] =
        [
            "RGBToGrayscale", "RGBToHSV", "HSVToRGB", "Resize", "AffineTransform", "ExtractPatches", "ReconstructPatches", "MapCoordinates", "PadImages", "CropImages",
            "PerspectiveTransform", "GaussianBlur", "ElasticTransform", "ScaleAndTranslate", "SobelEdges", "SSIM",
        ],
        ["keras.src.ops.linalg"] =
        [
            "Cholesky", "CholeskyInverse", "Det", "Eig", "Eigh", "Inv", "LuFactor", "Lstsq", "MatrixPower", "MatrixRank", "Norm", "Pinv", "Qr", "Solve",
            "SolveTriangular", "SVD",
        ],
        ["keras.src.ops.einops"] = ["Rearrange"],
    };

    private static readonly Dictionary<string, OpEntry> s_entries = Entries(typeof(Ops)).ToDictionary(e => e.ClassName);

    /// <summary>The names of the operations' classes.</summary>
    public static IEnumerable<string> Names => s_entries.Keys;

    /// <summary>Keras's module of an operation's class.</summary>
    public static string ModuleOf(string className) => s_modules.FirstOrDefault(m => m.Value.Contains(className)).Key ?? NumpyModule;

    /// <summary>Whether a module is one that holds operations rather than layers.</summary>
    public static bool IsModule(string module) =>
        s_modules.ContainsKey(module) || module.StartsWith("keras.src.ops.", StringComparison.Ordinal) || module.StartsWith("keras.ops", StringComparison.Ordinal);

    /// <summary>The function behind an operation's class; null if there is none.</summary>
    public static OpEntry? Find(string className) => s_entries.GetValueOrDefault(className);

    private static IEnumerable<OpEntry> Entries([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type type)
    {
        // Of several functions of a name the one that takes a list of axes reads a single axis, too.
        IEnumerable<MethodInfo> functions = type
            .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => !m.IsSpecialName && !m.IsGenericMethod && OpEntry.CanBe(m))
            .GroupBy(m => m.Name)
            .Select(g => g.OrderByDescending(m => m.GetParameters().Length).ThenBy(m => m.GetParameters().Any(p => p.ParameterType == typeof(Ints)) ? 0 : 1).First());
        foreach (MethodInfo function in functions)
        {
            if (s_classes.GetValueOrDefault(function.Name, function.Name) is { } className) yield return new OpEntry(className, function);
        }

        yield return new OpEntry("ReLU", Activations.Relu.Method);
        yield return new OpEntry("Mish", Activations.Mish.Method);
    }
}
