using System.Globalization;
using System.Reflection;
using System.Text.Json;
using NKeras.Conformance.Binding;

namespace NKeras.Conformance.Coverage;

/// <summary>Compares the public API of NKeras with that of Keras.</summary>
internal static class ApiComparison
{
    /// <summary>Members that every Python class has or that C# writes otherwise: operators, and calls.</summary>
    private static readonly HashSet<string> s_otherwise = ["call", "__call__", "from_config"];

    /// <summary>Looks for a name, and compares its parameters.</summary>
    public static CoverageResult Compare(ApiEntry entry)
    {
        IReadOnlyList<Callable> overloads = entry.IsClass ? Callable.Constructors(entry.Path) : Callable.Functions(entry.Path);
        Type? type = entry.IsClass ? KerasModules.ClassOf(entry.Path) : null;
        (Type Type, string Name)? member = KerasModules.MemberOf(entry.Path);
        MethodInfo[] methods = overloads.Count == 0 && type == null && member is { } found
            ? [.. found.Type.GetMethods().Where(m => string.Equals(m.Name, found.Name, StringComparison.OrdinalIgnoreCase))]
            : [];
        if (overloads.Count + methods.Length == 0 && type == null)
            return new(entry, member is { } property && property.Type.GetProperty(property.Name) != null ? CoverageStatus.Present : CoverageStatus.Missing, [], []);
        // What a method belongs to is the function's first parameter in Python. A class without a public constructor, such as an abstract one, has no parameters to compare.
        IReadOnlyList<string> differences = overloads.Select(o => Differences(entry, o.Parameters))
            .Concat(methods.Select(m => Differences(m.IsStatic ? entry : entry with { Parameters = [.. entry.Parameters.Skip(1)] }, m.GetParameters())))
            .MinBy(d => d.Count) ?? [];
        string[] missing = type == null ? [] : [.. entry.Members.Where(m => !s_otherwise.Contains(m) && !HasMember(type, Names.Pascal(m)))];
        return new(entry, differences.Count == 0 ? CoverageStatus.Present : CoverageStatus.Different, differences, missing);
    }

    private static bool HasMember(Type type, string name) =>
        type.GetMember(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy | BindingFlags.IgnoreCase).Any(m => m is not MethodBase { IsAssembly: true });

    private static IReadOnlyList<string> Differences(ApiEntry entry, ParameterInfo[] parameters)
    {
        List<string> differences = [];
        ApiParameter[] keras = [.. entry.Parameters.Where(p => !p.Name.StartsWith('*'))];
        int last = -1;
        foreach (ApiParameter parameter in keras)
        {
            int at = Array.FindIndex(parameters, p => p.Name == Names.Camel(parameter.Name));
            if (at < 0)
            {
                differences.Add($"lacks `{Names.Camel(parameter.Name)}`");
                continue;
            }

            if (at < last) differences.Add($"`{parameters[at].Name}` is in another place");
            last = Math.Max(last, at);
            if (DefaultDifference(parameter, parameters[at]) is { } difference) differences.Add(difference);
        }

        if (entry.TakesAnything) return differences;
        foreach (ParameterInfo own in parameters.Where(p => !keras.Any(k => Names.Camel(k.Name) == p.Name))) differences.Add($"also takes `{own.Name}`");
        return differences;
    }

    private static string? DefaultDifference(ApiParameter keras, ParameterInfo own)
    {
        bool given = own.HasDefaultValue || own.IsDefined(typeof(ParamArrayAttribute));
        if (keras.Default is not { } value) return given ? $"`{own.Name}` may be omitted" : null;
        if (!given) return $"`{own.Name}` must be given (Keras: {keras.DefaultText})";
        return SameDefault(value, own) ? null : $"`{own.Name}` is {own.DefaultValue ?? "null"} by default (Keras: {keras.DefaultText})";
    }

    private static bool SameDefault(JsonElement keras, ParameterInfo own)
    {
        Type type = Nullable.GetUnderlyingType(own.ParameterType) ?? own.ParameterType;
        if (own.DefaultValue == null)
        {
            // No constant of such a type can be a default in C#: null stands for Keras's, which the comment names.
            bool hasConstants = type.IsPrimitive || type == typeof(string);
            return keras.ValueKind == JsonValueKind.Null || !hasConstants || (own.ParameterType.IsValueType && Nullable.GetUnderlyingType(own.ParameterType) == null);
        }

        return keras.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => own.DefaultValue is bool truth && truth == keras.GetBoolean(),
            JsonValueKind.Number => own.DefaultValue is IConvertible and not string && System.Convert.ToDouble(own.DefaultValue, CultureInfo.InvariantCulture).Equals(keras.GetDouble()),
            JsonValueKind.String => own.DefaultValue is string text && text == keras.GetString(),
            _ => false,
        };
    }
}
