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
        ["keras.saving"] = typeof(Utils),
        ["keras.config"] = typeof(Config),
        ["keras.losses"] = typeof(LossFunctions),
        ["keras.metrics"] = typeof(MetricFunctions),
        ["keras.layers"] = typeof(LayerFunctions),
        ["keras.initializers"] = typeof(InitializerFunctions),
        ["keras.regularizers"] = typeof(RegularizerFunctions),
        ["keras.constraints"] = typeof(ConstraintFunctions),
        ["keras.optimizers.schedules"] = typeof(ScheduleFunctions),
        ["keras.optimizers"] = typeof(OptimizerFunctions),
        ["keras.tree"] = typeof(Tree),
        ["keras.quantizers"] = typeof(QuantizerFunctions),
        ["keras.dtype_policies"] = typeof(DTypePolicyFunctions),
    };

    private static readonly ILookup<string, Type> s_classes =
        typeof(Ops).Assembly.GetExportedTypes().Concat(typeof(Tensor).Assembly.GetExportedTypes()).Where(t => !t.IsNested).ToLookup(t => t.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Parts of names for which Keras has others, too: <c>AvgPool2D</c> is <c>AveragePooling2D</c>.</summary>
    private static readonly (string Other, string Name)[] s_otherNames = [("AvgPool", "AveragePooling"), ("MaxPool", "MaxPooling"), ("Convolution", "Conv"), ("Initializer", ""), ("Sequence", nameof(PyDataset))];

    /// <summary>Functions that are members of the class they are about.</summary>
    private static readonly Dictionary<string, (Type Type, string Name)> s_members = new()
    {
        ["clone_model"] = (typeof(Model), nameof(Model.Clone)),
        ["model_from_json"] = (typeof(Model), nameof(Model.FromJson)),
        ["load_model"] = (typeof(Model), nameof(Model.Load)),
        ["save_model"] = (typeof(Model), nameof(Model.Save)),
        ["load_weights"] = (typeof(Model), nameof(Model.LoadWeights)),
        ["save_weights"] = (typeof(Model), nameof(Model.SaveWeights)),
    };

    /// <summary>The member that a function of Keras's is; null if it is none.</summary>
    public static (Type Type, string Name)? MemberOf(string target)
    {
        int dot = target.LastIndexOf('.');
        string name = target[(dot + 1)..];
        if (dot > 0 && target[..dot] is "keras.models" or "keras.saving" && s_members.TryGetValue(name, out (Type, string) member)) return member;
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
        string[] names = [name, .. s_otherNames.Where(o => name.Contains(o.Other)).Select(o => name.Replace(o.Other, o.Name))];
        return names.Select(Find).FirstOrDefault(t => t != null)
            ?? names.SelectMany(n => s_classes[n]).FirstOrDefault(t => parts.Length < 3 || (t.Namespace == nameof(NKeras) && t is not { IsAbstract: true, IsSealed: true }));

        // Of two that differ in case, as L1 and l1, the one written so.
        Type? Find(string name) => s_classes[name].Where(t => string.Equals(t.Namespace, space, StringComparison.OrdinalIgnoreCase)).OrderBy(t => t.Name == name ? 0 : 1).FirstOrDefault();
    }
}
