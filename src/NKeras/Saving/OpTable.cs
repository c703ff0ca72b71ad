using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace NKeras.Saving;

/// <summary>The functions of <see cref="Ops"/> that a configuration may name as steps of a model.</summary>
internal static class OpTable
{
    private static readonly Dictionary<string, MethodInfo> s_functions = Find(typeof(Ops));

    private static readonly HashSet<string> s_nn =
    [
        "Relu", "Relu6", "Sigmoid", "Softplus", "Softsign", "Silu", "LogSigmoid", "LeakyRelu", "HardSigmoid", "HardSilu", "Elu", "Selu", "Gelu", "Softmax",
        "LogSoftmax", "Celu", "HardTanh", "TanhShrink", "HardShrink", "SoftShrink", "SparsePlus", "SparseSigmoid", "Squareplus", "Threshold", "MaxPool", "AveragePool",
        "Conv", "OneHot", "BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy", "Moments", "BatchNorm",
    ];

    private static readonly HashSet<string> s_core = ["Cast", "StopGradient", "ConvertToTensor"];

    private static readonly HashSet<string> s_math = ["Rsqrt"];

    /// <summary>The names of the operations' classes.</summary>
    public static IEnumerable<string> Names => s_functions.Keys;

    /// <summary>Keras's module of an operation's class.</summary>
    public static string ModuleOf(string className) =>
        s_nn.Contains(className) ? "keras.src.ops.nn"
        : s_core.Contains(className) ? "keras.src.ops.core"
        : s_math.Contains(className) ? "keras.src.ops.math"
        : "keras.src.ops.numpy";

    /// <summary>The function behind an operation's class; null if there is none.</summary>
    public static MethodInfo? FunctionOf(string className) => s_functions.GetValueOrDefault(className);

    /// <summary>Whether a parameter takes tensors: functions without one make data and are no steps of a model.</summary>
    private static bool IsTensor(ParameterInfo parameter) => parameter.ParameterType == typeof(Tensor) || parameter.ParameterType.IsAssignableTo(typeof(IReadOnlyList<Tensor>));

    /// <summary>The public functions of tensors by name; of several of a name the one with the most parameters.</summary>
    private static Dictionary<string, MethodInfo> Find([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(m => !m.IsSpecialName && !m.IsGenericMethod && m.GetParameters().Any(IsTensor))
        .GroupBy(m => m.Name)
        .ToDictionary(g => g.Key, g => g.MaxBy(m => m.GetParameters().Length)!);
}
