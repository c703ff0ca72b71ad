using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Optimizers;
using NKeras.Regularizers;

namespace NKeras.Saving.Older;

/// <summary>Entries of configurations that mean nothing at the value given: settings of other backends and versions, at values that change nothing.</summary>
internal static class IgnoredKeys
{
    private static readonly Rule[] s_rules =
    [
        new(typeof(object), "autocast", v => v.GetValueKind() == JsonValueKind.True, "true"),
        new(typeof(object), "jit_compile"),

        // Layers: hints and settings of how something was computed.
        new(typeof(Layer), "batch_input_shape"),
        new(typeof(Layer), "input_shape"),
        new(typeof(Layer), "input_dtype"),
        new(typeof(Layer), "dynamic"),
        new(typeof(Layer), "input_dim"),
        new(typeof(Layer), "input_length"),
        new(typeof(Layer), "implementation"),
        // Keras 2: leaves it out with a warning; it concerned training.
        new(typeof(Embedding), "dropout"),
        new(typeof(Layer), "consume_less"),
        new(typeof(Layer), "unroll", IsFalse, "false"),
        new(typeof(Layer), "time_major", IsFalse, "false: the batch's dimension in front"),
        new(typeof(Layer), "num_constants", v => IsNumber(v, 0), "0"),
        new(typeof(Layer), "causal", IsFalse, "false, with useCausalMask at the call in its place"),
        new(typeof(Layer), "groups", v => IsNumber(v, 1), "1"),
        new(typeof(Layer), "rank"),
        new(typeof(Layer), "optional", IsFalse, "false"),
        new(typeof(Layer), "keepdims", IsFalse, "false"),
        new(typeof(Layer), "data_format", v => v is JsonValue value && value.TryGetValue(out string? text) && text is "channels_last" or "tf", "channels_last"),
        new(typeof(SpatialDropout1D), "noise_shape"),
        new(typeof(SpatialDropout2D), "noise_shape"),
        new(typeof(SpatialDropout3D), "noise_shape"),
        new(typeof(BatchNormalization), "fused"),
        new(typeof(DepthwiseConv1D), "kernel_initializer"),
        new(typeof(DepthwiseConv2D), "kernel_initializer"),
        new(typeof(SeparableConv1D), "kernel_initializer"),
        new(typeof(SeparableConv2D), "kernel_initializer"),
        new(typeof(SeparableConv1D), "init"),
        new(typeof(SeparableConv2D), "init"),
        new(typeof(MultiHeadAttention), "query_shape"),
        new(typeof(MultiHeadAttention), "key_shape"),
        new(typeof(MultiHeadAttention), "value_shape"),
        new(typeof(AdditiveAttention), "score_mode"),
        // Read apart, where layers are made.
        new(typeof(IndexLookup), "vocabulary_size"),
        new(typeof(IndexLookup), "has_input_vocabulary"),
        new(typeof(StringLookup), "vocabulary_dtype"),
        new(typeof(TextVectorization), "vocabulary_size"),
        new(typeof(TextVectorization), "has_input_vocabulary"),

        // What gives initial values: types, and what the class's name says already.
        new(typeof(Initializer), "dtype"),
        new(typeof(Initializer), "partition_info"),
        new(typeof(Initializer), "verify_shape"),
        new(typeof(Initializer), "distribution"),
        new(typeof(Initializer), "mode"),
        new(typeof(Initializer), "scale"),

        // Keras 1 wrote the class's name among the settings.
        new(typeof(Regularizer), "name"),
        new(typeof(Constraint), "name"),

        new(typeof(Loss), "fn"),
        new(typeof(Metric), "fn"),
        new(typeof(Metric), "dynamic"),
        new(typeof(BinaryIoU), "num_classes"),
        new(typeof(MeanIoU), "target_class_ids"),
        new(typeof(OneHotMeanIoU), "target_class_ids"),
        new(typeof(OneHotMeanIoU), "sparse_y_true"),
        new(typeof(OneHotIoU), "sparse_y_true"),

        new(typeof(Optimizer), "is_legacy_optimizer"),
        new(typeof(Optimizer), "use_locking"),
        // Keras: warns that optimizers have no decay any more.
        new(typeof(Optimizer), "decay", v => v.GetValueKind() == JsonValueKind.Number, "a number"),
        new(typeof(Nadam), "schedule_decay", v => IsNumber(v, 0.004), "0.004"),

        new(typeof(DTypePolicy), "loss_scale"),
    ];

    /// <summary>Whether an entry that a class does not take can be left out.</summary>
    public static bool Contains(Type type, string key, JsonNode value) => Find(type, key) is { } rule && (rule.IsHarmless == null || rule.IsHarmless(value));

    /// <summary>What is supported of an entry that cannot; null if nothing is.</summary>
    public static string? Supported(Type type, string key) => Find(type, key)?.Supported;

    private static Rule? Find(Type type, string key) => Array.Find(s_rules, r => r.Key == key && r.Owner.IsAssignableFrom(type) && IsOurs(type, r.Owner));

    /// <summary>A user's class may mean something of its own by a name; but every layer is given the shape of its input.</summary>
    private static bool IsOurs(Type type, Type owner) => type.Namespace?.StartsWith(nameof(NKeras), StringComparison.Ordinal) == true || owner == typeof(Layer);

    private static bool IsFalse(JsonNode value) => value.GetValueKind() == JsonValueKind.False;

    private static bool IsNumber(JsonNode value, double number) => value is JsonValue given && given.TryGetValue(out double real) && Math.Abs(real - number) <= 1e-9;

    /// <summary>An entry without a meaning.</summary>
    /// <param name="Owner">The classes that it concerns.</param>
    /// <param name="Key">The entry.</param>
    /// <param name="IsHarmless">Whether it changes nothing at a value; null if at all.</param>
    /// <param name="Supported">What is supported.</param>
    private sealed record Rule(Type Owner, string Key, Func<JsonNode, bool>? IsHarmless = null, string? Supported = null);
}
