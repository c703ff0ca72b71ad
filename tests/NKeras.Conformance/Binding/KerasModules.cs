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
    };

    /// <summary>The class with the functions of a module; null if there is none.</summary>
    /// <param name="module">A module such as <c>keras.ops</c>; what is in one of its own modules counts to it.</param>
    public static Type? FunctionsOf(string module)
    {
        for (string at = module; at.Contains('.'); at = at[..at.LastIndexOf('.')])
        {
            if (s_functions.TryGetValue(at, out Type? type)) return type;
        }

        return null;
    }

    /// <summary>The class of a Keras class; null if there is none.</summary>
    /// <param name="path">Module and name, such as <c>keras.layers.Dense</c>, or a name alone.</param>
    public static Type? ClassOf(string path)
    {
        string[] parts = path.Split('.');
        if (parts.Length == 1)
            return typeof(Ops).Assembly.GetExportedTypes().FirstOrDefault(t => t.Name == path && t.Namespace != typeof(Metrics.Metric).Namespace && t.Namespace != typeof(Losses.Loss).Namespace);
        string space = string.Join('.', parts[1..^1].Select(Names.Pascal).Prepend(nameof(NKeras)));
        return typeof(Ops).Assembly.GetType($"{space}.{parts[^1]}") ?? typeof(Tensor).Assembly.GetType($"{space}.{parts[^1]}");
    }
}
