using System.Text.Json;
using NKeras.Layers;

namespace NKeras.Tests.Recorded;

/// <summary>Builds a layer from the configuration of a recorded call.</summary>
internal static class LayerFactory
{
    public static Layer Create(JsonElement record)
    {
        JsonElement c = record.GetProperty("config");
        bool trainable = record.GetProperty("trainable").GetBoolean();
        DTypePolicy dtype = record.GetProperty("dtype").GetString()!;
        string target = record.GetProperty("target").GetString()!;
        switch (target)
        {
            case "Activation": return new Activation(Text(c, "activation")!, trainable: trainable, dtype: dtype);
            case "Add": return new Add(trainable: trainable, dtype: dtype);
            case "Concatenate": return new Concatenate(Int(c, "axis"), trainable: trainable, dtype: dtype);
            case "Dense": return new Dense(Int(c, "units"), Text(c, "activation")!, Bool(c, "use_bias"), trainable: trainable, dtype: dtype);
            case "Dropout": return new Dropout(c.GetProperty("rate").GetDouble(), c.TryGetProperty("noise_shape", out _) ? (Shape)Ints(c, "noise_shape") : null, trainable: trainable, dtype: dtype);
            case "Flatten": return new Flatten(Text(c, "data_format"), trainable: trainable, dtype: dtype);
            case "GlobalAveragePooling2D": return new GlobalAveragePooling2D(Text(c, "data_format"), Bool(c, "keepdims"), trainable: trainable, dtype: dtype);
            case "GlobalMaxPooling2D": return new GlobalMaxPooling2D(Text(c, "data_format"), Bool(c, "keepdims"), trainable: trainable, dtype: dtype);
            case "Reshape": return new Reshape(Ints(c, "target_shape"), trainable: trainable, dtype: dtype);
            case "Softmax": return new Softmax(Int(c, "axis"), trainable: trainable, dtype: dtype);
            case "ReLU":
                double? limit = c.TryGetProperty("max_value", out JsonElement max) ? max.GetDouble() : null;
                return new ReLU(limit, c.GetProperty("negative_slope").GetDouble(), c.GetProperty("threshold").GetDouble(), trainable: trainable, dtype: dtype);
            case "MaxPooling2D":
                return new MaxPooling2D(Pair(c, "pool_size"), Pair(c, "strides"), Text(c, "padding")!, Text(c, "data_format"), trainable: trainable, dtype: dtype);
            case "AveragePooling2D":
                return new AveragePooling2D(Pair(c, "pool_size"), Pair(c, "strides"), Text(c, "padding")!, Text(c, "data_format"), trainable: trainable, dtype: dtype);
            case "BatchNormalization":
                return new BatchNormalization(
                    Int(c, "axis"), c.GetProperty("momentum").GetDouble(), c.GetProperty("epsilon").GetDouble(), Bool(c, "center"), Bool(c, "scale"), trainable: trainable, dtype: dtype);
            case "Conv2D":
                return new Conv2D(
                    Int(c, "filters"), Pair(c, "kernel_size"), Pair(c, "strides"), Text(c, "padding")!, Text(c, "data_format"), Pair(c, "dilation_rate"), Int(c, "groups"), Text(c, "activation")!, Bool(c, "use_bias"), trainable: trainable, dtype: dtype);
            default: throw new NotSupportedException($"Recorded layers of class {target} are not built.");
        }
    }

    private static int Int(JsonElement c, string key) => c.GetProperty(key).GetInt32();

    private static bool Bool(JsonElement c, string key) => c.GetProperty(key).GetBoolean();

    private static string? Text(JsonElement c, string key) => c.TryGetProperty(key, out JsonElement value) ? value.GetString() : null;

    private static int[] Ints(JsonElement c, string key) => [.. c.GetProperty(key).EnumerateArray().Select(v => v.GetInt32())];

    private static Ints2 Pair(JsonElement c, string key) => Ints(c, key) is [int first, int second] ? (first, second) : throw new InvalidDataException($"'{key}' is no pair.");
}
