using System.Text.Json.Nodes;

namespace NKeras.Saving.Older;

/// <summary>The functions of TensorFlow that models of its Keras 2 may contain as steps: a closed table of those that Keras 3 computes exactly so.</summary>
internal static class TensorFlowFunctions
{
    /// <summary>What functions of TensorFlow's first version begin with; those that are listed have the same meaning.</summary>
    private const string FirstVersion = "compat.v1.";

    private static readonly Dictionary<string, TensorFlowFunction> s_functions = [];

    static TensorFlowFunctions()
    {
        foreach ((string className, string[] names) in (ReadOnlySpan<(string, string[])>)
        [
            ("Add", ["math.add", "add", "__operators__.add"]), ("Subtract", ["math.subtract", "subtract"]), ("Multiply", ["math.multiply", "multiply"]),
            ("TrueDivide", ["math.truediv", "truediv", "math.divide", "divide", "realdiv", "RealDiv"]), ("FloorDivide", ["math.floordiv", "floordiv"]), ("Mod", ["math.floormod", "math.mod", "floormod"]),
            ("Power", ["math.pow", "pow"]), ("Maximum", ["math.maximum", "maximum"]), ("Minimum", ["math.minimum", "minimum"]),
            ("Equal", ["math.equal", "equal", "__operators__.eq"]), ("NotEqual", ["math.not_equal", "not_equal", "__operators__.ne"]), ("Greater", ["math.greater", "greater"]),
            ("GreaterEqual", ["math.greater_equal", "greater_equal"]), ("Less", ["math.less", "less"]), ("LessEqual", ["math.less_equal", "less_equal"]),
            ("LogicalAnd", ["math.logical_and", "logical_and"]), ("LogicalOr", ["math.logical_or", "logical_or"]),
        ]) Add(new(className, ["x", "y"]), names);
        foreach ((string className, string[] names) in (ReadOnlySpan<(string, string[])>)
        [
            ("Absolute", ["math.abs", "abs"]), ("Negative", ["math.negative", "negative"]), ("Exp", ["math.exp", "exp"]), ("Expm1", ["math.expm1"]), ("Log", ["math.log"]), ("Log1p", ["math.log1p"]),
            ("Sqrt", ["math.sqrt", "sqrt"]), ("Rsqrt", ["math.rsqrt"]), ("Square", ["math.square", "square"]), ("Sign", ["math.sign", "sign"]), ("Reciprocal", ["math.reciprocal"]),
            ("Sin", ["math.sin", "sin"]), ("Cos", ["math.cos", "cos"]), ("Tan", ["math.tan", "tan"]), ("Tanh", ["math.tanh", "tanh", "nn.tanh"]), ("Sigmoid", ["math.sigmoid", "sigmoid", "nn.sigmoid"]),
            ("Floor", ["math.floor", "floor"]), ("Ceil", ["math.ceil"]), ("Round", ["math.round", "round"]), ("Erf", ["math.erf"]), ("LogicalNot", ["math.logical_not", "logical_not"]),
        ]) Add(new(className, ["x"]), names);
        foreach ((string className, string[] names) in (ReadOnlySpan<(string, string[])>)
        [
            ("Relu", ["nn.relu"]), ("Relu6", ["nn.relu6"]), ("Selu", ["nn.selu"]), ("Elu", ["nn.elu"]), ("Softplus", ["nn.softplus", "math.softplus"]), ("Softsign", ["nn.softsign", "math.softsign"]), ("Silu", ["nn.silu", "nn.swish"]),
        ]) Add(new(className, ["features"]) { Fixed = [("beta", 1.0)] }, names);
        foreach ((string className, string name) in (ReadOnlySpan<(string, string)>)
        [
            ("Mean", "mean"), ("Sum", "sum"), ("Prod", "prod"), ("Max", "max"), ("Min", "min"), ("Std", "std"), ("Var", "variance"), ("Any", "any"), ("All", "all"), ("Logsumexp", "logsumexp"),
        ]) Add(new(className, ["input_tensor"], ("axis", "axis"), ("keepdims", "keepdims")), $"math.reduce_{name}", $"reduce_{name}");
        AddShapes();
        AddOthers();
    }

    /// <summary>The function under a name; null if it is not among them.</summary>
    public static TensorFlowFunction? Find(string name) =>
        s_functions.GetValueOrDefault(name.StartsWith(FirstVersion, StringComparison.Ordinal) ? name[FirstVersion.Length..] : name);

    private static void AddShapes()
    {
        Add(new("Reshape", ["tensor"], ("shape", "newshape")), "reshape");
        Add(new("Transpose", ["a"], ("perm", "axes")) { Fixed = [("conjugate", false)] }, "transpose");
        Add(new("ExpandDims", ["input"], ("axis", "axis")), "expand_dims");
        Add(new("Squeeze", ["input"], ("axis", "axis")), "squeeze");
        Add(new("Concatenate", ["values"], ("axis", "axis")), "concat");
        Add(new("Stack", ["values"], ("axis", "axis")), "stack");
        Add(new("Unstack", ["value"], ("num", "num"), ("axis", "axis")), "unstack");
        Add(new("Split", ["value"], ("num_or_size_splits", "indices_or_sections"), ("axis", "axis")) { Convert = SizesToPlaces }, "split");
        Add(new("Tile", ["input"], ("multiples", "repeats")), "tile");
        Add(new("Repeat", ["input"], ("repeats", "repeats"), ("axis", "axis")), "repeat");
        Add(new("Flip", ["tensor"], ("axis", "axis")), "reverse");
        Add(new("Roll", ["input"], ("shift", "shift"), ("axis", "axis")), "roll");
        Add(new("Pad", ["tensor"], ("paddings", "pad_width"), ("mode", "mode")) { Fixed = [("constant_values", 0)], Implied = [("mode", "constant")], Convert = Lower("mode") }, "pad");
        Add(new("Take", ["params", "indices"], ("axis", "axis")) { Fixed = [("batch_dims", 0)], Implied = [("axis", 0)] }, "gather");
        Add(new("DepthToSpace", ["input"], ("block_size", "block_size")) { Fixed = [("data_format", "NHWC")] }, "nn.depth_to_space");
        Add(new("SpaceToDepth", ["input"], ("block_size", "block_size")) { Fixed = [("data_format", "NHWC")] }, "nn.space_to_depth");
        Add(new("GetItem", ["tensor", "slice_spec"]), "__operators__.getitem");
    }

    private static void AddOthers()
    {
        Add(new("Cast", ["x"], ("dtype", "dtype")), "cast");
        Add(new("Copy", ["input"]), "identity");
        Add(new("StopGradient", ["input"]), "stop_gradient");
        Add(new("ZerosLike", ["input"], ("dtype", "dtype")), "zeros_like");
        Add(new("OnesLike", ["input"], ("dtype", "dtype")), "ones_like");
        Add(new("Where", ["condition", "x", "y"]), "where");
        Add(new("Clip", ["t"], ("clip_value_min", "x_min"), ("clip_value_max", "x_max")), "clip_by_value");
        Add(new("Matmul", ["a", "b"]) { Fixed = [("transpose_a", false), ("transpose_b", false), ("adjoint_a", false), ("adjoint_b", false), ("a_is_sparse", false), ("b_is_sparse", false)] }, "linalg.matmul", "matmul");
        Add(new("Softmax", ["logits"], ("axis", "axis")), "nn.softmax");
        Add(new("LogSoftmax", ["logits"], ("axis", "axis")), "nn.log_softmax");
        Add(new("LeakyRelu", ["features"], ("alpha", "negative_slope")) { Implied = [("negative_slope", 0.2)] }, "nn.leaky_relu");
        Add(new("Gelu", ["features"], ("approximate", "approximate")) { Implied = [("approximate", false)] }, "nn.gelu");
        Add(new("Add", ["value", "bias"]) { Fixed = [("data_format", "NHWC")] }, "nn.bias_add");
        Add(new("Argmax", ["input"], ("axis", "axis")) { Implied = [("axis", 0)], Fixed = [("output_type", "int64")] }, "math.argmax", "argmax");
        Add(new("Argmin", ["input"], ("axis", "axis")) { Implied = [("axis", 0)], Fixed = [("output_type", "int64")] }, "math.argmin", "argmin");
        Add(new("Cumsum", ["x"], ("axis", "axis")) { Implied = [("axis", 0)], Fixed = [("exclusive", false), ("reverse", false)] }, "math.cumsum", "cumsum");
        Add(new("OneHot", ["indices"], ("depth", "num_classes"), ("axis", "axis"), ("dtype", "dtype")), "one_hot");
        // There, a sum of squares is held away from zero, here its root.
        Add(new("Normalize", ["x"], ("axis", "axis"), ("epsilon", "epsilon")) { Implied = [("order", 2), ("epsilon", 1e-12)], Convert = Root("epsilon") }, "math.l2_normalize", "linalg.l2_normalize", "nn.l2_normalize");
        Add(new("Resize", ["images"], ("size", "size"), ("method", "interpolation"), ("antialias", "antialias"))
        {
            Implied = [("interpolation", "bilinear"), ("data_format", "channels_last")],
            Fixed = [("preserve_aspect_ratio", false)],
        }, "image.resize");
        Add(new("Add", ["inputs"]) { IsLayer = true }, "math.add_n", "add_n");
    }

    private static void Add(TensorFlowFunction function, params ReadOnlySpan<string> names)
    {
        foreach (string name in names) s_functions.Add(name, function);
    }

    /// <summary>Sizes of parts are given by where the parts begin.</summary>
    private static void SizesToPlaces(JsonObject settings)
    {
        if (settings["indices_or_sections"] is not JsonArray sizes) return;
        JsonArray places = [];
        int place = 0;
        foreach (JsonNode? size in sizes.SkipLast(1))
        {
            int length = ConfigReader.Read<int>(size);
            if (length < 0) throw new ArgumentException("it splits into parts of which one has no size; supported are sizes for all.");
            places.Add(place = checked(place + length));
        }

        settings["indices_or_sections"] = places;
    }

    private static Action<JsonObject> Lower(string key) => settings => settings[key] = ConfigReader.Text(settings[key]).ToLowerInvariant();

    private static Action<JsonObject> Root(string key) => settings => settings[key] = Math.Sqrt(ConfigReader.Read<double>(settings[key]));
}
