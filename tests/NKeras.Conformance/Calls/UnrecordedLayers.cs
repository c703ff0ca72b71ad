using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NKeras.Conformance.Doubles;
using NKeras.Conformance.Values;

namespace NKeras.Conformance.Calls;

/// <summary>
/// Puts into recorded configurations the layers inside that Keras left out because its tests had made them of classes of their own.
/// The paths of the recorded weights name the classes, and the weights' shapes give the sizes.
/// </summary>
internal static partial class UnrecordedLayers
{
    /// <summary>By the class of the outer layer, the entry of its configuration that may be missing.</summary>
    private static readonly Dictionary<string, string> s_entries = new() { ["RNN"] = "cell", ["TimeDistributed"] = "layer", ["SpectralNormalization"] = "layer" };

    private static readonly Dictionary<string, (string ClassName, Func<Part, JsonObject> Config)> s_classes = new()
    {
        ["one_state_rnn_cell"] = (nameof(OneStateRNNCell), p => new() { ["units"] = p.Shape("recurrent_kernel")[0] }),
        ["two_states_rnn_cell"] = (nameof(TwoStatesRNNCell), p => new() { ["units"] = p.Shape("recurrent_kernel_1")[0] }),
        ["rnn_cell_with_dropout"] = (nameof(RNNCellWithDropout), p => new() { ["units"] = p.Shape("recurrent_kernel")[0] }),
        ["simple_rnn_cell"] = (nameof(Layers.SimpleRNNCell), Cell),
        ["lstm_cell"] = (nameof(Layers.LSTMCell), Cell),
        ["gru_cell"] = (nameof(Layers.GRUCell), Cell),
        ["stacked_rnn_cells"] = (nameof(Layers.StackedRNNCells), p => new() { ["cells"] = new JsonArray([.. p.Inner.Select(i => Make(i, false))]) }),
        ["masked_dense"] = (nameof(MaskedDense), p => new() { ["units"] = p.Inner[0].Shape("kernel")[1] }),
        ["embedding"] = (nameof(Layers.Embedding), p => new() { ["input_dim"] = p.Shape("embeddings")[0], ["output_dim"] = p.Shape("embeddings")[1] }),
        ["conv1d"] = (nameof(Layers.Conv1D), Convolution),
        ["conv2d"] = (nameof(Layers.Conv2D), Convolution),
        ["conv3d"] = (nameof(Layers.Conv3D), Convolution),
        ["dense"] = (nameof(Layers.Dense), p => new() { ["units"] = p.Shape("kernel")[1], ["use_bias"] = p.Has("bias") }),
    };

    /// <summary>The public class of which a class behind Keras's convolutional LSTM layers is a part; the class itself for others.</summary>
    public static string PublicName(string className, JsonElement form) =>
        className is "ConvLSTM" or "ConvLSTMCell" ? $"ConvLSTM{form.GetProperty("config").GetProperty("kernel_size").GetArrayLength()}D" : className;

    /// <summary>The part of an object of the public class that the recorded class stands for.</summary>
    public static object Inner(string className, object made) => className == "ConvLSTMCell" ? ((Layers.RNN)made).Cell : made;

    /// <summary>Completes the configuration of a record's object.</summary>
    public static void Complete(CallRecord record, JsonObject form)
    {
        Rename(form);
        if (!s_entries.TryGetValue(form["class_name"]!.GetValue<string>(), out string? entry) || form["config"] is not JsonObject config || config[entry] != null) return;
        if (!record.Json.TryGetProperty("weights", out JsonElement weights)) return;
        Part outer = new("");
        foreach (JsonElement weight in weights.EnumerateArray())
        {
            string path = weight.GetProperty("path").GetString()!;
            if (!path.EndsWith("seed_generator_state", StringComparison.Ordinal)) outer.Add(path.Split('/')[1..], RecordedTensor.Read(weight.GetProperty("value")).Shape);
        }

        config[entry] = Make(outer.Inner[0], SumsToOne(record.Result));
    }

    /// <summary>Classes of Keras's tests are known here by their names alone.</summary>
    private static void Rename(JsonNode? node)
    {
        if (node is JsonObject form)
        {
            if (form["module"]?.GetValue<string>().EndsWith("_test", StringComparison.Ordinal) == true) (form["module"], form["registered_name"]) = (null, null);
            foreach ((_, JsonNode? value) in form) Rename(value);
        }
        else if (node is JsonArray list)
        {
            foreach (JsonNode? item in list) Rename(item);
        }
    }

    private static JsonObject Make(Part part, bool isSoftmax)
    {
        string kind = Number().Replace(part.Name, "");
        if (!s_classes.TryGetValue(kind, out (string ClassName, Func<Part, JsonObject> Config) known)) throw new MissingNameException($"the layer inside '{part.Name}'");
        JsonObject config = known.Config(part);
        config["name"] = part.Name;
        if (isSoftmax && kind == "dense") config["activation"] = "softmax";
        bool isKeras = typeof(Layers.Layer).Assembly.GetType($"NKeras.Layers.{known.ClassName}") != null;
        return new JsonObject { ["module"] = isKeras ? "keras.layers" : null, ["class_name"] = known.ClassName, ["config"] = config, ["registered_name"] = null };
    }

    [GeneratedRegex(@"_\d+$")]
    private static partial Regex Number();

    private static JsonObject Convolution(Part part) => new()
    {
        ["filters"] = part.Shape("kernel")[^1],
        ["kernel_size"] = new JsonArray([.. part.Shape("kernel")[..^2].Select(d => JsonValue.Create(d))]),
        ["use_bias"] = part.Has("bias"),
    };

    private static JsonObject Cell(Part part) => new() { ["units"] = part.Shape("recurrent_kernel")[0], ["use_bias"] = part.Has("bias") };

    /// <summary>Whether the rows of a result are probabilities: an activation has no weights that would tell.</summary>
    private static bool SumsToOne(object? result) =>
        result is Tensor { Rank: > 0, DType.IsFloating: true } tensor && tensor.Shape[-1] > 1
        && Ops.Cast(Ops.Sum(tensor, -1), DType.Float64).ToArray<double>().All(s => Math.Abs(s - 1) < 1e-4);

    /// <summary>A layer, by its name in paths of weights.</summary>
    private sealed class Part(string name)
    {
        private readonly Dictionary<string, Shape> _weights = [];

        public string Name { get; } = name;

        public List<Part> Inner { get; } = [];

        public bool Has(string weight) => _weights.ContainsKey(weight);

        public int[] Shape(string weight) => _weights[weight].Dims.ToArray();

        public void Add(string[] path, Shape shape)
        {
            if (path.Length == 1)
            {
                _weights[path[0]] = shape;
                return;
            }

            Part? inner = Inner.Find(p => p.Name == path[0]);
            if (inner == null) Inner.Add(inner = new Part(path[0]));
            inner.Add(path[1..], shape);
        }
    }
}
