using System.Reflection;

namespace NKeras.Conformance.Binding;

/// <summary>A function or constructor of NKeras that a Keras name stands for: one overload.</summary>
/// <param name="Parameters">What it takes.</param>
/// <param name="Invoke">Calls it.</param>
internal sealed record Callable(ParameterInfo[] Parameters, Func<object?[], object?> Invoke)
{
    /// <summary>The overloads of the function with a Keras name; none if NKeras lacks it.</summary>
    /// <remarks>Static extensions of the class, <c>…Extensions</c>, count to it. Case does not count: Keras's <c>dtype</c> is <c>DType</c>. What is a function in Python may be a constructor, as <c>Input</c> is.</remarks>
    /// <param name="target">Such as <c>keras.ops.matmul</c>.</param>
    public static IReadOnlyList<Callable> Functions(string target)
    {
        if (KerasModules.MemberOf(target) is not { } member) return Constructors(target);
        (Type type, string name) = member;
        List<Callable> found =
        [
            .. type.GetMethods(BindingFlags.Public | BindingFlags.Static)
                .Concat(type.Assembly.GetType($"{type.FullName}Extensions")?.GetMethods(BindingFlags.Public | BindingFlags.Static) ?? [])
                .Where(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase) && !m.IsSpecialName && !m.IsGenericMethod)
                .Select(m => new Callable(m.GetParameters(), arguments => m.Invoke(null, arguments))),
        ];
        // Functions that can be passed on, such as activations, are properties.
        if (type.GetProperty(name, BindingFlags.Public | BindingFlags.Static | BindingFlags.IgnoreCase)?.GetValue(null) is Delegate function)
            found.Add(new Callable(function.GetType().GetMethod("Invoke")!.GetParameters(), function.DynamicInvoke));
        return found.Count == 0 && char.IsUpper(target[target.LastIndexOf('.') + 1]) ? Constructors(target) : found;
    }

    /// <summary>The constructors of the class with a Keras name; none if NKeras lacks it.</summary>
    public static IReadOnlyList<Callable> Constructors(string target) => KerasModules.ClassOf(target) is { } type
        ? [.. type.GetConstructors().Select(c => new Callable(c.GetParameters(), c.Invoke))]
        : [];
}
