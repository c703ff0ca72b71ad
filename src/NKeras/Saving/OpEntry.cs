using System.Reflection;
using System.Runtime.CompilerServices;

namespace NKeras.Saving;

/// <summary>A function that configurations can name.</summary>
/// <param name="ClassName">Keras's class of it.</param>
/// <param name="Function">The function.</param>
internal sealed record OpEntry(string ClassName, MethodInfo Function)
{
    /// <summary>What a step is called with.</summary>
    private static readonly HashSet<Type> s_arguments = [typeof(Tensor), typeof(IReadOnlyList<Tensor>), typeof(TensorIndex[]), typeof(StartIndices), typeof((Tensor, Tensor))];

    /// <summary>What a step can be set to.</summary>
    private static readonly HashSet<Type> s_settings =
    [
        typeof(bool), typeof(int), typeof(double), typeof(string), typeof(DType), typeof(Ints), typeof(Floats), typeof(Shape), typeof(TargetShape), typeof(RandomSeed),
        typeof(PadWidth), typeof(NormOrder),
    ];

    /// <summary>Whether a function takes and gives nothing but tensors and plain values.</summary>
    public static bool CanBe(MethodInfo function) =>
        (function.ReturnType == typeof(Tensor) || function.ReturnType.IsAssignableTo(typeof(IReadOnlyList<Tensor>)) || function.ReturnType.IsAssignableTo(typeof(ITuple)))
        && function.GetParameters() is { } parameters
        && parameters.Any(p => s_arguments.Contains(p.ParameterType))
        && parameters.All(p => s_arguments.Contains(p.ParameterType) || s_settings.Contains(Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType));

    /// <summary>Whether a parameter is given by a step's configuration rather than by its calls.</summary>
    public bool IsSetting(ParameterInfo parameter) => ClassName switch
    {
        "Clip" => parameter.Position > 0,
        "DotProductAttention" when parameter.Name == "scale" => false,
        "ScaleAndTranslate" when parameter.ParameterType == typeof(Shape) => false,
        _ => !s_arguments.Contains(parameter.ParameterType),
    };
}
