using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Saving.Older;

/// <summary>
/// Entries of configurations that other versions of Keras called otherwise, or gave another form. A rule concerns every class that takes the new
/// name and not the old one, so a class whose parameter has kept its name is left alone.
/// </summary>
internal static class OlderConfigs
{
    /// <summary>Old names, with what they are called today: the first that the class takes.</summary>
    private static readonly (string Old, string[] Names)[] s_names =
    [
        // Keras 1: layers.
        ("output_dim", ["units"]),
        ("nb_filter", ["filters"]),
        ("filter_length", ["kernel_size"]),
        ("border_mode", ["padding"]),
        ("subsample", ["strides"]),
        ("subsample_length", ["strides"]),
        ("pool_length", ["pool_size"]),
        ("stride", ["strides"]),
        ("length", ["size"]),
        ("dim_ordering", ["data_format"]),
        ("atrous_rate", ["dilation_rate"]),
        ("bias", ["use_bias"]),
        ("p", ["rate"]),
        ("sigma", ["stddev"]),
        ("init", ["kernel_initializer", "embeddings_initializer", "alpha_initializer", "depthwise_initializer"]),
        ("inner_init", ["recurrent_initializer"]),
        ("forget_bias_init", ["unit_forget_bias"]),
        ("beta_init", ["beta_initializer"]),
        ("gamma_init", ["gamma_initializer"]),
        ("inner_activation", ["recurrent_activation"]),
        ("W_regularizer", ["kernel_regularizer", "embeddings_regularizer"]),
        ("U_regularizer", ["recurrent_regularizer"]),
        ("b_regularizer", ["bias_regularizer"]),
        ("W_constraint", ["kernel_constraint", "embeddings_constraint"]),
        ("U_constraint", ["recurrent_constraint"]),
        ("b_constraint", ["bias_constraint"]),
        ("dropout_W", ["dropout"]),
        ("dropout_U", ["recurrent_dropout"]),
        // Keras 1: constraints.
        ("m", ["max_value"]),
        ("low", ["min_value"]),
        ("high", ["max_value"]),
        // Keras 2.
        ("batch_input_shape", ["batch_shape"]),
        ("theta", ["threshold"]),
        ("max_values", ["max_tokens"]),
        ("mask_value", ["mask_token"]),
        ("oov_value", ["oov_token"]),
        ("lr", ["learning_rate"]),
    ];

    /// <summary>Sizes that Keras 1 gave one by one.</summary>
    private static readonly string[][] s_kernelSizes = [["nb_row", "nb_col"], ["kernel_dim1", "kernel_dim2", "kernel_dim3"]];

    /// <summary>What an entry's value means today, by the entry's name today.</summary>
    private static readonly Dictionary<string, Func<JsonNode, JsonNode>> s_values = new()
    {
        ["data_format"] = OlderValues.DataFormat,
        ["activation"] = OlderValues.Activation,
        ["recurrent_activation"] = OlderValues.Activation,
        ["unit_forget_bias"] = OlderValues.ForgetBias,
        ["reduction"] = OlderValues.Reduction,
        ["distribution"] = OlderValues.Distribution,
    };

    /// <summary>What concerns one class.</summary>
    private static readonly Dictionary<Type, Action<ConfigDraft>> s_classes = new()
    {
        [typeof(InputLayer)] = RenewInput,
        [typeof(Embedding)] = RenewEmbedding,
        [typeof(BatchNormalization)] = RenewBatchNormalization,
        [typeof(GRU)] = RenewGru,
        [typeof(GRUCell)] = RenewGru,
        // ReLU has a negative slope, too, but never called it so.
        [typeof(LeakyReLU)] = c => c.Rename("alpha", "negative_slope"),
        [typeof(ZeroPadding1D)] = c => OlderValues.RenewPadding(c, ["left_pad", "right_pad"]),
        [typeof(ZeroPadding2D)] = c => OlderValues.RenewPadding(c, ["top_pad", "bottom_pad", "left_pad", "right_pad"]),
        [typeof(LossScaleOptimizer)] = RenewLossScale,
        [typeof(IntegerLookup)] = RenewLookup,
        [typeof(StringLookup)] = RenewLookup,
        [typeof(TextVectorization)] = RenewLookup,
    };

    /// <summary>What loss-scaling optimizers wrote though it had no effect; other values were not possible.</summary>
    private static readonly (string Key, double Value)[] s_withoutEffect = [("use_ema", 0), ("ema_momentum", 0.99), ("dynamic", 1)];

    /// <summary>A configuration as today's Keras writes it.</summary>
    /// <param name="type">The class.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="parameters">The entries that it takes today.</param>
    public static JsonObject Renewed(Type type, JsonObject config, IReadOnlyCollection<string> parameters)
    {
        // A user's own class may call its entries what it likes.
        if (TypeTable.Find(type) == null) return config;
        ConfigDraft draft = new(config);
        foreach (string[] dims in s_kernelSizes)
        {
            if (parameters.Contains("kernel_size") && dims.All(draft.Has)) JoinKernelSize(draft, dims);
        }

        foreach ((string old, string[] names) in s_names)
        {
            if (draft.Has(old) && !parameters.Contains(old) && names.FirstOrDefault(parameters.Contains) is { } name) draft.Rename(old, name);
        }

        foreach ((string key, Func<JsonNode, JsonNode> renew) in s_values)
        {
            if (parameters.Contains(key) && draft[key] is { } value && renew(value) is { } renewed && renewed != value) draft[key] = renewed;
        }

        if (s_classes.TryGetValue(type, out Action<ConfigDraft>? change)) change(draft);
        if (typeof(Optimizer).IsAssignableFrom(type)) RenewDecay(draft);
        return draft.Config;
    }

    private static void JoinKernelSize(ConfigDraft config, string[] dims)
    {
        JsonArray size = [.. dims.Select(d => config[d]?.DeepClone())];
        foreach (string dim in dims) config.Remove(dim);
        config["kernel_size"] = size;
    }

    private static void RenewInput(ConfigDraft config)
    {
        config.Rename("input_dtype", "dtype");
        if (config["dtype"] is { } dtype && OlderValues.DType(dtype) is { } today && today != dtype) config["dtype"] = today;
    }

    /// <summary>The first versions of Keras 2 wrote the type of the numbers that are looked up, not of the vectors.</summary>
    private static void RenewEmbedding(ConfigDraft config)
    {
        if (config["dtype"] is JsonValue value && value.TryGetValue(out string? dtype) && dtype is "int32" or "int64" or "uint8") config.Remove("dtype");
    }

    /// <summary>Keras 2 wrote the type of tokens, not of rows, and lists with their class.</summary>
    private static void RenewLookup(ConfigDraft config)
    {
        if (config["dtype"] is JsonValue value && value.TryGetValue(out string? dtype) && dtype is "string" or "int64" or "int32") config.Remove("dtype");
        foreach (string key in (string[])["vocabulary", "idf_weights"])
        {
            if (config[key] is JsonObject wrapped && wrapped["items"] is JsonArray items) config[key] = items;
        }
    }

    private static void RenewBatchNormalization(ConfigDraft config)
    {
        // TensorFlow's Keras 2 had a list of one.
        if (config["axis"] is JsonArray { Count: 1 } axes) config["axis"] = axes[0]!;
        // Keras 1: as today, and normalization by sample or always by the batch.
        if (config["mode"] is JsonValue mode && mode.TryGetValue(out int number) && number == 0) config.Remove("mode");
    }

    /// <summary>What did not say where the reset gate is applied applied it before the product; today's default is after it.</summary>
    private static void RenewGru(ConfigDraft config)
    {
        if (!config.Has("reset_after") && (KerasVersion.IsBefore3 || config.Has("implementation") || config.Has("consume_less"))) config["reset_after"] = false;
    }

    /// <summary>A rate of decay of Keras 1 and 2 divides the learning rate by 1 + decay · steps, which is a schedule today.</summary>
    // Keras: 3 leaves it out with a warning.
    private static void RenewDecay(ConfigDraft config)
    {
        if (config["decay"] is not JsonValue value || !value.TryGetValue(out double decay)) return;
        if (decay > 0 && KerasVersion.IsBefore3 && config["learning_rate"] is JsonValue rate && rate.GetValueKind() == JsonValueKind.Number)
        {
            config["learning_rate"] = new JsonObject
            {
                ["module"] = "keras.optimizers.schedules",
                ["class_name"] = "InverseTimeDecay",
                ["config"] = new JsonObject { ["initial_learning_rate"] = rate.DeepClone(), ["decay_steps"] = 1, ["decay_rate"] = decay },
            };
        }

        config.Remove("decay");
    }

    private static void RenewLossScale(ConfigDraft config)
    {
        foreach ((string key, double value) in s_withoutEffect)
        {
            if (config[key] is JsonValue given && (given.TryGetValue(out bool flag) ? flag ? 1 : 0 : given.TryGetValue(out double number) ? number : double.NaN) == value) config.Remove(key);
        }
    }
}
