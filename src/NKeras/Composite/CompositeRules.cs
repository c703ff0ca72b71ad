using NKeras.Engine.Primitives;

namespace NKeras.Core;

/// <summary>What functions of <c>Ops</c> do with sparse, ragged and complex tensors: they are looked up by name.</summary>
internal static class CompositeRules
{
    /// <summary>Functions that look after composite tensors themselves.</summary>
    private static readonly HashSet<string> s_own = ["ConvertToTensor", "Softmax", "LogSoftmax"];

    /// <summary>Functions of each element by itself.</summary>
    private static readonly HashSet<string> s_elementwise =
    [
        .. Enum.GetValues<ElementwiseFunction>().Where(f => f < ElementwiseFunction.Add).Select(f => f.ToString()),
        "Absolute", "Arccos", "Arccosh", "Arcsin", "Arcsinh", "Arctan", "Arctanh", "BitwiseInvert", "Cast", "Ceil", "Celu", "Clip", "Copy", "Deg2rad", "Elu", "Fabs", "Gelu", "HardShrink", "HardSigmoid", "HardSilu", "HardTanh",
        "I0", "Isfinite", "Isinf", "Isnan", "Isneginf", "Isposinf", "LeakyRelu", "LogSigmoid", "Mish", "NanToNum", "Negative", "OnesLike", "Rad2deg", "ReLU", "Relu6", "SaturateCast", "Selu", "Signbit", "Silu", "Sinc", "SoftShrink", "Softsign", "SparsePlus", "SparseSigmoid",
        "Squareplus", "StopGradient", "TanhShrink", "Threshold", "Trunc", "ZerosLike",
    ];

    /// <summary>Functions of two elements at one place.</summary>
    private static readonly HashSet<string> s_binary =
    [
        "Add", "Subtract", "Multiply", "Divide", "TrueDivide", "DivideNoNan", "Power", "Maximum", "Minimum", "Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual",
        "LogicalAnd", "LogicalOr", "LogicalXor", "FloorDivide", "Mod",
    ];

    /// <summary>Applies a function of which an argument may be composite.</summary>
    /// <param name="name">Keras's name of the operation's class.</param>
    /// <param name="inputs">The arguments.</param>
    /// <param name="function">What the function does with dense tensors.</param>
    /// <exception cref="ArgumentException">There is no rule for such tensors.</exception>
    public static Tensor Apply(string name, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, Tensor> function)
    {
        if (!Any(inputs) || s_own.Contains(name)) return function(inputs);
        if (inputs.Any(t => t is ComplexTensor)) return ComplexRules.Apply(name, inputs, function);
        return inputs.Any(t => t is RaggedTensor) ? RaggedRules.Apply(name, inputs, function) : SparseRules.Apply(name, inputs, function);
    }

    /// <summary>Refuses composite tensors, for functions with several results.</summary>
    public static void Refuse(string name, IReadOnlyList<Tensor> inputs)
    {
        if (Any(inputs)) throw NoRule(name, inputs);
    }

    /// <summary>Whether a function works on each element by itself. Further arguments are settings, such as bounds.</summary>
    public static bool IsElementwise(string name) => s_elementwise.Contains(name);

    /// <summary>Whether a function works on two elements at one place.</summary>
    public static bool IsBinary(string name) => s_binary.Contains(name);

    /// <summary>The error for what has no rule.</summary>
    public static ArgumentException NoRule(string name, IReadOnlyList<Tensor> inputs, string why = "")
    {
        CompositeTensor composite = inputs.OfType<CompositeTensor>().First();
        string layer = CallContext.Current is { Path.Length: > 0 } context ? $" in layer '{context.Path}'" : "";
        string given = string.Join(", ", inputs.Select(t => $"{(t is CompositeTensor c ? c.Kind : "dense")} {t.Shape}"));
        return new ArgumentException($"{name}{layer} cannot take {composite.Kind} tensors{(why.Length > 0 ? $" {why}" : "")}; received {given}. {composite.Hint}");
    }

    /// <summary>A dense tensor as it is; the dense form of a sparse or ragged one.</summary>
    public static Tensor Dense(Tensor tensor) => tensor switch
    {
        SparseTensor sparse => sparse.ToDense(),
        RaggedTensor ragged => ragged.ToDense(),
        _ => tensor,
    };

    private static bool Any(IReadOnlyList<Tensor> inputs)
    {
        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs[i] is CompositeTensor) return true;
        }

        return false;
    }
}
