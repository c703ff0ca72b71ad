using A = NKeras.Activations;

namespace NKeras.Tests.Operations;

/// <summary>The calls on symbolic tensors of Data/op_nodes.jsonl.gz, by the names they have there, as one writes them in C#.</summary>
internal static class OpNodeCases
{
    private static readonly Dictionary<string, TensorFunction> s_unary = new()
    {
        ["relu"] = Ops.Relu, ["relu6"] = Ops.Relu6, ["sigmoid"] = Ops.Sigmoid, ["tanh"] = Ops.Tanh, ["softplus"] = Ops.Softplus, ["silu"] = Ops.Silu,
        ["leaky_relu"] = x => Ops.LeakyRelu(x), ["elu"] = x => Ops.Elu(x), ["celu"] = x => Ops.Celu(x), ["selu"] = Ops.Selu, ["softsign"] = Ops.Softsign,
        ["log_sigmoid"] = Ops.LogSigmoid, ["gelu"] = x => Ops.Gelu(x), ["softmax"] = x => Ops.Softmax(x), ["log_softmax"] = x => Ops.LogSoftmax(x),
        ["hard_sigmoid"] = Ops.HardSigmoid, ["hard_silu"] = Ops.HardSilu, ["hard_tanh"] = Ops.HardTanh, ["tanh_shrink"] = Ops.TanhShrink,
        ["hard_shrink"] = x => Ops.HardShrink(x), ["soft_shrink"] = x => Ops.SoftShrink(x), ["sparse_plus"] = Ops.SparsePlus,
        ["sparse_sigmoid"] = Ops.SparseSigmoid, ["squareplus"] = x => Ops.Squareplus(x), ["negative"] = Ops.Negative, ["absolute"] = Ops.Absolute,
        ["square"] = Ops.Square, ["exp"] = Ops.Exp, ["logical_not"] = Ops.LogicalNot, ["stop_gradient"] = Ops.StopGradient, ["argmax"] = x => Ops.Argmax(x),
        ["argmin"] = x => Ops.Argmin(x), ["any"] = x => Ops.Any(x), ["all"] = x => Ops.All(x), ["mean"] = x => Ops.Mean(x), ["sum"] = x => Ops.Sum(x),
        ["prod"] = x => Ops.Prod(x), ["max"] = x => Ops.Max(x), ["min"] = x => Ops.Min(x), ["var"] = x => Ops.Var(x), ["squeeze"] = x => Ops.Squeeze(x),
        ["transpose"] = x => Ops.Transpose(x), ["convert_to_tensor"] = x => Ops.ConvertToTensor(x), ["sqrt"] = Ops.Sqrt, ["rsqrt"] = Ops.Rsqrt, ["log"] = Ops.Log,
        ["log1p"] = Ops.Log1p,

        ["leaky_relu_01"] = x => Ops.LeakyRelu(x, 0.1), ["elu_05"] = x => Ops.Elu(x, 0.5), ["celu_05"] = x => Ops.Celu(x, 0.5),
        ["gelu_exact"] = x => Ops.Gelu(x, approximate: false), ["softmax_axes"] = x => Ops.Softmax(x, axis: (1, 2)), ["log_softmax_1"] = x => Ops.LogSoftmax(x, axis: 1),
        ["softmax_all"] = x => Ops.Softmax(x, axis: null), ["threshold"] = x => Ops.Threshold(x, 0.5, -1), ["hard_shrink_1"] = x => Ops.HardShrink(x, 1),
        ["squareplus_1"] = x => Ops.Squareplus(x, 0.5), ["cast"] = x => Ops.Cast(x, "int32"), ["cast_same"] = x => Ops.Cast(x, "float32"),
        ["convert_float64"] = x => Ops.ConvertToTensor(x, "float64"), ["clip"] = x => Ops.Clip(x, 0, 1.5), ["clip_float"] = x => Ops.Clip(x, -1.0, 1.0),
        ["take"] = x => Ops.Take(x, new int[] { 1, -1 }, axis: -1), ["take_position"] = x => Ops.Take(x, 1, axis: 1), ["expand_dims"] = x => Ops.ExpandDims(x, 1),
        ["expand_dims_2"] = x => Ops.ExpandDims(x, (1, -1)), ["squeeze_axis"] = x => Ops.Squeeze(x, -1), ["reshape"] = x => Ops.Reshape(x, [-1, 2, 2]),
        ["reshape_flat"] = x => Ops.Reshape(x, -1), ["transpose_axes"] = x => Ops.Transpose(x, (0, 2, 1)), ["broadcast_to"] = x => Ops.BroadcastTo(x, [2, 3, 4]),
        ["one_hot"] = x => Ops.OneHot(x, 3), ["one_hot_axis"] = x => Ops.OneHot(x, 4, axis: 1, dtype: "int32"), ["mean_axis"] = x => Ops.Mean(x, axis: -1, keepdims: true),
        ["sum_axes"] = x => Ops.Sum(x, axis: (1, 2)), ["max_initial"] = x => Ops.Max(x, axis: 1, initial: 0.5), ["min_axis"] = x => Ops.Min(x, axis: [0, 1], keepdims: true),
        ["prod_dtype"] = x => Ops.Prod(x, axis: 1, dtype: "float64"), ["var_axis"] = x => Ops.Var(x, axis: 1), ["argmax_axis"] = x => Ops.Argmax(x, axis: -1, keepdims: true),
        ["any_axis"] = x => Ops.Any(x, axis: 1), ["all_axis"] = x => Ops.All(x, axis: -1), ["max_pool"] = x => Ops.MaxPool(x, [2], strides: [2]),
        ["average_pool"] = x => Ops.AveragePool(x, (2, 2), strides: 1, padding: "same"),
        ["conv"] = x => Ops.Conv(x, Tensor.From(Spread(12), [3, 2, 2])),
        ["conv_same"] = x => Ops.Conv(x, Tensor.From(Spread(8), [2, 2, 1, 2]), strides: (2, 1), padding: "same", dilationRate: 1),
        ["batch_normalization"] = x => Ops.BatchNormalization(x, new float[] { 0, 1, 2, 3 }, new float[] { 1, 2, 3, 4 }, -1, scale: new float[] { 1, 1, 2, 2 }, epsilon: 0.1),
        ["batch_normalization_plain"] = x => Ops.BatchNormalization(x, new float[] { 0, 1, 2, 3 }, new float[] { 1, 2, 3, 4 }, axis: 1, offset: new float[] { 1, 1, 2, 2 }, scale: new float[] { 1, 1, 2, 2 }),

        ["activations.relu"] = x => A.Relu(x), ["activations.relu6"] = A.Relu6, ["activations.leaky_relu"] = x => A.LeakyRelu(x),
        ["activations.elu"] = x => A.Elu(x), ["activations.celu"] = x => A.Celu(x), ["activations.selu"] = A.Selu,
        ["activations.sigmoid"] = A.Sigmoid, ["activations.log_sigmoid"] = A.LogSigmoid, ["activations.hard_sigmoid"] = A.HardSigmoid,
        ["activations.sparse_sigmoid"] = A.SparseSigmoid, ["activations.tanh"] = A.Tanh, ["activations.hard_tanh"] = A.HardTanh,
        ["activations.tanh_shrink"] = A.TanhShrink, ["activations.softmax"] = x => A.Softmax(x), ["activations.log_softmax"] = x => A.LogSoftmax(x),
        ["activations.softplus"] = A.Softplus, ["activations.softsign"] = A.Softsign, ["activations.silu"] = A.Silu,
        ["activations.gelu"] = x => A.Gelu(x), ["activations.exponential"] = A.Exponential, ["activations.hard_shrink"] = x => A.HardShrink(x),
        ["activations.soft_shrink"] = x => A.SoftShrink(x), ["activations.sparse_plus"] = A.SparsePlus, ["activations.squareplus"] = x => A.Squareplus(x),
        ["activations.relu_settings"] = x => A.Relu(x, negativeSlope: 0.1, maxValue: 1, threshold: 0.5),
    };

    private static readonly Dictionary<string, Func<KerasTensor, KerasTensor>> s_operators = new()
    {
        ["add_1"] = x => x + 1, ["add_float"] = x => x + 1.0, ["radd"] = x => 2 + x, ["rsub"] = x => 1.5 - x, ["mul"] = x => x * 0.5, ["div"] = x => x / 2,
        ["rdiv"] = x => 2 / x, ["neg"] = x => -x, ["mod_2"] = x => x % 2, ["rmod"] = x => 2 % x, ["gt"] = x => x > 0, ["ge"] = x => x >= 0.5, ["lt"] = x => x < 0,
        ["le"] = x => x <= 1, ["rgt"] = x => 1 > x, ["not"] = x => ~x, ["add_data"] = x => x + new float[] { 1, 2, 3, 4 },
        ["chain"] = x => ((x * 2.0) + 1) / (KerasTensor)(Ops.Abs(x) + 1.0), ["square_minus_mean"] = x => (KerasTensor)Ops.Square(x - Ops.Mean(x, axis: -1, keepdims: true)),

        ["item_0"] = x => x[0], ["item_last"] = x => x[^1], ["item_column"] = x => x[.., 0], ["item_pair"] = x => x[1, 2], ["item_range"] = x => x[.., 1..3],
        ["item_ranges"] = x => x[.., 1..3, -1], ["item_open"] = x => x[.., 2.., ..^2], ["item_from_end"] = x => x[.., ^3..^1], ["item_ellipsis"] = x => x[TensorIndex.Ellipsis, 0],
        ["item_ellipsis_middle"] = x => x[.., TensorIndex.Ellipsis, 1..], ["item_new_axis"] = x => x[.., TensorIndex.NewAxis, 0],
        ["item_ellipsis_new"] = x => x[TensorIndex.Ellipsis, TensorIndex.NewAxis], ["item_step"] = x => x[.., TensorIndex.Slice(step: 2)],
        ["item_backwards"] = x => x[.., TensorIndex.Slice(step: -1)], ["item_backwards_part"] = x => x[.., .., TensorIndex.Slice(3, 0, -2)], ["item_over"] = x => x[.., .., 1..10],
        ["item_empty"] = x => x[.., 2..1], ["item_step_part"] = x => x[.., TensorIndex.Slice(1, 4, 2), TensorIndex.Slice(step: 3)],
    };

    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> s_binary = new()
    {
        ["add"] = Ops.Add, ["subtract"] = Ops.Subtract, ["multiply"] = Ops.Multiply, ["divide"] = Ops.Divide, ["true_divide"] = Ops.TrueDivide, ["maximum"] = Ops.Maximum,
        ["minimum"] = Ops.Minimum, ["equal"] = Ops.Equal, ["not_equal"] = Ops.NotEqual, ["greater"] = Ops.Greater, ["greater_equal"] = Ops.GreaterEqual, ["less"] = Ops.Less,
        ["less_equal"] = Ops.LessEqual, ["divide_no_nan"] = Ops.DivideNoNan, ["logical_and"] = Ops.LogicalAnd, ["logical_or"] = Ops.LogicalOr, ["logical_xor"] = Ops.LogicalXor,
        ["mod"] = Ops.Mod, ["floor_divide"] = Ops.FloorDivide, ["power"] = Ops.Power, ["matmul"] = Ops.Matmul, ["where_literal"] = (c, x) => Ops.Where(c, x, 0.0),
        ["and"] = (x, y) => x & y, ["or"] = (x, y) => x | y, ["xor"] = (x, y) => x ^ y, ["take_tensor"] = (x, i) => Ops.Take(x, i, axis: 1),
        ["concatenate"] = (x, y) => Ops.Concatenate([x, y], axis: -1), ["binary_crossentropy"] = (t, p) => Ops.BinaryCrossentropy(t, p),
        ["categorical_crossentropy"] = (t, p) => Ops.CategoricalCrossentropy(t, p, fromLogits: true, axis: 1),
        ["sparse_categorical_crossentropy"] = (t, p) => Ops.SparseCategoricalCrossentropy(t, p, fromLogits: true), ["in_top_k"] = (t, p) => Ops.InTopK(t, p, 2),
    };

    /// <summary>The results of a case.</summary>
    public static KerasTensors Build(string name, KerasTensor[] inputs)
    {
        if (s_unary.TryGetValue(name, out TensorFunction? unary)) return unary(inputs[0]);
        if (s_operators.TryGetValue(name, out Func<KerasTensor, KerasTensor>? function)) return function(inputs[0]);
        if (s_binary.TryGetValue(name, out Func<Tensor, Tensor, Tensor>? binary)) return binary(inputs[0], inputs[1]);
        return name switch
        {
            "where" => Ops.Where(inputs[0], inputs[1], inputs[2]),
            "moments" => Ops.Moments(inputs[0], [1]),
            "moments_keepdims" => Ops.Moments(inputs[0], [1, 2], keepdims: true),
            _ => throw new ArgumentException($"No C# is written for the recorded case '{name}'.", nameof(name)),
        };
    }

    /// <summary>Numbers spread evenly from -1 to 1.</summary>
    private static float[] Spread(int count) => [.. Enumerable.Range(0, count).Select(i => (float)(-1 + (2.0 * i / (count - 1))))];
}
