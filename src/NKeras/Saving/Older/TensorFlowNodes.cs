using System.Globalization;
using System.Text.Json.Nodes;

namespace NKeras.Saving.Older;

/// <summary>Steps that are nodes of TensorFlow's graphs (Keras 2 of TensorFlow 2.0 to 2.3), read as calls of the functions that make such nodes.</summary>
internal static class TensorFlowNodes
{
    /// <summary>Functions by the nodes that they make, and where the node's inputs stand among the function's parameters.</summary>
    private static readonly Dictionary<string, (string Function, string[] Inputs)> s_nodes = new()
    {
        ["Add"] = ("math.add", ["x", "y"]),
        ["AddV2"] = ("math.add", ["x", "y"]),
        ["Sub"] = ("math.subtract", ["x", "y"]),
        ["Mul"] = ("math.multiply", ["x", "y"]),
        ["RealDiv"] = ("math.truediv", ["x", "y"]),
        ["FloorDiv"] = ("math.floordiv", ["x", "y"]),
        ["FloorMod"] = ("math.floormod", ["x", "y"]),
        ["Pow"] = ("math.pow", ["x", "y"]),
        ["Maximum"] = ("math.maximum", ["x", "y"]),
        ["Minimum"] = ("math.minimum", ["x", "y"]),
        ["Greater"] = ("math.greater", ["x", "y"]),
        ["GreaterEqual"] = ("math.greater_equal", ["x", "y"]),
        ["Less"] = ("math.less", ["x", "y"]),
        ["LessEqual"] = ("math.less_equal", ["x", "y"]),
        ["Equal"] = ("math.equal", ["x", "y"]),
        ["NotEqual"] = ("math.not_equal", ["x", "y"]),
        ["Abs"] = ("math.abs", ["x"]),
        ["Neg"] = ("math.negative", ["x"]),
        ["Exp"] = ("math.exp", ["x"]),
        ["Log"] = ("math.log", ["x"]),
        ["Log1p"] = ("math.log1p", ["x"]),
        ["Sqrt"] = ("math.sqrt", ["x"]),
        ["Rsqrt"] = ("math.rsqrt", ["x"]),
        ["Square"] = ("math.square", ["x"]),
        ["Sign"] = ("math.sign", ["x"]),
        ["Sin"] = ("math.sin", ["x"]),
        ["Cos"] = ("math.cos", ["x"]),
        ["Tanh"] = ("math.tanh", ["x"]),
        ["Sigmoid"] = ("math.sigmoid", ["x"]),
        ["Relu"] = ("nn.relu", ["features"]),
        ["Relu6"] = ("nn.relu6", ["features"]),
        ["Elu"] = ("nn.elu", ["features"]),
        ["Selu"] = ("nn.selu", ["features"]),
        ["Softplus"] = ("nn.softplus", ["features"]),
        ["Softmax"] = ("nn.softmax", ["logits"]),
        ["Identity"] = ("identity", ["input"]),
        ["StopGradient"] = ("stop_gradient", ["input"]),
        ["Mean"] = ("math.reduce_mean", ["input_tensor", "axis"]),
        ["Sum"] = ("math.reduce_sum", ["input_tensor", "axis"]),
        ["Max"] = ("math.reduce_max", ["input_tensor", "axis"]),
        ["Min"] = ("math.reduce_min", ["input_tensor", "axis"]),
        ["Prod"] = ("math.reduce_prod", ["input_tensor", "axis"]),
        ["Reshape"] = ("reshape", ["tensor", "shape"]),
        ["Transpose"] = ("transpose", ["a", "perm"]),
        ["ExpandDims"] = ("expand_dims", ["input", "axis"]),
        ["Squeeze"] = ("squeeze", ["input"]),
        ["MatMul"] = ("linalg.matmul", ["a", "b"]),
        ["BatchMatMul"] = ("linalg.matmul", ["a", "b"]),
        ["BatchMatMulV2"] = ("linalg.matmul", ["a", "b"]),
        ["Cast"] = ("cast", ["x"]),
        ["BiasAdd"] = ("nn.bias_add", ["value", "bias"]),
    };

    /// <summary>A node's attributes that are parameters of the function; others, types above all, follow from the inputs.</summary>
    private static readonly Dictionary<string, string> s_attributes = new()
    {
        ["keep_dims"] = "keepdims",
        ["squeeze_dims"] = "axis",
        ["transpose_a"] = "transpose_a",
        ["transpose_b"] = "transpose_b",
        ["adj_x"] = "adjoint_a",
        ["adj_y"] = "adjoint_b",
        ["DstT"] = "dtype",
        ["data_format"] = "data_format",
    };

    private static readonly Dictionary<string, string> s_types = new()
    {
        ["DT_FLOAT"] = "float32",
        ["DT_DOUBLE"] = "float64",
        ["DT_HALF"] = "float16",
        ["DT_BFLOAT16"] = "bfloat16",
        ["DT_BOOL"] = "bool",
        ["DT_INT8"] = "int8",
        ["DT_INT16"] = "int16",
        ["DT_INT32"] = "int32",
        ["DT_INT64"] = "int64",
        ["DT_UINT8"] = "uint8",
    };

    /// <summary>The function that a step's node stands for.</summary>
    /// <exception cref="ArgumentException">There is none that is known.</exception>
    public static string FunctionOf(JsonObject config) => Entry(Node(config)).Function;

    /// <summary>The function's arguments by name: the call's tensors, and the constants and attributes of the node.</summary>
    public static JsonObject Arguments(JsonObject config, TensorFlowFunction operation, JsonObject call)
    {
        JsonObject node = Node(config), constants = config["constants"] as JsonObject ?? [];
        (string function, string[] inputs) = Entry(node);
        JsonNode? given = call["args"]![0];
        IEnumerable<JsonNode?> all = given is JsonArray list ? list : new[] { given };
        Queue<JsonNode?> tensors = new(all);
        JsonObject arguments = [];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (constants.TryGetPropertyValue(i.ToString(CultureInfo.InvariantCulture), out JsonNode? constant)) arguments[inputs[i]] = constant?.DeepClone();
            else if (tensors.TryDequeue(out JsonNode? tensor)) arguments[inputs[i]] = tensor?.DeepClone();
        }

        if (tensors.Count > 0) throw new ArgumentException($"it gives '{function}' more tensors than it takes.");
        foreach ((string key, JsonNode? value) in node["attr"] as JsonObject ?? [])
        {
            if (s_attributes.TryGetValue(key, out string? parameter) && Attribute(value) is { } setting) arguments[parameter] = setting;
        }

        return arguments;
    }

    private static JsonObject Node(JsonObject config) => config["node_def"] switch
    {
        JsonObject node => node,
        JsonValue value when value.TryGetValue(out string? text) && text.StartsWith('{') => PythonJson.Read(text),
        var other => throw ConfigReader.Expected("a node of TensorFlow's as an object", other),
    };

    private static (string Function, string[] Inputs) Entry(JsonObject node)
    {
        string op = ConfigReader.Text(node["op"]);
        return s_nodes.TryGetValue(op, out (string Function, string[] Inputs) entry) ? entry : throw new ArgumentException($"it is TensorFlow's node '{BadConfig.Excerpt(op)}', which is not supported.");
    }

    /// <summary>An attribute's value, which its kind stands before; whole numbers are texts.</summary>
    private static JsonNode? Attribute(JsonNode? value)
    {
        if (value is not JsonObject attribute) return null;
        if (attribute["b"] is { } flag) return flag.DeepClone();
        if (attribute["type"] is { } type) return s_types.TryGetValue(ConfigReader.Text(type), out string? dtype) ? dtype : throw new ArgumentException($"it has the type {BadConfig.Excerpt(type)}, which is not supported.");
        if (attribute["s"] is JsonValue bytes && bytes.TryGetValue(out string? text)) return Convert.TryFromBase64String(text, new byte[text.Length], out int length) && length > 0 ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(text)) : text;
        return attribute["list"] is JsonObject list && list["i"] is JsonArray numbers ? new JsonArray([.. numbers.Select(n => (JsonNode?)Number(n))]) : null;
    }

    private static int Number(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : ConfigReader.Read<int>(node);
}
