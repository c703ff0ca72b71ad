using System.Text.Json.Nodes;
using NKeras.Engine;

namespace NKeras.Saving;

/// <summary>The serialised forms of what is no object of a class: slices, data, symbolic tensors.</summary>
internal static class PlainForms
{
    /// <summary>The value of such a form; null for the form of an object.</summary>
    /// <exception cref="ArgumentException">The form is not valid, or would run code.</exception>
    public static object? Read(string className, JsonNode? config) => className switch
    {
        "__keras_tensor__" => TensorReference.Read(config),
        "__slice__" => ReadSlice(config),
        "__ellipsis__" => TensorIndex.Ellipsis,
        "__tensor__" or "__numpy__" => ReadData(config),
        "__lambda__" => throw new ArgumentException("The configuration holds a Python lambda. Loading never runs code from a file; register a C# function or layer in its place."),
        _ when className.StartsWith("__", StringComparison.Ordinal) => throw new ArgumentException($"The configuration holds a value of kind '{BadConfig.Excerpt(className)}', which is not supported."),
        _ => null,
    };

    private static TensorIndex ReadSlice(JsonNode? config) => TensorIndex.Slice(Bound(config, "start"), Bound(config, "stop"), Bound(config, "step"));

    private static int? Bound(JsonNode? config, string key) => (config as JsonObject ?? throw ConfigReader.Expected("a slice", config))[key] is { } bound ? ConfigReader.Integer(bound) : null;

    /// <summary>The tensor of a list of numbers without a type: integers, booleans, or floating point.</summary>
    public static Tensor OfList(JsonArray list)
    {
        JsonNode? first = list;
        while (first is JsonArray inner) first = inner.Count > 0 ? inner[0] : null;
        bool isBool = first is JsonValue value && value.TryGetValue(out bool _);
        return Data(list, isBool ? DType.Bool : list.ToJsonString().AsSpan().IndexOfAny(".eE") < 0 ? DType.Int32 : DType.Float32);
    }

    private static ConcreteTensor ReadData(JsonNode? config)
    {
        JsonObject form = config as JsonObject ?? throw ConfigReader.Expected("a tensor's value and dtype", config);
        return Data(form["value"], DType.Parse(ConfigReader.Text(form["dtype"])));
    }

    private static ConcreteTensor Data(JsonNode? value, DType dtype)
    {
        List<int> dims = [];
        for (JsonNode? node = value; node is JsonArray array; node = array.Count > 0 ? array[0] : null) dims.Add(array.Count);
        // Read first, then allocated: the memory is bounded by the text's length.
        List<double> numbers = [];
        Collect(value, 0);
        if (dtype == DType.String) throw new ArgumentException($"The configuration holds a tensor of type {dtype}, which has no numbers.");
        ConcreteTensor tensor = ConcreteTensor.Allocate(new TensorSpec(new Shape([.. dims]), dtype));
        ElementView view = ElementView.Of(tensor);
        for (int i = 0; i < numbers.Count; i++) view.SetNumber(i, numbers[i]);
        GC.KeepAlive(tensor); // A view is a bare pointer.
        return tensor;

        void Collect(JsonNode? node, int axis)
        {
            if (axis == dims.Count)
            {
                numbers.Add(node is JsonValue flag && flag.TryGetValue(out bool truth) ? truth ? 1 : 0 : ConfigReader.Read<double>(node));
                return;
            }

            if (node is not JsonArray items || items.Count != dims[axis]) throw ConfigReader.Expected($"{dims[axis]} items along axis {axis} of a tensor", node);
            foreach (JsonNode? item in items) Collect(item, axis + 1);
        }
    }
}
