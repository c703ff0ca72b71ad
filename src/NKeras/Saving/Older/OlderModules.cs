namespace NKeras.Saving.Older;

/// <summary>Where classes of Keras lived in other versions, and in TensorFlow's copies of it.</summary>
internal static class OlderModules
{
    /// <summary>The names under which Keras was delivered, longest first.</summary>
    private static readonly string[] s_roots =
    [
        "keras.api._v2.keras", "keras.api._v1.keras", "keras._tf_keras.keras", "tensorflow_core.python.keras", "tensorflow.python.keras", "tensorflow_core.keras", "tensorflow.keras", "tf_keras.src", "tf_keras",
        "tf.keras", "keras.src", "keras",
    ];

    /// <summary>What modules that are no more are part of today, by the first name after <c>keras</c>, whatever stands behind it.</summary>
    private static readonly Dictionary<string, string> s_homes = new()
    {
        ["mixed_precision"] = "dtype_policies",
        ["callbacks"] = "callbacks",
    };

    /// <summary>What the modules of Keras 2's <c>engine</c> hold.</summary>
    private static readonly Dictionary<string, string> s_engine = new()
    {
        ["InputLayer"] = "layers",
        ["Layer"] = "layers",
        ["Functional"] = "models",
        ["Model"] = "models",
        ["Sequential"] = "models",
    };

    /// <summary>A module in today's spelling; null if it is none of Keras's.</summary>
    /// <param name="module">The module.</param>
    /// <param name="className">The class that it is to have.</param>
    public static string? Today(string module, string className)
    {
        if (s_roots.FirstOrDefault(r => module == r || (module.StartsWith(r, StringComparison.Ordinal) && module[r.Length] == '.')) is not { } root) return null;
        string rest = module[root.Length..];
        string first = rest.Length > 0 ? rest[1..].Split('.')[0] : "";
        if (first == "engine") return s_engine.TryGetValue(className, out string? kind) ? $"keras.{kind}" : "keras.layers";
        if (className == "LossScaleOptimizer") return "keras.optimizers";
        return s_homes.TryGetValue(first, out string? home) ? $"keras.{home}" : $"{(root == "keras.src" ? root : "keras")}{rest}";
    }
}
