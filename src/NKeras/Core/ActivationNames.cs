namespace NKeras.Core;

/// <summary>The activations that have a name, in both directions.</summary>
internal static class ActivationNames
{
    /// <summary>The hard sigmoid of Keras 3.</summary>
    public const string HardSigmoid = "hard_sigmoid";

    /// <summary>What Keras 1 and 2 called so, which is another function; only models that they saved have it.</summary>
    public const string HardSigmoidOfKeras2 = "keras2_hard_sigmoid";

    // What needs more arguments than the tensor ("threshold") is no layer's activation and has no entry.
    private static readonly Dictionary<string, (Delegate Key, Func<ActivationFunction> Make)> s_table = new()
    {
        ["linear"] = Of(Activations.Linear),
        ["relu"] = (Activations.Relu, () => Activations.Relu),
        ["relu6"] = Of(Activations.Relu6),
        ["leaky_relu"] = (Activations.LeakyRelu, () => Activations.LeakyRelu),
        ["elu"] = (Activations.Elu, () => Activations.Elu),
        ["celu"] = (Activations.Celu, () => Activations.Celu),
        ["selu"] = Of(Activations.Selu),
        ["sigmoid"] = Of(Activations.Sigmoid),
        ["log_sigmoid"] = Of(Activations.LogSigmoid),
        [HardSigmoid] = Of(Activations.HardSigmoid),
        [HardSigmoidOfKeras2] = Of(Activations.HardSigmoidOfKeras2),
        ["sparse_sigmoid"] = Of(Activations.SparseSigmoid),
        ["tanh"] = Of(Activations.Tanh),
        ["hard_tanh"] = Of(Activations.HardTanh),
        ["tanh_shrink"] = Of(Activations.TanhShrink),
        ["softmax"] = (Activations.Softmax, () => Activations.Softmax),
        ["log_softmax"] = (Activations.LogSoftmax, () => Activations.LogSoftmax),
        ["sparsemax"] = (Activations.Sparsemax, () => Activations.Sparsemax),
        ["glu"] = (Activations.Glu, () => Activations.Glu),
        ["softplus"] = Of(Activations.Softplus),
        ["softsign"] = Of(Activations.Softsign),
        ["silu"] = Of(Activations.Silu),
        ["swish"] = Of(Activations.Silu),
        ["hard_silu"] = Of(Activations.HardSilu),
        ["hard_swish"] = Of(Activations.HardSilu),
        ["gelu"] = (Activations.Gelu, () => Activations.Gelu),
        ["exponential"] = Of(Activations.Exponential),
        ["mish"] = Of(Activations.Mish),
        ["hard_shrink"] = (Activations.HardShrink, () => Activations.HardShrink),
        ["soft_shrink"] = (Activations.SoftShrink, () => Activations.SoftShrink),
        ["sparse_plus"] = Of(Activations.SparsePlus),
        ["squareplus"] = (Activations.Squareplus, () => Activations.Squareplus),
    };

    /// <summary>The activation with a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message suggests the nearest.</exception>
    public static ActivationFunction Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return s_table.TryGetValue(name, out (Delegate Key, Func<ActivationFunction> Make) entry)
            ? entry.Make()
            : throw new ArgumentException($"Unknown activation '{name}'. {Suggestion.For(name, s_table.Keys)}");
    }

    /// <summary>Whether there is an activation with a name.</summary>
    public static bool Contains(string name) => s_table.ContainsKey(name);

    /// <summary>The name of a member of <see cref="Activations"/>; null for any other function.</summary>
    public static string? NameOf(Delegate function) =>
        s_table.FirstOrDefault(e => ReferenceEquals(e.Value.Key, function)).Key;

    private static (Delegate Key, Func<ActivationFunction> Make) Of(TensorFunction function) => (function, () => function);
}
