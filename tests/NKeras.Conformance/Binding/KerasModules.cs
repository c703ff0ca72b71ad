namespace NKeras.Conformance.Binding;

/// <summary>Which static class holds the functions of a Keras module.</summary>
internal static class KerasModules
{
    private static readonly Dictionary<string, Type> s_functions = new()
    {
        ["keras.ops"] = typeof(Ops),
        ["keras.activations"] = typeof(Activations),
        ["keras.random"] = typeof(RandomOps),
        ["keras.utils"] = typeof(Utils),
        ["keras.config"] = typeof(Config),
        ["keras.losses"] = typeof(LossFunctions),
        ["keras.metrics"] = typeof(MetricFunctions),
        ["keras.tree"] = typeof(Tree),
        ["keras.quantizers"] = typeof(QuantizerFunctions),
        ["keras.dtype_policies"] = typeof(DTypePolicyFunctions),
    };

    private static readonly ILookup<string, Type> s_classes =
        typeof(Ops).Assembly.GetExportedTypes().Concat(typeof(Tensor).Assembly.GetExportedTypes()).Where(t => !t.IsNested).ToLookup(t => t.Name);

    /// <summary>Functions that are members of the class they are about.</summary>
    private static readonly Dictionary<string, (Type Type, string Name)> s_members = new()
    {
        ["clone_model"] = (typeof(Model), nameof(Model.Clone)),
        ["model_from_json"] = (typeof(Model), nameof(Model.FromJson)),
    };

    /// <summary>The member that a function of Keras's is; null if it is none.</summary>
    public static (Type Type, string Name)? MemberOf(string target)
    {
        int dot = target.LastIndexOf('.');
        string name = target[(dot + 1)..];
        if (target.StartsWith("keras.models.", StringComparison.Ordinal) && s_members.TryGetValue(name, out (Type, string) member)) return member;
        return dot > 0 && FunctionsOf(target[..dot]) is { } type ? (type, Names.Pascal(name)) : null;
    }

    /// <summary>The class with the functions of a module; null if there is none.</summary>
    /// <param name="module">A module such as <c>keras.ops</c>; what is in one of its own modules counts to it.</param>
    public static Type? FunctionsOf(string module)
    {
        for (string at = module; at.Contains('.'); at = at[..at.LastIndexOf('.')])
        {
            if (s_functions.TryGetValue(at, out Type? type)) return type;
        }

        // keras.datasets.mnist
        string[] parts = module.Split('.');
        return parts is ["keras", "datasets", string set] ? typeof(Datasets).GetNestedType(Names.Pascal(set)) : null;
    }

    /// <summary>The class of a Keras class; null if there is none.</summary>
    /// <param name="path">Module and name, such as <c>keras.layers.Dense</c>, or a name alone.</param>
    public static Type? ClassOf(string path)
    {
        string[] parts = path.Split('.');
        // Keras has most classes under several names: with its module or without, and some in small letters.
        string name = Names.Pascal(parts[^1]);
        // Generators are directly in NKeras: a namespace NKeras.Random would hide System.Random.
        string space = string.Join('.', parts.Skip(1).SkipLast(1).Where(p => p != "random").Select(Names.Pascal).Prepend(nameof(NKeras)));
        return s_classes[name].FirstOrDefault(t => string.Equals(t.Namespace, space, StringComparison.OrdinalIgnoreCase))
            // Policies that Keras also has directly under keras are there.
            ?? (parts is ["keras", "dtype_policies", _] ? s_classes[name].FirstOrDefault(t => t.Namespace == nameof(NKeras)) : null)
            ?? (parts.Length < 3 ? s_classes[name].FirstOrDefault() : null);
    }
}
